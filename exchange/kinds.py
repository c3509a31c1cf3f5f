"""What a column of a mapped table can be: each kind reads one cell into the document."""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from django.utils.translation import gettext as _

from exchange import places
from exchange.draft import Draft
from exchange.text import clean, parts
from reference.matching import fold

GROUPED = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?", re.ASCII)
YEAR = re.compile(r"(19|20)\d{2}", re.ASCII)


class Lookup:
    """A source's words and what they mean, compared as names are: without case, accents and punctuation."""

    def __init__(self, values: dict[str, str]):
        self.values = {fold(word): meaning for word, meaning in values.items()}

    def get(self, text: str) -> str | None:
        return self.values.get(fold(text))


@dataclass(frozen=True)
class Kind:
    """One rule of a mapping: the column it reads. `read` is called for cells that are not empty."""

    column: str

    def read(self, cell: str, draft: Draft) -> None:
        raise TypeError(f"{type(self).__name__} reads nothing")


@dataclass(frozen=True)
class Text(Kind):
    """Text in the source's language; `without` are labels that the source left at its beginning."""

    to: str
    without: tuple[str, ...] = ()

    def read(self, cell, draft):
        text = clean(cell)
        for label in self.without:
            text = text[len(label) :].lstrip() if text.casefold().startswith(label.casefold()) else text
        if text:
            draft.put(self.to, {draft.language: text}, self.column)


@dataclass(frozen=True)
class Identifier(Kind):
    """The source's own identifier, which becomes one of the record's other identifiers."""

    scheme: str

    def read(self, cell, draft):
        draft.add("identifiers", self.scheme, {"scheme": self.scheme, "value": clean(cell)}, self.column)


@dataclass(frozen=True)
class Term(Kind):
    """A word of the source that stands for a term; words that are not known are left out and reported."""

    to: str
    values: dict[str, str]
    refuse: dict[str, str] = field(default_factory=dict)

    @cached_property
    def _codes(self) -> Lookup:
        return Lookup(self.values)

    @cached_property
    def _refused(self) -> Lookup:
        return Lookup(self.refuse)

    def read(self, cell, draft):
        if reason := self._refused.get(cell):
            draft.refuse(self.column, reason)
        elif code := self._codes.get(cell):
            draft.put(self.to, code, self.column)
        else:
            draft.note(self.column, cell, _("The mapping does not know this word: no term was chosen for it."))


@dataclass(frozen=True)
class Parties(Kind):
    """Names of organizations; `names` are those that hold the separator themselves."""

    to: str
    separator: str = ","
    names: tuple[str, ...] = ()

    def read(self, cell, draft):
        for name in parts(cell, self.separator, self.names):
            draft.add(self.to, name, {"name": name}, self.column)


@dataclass(frozen=True)
class Coverage(Kind):
    """A cell of places: countries, groups and words for a scope. What no list knows is kept as it was written."""

    words: dict[str, str]
    separator: str = ","

    def read(self, cell, draft):
        coverage = places.read(cell, self.words, self.separator)
        for name, value in coverage.document().items():
            draft.put(name, value, self.column)
        for place in coverage.unknown:
            draft.add("places_as_given", place, {"text": place}, self.column)
            draft.note(self.column, place, _("This is not in the list of countries: it is kept as text."))


@dataclass(frozen=True)
class Stage:
    """The stage of an amount, told by a term of the record that was read before it, such as its status."""

    field: str
    values: dict[str, str]


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


@dataclass(frozen=True)
class Information(Kind):
    """What has no field of its own: a line `label: words of the source` of the other information."""

    label: str
    separator: str = ""
    unless: tuple[str, ...] = ()

    def read(self, cell, draft):
        words = "; ".join(parts(cell, self.separator)) if self.separator else clean(cell)
        if words and fold(words) not in map(fold, self.unless):
            draft.tell(self.label, words)


KINDS = {
    "text": Text,
    "identifier": Identifier,
    "term": Term,
    "parties": Parties,
    "places": Coverage,
    "amount": Amount,
    "information": Information,
}
