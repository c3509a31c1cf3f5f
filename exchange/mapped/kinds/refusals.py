"""Columns that refuse a row."""

from dataclasses import dataclass

from exchange.mapped.kinds.base import Kind


@dataclass(frozen=True)
class Ended(Kind):
    """A column that says, by being filled, that nothing came of what the row is about.

    unless   a column that says what became of it: where it is filled, it is believed, and this one says nothing
    reason   why the row is refused
    """

    unless: str
    reason: str

    @property
    def columns(self):
        return (self.column, self.unless)

    def read(self, cell, draft):
        if not draft.cell(self.unless).strip():
            draft.turn_away(self.column, self.reason)
