"""What every record of a source is, because of what the source lists."""

from collections.abc import Mapping
from dataclasses import dataclass

from exchange.mapped.kinds.base import Kind
from reference.matching import fold


@dataclass(frozen=True)
class Always(Kind):
    """A term that holds for all rows, as `grant` for calls for proposals.

    column  one that every row fills, in which exceptions would be named
    unless  words that name an exception, such as a prize: there nothing is said
    """

    to: str
    value: str
    unless: tuple[str, ...] = ()

    @property
    def values(self) -> Mapping[str, str]:
        """The terms that it may choose."""
        return {self.column: self.value}

    def read(self, cell, draft):
        words = f" {fold(cell)} "
        if not any(f" {fold(word)} " in words for word in self.unless):
            draft.put(self.to, self.value, self.column)
