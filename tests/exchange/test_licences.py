"""What a source said without a licence is read nowhere: not in earlier versions, and not by the word of a person."""

from importlib import import_module

import pytest
from django.db import connection

from exchange import tasks
from exchange.importing import making, sources, statements
from exchange.models import Source, Statement
from exchange.pages import publish_source
from publishing.models import Publication, Version
from records import actions
from records.models import Record
from records.workflow import TransitionRefused
from tests.exchange.telling import a_row, published, tell
from tests.people import person

pytestmark = pytest.mark.django_db

SECRET = "Words of the sheet alone"


@pytest.fixture(autouse=True)
def _no_demonstration(settings):
    settings.DEMONSTRATION = False


def licensed(source, licence):
    statements.renew(source, licence=licence)


def read(client, address, status=200):
    answer = client.get(f"/api/v1/records/{address}")
    assert answer.status_code == status, answer.content
    return answer.json()


def edited(record, secretary, **words):
    return actions.save(record=record, document=record.document | words, rows=[], by=secretary)


def released(record, secretary):
    """A record that somebody edited, submitted and published."""
    record.refresh_from_db()
    if record.work != "submitted":
        actions.apply_transition(name="submit", record=record, by=secretary)
    record.refresh_from_db()
    return actions.apply_transition(name="publish", record=record, by=secretary, seen=record.digest)


def test_earlier_versions_that_an_unlicensed_source_told_of_cannot_be_read(client, gef, sheet):
    tell(gef, a_row())
    tell(sheet, a_row(acronym=SECRET))
    tell(gef, a_row(title="A project of another name"))
    uid = published().uid
    assert [one["version"] for one in read(client, f"{uid}/versions/")["versions"]] == [1, 2, 3]

    licensed(sheet, "")

    listed = read(client, f"{uid}/versions/")
    assert [one["version"] for one in listed["versions"]] == [1, 4]
    assert listed["withheld"] == 2
    assert SECRET not in str(read(client, f"{uid}/versions/1/"))
    assert "no licence" in read(client, f"{uid}/versions/2/", 410)["detail"]
    assert read(client, f"{uid}/versions/9/", 404)

    licensed(sheet, "CC0")
    listed = read(client, f"{uid}/versions/")
    assert [one["version"] for one in listed["versions"]] == [1, 2, 3, 4, 5]
    assert "withheld" not in listed
    assert read(client, f"{uid}/versions/2/")["document"]["acronym"] == SECRET


def test_a_record_that_another_source_brings_back_does_not_bring_its_past(client, gef, sheet):
    tell(sheet, a_row(acronym=SECRET))
    uid = published().uid
    licensed(sheet, "")
    tell(gef, a_row())

    assert published().uid == uid
    assert [one["version"] for one in read(client, f"{uid}/versions/")["versions"]] == [2]


def test_a_version_that_a_licensed_source_tells_word_for_word_stays(client, gef, sheet):
    tell(sheet, a_row())
    tell(gef, a_row())
    licensed(sheet, "")

    assert read(client, f"{published().uid}/versions/")["versions"][0]["version"] == 1
    assert Version.objects.get().sources == ["gef-portal"]


def test_what_was_there_before_versions_named_their_sources_names_them_after_the_migration(gef, sheet):
    tell(gef, a_row())
    tell(sheet, a_row(acronym=SECRET), a_row("2"))
    Version.objects.update(sources=[])
    for record in Record.objects.all():
        del record.told["sources"]
        record.save()

    with connection.cursor() as cursor:
        for step in import_module("exchange.migrations.0005_who_told").Migration.operations:
            cursor.execute(step.sql)

    shared = Record.objects.get(uid=published().uid)
    assert shared.sources == ["gef-pmis", "gef-portal"]
    assert Record.objects.get(uid=published("GEF:2").uid).sources == ["gef-pmis"]
    assert {tuple(one.sources) for one in Version.objects.filter(uid=shared.uid)} == {("gef-pmis", "gef-portal")}


def test_in_a_demonstration_every_version_can_be_read(client, gef, sheet, settings):
    settings.DEMONSTRATION = True
    tell(sheet, a_row(acronym=SECRET))
    licensed(sheet, "")

    assert read(client, f"{published().uid}/versions/1/")["document"]["acronym"] == SECRET


def test_what_only_a_demonstration_may_show_goes_when_it_is_none_any_more(gef, sheet, settings):
    settings.DEMONSTRATION = True
    licensed(sheet, "")
    tell(gef, a_row())
    tell(sheet, a_row(acronym=SECRET), a_row("2"))
    publish_source(sheet)
    assert published("GEF:2").document is not None
    tasks.hold_back_unlicensed()
    assert not Statement.objects.filter(waits=True).exists()

    settings.DEMONSTRATION = False
    tasks.hold_back_unlicensed()
    making.take_up()

    assert published("GEF:2").document is None
    assert published("GEF:1").document is not None
    assert SECRET not in str(Publication.objects.values_list("document", "envelope"))
    assert Publication.objects.get(uid=sheet.uid).document is None


