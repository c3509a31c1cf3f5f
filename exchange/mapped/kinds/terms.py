"""Columns of terms: words of the source that stand for terms of the portal, or that say what a row is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext as _

from exchange.mapped.kinds.base import Kind, Lookup
from exchange.reading.draft import Draft
from exchange.reading.lists import words
from exchange.reading.text import clean
from reference.matching import fold


@dataclass(frozen=True)
class Term(Kind):
    """A word of the source that stands for a term; words that are not known are left out and reported.

    many    the field takes several terms
    other   the field for the source's own word, where the term is `other`
    refuse  words that refuse the row, and the reason
    label   under which a word that is not known is told in the other information, where no other rule tells it
    """

    to: str
    values: Mapping[str, str]
    refuse: Mapping[str, str] = field(default_factory=dict)
    many: bool = False
    other: str = ""
    label: str = ""

    @cached_property
    def _codes(self) -> Lookup:
        return Lookup(self.values)

    @cached_property
    def _refused(self) -> Lookup:
        return Lookup(self.refuse)

    def read(self, cell, draft):
        if reason := self._refused.get(cell):
            draft.turn_away(self.column, reason)
        elif code := self._codes.get(cell):
            draft.put(self.to, [code] if self.many else code, self.column)
            if code == "other" and self.other:
                draft.put(self.other, {draft.language: clean(cell)}, self.column)
        else:
            draft.note(self.column, cell, _("The mapping does not know this word: no term was chosen for it."))
            if self.label:
                draft.tell(self.label, clean(cell))


@dataclass(frozen=True)
class Terms(Kind):
    """A list of words, some of which stand for terms; the others are nothing to this rule, and stand elsewhere.

    many    the field takes several terms, and these come after those it has; else they must all mean the same one
    other   the field for the source's own words, where the term is `other`
    """

    to: str
    values: Mapping[str, str]
    many: bool = False
    other: str = ""

    @cached_property
    def _codes(self) -> Lookup:
        return Lookup(self.values)

    def read(self, cell, draft):
        meant = {clean(word): code for word in words(cell) if (code := self._codes.get(word))}
        codes = list(dict.fromkeys(meant.values()))
        if self.many and codes:
            draft.put(self.to, list(dict.fromkeys([*draft.document.get(self.to, []), *codes])), self.column)
        elif len(codes) > 1:
            draft.note(self.column, "; ".join(meant), _("These words mean several terms: none of them was chosen."))
        elif codes:
            draft.put(self.to, codes[0], self.column)
        own = [word for word, code in meant.items() if code == "other"]
        if self.other and own and "other" in draft.document.get(self.to, ""):
            draft.put(self.other, {draft.language: "; ".join(own)}, self.column)


@dataclass(frozen=True)
class Only(Kind):
    """Which rows of a file with several kinds of things are taken: those with one of these words in column `by`.

    Its own column is one that every row fills, so that a row which does not say what it is is refused as well.
    """

    by: str
    words: tuple[str, ...]
    reason: str

    @property
    def columns(self):
        return (self.column, self.by)

    def read(self, cell, draft):
        if fold(draft.cell(self.by)) not in map(fold, self.words):
            draft.turn_away(self.by, self.reason)


@dataclass(frozen=True)
class KeyWords(Kind):
    """A list of key words, each once."""

    to: str

    def read(self, cell, draft):
        for word in dict.fromkeys(clean(word) for word in words(cell)):
            if word:
                draft.add(self.to, word, {"text": {draft.language: word}}, self.column)


@dataclass(frozen=True)
class Codes(Kind):
    """A list of codes, of which some are told in words: a line of the other information."""

    label: str
    values: Mapping[str, str]

    def read(self, cell: str, draft: Draft) -> None:
        told = [self.values[code] for code in dict.fromkeys(words(cell)) if code in self.values]
        if told:
            draft.tell(self.label, "; ".join(told))
