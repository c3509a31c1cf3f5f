"""One row on its way to a document: what was read so far, and the points found."""

import hashlib

from exchange.report import Finding
from exchange.text import clean
from formats.groups import ALPHABET


class Draft:
    """Fields read from one row, each with the column it came from, so that every problem can name its cell."""

    def __init__(self, source: str, identifier: str, language: str, cells: dict[str, str]):
        self.source, self.identifier, self.language, self.cells = source, identifier, language, cells
        self.document: dict = {"languages": [language]}
        self.origins: dict[str, str] = {}
        self.refusals: list[Finding] = []
        self.notes: list[Finding] = []
        self._information: list[str] = []

    def cell(self, column: str) -> str:
        return self.cells.get(column, "")

    def put(self, name: str, value: object, column: str) -> None:
        """Set a field."""
        self.document[name] = value
        self.origins[f"/{name}"] = column

    def add(self, name: str, key: str, row: dict, column: str) -> None:
        """Add a row to a repeatable field; `key` tells it from the others of the same record for ever."""
        rows = self.document.setdefault(name, [])
        self.origins[f"/{name}/{len(rows)}"] = column
        rows.append({"id": row_id(self.source, self.identifier, name, key), **row})

    def tell(self, label: str, words: str) -> None:
        """Add a line to the other information."""
        self._information.append(f"- {label}: {words}")
        self.document["other_information"] = {self.language: "\n".join(self._information)}

    def refuse(self, column: str, reason: object) -> None:
        self.refusals.append(Finding(column, clean(self.cell(column)), str(reason)))

    def note(self, column: str, value: str, reason: object) -> None:
        self.notes.append(Finding(column, clean(value), str(reason)))

    def origin(self, path: str) -> str:
        """The column that a path of the document was read from."""
        while path and path not in self.origins:
            path = path.rpartition("/")[0]
        return self.origins.get(path, "")


def row_id(*key: str) -> str:
    """Eight characters that are the same for the same row of the same source, for ever."""
    number = int.from_bytes(hashlib.sha256("\x1f".join(key).encode("utf-8", "replace")).digest()[:8], "big")
    return "".join(ALPHABET[(number >> 5 * place) % 32] for place in range(8))
