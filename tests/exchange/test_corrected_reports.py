"""A refused row of any source is corrected in the report, and fed in again."""

import csv
import json
import re

import pytest

from exchange import readers
from exchange.models import ImportRun, Statement
from tests.exchange.every_source import (
    ELEMENTS,
    SOURCES,
    TITLES,
    a_document,
    a_file,
    a_record,
    a_text,
    import_records,
)

TOLD = ("file", "row", "field", "value", "reason")
TITLE = "A title that was filled in"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_of_its_own")]


def corrected(source, row):
    """The row of the report as a person mends it: with a title."""
    if source in TITLES:
        return row | {TITLES[source]: TITLE}
    if source == "portal":
        record = json.loads(row["record"])
        record["document"]["title"] = {"en": TITLE}
        return row | {"record": json.dumps(record)}
    before, title = {
        "iati": ("</iati-activity>", f"<title><narrative>{TITLE}</narrative></title>"),
        "oai-dc": ("<dc:creator>", f"<dc:title>{TITLE}</dc:title>"),
    }[source]
    assert row["record"].count(before) == 1
    return row | {"record": row["record"].replace(before, title + before)}


def lines_of(path):
    """The lines of a report: what it tells, and the row of the source."""
    with path.open(encoding="utf-8", newline="") as file:
        header, *lines = csv.reader(file)
    return [(dict(zip(TOLD, line[:5], strict=True)), dict(zip(header[5:], line[5:], strict=True))) for line in lines]


def written(path, told, row):
    """A report of one line."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([[*TOLD, *row], [*told.values(), *row.values()]])
    return path


def test_every_source_is_held_to_this():
    assert set(SOURCES) == set(readers.names())


@pytest.mark.parametrize("source", SOURCES)
def test_a_refused_row_is_mended_in_the_report_and_created_and_nothing_is_gone(tmp_path, source):
    sound = a_file(tmp_path, source, a_text(source, "The first", "The second", ""))
    report = tmp_path / "r.csv"

    code, counted, said = import_records(source, sound, "--report", report)

    assert (code, counted["created"], counted["refused"]) == (0, 2, 1)
    assert str(report) in said
    lines = lines_of(report)
    assert {told["file"] for told, _row in lines} == {sound.name}
    assert all(told["reason"] for told, _row in lines)
    told, row = lines[0]
    again = written(tmp_path / "again.csv", told, corrected(source, row))

    code, counted, _said = import_records(source, again, "--report", tmp_path / "r2.csv")

    assert (code, counted["created"], counted["read"]) == (0, 1, 1)
    assert not Statement.objects.exclude(gone_since=None).exists()
    assert ImportRun.objects.latest("pk").gone == 0
    title = Statement.objects.latest("pk").values["title"]
    assert list(title.values()) == [TITLE]


# How spreadsheets save a table: what they put before it, between the cells, and around them.
SAVED = {
    "Excel, in French": ("\ufeff", ";", csv.QUOTE_MINIMAL),
    "LibreOffice, all text quoted": ("", ",", csv.QUOTE_ALL),
    "with tabs": ("", "\t", csv.QUOTE_MINIMAL),
}


@pytest.mark.parametrize("saved", SAVED)
@pytest.mark.parametrize("source", ["gef-portal", "horizon", "oai-dc"])
def test_a_report_is_known_in_whatever_way_a_spreadsheet_saved_it_and_nothing_is_gone(tmp_path, source, saved):
    mark, separator, quoting = SAVED[saved]
    sound = a_file(tmp_path, source, a_text(source, "The first", "The second", ""))
    import_records(source, sound, "--report", tmp_path / "r.csv")
    told, row = lines_of(tmp_path / "r.csv")[0]
    mended = corrected(source, row)
    with (tmp_path / "again.csv").open("w", encoding="utf-8", newline="") as file:
        file.write(mark)
        table = csv.writer(file, delimiter=separator, quoting=quoting)
        table.writerows([[*TOLD, *mended], [*told.values(), *mended.values()], [""] * (len(TOLD) + len(mended))])

    code, counted, said = import_records(source, tmp_path / "again.csv")

    assert (code, counted["read"], counted["created"]) == (0, 1, 1), said
    assert not Statement.objects.exclude(gone_since=None).exists()


def rewritten(cell):
    """What a spreadsheet makes of a cell: of digits a number, of a day the day in the words of its owner."""
    if cell.isdecimal():
        return str(int(cell))
    day = re.fullmatch("([0-9]{1,2})-Jan-([0-9]{2})", cell)
    return f"{day[1]:>02}-janv-{day[2]}" if day else cell


@pytest.mark.parametrize(
    ("source", "cell", "field", "read"),
    [
        ("grants-gov", {"Deadline": "03152026"}, "deadline", "2026-03-15"),
        ("gef-pmis", {"Actual date of closure": "5-Jan-05", "Status": "Project Closure"}, "ends_on", "2005-01-05"),
    ],
)
def test_a_spreadsheet_does_not_spoil_the_days_of_a_row_that_is_corrected_in_it(tmp_path, source, cell, field, read):
    broken = a_document(source, a_record(source, 7, "") | cell)
    import_records(source, a_file(tmp_path, source, broken), "--report", tmp_path / "r.csv")
    told, row = lines_of(tmp_path / "r.csv")[0]
    mended = corrected(source, {name: rewritten(value) for name, value in row.items()})

    code, counted, said = import_records(source, written(tmp_path / "again.csv", told, mended))

    assert (code, counted["created"]) == (0, 1), said
    assert Statement.objects.get().values[field] == read


@pytest.mark.parametrize("source", SOURCES)
def test_a_report_that_was_not_corrected_is_refused_again_with_the_same_reasons(tmp_path, source):
    import_records(source, a_file(tmp_path, source, a_text(source, "The first", "")), "--report", tmp_path / "r.csv")

    _code, counted, _said = import_records(source, tmp_path / "r.csv", "--report", tmp_path / "again.csv")

    first, again = (lines_of(tmp_path / name) for name in ("r.csv", "again.csv"))
    assert counted["refused"] == counted["read"] == len(first)
    assert [(told | {"row": ""}, row) for told, row in again] == [(told | {"row": ""}, row) for told, row in first]
    assert Statement.objects.count() == 1


@pytest.mark.parametrize("source", ELEMENTS)
def test_an_element_longer_than_a_row_of_a_table_comes_back_from_the_report(tmp_path, source):
    many = f"<x y='{'some more words ' * 500}'/>" * 150
    long = a_text(source, "").replace("</iati-activity>", f"{many}</iati-activity>")
    long = long.replace("</oai_dc:dc>", f"{many}</oai_dc:dc>")
    import_records(source, a_file(tmp_path, source, long), "--report", tmp_path / "r.csv")
    told, row = lines_of(tmp_path / "r.csv")[0]
    again = written(tmp_path / "again.csv", told, corrected(source, row))

    code, counted, said = import_records(source, again)

    assert (code, counted["created"]) == (0, 1), said
