"""The page of a source: made by the portal, true to its readings, and anew only when it says something else."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.db.models import AutoField

from exchange import pages
from exchange.models import Harvest, ImportRun, Source, Statement
from formats import registry
from publishing.models import Publication, Version
from publishing.record import as_record
from tests.exchange.telling import a_row, a_source, tell

pytestmark = pytest.mark.django_db

FIRST = datetime(2026, 1, 2, 3, tzinfo=UTC)


@pytest.fixture
def source():
    made = a_source()
    Source.objects.filter(pk=made.pk).update(
        name="Portal of a fund", about="Its grants.", home="https://fund.example.org/"
    )
    made.refresh_from_db()
    return made


def a_run(source, *, day=0, state="finished", trigger="command", **figures):
    at = FIRST + timedelta(days=day)
    ended = None if state == "running" else at
    figures = {"read": 0, **figures}
    return ImportRun.objects.create(
        source=source, started_at=at, ended_at=ended, state=state, trigger=trigger, **figures
    )


def page_of(source):
    return Publication.objects.get(uid=source.uid)


def test_the_page_tells_who_it_is_what_stands_published_and_what_the_last_reading_came_to(source):
    tell(source, a_row("1"), a_row("2"))
    ImportRun.objects.all().update(state="finished", started_at=FIRST, ended_at=FIRST)
    reasons = {"There is no title.": 1, "The amount\nis no number.": 2}
    a_run(source, day=5, read=6, created=1, updated=1, unchanged=1, refused=3, gone=4, reasons=reasons)

    pages.publish_source(source)

    record = as_record(page_of(source))
    document = record["document"]
    assert source.uid.startswith("CMB-SRC-SCBD-")
    assert record["database"] == "sources"
    assert record["profile"] == "registered"
    assert record["owner"]["kind"] == "secretariat"
    assert document["title"] == {"en": "Portal of a fund"}
    assert document["databases"] == ["projects"]
    assert document["records"] == 2
    assert (document["first_read_on"], document["last_read_on"]) == ("2026-01-02", "2026-01-07")
    assert document["last_reading"] == {"read": 6, "refused": 3}
    assert (document["gone"], document["withheld"]) == (0, 0)
    assert [(row["reason"], row["count"]) for row in document["reasons"]] == [
        ("The amount is no number.", 2),
        ("There is no title.", 1),
    ]
    assert registry.by_code("SRC").read(document).errors == []


def test_the_page_does_not_quote_the_rows_that_were_refused(source):
    reasons = {"stage: “Jane Doe” is not in the list.": 1, "stage: “John Doe” is not in the list.": 2}
    a_run(source, day=5, read=3, refused=3, reasons=reasons)

    pages.publish_source(source)

    told = [(row["reason"], row["count"]) for row in page_of(source).document["reasons"]]
    assert told == [("stage: “…” is not in the list.", 3)]


def test_the_page_is_published_anew_only_when_it_says_something_else(source):
    pages.publish_source(source)
    first = page_of(source)
    pages.publish_source(Source.objects.get(pk=source.pk))
    again = page_of(source)
    a_run(source)
    pages.publish_source(source)
    changed = page_of(source)

    assert again.position == first.position
    assert changed.uid == first.uid
    assert (changed.action, changed.version) == ("updated", 2)
    assert changed.envelope["published_at"] == first.envelope["published_at"]
    assert Version.objects.filter(uid=source.uid).count() == 2


def test_trials_and_readings_that_did_not_end_tell_nothing(source):
    a_run(source, read=1, created=1)
    a_run(source, day=1, trigger="trial", read=7, created=7)
    a_run(source, day=2, state="stopped", read=8, created=8)

    pages.publish_source(source)

    document = page_of(source).document
    assert document["last_read_on"] == "2026-01-02"
    assert document["last_reading"]["read"] == 1


def test_it_says_whether_it_is_harvested_without_anybody_asking(source):
    harvest = Harvest.objects.create(
        source=source, protocol="document", address="https://fund.example.org/list.csv", every=12, is_paused=False
    )
    pages.publish_source(source)
    asked = page_of(source).document
    Harvest.objects.filter(pk=harvest.pk).update(is_paused=True)
    pages.publish_source(Source.objects.get(pk=source.pk))
    paused = page_of(source).document

    assert (asked["automatic"], asked["every"]) == (True, 12)
    assert paused["automatic"] is False
    assert "every" not in paused


def test_without_a_licence_there_is_a_page_only_in_a_demonstration(source, settings):
    Source.objects.filter(pk=source.pk).update(licence="")
    source.refresh_from_db()
    settings.DEMONSTRATION = False
    pages.publish_source(source)
    assert source.uid == ""

    settings.DEMONSTRATION = True
    pages.publish_source(source)
    assert page_of(source).document["title"] == {"en": "Portal of a fund"}
    assert "licence" not in page_of(source).document

    settings.DEMONSTRATION = False
    pages.publish_source(source)
    pages.publish_source(source)
    assert (page_of(source).action, page_of(source).document) == ("withdrawn", None)

    Source.objects.filter(pk=source.pk).update(licence="CC0")
    source.refresh_from_db()
    pages.publish_source(source)
    assert page_of(source).action == "restored"


def test_what_a_source_says_wrongly_of_itself_is_left_out(source):
    Source.objects.filter(pk=source.pk).update(home="no address", about="bell \x07")
    source.refresh_from_db()

    pages.publish_source(source)

    assert not {"home", "about"} & set(page_of(source).document)


def test_the_page_costs_the_same_for_few_records_and_for_many(source, django_assert_max_num_queries):
    tell(source, *[a_row(str(number)) for number in range(30)])
    pages.publish_source(source)
    assert Statement.objects.count() == 30

    with django_assert_max_num_queries(9):
        pages.publish_source(source)


@pytest.mark.slow
def test_what_stands_published_is_counted_fast_in_a_large_catalogue(source):
    tell(source, a_row("1"))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '64kB'")  # as for a hundred times as many records
        copied(cursor, Publication, {"uid": "'uid-' || n", "position": "n + 1000"}, 30_000)
        copied(cursor, Statement, {"identifier": "'id-' || n", "uid": "'other-' || n"}, 5_000)
        cursor.execute("ANALYZE")
        cursor.execute("SET LOCAL statement_timeout = '2s'")

    assert pages.document(source)["records"] == 1


def copied(cursor, model, changed, times):
    """Copies of the first row of a table, each with other values in these columns."""
    columns = [field.column for field in model._meta.concrete_fields if not isinstance(field, AutoField)]
    values = [changed.get(column, f'"{column}"') for column in columns]
    statement = (
        "INSERT INTO {0} ({1}) SELECT {2} FROM (SELECT * FROM {0} LIMIT 1) AS one, generate_series(1, {3}) AS n"
    )
    quoted = ", ".join(f'"{column}"' for column in columns)
    cursor.execute(statement.format(model._meta.db_table, quoted, ", ".join(values), times))
