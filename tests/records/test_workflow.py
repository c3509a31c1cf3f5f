"""From draft to published and back: every step, who may make it, and what it leaves behind."""

import pytest

from delivery.models import Message
from publishing.models import Publication, Version
from records import actions, workflow
from records.models import Record
from records.workflow import TransitionRefused
from tests.people import PEOPLE
from tests.records.making import a_draft, in_state, moved

pytestmark = pytest.mark.django_db


def test_a_reference_record_is_checked_by_the_secretariat_and_then_published(secretariat):
    author = PEOPLE["organization_author"]()
    record = a_draft(by=author, organization=next(iter(author.organizations)))

    moved(record, "submit", by=author)
    event = actions.apply_transition(record=record, name="publish", by=secretariat, seen=_digest(record))

    publication = Publication.objects.get(uid=record.uid)
    assert (publication.version, publication.action, publication.position) == (1, "published", event.position)
    assert publication.document["title"] == record.document["title"]
    assert record.events.order_by("-pk").first().by == secretariat


def test_a_national_record_is_published_on_the_word_of_its_focal_point(author, focal_point):
    record = moved(a_draft(by=author, database="needs", country="KE"), "submit", by=author)

    moved(record, "endorse", by=focal_point)

    assert Publication.objects.get(uid=record.uid).envelope["owner"] == {
        "kind": "government",
        "country": "KE",
        "name": "Kenya",
    }


def test_the_secretariat_cannot_publish_for_a_country_that_has_a_focal_point(author, focal_point, secretariat):
    record = moved(a_draft(by=author, database="needs", country="KE"), "submit", by=author)

    for name in ("publish", "endorse", "endorse_by_letter", "return"):
        with pytest.raises(TransitionRefused):
            moved(record, name, by=secretariat, letter="A letter", reasons=["unclear"])


def test_where_there_is_no_focal_point_a_letter_stands_in(author, secretariat):
    record = moved(a_draft(by=author, database="needs", country="KE"), "submit", by=author)

    with pytest.raises(TransitionRefused, match="Name the letter"):
        moved(record, "endorse_by_letter", by=secretariat)
    moved(record, "endorse_by_letter", by=secretariat, letter="Minister of Environment, 3 May 2026")

    assert record.public == Record.Public.PUBLISHED
    assert record.events.get(name="endorse_by_letter").letter == "Minister of Environment, 3 May 2026"


def test_private_notes_and_contacts_without_consent_are_never_published(secretariat):
    record = a_draft(by=secretariat)
    rows = [*record.contacts, {"name": "Jane Private", "email": "jane@example.org"}]
    actions.save(record=record, document=record.document, rows=rows, by=secretariat)

    moved(record, "submit", "publish", by=secretariat)

    publication = Publication.objects.get(uid=record.uid)
    assert "notes" in record.document
    assert "notes" not in publication.document
    assert [contact["name"] for contact in publication.envelope["contacts"]] == ["Biosafety desk"]


def test_what_is_approved_is_what_was_seen(secretariat):
    author = PEOPLE["organization_author"]()
    record = moved(a_draft(by=author, organization=next(iter(author.organizations))), "submit", by=author)
    seen = record.digest
    actions.save(record=record, document=record.document | {"acronym": "NEW"}, rows=record.contacts, by=secretariat)

    with pytest.raises(TransitionRefused, match="changed after you read it"):
        actions.apply_transition(record=record, name="publish", by=secretariat, seen=seen)

    assert not Publication.objects.filter(uid=record.uid).exists()


def test_an_incomplete_draft_is_kept_but_not_submitted(author):
    record = actions.create(database="projects", by=author, owner_kind="government", country="KE")
    actions.save(record=record, document={"languages": ["en"], "starts_on": "next spring"}, rows=[], by=author)

    with pytest.raises(TransitionRefused, match="have to be mended"):
        moved(record, "submit", by=author)

    record.refresh_from_db()
    assert record.document["starts_on"] == "next spring"
    assert record.work == Record.Work.DRAFT


def test_a_published_record_is_edited_while_its_published_version_stays(secretariat):
    record = moved(a_draft(by=secretariat), "submit", "publish", by=secretariat)

    actions.save(record=record, document=record.document | {"acronym": "NEXT"}, rows=record.contacts, by=secretariat)

    record.refresh_from_db()
    assert record.work == Record.Work.DRAFT
    assert Publication.objects.get(uid=record.uid).document["acronym"] == "DETECT"
    moved(record, "submit", "publish", by=secretariat)
    assert Publication.objects.get(uid=record.uid).action == "updated"
    assert list(Version.objects.filter(uid=record.uid).order_by("number").values_list("number", flat=True)) == [1, 2]


def test_discarding_brings_the_published_version_back(secretariat):
    record = moved(a_draft(by=secretariat), "submit", "publish", by=secretariat)
    actions.save(record=record, document=record.document | {"acronym": "NEXT"}, rows=[], by=secretariat)

    moved(record, "discard", by=secretariat)

    record.refresh_from_db()
    assert record.document["acronym"] == "DETECT"
    assert record.contacts[0]["name"] == "Biosafety desk"
    assert record.work == Record.Work.CLEAN


