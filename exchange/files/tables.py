"""Tables as sources give them: the rows of a CSV file, streamed within stated bounds."""

import csv
from collections.abc import Iterator, Sequence
from io import BufferedReader

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exchange.files import elements
from exchange.files.opening import UnreadableFile
from exchange.reading import report
from exchange.reading.row import Row, readable
from exchange.reading.text import clean

MOST_ROW_BYTES = 1_000_000
# In a report a cell may hold an element of XML, with each of its quotation marks doubled.
MOST_REPORT_ROW_BYTES = 2 * elements.MOST_RECORD_BYTES + MOST_ROW_BYTES
MOST_COLUMNS = 500
# The standard library stops at 128 KiB a cell; here the bytes of a row are what is counted.
csv.field_size_limit(MOST_REPORT_ROW_BYTES)

UTF_16 = gettext_lazy("This file is in UTF-16: save it as CSV in UTF-8.")
NOT_TABLES = {
    b"PK\x03\x04": gettext_lazy("This is a spreadsheet or an archive: save the table as CSV (UTF-8) first."),
    b"\xff\xfe": UTF_16,
    b"\xfe\xff": UTF_16,
    b"\xd0\xcf\x11\xe0": gettext_lazy("This is an old spreadsheet: save the table as CSV (UTF-8) first."),
    b"%PDF": gettext_lazy("This is a PDF document, not a table."),
}


def rows(stream: BufferedReader, columns: Sequence[str]) -> Iterator[Row]:
    """The rows of a table that must have these columns; what was yielded before a break is good."""
    lines = Lines(stream)
    table = csv.reader(lines, delimiter=_separator(lines.start, columns))
    header = _header(next(_parsed(table), []), columns)
    if unescape := _is_of_a_report(header):
        lines.most = MOST_REPORT_ROW_BYTES
    for number, values in enumerate(_rows_of(table, lines), start=2):
        # Spreadsheets leave rows without anything behind: those are no rows of the source.
        if any(map(str.strip, values)):
            if len(values) < len(header) and not lines.is_ended:
                raise UnreadableFile(_("The file breaks off in row %(row)d.") % {"row": number})
            yield _row(number, header, [report.plain(value) for value in values] if unescape else values)


def _separator(start: bytes, columns: Sequence[str]) -> str:
    """The sign that cuts the first line into all of these columns, whatever else it holds; else a comma."""
    line = start.split(b"\n", 1)[0].decode("utf-8", "replace").replace("\r", "")
    for sign in report.SEPARATORS:
        if set(columns) <= {clean(name) for name in next(csv.reader([line], delimiter=sign), [])}:
            return sign
    return report.SEPARATORS[0]


def _rows_of(table, lines: "Lines") -> Iterator[list[str]]:
    """The rows after the header, each held against the bounds by itself."""
    lines.begin_row()
    for values in _parsed(table):
        lines.begin_row()
        yield values


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
    names = [clean(name) for name in names]
    if len(names) > MOST_COLUMNS:
        raise UnreadableFile(
            _("The table has %(count)d columns; at most %(most)d can be read.")
            % {"count": len(names), "most": MOST_COLUMNS}
        )
    if missing := [name for name in columns if name not in names]:
        message = _("These columns are missing: %(missing)s. The first row of the file says: %(found)s.")
        raise UnreadableFile(message % {"missing": ", ".join(missing), "found": _excerpt(names)})
    own = names[len(report.COLUMNS) :] if _is_of_a_report(names) else names
    if doubled := sorted({name for name in columns if own.count(name) > 1}):
        raise UnreadableFile(_("These columns stand there twice: %(names)s.") % {"names": ", ".join(doubled)})
    return names


def _is_of_a_report(names: list[str]) -> bool:
    """Whether the source's own columns come after those of a report, which may have the same names."""
    return tuple(names[: len(report.COLUMNS)]) == report.COLUMNS


def _excerpt(names: list[str]) -> str:
    text = ", ".join(names)
    return readable(text if len(text) <= 200 else f"{text[:200]}…") or _("nothing")


def _row(number: int, header: list[str], values: list[str]) -> Row:
    fault = ""
    if len(values) != len(header):
        fault = _("The row has %(given)d cells, the header %(expected)d.")
        fault %= {"given": len(values), "expected": len(header)}
    return Row(number, dict(zip(header, values, strict=False)), fault)


class Lines:
    """The lines of an open file as text, with the bounds that keep a hostile file from filling the memory."""

    def __init__(self, stream: BufferedReader):
        self.stream = stream
        self.start = stream.peek(1)
        self.most = MOST_ROW_BYTES
        self.taken = 0
        self.row = 0
        self.is_ended = True  # whether the last line that was read has an end
        self._refuse_what_is_no_table()

    def _refuse_what_is_no_table(self):
        if not self.start:
            raise UnreadableFile(_("The file is empty."))
        for mark, message in NOT_TABLES.items():
            if self.start.startswith(mark):
                raise UnreadableFile(str(message))
        # In UTF-16 each Latin letter has a byte of nought beside it.
        if b"\x00" in self.start[:2]:
            raise UnreadableFile(str(UTF_16))
        if b"\r" in self.start and b"\n" not in self.start:
            raise UnreadableFile(_("The lines of this file end as on old computers: save it anew as CSV (UTF-8)."))
        if self.start.startswith(report.BOM):
            self.stream.read(len(report.BOM))

    def begin_row(self):
        """The row before is complete: what follows belongs to the next."""
        self.taken = 0
        self.row += 1

    def __iter__(self):
        return self

    def __next__(self) -> str:
        line = self.stream.readline(self.most + 1)
        if not line:
            raise StopIteration
        self.is_ended = line.endswith(b"\n")
        self.taken += len(line)
        if self.taken > self.most:
            message = _("After row %(row)d comes a row of more than %(most)d bytes: is a quotation mark never closed?")
            raise UnreadableFile(message % {"row": self.row, "most": self.most})
        text = line.decode("utf-8", "surrogateescape")
        # A line ends with \n. Another \r is a blank within a cell: it would end the reading.
        return text[:-2].replace("\r", " ") + text[-2:]
