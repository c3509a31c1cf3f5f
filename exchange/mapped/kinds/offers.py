"""Columns of offers: the money that is there, and since when and until when."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from exchange.mapped.kinds.base import Kind, Lookup
from exchange.mapped.kinds.dates import parse
from exchange.reading.draft import Draft
from exchange.reading.text import clean
from reference.currencies import is_currency


@dataclass(frozen=True)
class Money(Kind):
    """A sum whose currency stands in another column; without one it is told in the other information."""

    to: str
    currency: str
    label: str

    @property
    def columns(self):
        return (self.column, self.currency)

    def read(self, cell, draft):
        amount, currency = clean(cell), clean(draft.cell(self.currency)).upper()
        if is_currency(currency):
            draft.put(self.to, {"amount": amount, "currency": currency}, self.column)
        else:
            draft.tell(self.label, f"{amount} {currency}".strip())
            draft.note(self.column, f"{amount} {currency}".strip(), _("The source names no currency that is known."))


@dataclass(frozen=True)
class Validity(Kind):
    """A date where the source may write words: those that are no date are told in the other information.

    to     the field of the date, in one of these `formats`
    words  those that mean the field `is_so`: that it goes on, for example
    """

    to: str
    formats: tuple[str, ...]
    label: str
    words: tuple[str, ...] = ()
    is_so: str = ""

    def read(self, cell, draft: Draft):
        if self.is_so and Lookup(dict.fromkeys(self.words, "so")).get(cell):
            draft.put(self.is_so, True, self.column)
            return
        try:
            draft.put(self.to, parse(cell, self.formats).text, self.column)
        except ValueError as error:
            draft.tell(self.label, clean(cell))
            draft.note(self.column, cell, error)
