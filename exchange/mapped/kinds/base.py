"""What every kind of column is: a rule that reads one cell into the document."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from exchange.reading.draft import Draft
from reference.matching import fold


class Lookup:
    """A source's words and what they mean, compared as names are: without case, accents and punctuation."""

    def __init__(self, values: Mapping[str, Any]):
        self.values = {fold(word): meaning for word, meaning in values.items()}

    def get(self, text: str) -> Any:
        return self.values.get(fold(text))


@dataclass(frozen=True)
class Kind:
    """One rule of a mapping: the column it reads. `read` is called for cells that are not empty."""

    column: str

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns that it looks at, its own first."""
        return (self.column,)

    def read(self, cell: str, draft: Draft) -> None:
        raise TypeError(f"{type(self).__name__} reads nothing")
