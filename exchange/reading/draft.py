"""One row on its way to a document: what was read so far, and the points found."""

import hashlib
from collections.abc import Callable

from exchange.reading.report import Finding
from exchange.reading.text import clean
from formats import reading
from formats.format import CommonFormat
from formats.groups import ALPHABET
from reference.languages import UN_LANGUAGES


class Draft:
    """Fields read from one row, each with the column it came from, so that every problem can name its cell."""

    def __init__(self, source: str, identifier: str, language: str, cells: dict[str, str]):
        self.source, self.identifier, self.language, self.cells = source, identifier, language, cells
        # The languages of a record are the six that people write in; the texts of a source may be in any other.
        self.document: dict = {"languages": [language]} if language in UN_LANGUAGES else {}
        self.origins: dict[str, str] = {}
        self.refusals: list[Finding] = []
        self.notes: list[Finding] = []
        self.lines: dict[str, str] = {}
        self.is_out = False
        self._information: list[str] = []

    def cell(self, column: str) -> str:
        return self.cells.get(column, "")

    def put(self, name: str, value: object, column: str) -> None:
        """Set a field."""
        self.document[name] = value
        self.origins[f"/{name}"] = column

    def add(self, name: str, key: str, row: dict, column: str) -> str:
        """Add a row to a repeatable field; `key` tells it from the others of the same record for ever. Its id."""
        rows = self.document.setdefault(name, [])
        self.origins[f"/{name}/{len(rows)}"] = column
        rows.append({"id": (identifier := row_id(self.source, self.identifier, name, key)), **row})
        return identifier

    def add_money(self, line: str, key: str, row: dict, column: str) -> None:
        """Add a figure to the funding; `line` names the money that it speaks of, see `Mapped.lines`."""
        self.lines[self.add("funding", key, row, column)] = line

    def tell(self, label: str, words: str) -> None:
        """Add a line to the other information."""
        self._information.append(f"- {label}: {words}")
        self.document["other_information"] = {self.language: "\n".join(self._information)}

    def refuse(self, column: str, reason: object) -> None:
        self.refusals.append(Finding(column, clean(self.cell(column)), str(reason)))

    def turn_away(self, column: str, reason: object) -> None:
        """Refuse the row for what it is, not for how it is written: the source lists no such thing."""
        self.is_out = True
        self.refuse(column, reason)

    def note(self, column: str, value: str, reason: object) -> None:
        self.notes.append(Finding(column, clean(value), str(reason)))

    def read(self, fmt: CommonFormat, column_of: Callable[[str], str] = lambda path: "") -> dict:
        """The document as its format reads it; every error becomes a refusal that names its column.

        `column_of` tells the column of what is missing, by its path.
        """
        result = fmt.read({"format": fmt.tag, **self.document}, profile=reading.HARVESTED)
        for problem in result.errors:
            self.refuse(self.origin(problem.path) or column_of(problem.path), problem.message)
        return result.values

    def origin(self, path: str) -> str:
        """The column that a path of the document was read from."""
        while path and path not in self.origins:
            path = path.rpartition("/")[0]
        return self.origins.get(path, "")


def row_id(*key: str) -> str:
    """Eight characters that are the same for the same row of the same source, for ever."""
    number = int.from_bytes(hashlib.sha256("\x1f".join(key).encode("utf-8", "replace")).digest()[:8], "big")
    return "".join(ALPHABET[(number >> 5 * place) % 32] for place in range(8))
