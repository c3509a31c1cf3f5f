"""One import of a source at a time; what was killed is closed by the next."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from exchange.importing import run as importing
from exchange.importing.sources import source_of
from exchange.models import ImportRun
from tests.exchange.sheets import a_row, a_sheet, import_records

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_of_its_own")]


def test_a_source_is_imported_once_at_a_time(tmp_path):
    other = connection.copy()
    with importing.one_at_a_time("another-source"):
        pass
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [importing.lock_key("gef-portal")])

        with pytest.raises(CommandError, match="under way"):
            call_command("import_records", "gef-portal", str(a_sheet(tmp_path, a_row())))
    finally:
        other.close()
    assert not ImportRun.objects.exists()


def test_the_lock_is_given_back_even_when_the_import_fails(tmp_path):
    with pytest.raises(RuntimeError), importing.one_at_a_time("gef-portal"):
        raise RuntimeError

    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [importing.lock_key("gef-portal")])
        assert cursor.fetchone() == (True,)
    other.close()


def test_a_run_that_was_killed_is_closed_by_the_next_of_its_source_and_no_other_run_is_touched(tmp_path):
    import_records(a_sheet(tmp_path, a_row()))
    finished = ImportRun.objects.get()
    killed = ImportRun.objects.create(source=finished.source)
    elsewhere = ImportRun.objects.create(source=source_of("horizon", "horizon"))

    import_records(a_sheet(tmp_path, a_row()))

    killed.refresh_from_db()
    assert killed.state == "stopped"
    assert killed.ended_at is not None
    assert ImportRun.objects.get(pk=elsewhere.pk).state == "running"
    assert ImportRun.objects.filter(pk=finished.pk, state="finished", ended_at=finished.ended_at).exists()
