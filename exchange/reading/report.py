"""The report of an import: what was refused, or kept as given, row by row, as a table that is safe to open."""

import csv
import fcntl
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from django.utils.translation import gettext as _

from exchange.reading.row import readable
from exchange.reading.text import clean

COLUMNS = ("file", "row", "field", "value", "reason")
SEPARATORS = (",", ";", "\t")  # of tables as spreadsheets save them
BOM = b"\xef\xbb\xbf"
HEAD = 200  # bytes of a file in which the first columns of a report stand
# A cell that begins with one of these is run as a formula by spreadsheets.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "'")
# What spreadsheets take for a number or a day, and save in a way of their own: `03152026`, long numbers, `5-Jan-05`.
REWRITTEN = re.compile(r"0[0-9]|[0-9]{16}|[0-9]{1,2}-[A-Za-z]{3}")
LONGEST_VALUE = 500
# What is more is counted, and the command says so: a hostile file must not fill the disk.
MOST_FINDINGS = 100_000
MOST_SIGNS = 200_000_000


@dataclass(frozen=True)
class Finding:
    """One point about one cell: the column, what stands there, and why it is a point."""

    field: str
    value: str
    reason: str


def safe(text: object) -> str:
    """A cell that no spreadsheet takes for a formula, and every reader can store."""
    text = readable(str(text))
    return f"'{text}" if text.startswith(FORMULA) else text


def guarded(text: object) -> str:
    """The same for a cell that comes back: one that no spreadsheet rewrites either."""
    text = safe(text)
    return f"'{text}" if REWRITTEN.match(text) else text


def plain(text: str) -> str:
    """What was made safe or guarded, as it was: so that a corrected report can be fed in again."""
    inner = text[1:]
    return inner if text.startswith("'") and (inner.startswith(FORMULA) or REWRITTEN.match(inner)) else text


def is_report(start: bytes) -> bool:
    """Whether a file that begins so is a report, perhaps corrected and saved by a spreadsheet in its own way."""
    line = start[:HEAD].removeprefix(BOM).split(b"\n", 1)[0].decode("utf-8", "replace").replace("\r", "")
    heads = (next(csv.reader([line], delimiter=sign), []) for sign in SEPARATORS)
    return any(tuple(map(clean, head[: len(COLUMNS)])) == COLUMNS for head in heads)


class Report:
    """A CSV file of findings; it comes into being with the first of them.

    After the five columns that say what is wrong stands the source's row itself:
    corrected there, the report can be imported like any other file of the source.
    """

    def __init__(self, path: Path, columns: Iterable[str]):
        self.path = path
        self.columns = tuple(columns)
        self._file = None
        self.findings = self.written = self.signs = 0

    def add(self, file: str, row: int, cells: dict[str, str], finding: Finding) -> None:
        self.findings += 1
        if self.is_full:
            return
        original = [cells.get(column, "") for column in self.columns]
        told = [file, row, finding.field, _excerpt(finding.value), finding.reason]
        line = [*map(safe, told), *map(guarded, original)]
        self._writer().writerow(line)
        self.written += 1
        self.signs += sum(map(len, line))

    @property
    def is_full(self) -> bool:
        """Whether it holds no more findings: they are counted only."""
        return self.written >= MOST_FINDINGS or self.signs > MOST_SIGNS

    def _writer(self):
        if self._file is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = _begun(self.path)
            csv.writer(self._file).writerow([*COLUMNS, *self.columns])
        return csv.writer(self._file)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()

    def close(self) -> None:
        """Write what waits to be written; OSError where there is no room for it."""
        if self._file is not None:
            self._file.close()


def _begun(path: Path) -> TextIO:
    """The file, emptied; OSError where another import writes it just now."""
    file = path.open("a", encoding="utf-8", newline="")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        file.close()
        raise OSError(error.errno, _("another import is writing it")) from error
    if path.is_file():  # and no device
        file.truncate(0)
    return file


def _excerpt(text: str) -> str:
    """The value, or its beginning: the whole stands in the row itself."""
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"
