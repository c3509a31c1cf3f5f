"""Bounds of tables, JSON and XML count for one row at a time, wherever a piece of the file ends."""

import io

import pytest

from exchange.files import elements, items, tables
from exchange.files.opening import UnreadableFile


def stream(data):
    return io.BufferedReader(io.BytesIO(data))


def test_the_last_row_of_a_table_needs_no_line_end_but_all_of_its_cells():
    [row] = tables.rows(stream(b"A,B\n1,2"), ("A", "B"))
    assert (row.cells, row.fault) == ({"A": "1", "B": "2"}, "")

    with pytest.raises(UnreadableFile, match="breaks off in row 2"):
        list(tables.rows(stream(b"A,B\n1"), ("A", "B")))


def test_a_row_that_is_too_long_is_told_by_the_one_before_it(monkeypatch):
    monkeypatch.setattr(tables, "MOST_ROW_BYTES", 100)

    with pytest.raises(UnreadableFile, match="After row 3 comes a row"):
        list(tables.rows(stream(b"A,B\n1,2\n3,4\n" + b"5" * 200 + b",6\n"), ("A", "B")))


def test_the_parts_and_bytes_of_a_record_are_its_own(monkeypatch):
    monkeypatch.setattr(elements, "MOST_PARTS", 100)
    monkeypatch.setattr(elements, "MOST_RECORD_BYTES", 10_000)
    record = b"<item>" + b"<a>words</a>" * 60 + b"</item>"

    found = list(
        elements.rows(stream(b"<list>" + b"<other/>" * 200 + record * 100 + b"</list>"), ("list",), ("item",))
    )

    assert len(found) == 100


@pytest.mark.parametrize("before", [items.CHUNK - 2_000, items.CHUNK - items.MOST_DIGITS, items.CHUNK + 10])
def test_a_number_is_too_long_also_where_a_piece_of_the_file_ends_within_it(before):
    data = b'[{"a": "%s", "b": ' % (b"x" * (before - 18)) + b"9" * (items.MOST_DIGITS + 1) + b"}]"

    with pytest.raises(UnreadableFile, match="more than 4000 digits"):
        list(items.rows(stream(data), (), ("a",)))


def test_a_list_within_a_list_that_nobody_asked_for_holds_no_items():
    data = b'{"other": [{"data": [{"a": "no"}]}, [[{"a": "no"}]]], "data": [{"a": "yes"}]}'

    assert [row.cells["a"] for row in items.rows(stream(data), ("data",), ("a",))] == ["yes"]
