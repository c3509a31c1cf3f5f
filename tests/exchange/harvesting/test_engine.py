"""A turn of a harvest against a real small site: what comes in, where it goes on, and what a failure leaves."""

import time
from datetime import timedelta
from threading import Timer

import pytest
from django.db import connection
from django.utils import timezone

from delivery.models import Message
from exchange import tasks
from exchange.harvesting import lease as leases
from exchange.harvesting import pacing
from exchange.importing import run as importing
from exchange.models import Harvest, ImportRun, Statement
from publishing.models import Publication
from records.models import Record
from tests.exchange.harvesting.making import a_list, a_repository, a_sheet_of, a_source, harvested

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def site(a_site_with_a_sheet):
    return a_site_with_a_sheet


def test_a_harvest_takes_in_a_file_and_publishes_its_records(site):
    harvest = a_source(site.at("/sheet.csv"), every=12)

    run = harvested(harvest)

    assert (run.state, run.trigger, run.message) == ("finished", "harvest", "")
    assert run.counts == {"read": 3, "created": 3, "updated": 0, "unchanged": 0, "refused": 0}
    assert (run.requests, run.received) == (1, len(site.files["/sheet.csv"]))
    assert Publication.objects.filter(document__title__en="Project 2").exists()
    assert (harvest.lease, harvest.failures) == (None, 0)
    assert timedelta(hours=11, minutes=59) < harvest.next_at - timezone.now() <= timedelta(hours=12)


def test_what_was_not_modified_is_a_finished_run_with_nothing_read(site):
    harvest = a_source(site.at("/sheet.csv"))
    harvested(harvest)

    run = harvested(harvest)

    assert (run.state, run.read, run.requests, run.received) == ("finished", 0, 1, 0)
    assert not Statement.objects.exclude(gone_since=None).exists()


def test_a_second_answer_brings_what_changed_and_marks_what_is_gone(site):
    harvest = a_source(site.at("/sheet.csv"))
    harvested(harvest)
    site.files["/sheet.csv"] = a_sheet_of(2, 3, 4, Status="Cancelled")

    run = harvested(harvest)

    assert run.counts == {"read": 3, "created": 1, "updated": 2, "unchanged": 0, "refused": 0}
    assert run.gone == 1
    assert Statement.objects.get(identifier="1").gone_since is not None


def test_a_task_that_runs_twice_does_its_work_once(site):
    harvest = a_source(site.at("/sheet.csv"))

    tasks.harvest(pk=harvest.pk)
    tasks.harvest(pk=harvest.pk)

    assert ImportRun.objects.count() == 1
    assert site.asked == ["/sheet.csv"]


def test_while_one_works_another_does_not_begin(site):
    harvest = a_source(site.at("/sheet.csv"))
    leases.take(harvest.pk)

    tasks.harvest(pk=harvest.pk)

    assert not ImportRun.objects.exists()


def test_what_is_paused_is_not_asked_even_if_its_task_waits_in_the_queue(site):
    harvest = a_source(site.at("/sheet.csv"), paused=True)

    tasks.harvest(pk=harvest.pk)

    harvest.refresh_from_db()
    assert (site.asked, harvest.lease) == ([], None)


def test_after_a_killed_worker_the_next_one_goes_on_and_closes_its_run(site):
    harvest = a_source(site.at("/sheet.csv"))
    leases.take(harvest.pk)
    left = importing.start(harvest.source, ["sheet.csv"], trigger=ImportRun.Trigger.HARVEST)
    tasks.harvest(pk=harvest.pk)
    assert ImportRun.objects.count() == 1, "the lease of the killed worker holds still"

    Harvest.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    run = harvested(harvest)

    left.refresh_from_db()
    assert left.state == "stopped"
    assert (run.state, run.created, harvest.failures) == ("finished", 3, 0)


def test_a_source_that_kills_its_worker_time_and_again_is_paused(site, secretariat):
    harvest = a_source(site.at("/sheet.csv"), failures=9)
    leases.take(harvest.pk)
    Harvest.objects.update(leased_until=timezone.now() - timedelta(seconds=1))

    tasks.harvest(pk=harvest.pk)

    harvest.refresh_from_db()
    assert (harvest.is_paused, harvest.failures, site.asked) == (True, 10, [])
    assert "time and again" in Message.objects.get().text


