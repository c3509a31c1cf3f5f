"""Erasing: nothing that was written stays, in any state, and readers are told."""

import pytest

from publishing.models import Publication, Version
from records.erasure import erase
from records.models import Record
from tests.records.making import in_state


@pytest.mark.parametrize("work", ["clean", "draft", "submitted", "returned"])
@pytest.mark.parametrize("public", ["published", "withdrawn"])
def test_a_record_that_was_published_leaves_a_tombstone(db, public, work):
    record = in_state(public, work)

    erase(record=record, reason="sample")

    record.refresh_from_db()
    publication = Publication.objects.get(uid=record.uid)
    assert (record.public, record.work, record.document, record.contacts) == ("erased", "clean", {}, [])
    assert (publication.action, publication.document, publication.reason) == ("erased", None, "sample")
    assert not Version.objects.filter(uid=record.uid).exists()


def test_what_was_never_published_is_emptied_without_a_word_to_readers(db):
    record = in_state("never", "draft")

    erase(record=record, reason="sample")

    record.refresh_from_db()
    assert (record.public, record.document, record.title) == ("erased", {}, "")
    assert not Publication.objects.filter(uid=record.uid).exists()


def test_the_history_keeps_its_steps_and_loses_its_words(db):
    record = in_state("published", "returned")

    event = erase(record=record, reason="sample")

    assert event.name == "erased"
    assert "return" in record.events.values_list("name", flat=True)
    assert set(record.events.values_list("note", flat=True)) == {""}


def test_a_country_may_start_its_needs_anew_once_they_are_erased(db):
    record = in_state("published", "clean", database="needs", country="KE")

    erase(record=record, reason="sample")

    assert not Record.objects.filter(slot="NED:KE").exists()
