"""Columns of answers to a questionnaire: what of it is told, and as what. All other answers are left out."""

import re
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from exchange.mapped.kinds.base import Kind, Lookup
from exchange.mapped.kinds.links import Links
from exchange.mapped.kinds.text import Information, Text
from exchange.reading.lists import objects, words
from exchange.reading.people import without_contacts
from exchange.reading.text import clean
from formats.fields.references import LONGEST_NAME
from reference.currencies import is_currency

NOTHING = re.compile(r"0*(\.0*)?", re.ASCII)


@dataclass(frozen=True)
class Answers(Kind):
    """A list of answers, each with the code of its question; nothing is published of a question not named here.

    question, answer  the keys of an entry: of the code, and of the answer
    label             of the line in the other information
    tell              codes of the questions whose answers make that line
    party             the field that takes the answers as names of organizations, one an answer, uncut
    unless            words that say nothing
    when, never       a column of codes, and those of them with which these answers belong to a person and stay out
    """

    question: str
    answer: str
    tell: tuple[str, ...]
    label: str
    party: str = ""
    unless: tuple[str, ...] = ()
    when: str = ""
    never: tuple[str, ...] = ()

    @property
    def columns(self):
        return (self.column, self.when) if self.when else (self.column,)

    @cached_property
    def _nothing(self) -> Lookup:
        return Lookup(dict.fromkeys(self.unless, "nothing"))

    def read(self, cell, draft):
        if self.when and set(words(draft.cell(self.when))) & set(self.never):
            return
        said = [text for text in dict.fromkeys(answers(self, cell, self.tell)) if not self._nothing.get(text)]
        names = [text for text in said if self.party and len(text) <= LONGEST_NAME]
        for name in names:
            draft.add(self.party, name, {"name": name}, self.column)
        if told := "; ".join(text for text in said if not self.party or len(text) > LONGEST_NAME):
            draft.tell(self.label, told)


@dataclass(frozen=True)
class AnsweredMoney(Kind):
    """An amount of money whose currency is another answer; without one it is only told, as it is.

    of, currency  the codes of the two questions
    also          a column that repeats the amount: it is told where the answers say otherwise
    """

    question: str
    answer: str
    of: str
    currency: str
    also: str
    label: str
    stage: str
    source: str
    in_kind: bool = False

    @property
    def columns(self):
        return (self.column, self.also)

    def read(self, cell, draft):
        amount = next(iter(answers(self, cell, (self.of,))), "")
        currency = next(iter(answers(self, cell, (self.currency,))), "").upper()
        repeated = clean(draft.cell(self.also))
        # Zero stands for "none" and for "not answered" alike: it is no line of the funding.
        if not NOTHING.fullmatch(amount) and is_currency(currency):
            row = {"amount": amount, "currency": currency, "stage": self.stage, "source": self.source}
            draft.add("funding", self.of, row | ({"in_kind": True} if self.in_kind else {}), self.column)
        elif not NOTHING.fullmatch(amount):
            draft.tell(self.label, f"{amount} {currency}".strip())
            draft.note(self.column, f"{amount} {currency}".strip(), _("The source names no currency that is known."))
        if not NOTHING.fullmatch(repeated) and whole(repeated) != whole(amount):
            draft.tell(f"{self.label} ({self.also})", repeated)
            draft.note(self.also, repeated, _("The answers do not give this amount and its currency."))


@dataclass(frozen=True)
class AnsweredLinks(Links):
    """Answers that are web addresses."""

    question: str = ""
    answer: str = ""
    tell: tuple[str, ...] = ()

    def read(self, cell, draft):
        self.take(answers(self, cell, self.tell), draft)


@dataclass(frozen=True)
class PublicText(Text):
    """A text without the sentences that say how to reach a person."""

    def read(self, cell, draft):
        if (text := without_contacts(cell)) != clean(cell):
            draft.note(self.column, "", _("A sentence with an e-mail address or a telephone number was left out."))
        super().read(text, draft)


@dataclass(frozen=True)
class PublicInformation(Information):
    """A line of the other information, without the sentences that say how to reach a person."""

    def read(self, cell, draft):
        super().read(without_contacts(cell), draft)


def answers(kind, cell: str, codes: tuple[str, ...]) -> list[str]:
    """The answers to these questions, in the order of the codes; without the ways to reach a person."""
    given: dict[str, list[str]] = {code: [] for code in codes}
    for entry in objects(cell):
        if (code := entry.get(kind.question, "")) in given:
            given[code].append(without_contacts(entry.get(kind.answer, "")))
    return [text for code in codes for text in dict.fromkeys(given[code]) if text]


def whole(amount: str) -> str:
    """An amount without the zeros that programs write after the point."""
    return amount.rstrip("0").rstrip(".") if "." in amount else amount
