"""The log: versions, tombstones, positions, and what is refused."""

import contextlib

import pytest
from django.db import transaction

from publishing import log
from publishing.log import Entry, NotPublished
from publishing.models import Log, Publication, Version
from publishing.record import as_change, as_record

pytestmark = pytest.mark.django_db

UID = "CMB-PRJ-KE-1"


def entry(number=1, action="published", **document):
    document = {"format": "PRJ/1", "languages": ["en"], "title": {"en": "Maize"}} | document
    envelope = {"profile": "registered", "owner": {"kind": "secretariat"}}
    return Entry(f"CMB-PRJ-KE-{number}", "projects", document, envelope, action)


def test_publishing_freezes_a_version_and_takes_the_next_position():
    before = log.head().position

    positions = log.publish([entry(1), entry(2)])

    assert positions == [before + 1, before + 2]
    assert log.head().position == before + 2
    assert Version.objects.get(uid=UID, number=1).digest == log.digest(entry(1).document)


def test_an_update_is_the_next_version_and_moves_the_record():
    log.publish([entry(1), entry(2)])

    log.publish([entry(1, "updated", acronym="M")])

    assert [one.uid for one in log.changes_after(0, 10)] == ["CMB-PRJ-KE-2", UID]
    assert Publication.objects.get(uid=UID).version == 2
    assert list(Version.objects.filter(uid=UID).order_by("number").values_list("number", flat=True)) == [1, 2]


def test_an_earlier_version_stays_as_it_was():
    log.publish([entry(1)])

    log.publish([entry(1, "updated", acronym="M")])

    assert Version.objects.get(uid=UID, number=1).document == entry(1).document


def test_confirming_moves_the_record_without_a_new_version():
    log.publish([entry(1), entry(2)])

    position = log.amend(UID, {"confirmed_at": "2026-11-21T00:00:00Z"}, "confirmed")

    publication = Publication.objects.get(uid=UID)
    assert (publication.position, publication.version, publication.action) == (position, 1, "confirmed")
    assert as_record(publication)["confirmed_at"] == "2026-11-21T00:00:00Z"


@pytest.mark.parametrize("action", ["withdrawn", "merged", "erased"])
def test_a_tombstone_keeps_no_content(action):
    log.publish([entry(1)])

    log.withdraw(UID, "duplicate", "CMB-PRJ-KE-2", action)

    publication = Publication.objects.get(uid=UID)
    change = as_change(publication)
    assert (publication.document, publication.envelope) == (None, {})
    assert change["record"] is None
    assert (change["action"], change["reason"], change["replaced_by"]) == (action, "duplicate", "CMB-PRJ-KE-2")


def test_withdrawing_keeps_the_history_and_erasing_does_not():
    log.publish([entry(1), entry(2)])

    log.withdraw("CMB-PRJ-KE-1", "mistake")
    log.withdraw("CMB-PRJ-KE-2", "personal", action="erased")

    assert list(Version.objects.values_list("uid", flat=True)) == ["CMB-PRJ-KE-1"]


def test_a_version_number_is_never_given_twice_even_after_erasing():
    log.publish([entry(1)])
    log.withdraw(UID, "personal", action="erased")

    log.publish([entry(1, "restored")])

    assert Publication.objects.get(uid=UID).version == 2


def test_a_restored_record_is_whole_again():
    log.publish([entry(1)])
    log.withdraw(UID, "mistake", replaced_by="CMB-PRJ-KE-9")

    log.publish([entry(1, "restored")])

    publication = Publication.objects.get(uid=UID)
    assert (publication.reason, publication.replaced_by) == ("", "")
    assert as_record(publication)["document"] == entry(1).document


@pytest.mark.parametrize("action", ["amended", "withdrawn", "redacted", "nonsense"])
def test_only_what_makes_a_version_can_be_published(action):
    with pytest.raises(ValueError, match=action):
        log.publish([entry(1, action)])


def test_two_hundred_records_go_in_one_transaction_and_no_more():
    assert len(log.publish([entry(number) for number in range(1, 201)])) == 200

    with pytest.raises(ValueError, match="at most 200"):
        log.publish([entry(number) for number in range(1, 202)])


def test_a_record_goes_once_in_one_call():
    with pytest.raises(ValueError, match="only once"):
        log.publish([entry(1), entry(1, "updated")])


def test_publishing_nothing_takes_no_position():
    before = log.head()

    assert log.publish([]) == []
    assert log.head() == before


@pytest.mark.parametrize("move", [log.withdraw, log.amend])
def test_what_was_never_published_cannot_be_moved(move):
    with pytest.raises(NotPublished):
        move("CMB-PRJ-KE-77", {})


def test_a_tombstone_cannot_be_amended():
    log.publish([entry(1)])
    log.withdraw(UID, "mistake")

    with pytest.raises(NotPublished):
        log.amend(UID, {})


def test_the_wrong_kind_of_action_is_refused():
    log.publish([entry(1)])

    with pytest.raises(ValueError, match="updated"):
        log.amend(UID, {}, "updated")
    with pytest.raises(ValueError, match="amended"):
        log.withdraw(UID, "mistake", action="amended")


def test_what_fails_later_in_the_transaction_leaves_the_log_as_it_was():
    before = log.head()

    with contextlib.suppress(InterruptedError), transaction.atomic():
        log.publish([entry(1)])
        raise InterruptedError

    assert log.head() == before
    assert log.changes_after(0, 10) == []


def test_a_window_ends_where_it_is_told_to():
    log.publish([entry(number) for number in range(1, 6)])
    start = log.head().position - 5

    window = log.changes_after(start + 1, 10, upto=start + 4)

    assert [one.position for one in window] == [start + 2, start + 3, start + 4]
    assert [one.position for one in log.changes_after(start, 2)] == [start + 1, start + 2]


def test_reading_the_head_costs_one_query(django_assert_num_queries):
    log.head()

    with django_assert_num_queries(1):
        log.head()


def test_renewing_gives_the_log_another_name_and_keeps_its_positions():
    log.publish([entry(1)])
    before = log.head()

    after = log.renew()

    assert after.log != before.log
    assert after.position == before.position


def test_a_database_without_its_log_begins_another_at_the_last_position():
    log.publish([entry(1)])
    position = log.head().position
    Log.objects.all().delete()

    positions = log.publish([entry(2)])

    assert positions == [position + 1]