def test_nobody_publishes_again_what_went_with_its_licence(sheet):
    tell(sheet, a_row(acronym=SECRET))
    licensed(sheet, "")
    record, secretary = Record.objects.get(), person(secretariat=True)

    with pytest.raises(TransitionRefused, match="names no licence"):
        actions.apply_transition(name="restore", record=record, by=secretary)
    with pytest.raises(TransitionRefused, match="names no licence"):
        released(edited(record, secretary, number="7"), secretary)
    assert published().document is None

    record.refresh_from_db()
    licensed(sheet, "CC0")
    released(record, secretary)
    assert published().document["acronym"] == SECRET


def test_what_a_person_withdrew_is_published_again_only_with_a_licence(gef):
    tell(gef, a_row())
    record, secretary = Record.objects.get(), person(secretariat=True)
    actions.apply_transition(name="withdraw", record=record, by=secretary, reasons=["error"])
    licensed(gef, "")

    with pytest.raises(TransitionRefused, match="names no licence"):
        actions.apply_transition(name="restore", record=record, by=secretary)
    licensed(gef, "CC0")
    actions.apply_transition(name="restore", record=record, by=secretary)

    assert published().document is not None


def test_what_loses_its_licence_does_not_wait_until_an_edit_is_done(client, gef, sheet):
    tell(gef, a_row())
    tell(sheet, a_row(acronym=SECRET))
    secretary = person(secretariat=True)
    draft = edited(Record.objects.get(), secretary, number="7")

    licensed(sheet, "")

    assert SECRET not in str(Publication.objects.values_list("document", "envelope"))
    assert "number" not in published().document
    assert not Statement.objects.filter(waits=True).exists()
    draft.refresh_from_db()
    assert (draft.work, draft.document["number"]) == ("draft", "7")
    assert "acronym" not in draft.document
    assert [one["version"] for one in read(client, f"{draft.uid}/versions/")["versions"]] == [1, 3]

    released(draft, secretary)
    assert published().document["number"] == "7"
    assert "acronym" not in published().document


def test_what_a_person_discards_does_not_bring_back_what_lost_its_licence(gef, sheet):
    tell(gef, a_row())
    tell(sheet, a_row(acronym=SECRET))
    secretary = person(secretariat=True)
    draft = edited(Record.objects.get(), secretary, number="7")
    licensed(sheet, "")

    draft.refresh_from_db()
    actions.apply_transition(name="discard", record=draft, by=secretary)
    making.take_up()
    tell(gef, a_row(title="A project of another name"))

    assert "acronym" not in published().document
    assert published().document["title"] == {"en": "A project of another name"}


def test_the_last_source_takes_a_record_that_somebody_edits_with_it_and_brings_it_back(gef):
    tell(gef, a_row())
    secretary = person(secretariat=True)
    draft = edited(Record.objects.get(), secretary, number="7")
    licensed(gef, "")
    assert published().document is None

    draft.refresh_from_db()
    assert (draft.work, draft.document["number"]) == ("draft", "7")
    with pytest.raises(TransitionRefused, match="names no licence"):
        released(draft, secretary)

    draft.refresh_from_db()
    licensed(gef, "CC0")
    released(draft, secretary)
    assert published().document["number"] == "7"


def test_a_licence_is_given_and_taken_away_in_one_step_with_its_consequences(gef):
    tell(gef, a_row())
    source = sources.source_of("gef-portal", "gef-portal", licence=" \n ")

    assert source.licence == ""
    assert published().document is None
    assert published().reason == "legal"
    assert sources.closed() == {"gef-portal"}


def test_a_licence_of_blanks_is_none():
    assert sources.source_of("gef-pmis", "gef-pmis", licence="  ").licence == ""
    assert not Source.objects.get().may_be_published


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"key": "Not An Address"}, "key: "),
        ({"key": "a" * 41}, "key: "),
        ({"key": "new"}, "choose another"),
        ({"key": ""}, "key: "),
        ({"name": "N" * 201}, "name: "),
        ({"licence": "L" * 301}, "licence: "),
    ],
)
def test_what_no_source_can_be_called_is_refused(given, told):
    words = {"key": "gef-portal", **given}
    with pytest.raises(sources.SourceRefused, match=told):
        sources.source_of(words.pop("key"), "gef-portal", **words)
    assert not Source.objects.exists()
