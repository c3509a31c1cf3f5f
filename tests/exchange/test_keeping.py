"""Reports, notes and what trials showed: kept for some weeks, and no longer than a record of their source."""

import os
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from bch_portal.celery import app
from exchange import tasks
from exchange.importing import keeping
from exchange.models import ImportRun, Source, Statement
from records.erasure import erase, redact
from records.models import Record
from tests.exchange.sheets import a_row, a_sheet, import_records, report_of
from tests.people import person

pytestmark = pytest.mark.django_db

SECRET = "Jane Doe"


@pytest.fixture(autouse=True)
def _data_of_its_own(settings, tmp_path):
    settings.PORTAL_DATA = tmp_path / "data"


def kept():
    return sorted(path.name for path in keeping.folder().glob("*"))


def an_import(tmp_path, *rows):
    """An import with a report and notes that speak of Jane Doe, and a trial that showed her."""
    rows = rows or (
        a_row(title=f"What {SECRET} leads", countries=f"Land of {SECRET}"),
        a_row(id="2", gef_grant=f"paid by {SECRET}"),
    )
    import_records(a_sheet(tmp_path, *rows))
    return ImportRun.objects.filter(trigger="command").latest("pk")


def a_trial():
    preview = {"asked": {"reader": "gef-portal"}, "rows": [{"document": {"title": {"en": SECRET}}}]}
    return ImportRun.objects.create(
        source=Source.objects.get(), trigger="trial", state="finished", ended_at=timezone.now(), preview=preview
    )


def everything_kept(*runs):
    told = "".join(path.read_text() for path in keeping.folder().glob("*"))
    for run in runs:
        run.refresh_from_db()
        told += f"{run.reasons} {run.preview} {run.report}"
    return told


def grown_old(*runs):
    """As if these had ended a day more than three months ago."""
    before = timezone.now() - keeping.KEPT_FOR - timedelta(days=1)
    ImportRun.objects.filter(pk__in=[run.pk for run in runs]).update(ended_at=before)
    for run in runs:
        for path in keeping.folder().glob(f"{run.pk}.*"):
            os.utime(path, (before.timestamp(), before.timestamp()))


def test_what_is_old_goes_and_its_counts_stay(tmp_path):
    old = an_import(tmp_path)
    trial = a_trial()
    counts, reasons = old.counts, sum(old.reasons.values())
    grown_old(old, trial)
    young = an_import(tmp_path, a_row(id="3", gef_grant="much"))

    tasks.forget_old_reports()

    assert SECRET not in everything_kept(old, trial, young)
    assert kept() == [f"{young.pk}.refused.csv"]
    assert old.counts == counts == {"read": 2, "created": 1, "updated": 0, "unchanged": 0, "refused": 1}
    assert sum(old.reasons.values()) == reasons == 1
    assert (old.report, trial.preview) == ("", {"asked": {"reader": "gef-portal"}, "rows": []})
    assert report_of(keeping.report_of(young))[0]["ID"] == "3"


def test_reports_of_killed_imports_go_too_and_nothing_that_is_not_a_report(tmp_path):
    keeping.folder().mkdir(parents=True)
    for name in ("7.refused.csv", "8.notes.csv", "mine.csv", "9.txt"):
        path = keeping.folder() / name
        path.write_text(name)
        os.utime(path, (time.time() - 100 * 86400,) * 2)
    (keeping.folder() / "10.refused.csv").write_text("young")

    keeping.forget_old()

    assert kept() == ["10.refused.csv", "9.txt", "mine.csv"]


def test_without_a_folder_there_is_nothing_to_forget():
    keeping.forget_old()

    assert not keeping.folder().exists()


def test_the_clock_forgets_every_day_where_the_harvester_writes():
    entry = app.conf.beat_schedule["forget-old-reports"]

    assert entry == {"task": tasks.forget_old_reports.name, "schedule": 24 * 3600.0}
    assert app.conf.task_routes[entry["task"]]["queue"] == tasks.QUEUE


@pytest.mark.parametrize("how", [erase, redact])
def test_what_is_erased_or_redacted_stands_in_no_report_either(tmp_path, how, django_capture_on_commit_callbacks):
    run = an_import(tmp_path)
    trial = a_trial()
    assert SECRET in everything_kept(run, trial)
    given = {
        erase: {"reason": "legal"},
        redact: {"replacements": {SECRET: "a person"}, "why": "Asked for", "by": person(secretariat=True)},
    }[how]

    with django_capture_on_commit_callbacks(execute=True):
        how(record=Record.objects.get(), **given)

    assert SECRET not in everything_kept(run, trial)
    assert run.counts["read"] == 2


def test_other_sources_keep_theirs(tmp_path, django_capture_on_commit_callbacks):
    run = an_import(tmp_path)
    other = Source.objects.create(key="other", name="Other", reader="gef-portal", licence="CC0")
    ImportRun.objects.filter(pk=run.pk).update(source=other)

    with django_capture_on_commit_callbacks(execute=True):
        erase(record=Record.objects.get(), reason="legal")

    assert kept() == [f"{run.pk}.notes.csv", f"{run.pk}.refused.csv"]


def test_what_was_erased_does_not_come_back_in_a_report_and_is_counted(tmp_path, django_capture_on_commit_callbacks):
    an_import(tmp_path)
    with django_capture_on_commit_callbacks(execute=True):
        erase(record=Record.objects.get(), reason="legal")

    noted = an_import(tmp_path, a_row(title=f"What {SECRET} leads", countries=f"Land of {SECRET}"))
    refused = an_import(tmp_path, a_row(title=f"What {SECRET} leads", gef_grant=f"paid by {SECRET}"))

    assert kept() == []
    assert [run.refused for run in (noted, refused)] == [0, 1]
    assert Statement.objects.get().is_erased


def test_a_report_elsewhere_is_the_operators_own(tmp_path):
    report = tmp_path / "mine.csv"
    import_records(a_sheet(tmp_path, a_row(gef_grant="much")), "--report", report)
    run = ImportRun.objects.get()
    assert keeping.report_of(run) is None

    grown_old(run)
    keeping.forget_old()

    assert report.exists()


def test_a_report_that_is_not_here_is_not_offered_and_the_page_says_why(tmp_path, client, secretariat, settings):
    settings.DEMONSTRATION = True  # no second factor
    run = an_import(tmp_path)
    client.force_login(secretariat)
    address = f"/en/desk/sources/gef-portal/runs/{run.pk}/"

    keeping.report_of(run).unlink()
    gone = client.get(address).content.decode()
    ImportRun.objects.update(report="/home/operator/mine.csv")
    elsewhere = client.get(address).content.decode()

    assert "kept for 90 days" in gone
    assert "/home/operator/mine.csv" in elsewhere
    assert "kept for" not in elsewhere
    assert "/report/" not in gone + elsewhere