def test_a_withdrawn_record_leaves_a_tombstone_and_can_come_back(secretariat):
    record = moved(a_draft(by=secretariat), "submit", "publish", by=secretariat)

    moved(record, "withdraw", by=secretariat, reasons=["outdated"])

    tombstone = Publication.objects.get(uid=record.uid)
    assert (tombstone.document, tombstone.envelope, tombstone.reason) == (None, {}, "outdated")
    moved(record, "restore", by=secretariat)
    assert Publication.objects.get(uid=record.uid).action == "restored"
    assert Publication.objects.get(uid=record.uid).document["acronym"] == "DETECT"


def test_confirming_moves_the_record_in_the_log_without_a_new_version(secretariat):
    record = moved(a_draft(by=secretariat), "submit", "publish", by=secretariat)
    position = Publication.objects.get(uid=record.uid).position

    moved(record, "confirm", by=secretariat)

    publication = Publication.objects.get(uid=record.uid)
    assert (publication.action, publication.version, publication.position) == ("confirmed", 1, position + 1)


def test_a_reason_is_needed_to_return_and_reaches_the_author_by_mail(focal_point, author):
    record = moved(a_draft(by=author, database="needs", country="KE"), "submit", by=author)

    with pytest.raises(TransitionRefused, match="at least one reason"):
        moved(record, "return", by=focal_point)
    moved(record, "return", by=focal_point, reasons=["unclear"], note="Which crops?")

    mail = Message.objects.get(to=author.email)
    assert "Returned" in mail.subject
    assert "A text is hard to understand" in mail.text
    assert "Which crops?" in mail.text


def test_submitting_tells_those_who_decide_and_nobody_else(author, focal_point, secretariat):
    moved(a_draft(by=author, database="needs", country="KE"), "submit", by=author)

    assert [mail.to for mail in Message.objects.all()] == [focal_point.email]


def test_focal_points_of_the_countries_that_a_new_record_names_are_told_once(secretariat):
    peruvian = PEOPLE["foreign_focal_point"]()
    record = a_draft(by=secretariat, countries=["PE", "UG"])

    moved(record, "submit", "publish", by=secretariat)
    actions.save(record=record, document=record.document | {"acronym": "NEXT"}, rows=record.contacts, by=secretariat)
    moved(record, "submit", "publish", by=secretariat)

    assert [mail.to for mail in Message.objects.filter(subject__startswith="A new record names")] == [peruvian.email]


def test_a_reference_to_something_unpublished_blocks_publication(secretariat):
    other = a_draft(by=secretariat)
    record = a_draft(by=secretariat, part_of={"uid": other.uid, "name": "Programme"})
    moved(record, "submit", by=secretariat)

    with pytest.raises(TransitionRefused, match="have to be mended"):
        moved(record, "publish", by=secretariat)
    moved(other, "submit", "publish", by=secretariat)
    moved(record, "publish", by=secretariat)

    assert Publication.objects.get(uid=record.uid).document["part_of"]["uid"] == other.uid


def test_a_country_has_one_record_of_its_needs(author):
    first = actions.create(database="needs", by=author, owner_kind="government", country="KE")

    with pytest.raises(actions.CreationRefused) as refusal:
        actions.create(database="needs", by=author, owner_kind="government", country="KE")

    assert refusal.value.existing == first


def test_a_save_does_not_overwrite_what_somebody_else_saved(author):
    record = a_draft(by=author, country="KE")
    opened = record.digest
    actions.save(record=record, document=record.document | {"acronym": "FIRST"}, rows=[], by=author, based_on=opened)

    with pytest.raises(actions.EditConflict):
        actions.save(record=record, document=record.document, rows=[], by=author, based_on=opened)

    record.refresh_from_db()
    assert record.document["acronym"] == "FIRST"


def test_a_record_has_a_largest_size(author):
    record = a_draft(by=author, country="KE")

    with pytest.raises(actions.DocumentRefused):
        actions.save(record=record, document={"notes": "x" * 1_000_001}, rows=[], by=author)


def test_every_transition_is_reachable():
    reached = {(move.work[1], move.public[1]) for move in workflow.TRANSITIONS}

    assert {work for work, _public in reached if work} == {"clean", "draft", "submitted", "returned"}
    assert {public for _work, public in reached if public} == {"published", "withdrawn", "merged", "erased"}


def test_a_button_that_shows_is_a_button_that_works(secretariat):
    for work in ("draft", "submitted", "returned"):
        for move in workflow.open_to(secretariat, record := in_state("never", work, author=secretariat)):
            assert workflow.allowed(move.name, by=secretariat, record=record) == move


def test_merging_points_readers_to_the_other_record(secretariat):
    kept = moved(a_draft(by=secretariat), "submit", "publish", by=secretariat)
    record = moved(a_draft(by=secretariat), "submit", "publish", by=secretariat)

    moved(record, "merge", by=secretariat, successor=kept.uid)

    assert Publication.objects.get(uid=record.uid).replaced_by == kept.uid


def _digest(record):
    return Record.objects.get(pk=record.pk).digest
