"""Columns of terms, and of places."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext as _

from exchange.mapped.kinds.base import Kind, Lookup
from exchange.reading import places


@dataclass(frozen=True)
class Term(Kind):
    """A word of the source that stands for a term; words that are not known are left out and reported."""

    to: str
    values: Mapping[str, str]
    refuse: Mapping[str, str] = field(default_factory=dict)

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
class Coverage(Kind):
    """A cell of places: countries, groups and words for a scope. What no list knows is kept as it was written."""

    words: Mapping[str, str]
    separator: str = ","

    def read(self, cell, draft):
        coverage = places.read(cell, self.words, self.separator)
        for name, value in coverage.document().items():
            draft.put(name, value, self.column)
        for place in coverage.unknown:
            draft.add("places_as_given", place, {"text": place}, self.column)
            draft.note(self.column, place, _("This is not in the list of countries: it is kept as text."))
