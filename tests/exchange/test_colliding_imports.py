"""Imports that meet, die or have nowhere to write their report: each ends clear, nothing is lost or overwritten."""

import fcntl
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from exchange import tasks
from exchange.importing import abandoned
from exchange.importing import run as importing
from exchange.models import ImportRun, Statement
from tests.exchange.harvesting.making import a_sheet_of, a_source
from tests.exchange.harvesting.site import a_site
from tests.exchange.sheets import a_row, a_sheet, import_records, report_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _data_of_its_own(settings, tmp_path):
    settings.PORTAL_DATA = tmp_path / "data"


@pytest.fixture
def killed():
    """The run of an import that was killed."""
    return importing.start(a_source().source, ["sheet.csv"])


def test_the_clock_closes_the_runs_of_killed_imports(killed):
    tasks.start_due_harvests()

    killed.refresh_from_db()
    assert (killed.state, killed.message) == ("stopped", "It was ended from outside.")
    assert killed.ended_at <= timezone.now()


def test_what_goes_on_and_what_waits_to_be_tried_is_left_alone(killed):
    trial = importing.start(a_source(key="tried", paused=True).source, [], trigger=ImportRun.Trigger.TRIAL)
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [importing.lock_key(killed.source_id)])

        abandoned.close()
    finally:
        other.close()

    assert set(ImportRun.objects.filter(state="running")) == {killed, trial}


def test_neither_the_report_nor_its_notes_take_the_place_of_what_is_read(tmp_path):
    sheet = a_sheet(tmp_path, a_row(title=""), name="mine.notes.csv")
    before = sheet.read_bytes()

    for report in ("mine.csv", "mine.refused.csv"):
        with pytest.raises(CommandError, match="overwrite"):
            call_command("import_records", "gef-portal", str(sheet), "--report", str(tmp_path / report))

    assert sheet.read_bytes() == before
    assert not ImportRun.objects.exists()


def test_a_report_that_another_import_is_writing_is_left_whole(tmp_path):
    report = tmp_path / "mine.csv"
    report.write_text("of another import")
    with report.open("a") as theirs:
        fcntl.flock(theirs, fcntl.LOCK_EX)

        code, counted, said = import_records(a_sheet(tmp_path, a_row(), a_row(id="2", title="")), "--report", report)

    assert code == 3
    assert "another import is writing it" in said
    assert report.read_text() == "of another import"
    assert (counted["created"], Statement.objects.count()) == (1, 1)


def test_a_report_of_an_earlier_import_is_written_anew(tmp_path):
    sheet, report = a_sheet(tmp_path, a_row(title=""), a_row(id="2", title="")), tmp_path / "mine.csv"
    import_records(sheet, "--report", report)
    import_records(a_sheet(tmp_path, a_row(id="3", title="")), "--report", report)

    assert [row["ID"] for row in report_of(report)] == ["3"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_ends_in_a_message_and_what_was_read_before_is_in(tmp_path):
    sheet = a_sheet(tmp_path, a_row(), *(a_row(id=str(number), title="") for number in range(2, 200)))

    code, counted, said = import_records(sheet, "--report", "/dev/full")

    assert code == 3
    assert "No space left" in said
    assert counted["created"] == Statement.objects.count() == 1
    assert ImportRun.objects.get().state == "stopped"


def a_harvest():
    """One turn of a harvest of a sheet with a row that is refused; how it is left."""
    with a_site() as site:
        site.files["/sheet.csv"] = a_sheet_of(1, "no number")
        harvest = a_source(site.at("/sheet.csv"))
        tasks.harvest(pk=harvest.pk)
    harvest.refresh_from_db()
    return harvest, ImportRun.objects.get(trigger="harvest")


def test_a_harvest_that_cannot_write_its_report_fails_and_says_why(settings):
    settings.PORTAL_DATA.mkdir()
    (settings.PORTAL_DATA / "imports").touch()
    settings.HARVEST_PRIVATE_ADDRESSES = True

    harvest, run = a_harvest()

    assert run.message == "The report cannot be written: File exists."
    assert (run.state, run.read, run.created, run.refused) == ("stopped", 2, 1, 1)
    assert (harvest.failures, harvest.lease) == (1, None)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_disk_that_is_full_at_the_end_of_a_harvest_leaves_no_lease_and_no_run_open(settings, killed):
    settings.HARVEST_PRIVATE_ADDRESSES = True
    folder = settings.PORTAL_DATA / "imports"
    folder.mkdir(parents=True)
    for number in range(killed.pk, killed.pk + 5):
        (folder / f"{number}.refused.csv").symlink_to("/dev/full")
    ImportRun.objects.all().delete()
    killed.source.harvest.delete()
    killed.source.delete()

    harvest, run = a_harvest()

    assert (run.state, run.message) == ("stopped", "The report cannot be written: No space left on device.")
    assert harvest.lease is None
