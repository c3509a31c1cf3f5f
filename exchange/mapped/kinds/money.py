"""Columns of money: rows of the funding, and sums that are fields of their own."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from exchange.mapped import settings
from exchange.mapped.kinds.base import Kind
from exchange.reading.text import clean
from formats.fields.values import AmountField
from reference.currencies import is_currency

GROUPED = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?", re.ASCII)
PLAIN = re.compile(r"\d{1,15}(\.\d{1,2})?", re.ASCII)
NOTHING = re.compile(r"0+(\.0+)?", re.ASCII)
YEAR = re.compile(r"(19|20)\d{2}", re.ASCII)
ZERO = ("keep", "skip")


@dataclass(frozen=True)
class Stage:
    """The stage of an amount, told by a term of the record that was read before it, such as its status."""

    field: str
    values: Mapping[str, str]

    @classmethod
    def always(cls, stage: str) -> "Stage":
        """One stage, whatever the record says: no field, and nothing is what stands there."""
        return cls("", {"": stage})

    def of(self, document: Mapping) -> str:
        """The stage, or nothing where the record does not tell it."""
        term = document.get(self.field, "")
        return self.values.get(term, "") if isinstance(term, str) else ""


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
    """An amount of money, which becomes a row of the funding.

    line      the money that it speaks of, as `grant` or `cofinancing`: several figures for one line at one stage are
              one amount told several times, and the first of them is the headline
    key       what tells this row from the others of the record, for ever; else the line
    currency  its code; `funder`: a name; `type`: a term of the funding types
    stage     one for all rows, or a `field` read before and the stages that its terms mean (`values`)
    year      the column of a fiscal year, and the month in which it begins
    purpose   what the money is for, in the language of the source
    source    which figure it is, for readers
    zero      `keep`, or `skip` where the source writes 0 for what it does not give
    """

    line: str
    currency: str
    funder: str
    to: str = "funding"
    key: str = ""
    type: str = ""
    stage: Stage | Mapping | str | None = None
    year: FiscalYear | None = None
    purpose: str = ""
    source: str = ""
    zero: str = "keep"

    def __post_init__(self):
        if self.to != "funding":
            raise ValueError("an amount becomes a row of the funding")
        if self.zero not in ZERO:
            raise ValueError(f"“zero” is one of {', '.join(ZERO)}")
        if isinstance(self.stage, str):
            object.__setattr__(self, "stage", Stage.always(self.stage))
        elif isinstance(self.stage, Mapping):
            object.__setattr__(self, "stage", settings.made(Stage, self.stage))

    @property
    def columns(self):
        return (self.column, self.year.column) if self.year else (self.column,)

    def read(self, cell, draft):
        amount = _ungrouped(cell)
        if self.zero == "skip" and NOTHING.fullmatch(amount):
            return
        row = {"funder": {"name": self.funder}, "amount": amount, "currency": self.currency}
        stage = self.stage.of(draft.document) if isinstance(self.stage, Stage) else ""
        told = {"type": self.type, "stage": stage, "source": self.source}
        row |= {name: value for name, value in told.items() if value}
        if self.purpose:
            row["purpose"] = {draft.language: self.purpose}
        if self.year:
            row |= self.year.period(draft.cell(self.year.column))
        draft.add_money(self.line, self.key or self.line, row, self.column)


@dataclass(frozen=True)
class Sum(Kind):
    """A sum in one currency, as the amount available."""

    to: str
    currency: str

    def read(self, cell, draft):
        draft.put(self.to, {"amount": plain(cell), "currency": self.currency}, self.column)


@dataclass(frozen=True)
class Money(Kind):
    """A sum whose currency stands in another column; without one, or in words, it is told in the other information."""

    to: str
    currency: str
    label: str

    @property
    def columns(self):
        return (self.column, self.currency)

    def read(self, cell, draft):
        amount, currency = plain(cell), clean(draft.cell(self.currency)).upper()
        is_known, told = is_currency(currency), f"{clean(cell)} {clean(draft.cell(self.currency))}".strip()
        if is_known and PLAIN.fullmatch(amount):
            draft.put(self.to, {"amount": amount, "currency": currency}, self.column)
            return
        draft.tell(self.label, told)
        words = AmountField.default_error_messages["invalid"]
        draft.note(self.column, told, words if is_known else _("The source names no currency that is known."))


def _ungrouped(cell: str) -> str:
    """The amount without the commas of thousands."""
    amount = clean(cell)
    return amount.replace(",", "") if GROUPED.fullmatch(amount) else amount


def plain(cell: str) -> str:
    """The same without zeros that say nothing: `7500000.000` knows no cents."""
    whole, point, rest = (amount := _ungrouped(cell)).partition(".")
    return f"{whole}.{rest.rstrip('0') or '0'}" if point and rest.isdecimal() else amount
