"""Columns of money."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from exchange.mapped.kinds.base import Kind
from exchange.reading.text import clean

GROUPED = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?", re.ASCII)
YEAR = re.compile(r"(19|20)\d{2}", re.ASCII)


@dataclass(frozen=True)
class Stage:
    """The stage of an amount, told by a term of the record that was read before it, such as its status."""

    field: str
    values: Mapping[str, str]


@dataclass(frozen=True)
class FiscalYear:
    """The period of an amount: the fiscal year named in another column, by the calendar year it ends in."""

    column: str
    begins: int

    def __post_init__(self):
        date(2000, self.begins, 1)

    def period(self, cell: str) -> dict:
        if not YEAR.fullmatch(year := clean(cell)):
            return {}
        first = date(int(year) - (self.begins != 1), self.begins, 1)
        last = first.replace(year=first.year + 1) - timedelta(days=1)
        return {"starts_on": first.isoformat(), "ends_on": last.isoformat()}


@dataclass(frozen=True)
class Amount(Kind):
    """An amount of money, which becomes a line of the funding."""

    to: str
    line: str
    currency: str
    funder: str
    type: str = ""
    stage: Stage | None = None
    year: FiscalYear | None = None

    @property
    def columns(self):
        return (self.column, self.year.column) if self.year else (self.column,)

    def read(self, cell, draft):
        amount = clean(cell)
        if GROUPED.fullmatch(amount):
            amount = amount.replace(",", "")
        row = {"funder": {"name": self.funder}, "amount": amount, "currency": self.currency}
        if self.type:
            row["type"] = self.type
        if self.stage and (stage := self.stage.values.get(draft.document.get(self.stage.field))):
            row["stage"] = stage
        if self.year:
            row |= self.year.period(draft.cell(self.year.column))
        draft.add(self.to, self.line, row, self.column)
