"""Columns of one sum of money: a field of its own, not a line of the funding."""

import re
from dataclasses import dataclass

from exchange.mapped.kinds.base import Kind
from exchange.reading.text import clean

GROUPED = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?", re.ASCII)


@dataclass(frozen=True)
class Sum(Kind):
    """A sum in one currency, as the amount available."""

    to: str
    currency: str

    def read(self, cell, draft):
        draft.put(self.to, {"amount": plain(cell), "currency": self.currency}, self.column)


def plain(cell: str) -> str:
    """The amount without the commas of thousands, and without zeros that say nothing: `7500000.000` knows no cents."""
    amount = clean(cell)
    if GROUPED.fullmatch(amount):
        amount = amount.replace(",", "")
    whole, point, rest = amount.partition(".")
    return f"{whole}.{rest.rstrip('0') or '0'}" if point and rest.isdecimal() else amount
