"""Tables as sources give them: the rows of a CSV file, plain or gzipped, streamed within stated bounds."""

import csv
import gzip
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exchange import report

MOST_ROW_BYTES = 1_000_000
MOST_COLUMNS = 500
MOST_BYTES = 2 * 1024**3
# A gzipped table is rarely a twentieth of the table; what grows far beyond that is made to exhaust the reader.
MOST_EXPANSION = 250
EXPANSION_COUNTS_FROM = 16 * 1024**2

GZIP = b"\x1f\x8b"
NOT_TABLES = {
    b"PK\x03\x04": gettext_lazy("This is a spreadsheet or an archive: save the table as CSV (UTF-8) first."),
    b"\xff\xfe": gettext_lazy("This file is in UTF-16: save it as CSV in UTF-8."),
    b"\xfe\xff": gettext_lazy("This file is in UTF-16: save it as CSV in UTF-8."),
    b"\xd0\xcf\x11\xe0": gettext_lazy("This is an old spreadsheet: save the table as CSV (UTF-8) first."),
    b"%PDF": gettext_lazy("This is a PDF document, not a table."),
}


class UnreadableFile(Exception):
    """The file cannot be read, or cannot be read any further. Safe to show."""


@dataclass(frozen=True)
class Row:
    """One row by column name. `number` counts as spreadsheets do: the header is row 1."""

    number: int
    cells: dict[str, str]
    fault: str = ""


def rows(path: Path, columns: Sequence[str]) -> Iterator[Row]:
    """The rows of a table that must have these columns; what was yielded before a break is good."""
    with _opened(path) as lines:
        table = csv.reader(lines)
        header = _header(next(_parsed(table), []), columns)
        unescape = header[: len(report.COLUMNS)] == list(report.COLUMNS)
        for number, values in enumerate(_rows_of(table, lines), start=2):
            if values:
                yield _row(number, header, [report.plain(value) for value in values] if unescape else values)


def _rows_of(table, lines: "Lines") -> Iterator[list[str]]:
    """The rows after the header, each held against the bounds by itself."""
    lines.begin_row()
    for values in _parsed(table):
        lines.begin_row()
        yield values


@contextmanager
def _opened(path: Path) -> Iterator["Lines"]:
    try:
        with path.open("rb") as raw:
            yield Lines(raw)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        message = _("The compressed file is broken or cut off (%(error)s).") % {"error": error}
        raise UnreadableFile(message) from error
    except OSError as error:
        raise UnreadableFile(_("The file cannot be read: %(error)s.") % {"error": error.strerror or error}) from error


def _parsed(table) -> Iterator[list[str]]:
    """The rows as `csv` cuts them; what it cannot cut ends the file with a message."""
    while True:
        try:
            yield next(table)
        except StopIteration:
            return
        except csv.Error as error:
            message = _(
                "After line %(line)d the file is no table any more (%(error)s): is a quotation mark never closed?"
            )
            raise UnreadableFile(message % {"line": table.line_num, "error": error}) from error


def _header(names: list[str], columns: Sequence[str]) -> list[str]:
    names = [" ".join(name.split()) for name in names]
    if len(names) > MOST_COLUMNS:
        raise UnreadableFile(
            _("The table has %(count)d columns; at most %(most)d can be read.")
            % {"count": len(names), "most": MOST_COLUMNS}
        )
    if missing := [name for name in columns if name not in names]:
        message = _("These columns are missing: %(missing)s. The first row of the file says: %(found)s.")
        raise UnreadableFile(message % {"missing": ", ".join(missing), "found": _excerpt(names)})
    if doubled := sorted({name for name in columns if names.count(name) > 1}):
        raise UnreadableFile(_("These columns stand there twice: %(names)s.") % {"names": ", ".join(doubled)})
    return names


def _excerpt(names: list[str]) -> str:
    text = ", ".join(names)
    return readable(text if len(text) <= 200 else f"{text[:200]}…") or _("nothing")


def _row(number: int, header: list[str], values: list[str]) -> Row:
    fault = ""
    if len(values) != len(header):
        fault = _("The row has %(given)d cells, the header %(expected)d.")
        fault %= {"given": len(values), "expected": len(header)}
    return Row(number, dict(zip(header, values, strict=False)), fault)


def readable(text: str) -> str:
    """The text with replacement signs for what cannot be shown or stored."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace").replace("\x00", "�")


def is_sound(text: str) -> bool:
    """Whether all of the text was UTF-8."""
    return not any("\udc80" <= sign <= "\udcff" for sign in text)


class Lines:
    """The lines of an open file as text, with the bounds that keep a hostile file from filling the memory."""

    def __init__(self, raw: BinaryIO):
        self.raw = raw
        start = raw.peek(4)[:4]
        self.compressed = start.startswith(GZIP)
        self.file = gzip.GzipFile(fileobj=raw) if self.compressed else raw
        self.total = self.taken = 0
        self.row = 0
        self._refuse_what_is_no_table()

    def _refuse_what_is_no_table(self):
        start = self.file.peek(8)
        if not start:
            raise UnreadableFile(_("The file is empty."))
        for mark, message in NOT_TABLES.items():
            if start.startswith(mark):
                raise UnreadableFile(str(message))
        if start.startswith(b"\xef\xbb\xbf"):
            self.file.read(3)

    def begin_row(self):
        """The row before is complete: what follows belongs to the next."""
        self.taken = 0
        self.row += 1

    def __iter__(self):
        return self

    def __next__(self) -> str:
        line = self.file.readline(MOST_ROW_BYTES + 1)
        if not line:
            raise StopIteration
        self._count(len(line))
        return line.decode("utf-8", "surrogateescape")

    def _count(self, size: int):
        self.total += size
        self.taken += size
        if self.taken > MOST_ROW_BYTES:
            message = _("After row %(row)d comes a row of more than %(most)d bytes: is a quotation mark never closed?")
            raise UnreadableFile(message % {"row": self.row, "most": MOST_ROW_BYTES})
        swollen = self.total > EXPANSION_COUNTS_FROM and self.total > MOST_EXPANSION * self.raw.tell()
        if self.total > MOST_BYTES or (self.compressed and swollen):
            raise UnreadableFile(_("The unpacked file is far too large: cut it into parts."))
