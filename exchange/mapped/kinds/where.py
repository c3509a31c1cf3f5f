"""Columns of places, and of the scope that they make."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from exchange.mapped.kinds.base import Kind, Lookup
from exchange.reading import places
from exchange.reading.draft import Draft
from exchange.reading.lists import words
from exchange.reading.text import clean

WIDE = ("global", "regional")


@dataclass(frozen=True)
class Coverage(Kind):
    """A cell of places: countries, groups and words for a scope. What no list knows is kept as it was written.

    unless  a column that tells the places better: where it is filled, this one is told in the other information,
            under `label`, if it says anything else
    """

    words: Mapping[str, str]
    separator: str = ","
    unless: str = ""
    label: str = ""

    @property
    def columns(self):
        return (self.column, self.unless) if self.unless else (self.column,)

    def read(self, cell, draft):
        if self.unless and any(word.strip() for word in words(draft.cell(self.unless))):
            self._tell(cell, draft)
            return
        coverage = self._coverage(cell)
        for name, value in coverage.document().items():
            draft.put(name, value, self.column)
        for place in coverage.unknown:
            draft.add("places_as_given", place, {"text": place}, self.column)
            draft.note(self.column, place, _("This is not in the list of countries: it is kept as text."))

    def _coverage(self, cell: str) -> places.Coverage:
        """What the cell covers. An entry of a list may itself be several names: it is cut if all are known."""
        coverage = places.read(cell, self.words, self.separator)
        unknown, coverage.unknown = coverage.unknown, []
        for entry in unknown:
            cut = places.read(entry, self.words, self.separator) if self.separator in entry else None
            if not cut or cut.unknown:
                coverage.unknown.append(entry)
                continue
            coverage.countries = list(dict.fromkeys([*coverage.countries, *cut.countries]))
            coverage.groups = list(dict.fromkeys([*coverage.groups, *cut.groups]))
        if len(coverage.unknown) < len(unknown) and coverage.scope != "global":
            several = coverage.groups or len(coverage.countries) + len(coverage.unknown) > 1
            coverage.scope = "regional" if several else "national"
        return coverage

    def _tell(self, cell: str, draft: Draft) -> None:
        better = places.read(draft.cell(self.unless), self.words, self.separator)
        said = places.read(cell, self.words, self.separator)
        if any(set(getattr(said, name)) - set(getattr(better, name)) for name in ("countries", "groups", "unknown")):
            draft.tell(self.label or self.column, clean(cell))


@dataclass(frozen=True)
class Scope(Kind):
    """The word of the source for its scope; it stands after the places, which must not contradict it.

    label  under which a word of which no scope is made is told in the other information
    """

    values: Mapping[str, str]
    label: str = ""

    @cached_property
    def _codes(self) -> Lookup:
        return Lookup(self.values)

    def read(self, cell, draft):
        code = self._codes.get(cell)
        if code and (code in WIDE or not draft.document.get("groups")):
            draft.put("scope", code, self.column)
            return
        if self.label:
            draft.tell(self.label, clean(cell))
        wider = _("The record names groups of countries: its scope is a wider one.")
        unknown = _("The mapping does not know this word: no scope was chosen for it.")
        draft.note(self.column, cell, wider if code else unknown)
