"""What sources and people say of one record, field by field: whose word stands, and what is reported."""

import pytest

from publishing.log import MOST_ENTRIES
from records.harvest import Harvested, merged, store

BEFORE = {"title": "As the source had it", "acronym": "OLD", "number": "7"}


def test_what_nobody_edited_follows_the_sources_also_where_they_fall_silent():
    theirs = {"title": "As the source has it now", "acronym": "OLD"}

    assert merged(BEFORE, BEFORE, theirs) == (theirs, [])


def test_what_a_person_edited_added_or_took_away_stays_and_the_sources_words_are_reported():
    ours = {"title": "As a person has it", "acronym": "OLD", "website": "example.org"}
    theirs = {**BEFORE, "acronym": "NEW", "website": "example.com"}

    document, kept = merged(BEFORE, ours, theirs)

    assert document == {"title": "As a person has it", "acronym": "NEW", "website": "example.org"}
    assert sorted(kept) == ["number", "title", "website"]


def test_a_source_that_says_what_the_person_wrote_is_not_reported():
    ours = {**BEFORE, "title": "As a person has it"}

    assert merged(BEFORE, ours, ours) == (ours, [])


def test_a_field_in_which_words_were_redacted_is_the_persons_whatever_the_sources_had_said():
    ours = {**BEFORE, "title": "As it was redacted"}
    told_anew = {name: value for name, value in ours.items() if name != "title"}

    document, kept = merged(told_anew, ours, {**BEFORE, "acronym": "NEW"}, redacted=["title", "summary"])

    assert document == {"title": "As it was redacted", "acronym": "NEW", "number": "7"}
    assert kept == ["title"]
    assert merged(ours, ours, BEFORE, redacted=["title"])[0]["title"] == "As it was redacted"
    assert "summary" not in merged(BEFORE, BEFORE, {**BEFORE, "summary": "X"}, redacted=["summary"])[0]


@pytest.mark.django_db
def test_more_than_a_transaction_of_the_log_holds_is_refused():
    entries = [Harvested(str(number), "projects", {}) for number in range(MOST_ENTRIES + 1)]

    with pytest.raises(ValueError, match=f"at most {MOST_ENTRIES} records at once, not {MOST_ENTRIES + 1}"):
        store(entries)
