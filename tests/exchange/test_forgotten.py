"""What people erased, redacted, withdrew or are editing: no import brings it back, or shows it elsewhere."""

import orjson
import pytest

from exchange.importing import making, statements
from exchange.models import Match, Statement
from publishing.models import Publication, Version
from records import actions
from records.erasure import erase, redact
from records.models import Record
from tests.exchange.telling import DAY, a_row, a_source, published, tell
from tests.people import person

pytestmark = pytest.mark.django_db

SECRET = "Jane Doe"
TITLE = "A project that Jane Doe leads"


def everything_kept():
    """Every word of every record, statement, version and publication."""
    kept = [
        list(model.objects.values(*columns))
        for model, columns in (
            (Statement, ("values", "shown", "address", "lines")),
            (Record, ("document", "told", "provenance", "title", "contacts")),
            (Version, ("document",)),
            (Publication, ("document", "envelope")),
        )
    ]
    return orjson.dumps(kept).decode()


def everything_public():
    return orjson.dumps(list(Publication.objects.values("document", "envelope"))).decode()


def withdrawn(uid):
    record, secretary = Record.objects.get(uid=uid), person(secretariat=True)
    actions.apply_transition(name="withdraw", record=record, by=secretary, reasons=["error"])


def judged(subject, other, verdict="same"):
    return Match.objects.create(
        subject=subject, other=other, verdict=verdict, reviewed_by="A. Reviewer", reviewed_on=DAY
    )


def test_what_is_erased_is_kept_nowhere_and_no_import_brings_it_back(gef, sheet):
    tell(gef, a_row(title=TITLE))
    tell(a_source("aiddata", licence="", reader="iati"), a_row("x", "GEF:1", title=TITLE))
    erase(record=Record.objects.get(), reason="legal")

    assert SECRET not in everything_kept()

    assert tell(gef, a_row(title=TITLE)) == {"unchanged": 1}
    assert tell(gef, a_row(title=f"{TITLE} now", acronym="NEW")) == {"unchanged": 1}
    assert tell(gef, a_row("2", "GEF:1", title=TITLE)) == {"unchanged": 1}
    assert tell(sheet, a_row(title=TITLE), is_whole=True) == {"unchanged": 1}
    assert tell(gef, a_row("3"), is_whole=True) == {"created": 1}
    assert SECRET not in everything_kept()
    assert published().action == "erased"
    assert Record.objects.count() == 2


def test_what_is_erased_does_not_come_back_under_another_subject(gef, sheet):
    tell(gef, a_row(title=TITLE))
    tell(sheet, a_row("2"))
    erase(record=Record.objects.get(uid=published().uid), reason="legal")
    judged("GEF:1", "GEF:2")

    tell(gef, a_row(title=TITLE))
    tell(gef, a_row(subject="GEF:9", title=TITLE))

    assert SECRET not in everything_kept()


def test_a_title_stands_in_no_other_record_that_may_be_the_same(gef):
    tell(gef, a_row(title=TITLE))
    tell(a_source("aiddata", reader="iati"), a_row("x", "iati:x", title=TITLE.upper()))
    one, other = published().uid, published("iati:x").uid
    assert published("iati:x").envelope["possibly_same"] == [{"uid": one}]

    erase(record=Record.objects.get(uid=one), reason="legal")

    assert TITLE not in everything_kept()
    making.take_up()
    assert Publication.objects.get(uid=other).envelope["possibly_same"] == []


def test_words_that_were_redacted_do_not_return_with_the_next_import(gef, sheet):
    tell(gef, a_row(title=TITLE, acronym="OLD"))
    tell(sheet, a_row(title=TITLE))
    redact(
        record=Record.objects.get(), replacements={SECRET: "a person"}, why="Asked for", by=person(secretariat=True)
    )

    assert SECRET not in everything_kept()
    assert published().document["title"] == {"en": "A project that a person leads"}

    tell(gef, a_row(title=TITLE, acronym="OLD"), is_whole=True)
    statements.renew(gef)
    assert SECRET not in everything_kept()

    tell(gef, a_row(title=f"{TITLE} well", acronym="NEW"))
    tell(gef, a_row(title=f"{TITLE} well", acronym="NEWER"))

    assert SECRET not in everything_public()
    assert SECRET not in orjson.dumps(list(Record.objects.values("document", "told", "title"))).decode()
    assert published().document["acronym"] == "NEWER"
    assert published().document["title"] == {"en": "A project that a person leads"}


def test_what_a_person_withdrew_does_not_come_back_as_another_record_or_in_one(gef, sheet):
    tell(gef, a_row(title=TITLE))
    tell(sheet, a_row("2"))
    withdrawn(published().uid)

    tell(gef, a_row(subject="GEF:9", title=TITLE))
    judged("GEF:1", "GEF:2")
    tell(gef, a_row(title=TITLE, acronym="NEW"))

    assert TITLE not in everything_public()
    assert Record.objects.count() == 2


def test_what_a_person_withdrew_after_its_source_gave_it_back_stays_withdrawn(gef):
    secretary = person(secretariat=True)
    tell(gef, a_row())
    tell(gef, a_row(is_deleted=True))
    actions.apply_transition(name="restore", record=Record.objects.get(), by=secretary)
    withdrawn(published().uid)

    tell(gef, a_row(acronym="NEW"))

    assert published().document is None


def begun(uid):
    """Somebody begins to edit a record."""
    record, secretary = Record.objects.get(uid=uid), person(secretariat=True)
    return actions.save(record=record, document={**record.document, "number": "7"}, rows=[], by=secretary), secretary


def test_what_its_source_takes_back_while_somebody_edits_it_goes_when_they_are_done(gef):
    tell(gef, a_row())
    draft, secretary = begun(published().uid)
    tell(gef, a_row(is_deleted=True))
    assert published().document is not None

    actions.apply_transition(name="discard", record=draft, by=secretary)
    making.take_up()

    assert published().document is None
    assert not Statement.objects.filter(waits=True).exists()


def test_a_record_that_somebody_edits_is_not_left_without_a_source(gef, sheet):
    tell(gef, a_row())
    tell(sheet, a_row("2"))
    uid = published().uid
    draft, secretary = begun(uid)
    judged("GEF:1", "GEF:2")

    tell(gef, a_row())
    assert Statement.objects.get(source=gef).uid == uid

    actions.apply_transition(name="discard", record=draft, by=secretary)
    tell(gef, a_row())

    assert Publication.objects.get(uid=uid).action == "merged"


def test_an_unlicensed_source_shows_in_nothing_that_is_public(gef):
    silent = a_source("gef-pmis", licence="")
    money = {"id": "f1", "amount": "1000", "currency": "USD", "stage": "planned", "source": SECRET}
    told = {"title": TITLE, "funding": [money], "other_information": {"en": SECRET}, "lines": {"f1": "grant"}}
    for source, rows in ((silent, [a_row(**told), a_row("2", **told)]), (gef, [a_row(), a_row("3", title=TITLE)])):
        tell(source, *rows)
    tell(silent, a_row(**told, acronym=SECRET))

    assert SECRET not in everything_public().replace(TITLE, "")
    assert published("GEF:3").envelope["possibly_same"] == []
    assert [one.envelope["also_from"] for one in Publication.objects.all()] == [[], []]
