"""An import that is killed at any moment: what was written is whole, and the next import ends it."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection

from exchange.models import ImportRun, Statement
from publishing import log
from publishing.models import Publication
from records.models import Record
from tests.exchange.sheets import a_row, a_sheet, import_records

ROOT = Path(__file__).resolve().parents[2]
ROWS = 1_000


def database_address():
    """The address of the test's own database, for another process."""
    base, name = os.environ["DATABASE_URL"], connection.settings_dict["NAME"]
    path, question, options = base.partition("?")
    return f"{path.rpartition('/')[0]}/{name}{question}{options}"


def an_import(sheet, folder):
    return subprocess.Popen(
        [sys.executable, "manage.py", "import_records", "gef-portal", str(sheet)],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": database_address(), "PORTAL_DATA": str(folder)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def wait_until(condition, seconds=60):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it did not come to pass"
        time.sleep(0.02)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_an_import_killed_at_random_moments_loses_and_doubles_nothing(tmp_path, settings):
    settings.PORTAL_DATA = tmp_path
    sheet = a_sheet(tmp_path, *(a_row(id=str(n), title=f"Project {n}") for n in range(1, ROWS + 1)))
    chance = random.Random(7)  # noqa: S311  the moments need no secrecy

    for _round in range(2):
        before = Statement.objects.count()
        process = an_import(sheet, tmp_path)
        wait_until(lambda before=before, process=process: Statement.objects.count() > before or process.poll() == 0)
        time.sleep(chance.random() / 4)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert (
            Statement.objects.count()
            == Record.objects.count()
            == Publication.objects.filter(database="projects").count()
        )
        assert sum(ImportRun.objects.values_list("created", flat=True)) == Statement.objects.count()

    wait_until(import_is_free)
    _code, counted, _said = import_records(sheet)

    assert counted["read"] == ROWS
    assert counted["created"] + counted["unchanged"] == ROWS
    assert Record.objects.count() == Publication.objects.filter(database="projects").count() == ROWS
    assert log.head().position == ROWS + 1  # the page of the source
    assert Statement.objects.values("uid").distinct().count() == ROWS


def import_is_free():
    """Whether PostgreSQL has noticed that the killed process is gone, and given its lock back."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' "
            "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        return cursor.fetchone()[0] == 0
