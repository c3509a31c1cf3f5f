"""A trial against a real small site: it counts, shows what would become of the first rows, and writes nothing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from exchange import tasks
from exchange.harvesting import engine, schedule, trial
from exchange.harvesting import lease as leases
from exchange.importing import run as importing
from exchange.models import Harvest, ImportRun, Statement
from publishing import log
from records.erasure import erase
from records.models import Record
from tests.exchange.harvesting.making import a_repository, a_sheet_of, a_source
from tests.exchange.telling import a_row, tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(a_site_with_a_sheet):
    return a_site_with_a_sheet


def a_trial_of(harvest):
    run = importing.start(harvest.source, [harvest.address], trigger=ImportRun.Trigger.TRIAL)
    tasks.try_source(pk=run.pk)
    run.refresh_from_db()
    return run


def test_a_trial_counts_and_shows_and_writes_nothing(site):
    site.files["/sheet.csv"] = a_sheet_of(*range(1, 15), "no number")
    harvest, head = a_source(site.at("/sheet.csv"), paused=True), log.head()

    run = a_trial_of(harvest)

    assert (run.state, run.message) == ("finished", "")
    assert run.counts == {"read": 15, "created": 14, "updated": 0, "unchanged": 0, "refused": 1}
    shown = [row for row in run.preview["rows"] if "document" in row]
    assert [row["document"]["title"]["en"] for row in shown] == [f"Project {number}" for number in range(1, 11)]
    refused = [row for row in run.preview["rows"] if row["result"] == "refused"]
    assert [(row["row"], row["findings"][0]["field"]) for row in refused] == [(16, "ID")]
    assert list(run.reasons.values()) == [1]
    assert (Statement.objects.count(), Record.objects.count(), log.head()) == (0, 0, head)
    harvest.refresh_from_db()
    assert (harvest.state, harvest.lease, harvest.failures) == ({}, None, 0)


def test_a_trial_reads_two_hundred_rows_and_tells_fifty_points_at_most(site):
    site.files["/sheet.csv"] = a_sheet_of(*(f"no number {number}" for number in range(300)))
    harvest = a_source(site.at("/sheet.csv"), paused=True)

    run = a_trial_of(harvest)

    assert (run.read, run.refused) == (200, 200)
    assert sum(len(row["findings"]) for row in run.preview["rows"]) == 50
    assert not trial.passed(harvest)


def test_a_trial_tells_what_would_change(site):
    harvest = a_source(site.at("/sheet.csv"))
    tasks.harvest(pk=harvest.pk)
    site.files["/sheet.csv"] = a_sheet_of(1, 2) + a_sheet_of(4).split(b"\n", 1)[1]

    run = a_trial_of(harvest)

    assert (run.created, run.unchanged) == (1, 2)


def test_a_trial_shows_nothing_of_what_was_erased(site):
    harvest = a_source(site.at("/sheet.csv"), paused=True)
    tell(harvest.source, a_row("2"))
    erase(record=Record.objects.get(), reason="legal")

    run = a_trial_of(harvest)

    assert [row["identifier"] for row in run.preview["rows"]] == ["1", "3"]


def test_a_trial_of_a_source_that_does_not_answer_says_why(site):
    harvest = a_source(site.at("/nothing.csv"), paused=True)

    run = a_trial_of(harvest)

    assert run.state == "stopped"
    assert "404" in run.message
    assert not trial.passed(harvest)


def test_a_trial_says_nothing_of_other_settings(site):
    harvest = a_source(site.at("/sheet.csv"), paused=True)
    a_trial_of(harvest)
    assert trial.passed(harvest)

    harvest.address = site.at("/other.csv")

    assert not trial.passed(harvest)


def test_a_trial_of_a_killed_worker_is_made_again(site):
    harvest = a_source(site.at("/sheet.csv"), paused=True)
    run = importing.start(harvest.source, [harvest.address], trigger=ImportRun.Trigger.TRIAL)
    leases.take(harvest.pk)
    tasks.try_source(pk=run.pk)
    run.refresh_from_db()
    assert run.state == "running"

    Harvest.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    assert list(schedule.trials()) == [run]
    tasks.try_source(pk=run.pk)

    run.refresh_from_db()
    assert (run.state, run.created) == ("finished", 3)


def test_a_harvest_leaves_the_way_to_a_trial_that_waits(site):
    harvest = a_source(site.at("/sheet.csv"))
    importing.start(harvest.source, [harvest.address], trigger=ImportRun.Trigger.TRIAL)

    engine.turn(harvest.pk)

    assert ImportRun.objects.get().state == "running"


def test_a_trial_tells_of_records_that_are_no_well_formed_xml(site):
    harvest = a_repository(site)
    first = "/oai?verb=ListRecords&metadataPrefix=oai_dc"
    site.files[first] = site.files[first].replace(b"Living", b"<br>")

    run = a_trial_of(harvest)

    assert (run.state, run.read, run.refused) == ("finished", 1, 1)
    assert "not well-formed" in next(iter(run.reasons))
