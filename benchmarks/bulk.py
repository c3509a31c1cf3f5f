"""Publishing by hand while 10,000 rows are imported, against the same with nothing else going on."""

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from accounts.models import User
from benchmarks import form_save
from benchmarks.invented import write_sheet
from benchmarks.row import Row
from benchmarks.timing import seconds, times
from exchange.models import ImportRun
from records import actions
from tests.documents import a_project
from tests.records.making import CONTACT

ROWS = 10_000
RUNS = 40
ROOT = Path(__file__).resolve().parent.parent
AGAINST = "the same, nothing else going on"


def run() -> list[Row]:
    """A record started, saved and endorsed: through the workflow, its checks, its mails and the log."""
    author = form_save.focal_point()
    alone = statistics.median(times(lambda: publish(author), RUNS))
    with tempfile.TemporaryDirectory() as folder:
        sheet = Path(folder) / "sheet.csv"
        write_sheet(sheet, ROWS)
        busy = during_import(author, sheet)
    usual = statistics.median(busy)
    return [
        Row("publish during a bulk import, median", usual * 1000, "ms", usual / alone, AGAINST),
        Row("publish during a bulk import, slowest", max(busy) * 1000, "ms", max(busy) / alone, AGAINST),
    ]


def during_import(author: User, sheet: Path) -> list[float]:
    """The seconds of each publication while the import runs."""
    command = [sys.executable, "manage.py", "import_records", "gef-portal", str(sheet)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    importing = subprocess.Popen(command, cwd=ROOT, env=os.environ, **quiet)
    while not ImportRun.objects.filter(created__gt=0).exists():
        if importing.poll() is not None:
            raise RuntimeError("the import ended before it began")
    measured = []
    while importing.poll() is None:
        measured.append(seconds(lambda: publish(author)))
    if importing.returncode or len(measured) < RUNS:
        raise RuntimeError(f"the import ended with {importing.returncode} after {len(measured)} publications")
    return measured


def publish(author: User) -> None:
    """Start a complete record and endorse it, each step in its own transaction, as the desk does."""
    record = actions.create(database="projects", by=author, owner_kind="government", country="KE")
    record = actions.save(record=record, document=a_project(), rows=[CONTACT], by=author)
    actions.apply_transition(record=record, name="endorse", by=author, seen=record.digest)
