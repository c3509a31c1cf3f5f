"""What a foreign format has to offer, so that its files can be imported."""

from collections.abc import Iterator
from io import BufferedReader
from typing import Protocol

from exchange.reading.mapped import Mapped
from exchange.reading.row import Row


class Reader(Protocol):
    """A source's way of writing: from the bytes of a file to rows, and from a row to a document.

    `rows` raises UnreadableFile where a file breaks off; what it gave before is good. `apply` never raises for
    what a row may hold. `columns` are those that a report repeats, and in which a corrected report is read again.
    """

    @property
    def source(self) -> str: ...

    @property
    def name(self) -> str:
        """Who says it, for readers."""

    @property
    def licence(self) -> str:
        """Under which it may be published; empty if the source says nothing."""

    @property
    def database(self) -> str: ...

    @property
    def endings(self) -> tuple[str, ...]:
        """Of the names of its files."""

    @property
    def columns(self) -> tuple[str, ...]: ...

    @property
    def key(self) -> str:
        """The column that says what a row is about."""

    @property
    def is_collected_by_file(self) -> bool:
        """Whether each file is a whole of its own: what disappears, disappears from its file."""

    def rows(self, stream: BufferedReader) -> Iterator[Row]: ...

    def apply(self, row: Row) -> Mapped: ...
