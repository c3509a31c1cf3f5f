"""Reading tables: sound ones row by row, broken and hostile ones to a clear end."""

import gzip
import tracemalloc

import pytest

from exchange.files import opening, tables
from exchange.reading import report, row


def read_on(path, columns):
    for member in opening.members(path, (".csv",)):
        yield from tables.rows(member.stream, columns)


def read(path, columns=("A", "B")):
    return list(read_on(path, columns))


def file_of(folder, data, name="table.csv"):
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_rows_are_read_by_column_name_and_numbered_as_in_a_spreadsheet(tmp_path, pack, mark):
    path = file_of(tmp_path, pack(mark + b'B, A ,C\r\n1,"x, ""y""\n z",\r\n\r\n2,w,v\r\n'))

    found = read(path)

    assert [(row.number, row.cells) for row in found] == [
        (2, {"A": 'x, "y"\n z', "B": "1", "C": ""}),
        (4, {"A": "w", "B": "2", "C": "v"}),
    ]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("quote", ["", '"'])
def test_a_table_may_be_cut_as_spreadsheets_cut_it_and_its_header_marked_as_they_mark_it(tmp_path, separator, quote):
    lines = [["\ufeffA", "B\xa0", "C"], ['"x, y; z"', "2", ""]]
    text = "\r\n".join(
        separator.join(f"{quote}{cell}{quote}" if line is lines[0] else cell for cell in line) for line in lines
    )

    [row] = read(file_of(tmp_path, text.encode()), ("A", "B"))

    assert (row.cells["A"], row.cells["B"], row.fault) == ("x, y; z", "2", "")


def test_rows_without_anything_are_passed_over_and_counted(tmp_path):
    found = read(file_of(tmp_path, b"A,B\r\n,\r\n 1,2\r\n , \t\r\n,,,\r\n3,4\r\n"))

    assert [(row.number, row.cells["B"]) for row in found] == [(3, "2"), (6, "4")]


def test_a_line_end_of_old_computers_in_a_cell_is_a_blank(tmp_path):
    found = read(file_of(tmp_path, b'A,B\r\none\rcell,"an\rother"\r\r\nx,y\r\n'))

    assert [(row.cells["A"], row.cells["B"].strip()) for row in found] == [("one cell", "an other"), ("x", "y")]


def test_a_row_with_too_few_or_too_many_cells_says_so(tmp_path):
    found = read(file_of(tmp_path, b"A,B\n1\n1,2\n1,2,3\n"))

    assert [bool(row.fault) for row in found] == [True, False, True]
    assert "1 cells" in found[0].fault


def test_a_byte_that_is_not_utf_8_spoils_its_own_cell_only(tmp_path):
    first, second = read(file_of(tmp_path, b"A,B\nS\xe3o,1\nok,2\n"))

    assert not row.is_sound(first.cells["A"])
    assert row.readable(first.cells["A"]) == "S�o"
    assert row.is_sound(first.cells["B"] + second.cells["A"])


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "empty"),
        (gzip.compress(b"", mtime=0), "empty"),
        (b"A|B\n1|2\n", r"A\|B"),
        (b"A;C\n1;2\n", "missing: A, B"),
        (b"A,B\r1,2\r", "old computers"),
        (b"<!DOCTYPE html><p>Not found</p>", "<!DOCTYPE html>"),
        (b"A,C\n1,2\n", "missing: B"),
        (b"A,B,A\n1,2,3\n", "twice: A"),
        (b"\n\nA,B\n1,2\n", "nothing"),
        (b"PK\x03\x04 a workbook", "save the table as CSV"),
        (gzip.compress(b"PK\x03\x04 a workbook", mtime=0), "save the table as CSV"),
        ("A,B\n1,2\n".encode("utf-16"), "UTF-16"),
        ("A,B\n1,2\n".encode("utf-16-le"), "UTF-16"),
        ("A,B\n1,2\n".encode("utf-16-be"), "UTF-16"),
        (b"%PDF-1.7", "PDF"),
        (b"\x1f\x8b this is no gzip", "broken or cut off"),
        (b"A," * 600 + b"B\n", "601 columns"),
        (b"\xff\xffA,B\n1,2", "missing: A"),
        (b"A,B" + b" " * 2_000_000, "bytes"),
    ],
)
def test_what_is_no_such_table_is_refused_with_a_reason(tmp_path, data, told):
    with pytest.raises(opening.UnreadableFile, match=told):
        read(file_of(tmp_path, data))


def test_a_folder_cannot_be_read_as_a_table(tmp_path):
    with pytest.raises(opening.UnreadableFile, match="cannot be read"):
        read(tmp_path)


def until_it_breaks(path):
    """The rows before the break, and what was said of it."""
    found = []
    with pytest.raises(opening.UnreadableFile) as broken:
        found.extend(
            one for member in opening.members(path, (".csv",)) for one in tables.rows(member.stream, ("A", "B"))
        )
    return found, str(broken.value)


def test_a_file_that_is_cut_off_gives_its_rows_up_to_there(tmp_path):
    whole = gzip.compress(b"A,B\n" + b"".join(b"%d,%d\n" % (n, n * 7919 % 1013) for n in range(100_000)))

    found, told = until_it_breaks(file_of(tmp_path, whole[: len(whole) // 2]))

    assert len(found) > 1000
    assert not any(row.fault for row in found)
    assert "cut off" in told


def test_a_damaged_checksum_is_told(tmp_path):
    whole = gzip.compress(b"A,B\n1,2\n")

    _found, told = until_it_breaks(file_of(tmp_path, whole[:-8] + b"\0" * 8))

    assert "broken" in told


@pytest.mark.parametrize("filling", [b"x\n", b'y","', b"z"])
def test_a_quotation_mark_that_is_never_closed_ends_the_file_and_not_the_memory(tmp_path, monkeypatch, filling):
    monkeypatch.setattr(tables, "MOST_ROW_BYTES", 50_000)
    path = file_of(tmp_path, b'A,B\n1,2\n3,"' + filling * 1_500_000)

    tracemalloc.start()
    found, told = until_it_breaks(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert [row.number for row in found] == [2]
    assert "quotation mark" in told
    assert peak < 4_000_000


def test_a_gzip_bomb_is_put_down(tmp_path):
    bomb = file_of(tmp_path, gzip.compress(b"A,B\n" + (b"0," + b"0" * 1_000 + b"\n") * 30_000))

    _found, told = until_it_breaks(bomb)

    assert "far too large" in told


def test_a_report_is_a_table_that_can_be_read_again(tmp_path):
    cells = {"A": "=1+1", "B": "'quoted'"}
    with report.Report(tmp_path / "r.csv", ["A", "B"]) as made:
        made.add("f.csv", 2, cells, report.Finding("A", "=1+1", "no"))

    [again] = read(made.path)

    assert {name: again.cells[name] for name in cells} == cells


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "'x", "", "plain", "''"])
def test_no_cell_of_a_report_is_a_formula_and_none_is_changed_for_good(text):
    made = report.safe(text)

    assert not made.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert report.plain(made) == text


@pytest.mark.parametrize("text", ["03152026", "5-Jan-05", "05-January-2005", "12345678901234567", "'007", "0", "0.5"])
def test_a_cell_that_a_spreadsheet_would_rewrite_is_guarded_and_comes_back(text):
    made = report.guarded(text)

    assert made.startswith("'") != (text in ("0", "0.5"))
    assert report.plain(made) == text


def test_a_report_without_findings_makes_no_file(tmp_path):
    with report.Report(tmp_path / "none" / "r.csv", ["A"]) as made:
        pass

    assert not made.path.parent.exists()