def test_who_loses_the_lease_stops_before_the_next_batch(site, monkeypatch):
    site.files["/sheet.csv"] = a_sheet_of(*range(1, 251))
    harvest = a_source(site.at("/sheet.csv"), most_per_minute=6000)
    other = "11111111-1111-1111-1111-111111111111"
    monkeypatch.setattr(pacing.Pacer, "after", lambda *_: Harvest.objects.update(lease=other))

    tasks.harvest(pk=harvest.pk)

    harvest.refresh_from_db()
    assert Statement.objects.count() == importing.BATCH, "the batch before it was lost, and no other"
    assert str(harvest.lease) == other
    run = ImportRun.objects.get()
    assert (run.state, run.created, run.message) == ("stopped", importing.BATCH, "It was ended from outside.")


def test_a_turn_that_is_over_goes_on_at_the_next_and_takes_nothing_twice(site, monkeypatch):
    site.files["/sheet.csv"] = a_sheet_of(*range(1, 251))
    harvest = a_source(site.at("/sheet.csv"), most_per_minute=60)
    monkeypatch.setattr(pacing, "TURN", 60)  # a hundred records are more than a minute's at this pace

    first, then = harvested(harvest), harvested(harvest)
    Harvest.objects.update(most_per_minute=6000)
    last = harvested(harvest)

    assert [run.state for run in (first, then, last)] == ["stopped", "stopped", "finished"]
    assert [run.created for run in (first, then, last)] == [100, 100, 50]
    assert (last.read, last.unchanged) == (250, 200)
    assert Record.objects.count() == Statement.objects.count() == 250


def test_a_worker_that_is_ended_gives_its_harvest_back_after_the_batch(site):
    site.files["/sheet.csv"] = a_sheet_of(*range(1, 251))
    harvest = a_source(site.at("/sheet.csv"), most_per_minute=60)
    soon = Timer(3, pacing.end_turns)
    began = time.monotonic()

    soon.start()
    try:
        run = harvested(harvest)
    finally:
        soon.cancel()
        pacing.end_turns(False)

    assert time.monotonic() - began < 30, "it did not wait for its pace"
    assert (run.state, run.created, harvest.lease, harvest.failures) == ("stopped", 100, None, 0)
    Harvest.objects.update(most_per_minute=6000)
    assert harvested(harvest).created == 150


def test_the_next_turn_waits_as_long_as_the_pace_demands(site, monkeypatch):
    site.files["/sheet.csv"] = a_sheet_of(*range(1, 151))
    harvest = a_source(site.at("/sheet.csv"), most_per_minute=10)

    run = harvested(harvest)

    assert (run.state, run.created, harvest.failures) == ("stopped", 100, 0)
    assert timedelta(minutes=9) < harvest.next_at - timezone.now() <= timedelta(minutes=10)


def test_a_refusal_by_the_site_is_a_failure_and_what_it_asks_for_is_heeded(site):
    site.refusals["/sheet.csv"] = (503, {"Retry-After": "7200"})
    harvest = a_source(site.at("/sheet.csv"))

    run = harvested(harvest)

    assert run.state == "stopped"
    assert "503" in run.message
    assert harvest.failures == 1
    assert harvest.next_at - timezone.now() > timedelta(hours=1, minutes=59)


def test_a_page_that_is_gone_pauses_the_harvest_after_three_times(site, secretariat):
    harvest = a_source(site.at("/nothing.csv"))

    for _time in range(3):
        harvested(harvest)

    assert (harvest.failures, harvest.is_paused) == (3, True)
    assert "404" in Message.objects.get().text


def test_a_file_that_breaks_off_leaves_what_stood_before_and_is_a_failure(site):
    site.files["/sheet.csv"] = b"this is no sheet,at all\n1,2\n"
    harvest = a_source(site.at("/sheet.csv"))

    run = harvested(harvest)

    assert (run.state, run.read, harvest.failures) == ("stopped", 0, 1)
    assert run.message


def test_an_address_within_the_network_is_never_asked(site, settings, secretariat):
    settings.HARVEST_PRIVATE_ADDRESSES = False
    harvest = a_source(site.at("/sheet.csv"))

    harvested(harvest)

    assert (site.asked, harvest.failures) == ([], 1)


