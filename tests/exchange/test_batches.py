"""How rows are gathered into batches: whatever the rows are, none is kept for long."""

from datetime import date

import pytest

from exchange import readers
from exchange.importing import run as importing
from exchange.importing.sources import reader_of
from exchange.reading.report import Report
from tests.exchange.sheets import a_row, a_sheet
from tests.exchange.telling import a_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def reports(tmp_path):
    """Where an import tells what was refused, and what was kept as given."""
    columns = readers.reader("gef-portal").columns
    with Report(tmp_path / "refused.csv", columns) as refused, Report(tmp_path / "notes.csv", columns) as notes:
        yield {"refused": refused, "notes": notes}


@pytest.fixture
def read(tmp_path, reports):
    """Import a sheet of these rows; the importer, and how many rows were counted after each batch."""

    def read(*rows):
        source, told = a_source(), []
        run, given = importing.start(source, ["sheet.csv"]), {"retrieved_on": date(2026, 1, 2), **reports}
        given["progress"] = lambda counts: told.append(counts["read"])
        importer = importing.Importer(run, reader_of(source), **given)
        importer.read(a_sheet(tmp_path, *rows))
        return importer, told

    return read


def test_a_batch_is_written_once_it_is_full(read, monkeypatch):
    monkeypatch.setattr(importing, "BATCH", 2)

    _importer, told = read(*(a_row(id=str(number)) for number in range(1, 6)))

    assert told == [2, 4, 5]


def test_rows_that_are_refused_are_counted_as_they_come(read, monkeypatch):
    monkeypatch.setattr(importing, "MOST_COUNTED", 2)

    importer, told = read(*(a_row(id=str(number), title="") for number in range(1, 6)))

    assert told == [2, 4, 5]
    assert importer.run.refused == 5
    assert importer.seen == []


def test_a_few_large_rows_make_a_batch_of_their_own(read, monkeypatch):
    monkeypatch.setattr(importing, "MOST_BATCH_SIGNS", 1_000)

    _importer, told = read(*(a_row(id=str(number), title=f"{number} {'x' * 400}") for number in range(1, 7)))

    assert told == [2, 4, 6]


def test_large_rows_that_are_refused_do_not_wait_for_many_others(read, monkeypatch):
    monkeypatch.setattr(importing, "MOST_BATCH_SIGNS", 1_000)

    _importer, told = read(*(a_row(id="x", title=f"{number} {'x' * 400}") for number in range(1, 7)))

    assert told == [2, 4, 6]


def test_of_reasons_without_end_the_first_are_counted_and_the_others_only_reported(read, reports, monkeypatch):
    monkeypatch.setattr(importing, "MOST_REASONS", 1)

    importer, _told = read(a_row(id="1", title=""), a_row(id="x"), a_row(id="2", title=""))

    assert [(reason.partition(":")[0], count) for reason, count in importer.reasons.items()] == [("Title", 2)]
    assert reports["refused"].findings == 3


def test_of_identifiers_that_were_refused_so_many_are_remembered(read, monkeypatch):
    monkeypatch.setattr(importing, "MOST_SPARED", 2)

    importer, _told = read(*(a_row(id=str(number), title="") for number in range(1, 6)))

    assert importer.spared == {"1", "2"}