def test_a_reader_that_is_gone_is_told_and_not_thrown(site):
    harvest = a_source(site.at("/sheet.csv"))
    harvest.source.reader = "of-yesterday"
    harvest.source.save()

    run = harvested(harvest)

    assert (run.state, harvest.failures, harvest.lease) == ("stopped", 1, None)
    assert "of-yesterday" in run.message


def test_a_fault_of_ours_counts_and_says_so(site, monkeypatch):
    monkeypatch.setattr(importing.Importer, "read_stream", lambda *_: 1 / 0)
    harvest = a_source(site.at("/sheet.csv"))

    run = harvested(harvest)

    assert run.message == "A fault of the portal itself: ZeroDivisionError."
    assert (harvest.failures, harvest.lease) == (1, None)


def test_refused_rows_are_told_in_a_report(site, settings):
    site.files["/sheet.csv"] = a_sheet_of(1, "no number", 3)
    harvest = a_source(site.at("/sheet.csv"))

    run = harvested(harvest)

    assert run.counts == {"read": 3, "created": 2, "updated": 0, "unchanged": 0, "refused": 1}
    assert run.report == str(settings.PORTAL_DATA / "imports" / f"{run.pk}.refused.csv")


@pytest.mark.django_db(transaction=True)
def test_while_files_are_imported_by_hand_the_harvest_waits_a_minute(site):
    harvest = a_source(site.at("/sheet.csv"))
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [importing.lock_key("gef")])

    tasks.harvest(pk=harvest.pk)
    other.close()

    harvest.refresh_from_db()
    assert (site.asked, harvest.failures, harvest.lease) == ([], 0, None)
    assert timedelta(seconds=50) < harvest.next_at - timezone.now() <= timedelta(minutes=1)


def test_a_harvest_that_failed_half_way_goes_on_after_its_last_whole_page(site):
    harvest = a_repository(site)
    site.refusals["/oai?verb=ListRecords&resumptionToken=third"] = (503, {})
    first = harvested(harvest)
    assert (first.state, first.read, harvest.failures) == ("stopped", 2, 1)

    site.refusals.clear()
    site.asked.clear()
    then = harvested(harvest)

    assert (then.state, then.message, then.created, harvest.failures) == ("finished", "", 1, 0)
    assert "/oai?verb=ListRecords&metadataPrefix=oai_dc" not in site.asked
    assert Statement.objects.filter(gone_since=None).count() == 3


def test_a_walk_over_several_turns_marks_what_none_of_them_saw(site):
    harvest = a_repository(site)
    harvested(harvest)
    Harvest.objects.update(state={})
    site.files["/oai?verb=ListRecords&metadataPrefix=oai_dc"] = a_list(2, "third")
    site.refusals["/oai?verb=ListRecords&resumptionToken=third"] = (503, {})
    assert harvested(harvest).gone == 0

    site.refusals.clear()
    then = harvested(harvest)

    assert (then.state, then.read, then.gone) == ("finished", 1, 1)
    assert Statement.objects.exclude(gone_since=None).get().identifier == "oai:example.org:1"


def test_a_row_that_names_nothing_keeps_a_walk_over_several_turns_from_marking(site):
    harvest = a_repository(site)
    harvested(harvest)
    Harvest.objects.update(state={})
    nameless = a_list(2, "third").replace(b"<identifier>oai:example.org:2</identifier>", b"")
    site.files["/oai?verb=ListRecords&metadataPrefix=oai_dc"] = nameless
    site.refusals["/oai?verb=ListRecords&resumptionToken=third"] = (503, {})
    assert harvested(harvest).refused == 1

    site.refusals.clear()
    then = harvested(harvest)

    assert (then.state, then.gone) == ("finished", 0)


def test_only_a_walk_that_was_seen_from_its_start_marks_what_is_gone(site):
    harvest = a_repository(site)
    harvested(harvest)
    site.files["/oai?verb=ListRecords&metadataPrefix=oai_dc"] = a_list(2, "third")
    Harvest.objects.update(state={})

    run = harvested(harvest)

    assert (run.state, run.gone) == ("finished", 1)
    assert Statement.objects.exclude(gone_since=None).get().identifier == "oai:example.org:1"
