"""Columns of words: texts, identifiers, names of organizations, and what has no field of its own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext as _

from exchange.mapped.kinds.base import Kind, Lookup
from exchange.reading.entities import LOST, plain
from exchange.reading.markup import paragraphs
from exchange.reading.text import clean, entries
from formats.fields.references import LONGEST_NAME
from reference.matching import fold


@dataclass(frozen=True)
class Text(Kind):
    """Text in the source's language.

    without   labels that the source left at its beginning
    entities  the source escapes signs as web pages do, perhaps twice: `&amp;` and `&#8217;` become the signs they mean
    markup    the cell is a piece of a web page: its tags are taken off, and its paragraphs stay
    unlike    a field read before: a text that only repeats it is left out
    """

    to: str
    without: tuple[str, ...] = ()
    entities: bool = False
    unlike: str = ""
    markup: bool = False

    def read(self, cell, draft):
        text = paragraphs(cell) if self.markup else clean(plain(cell) if self.entities else cell)
        for label in self.without:
            text = text[len(label) :].lstrip() if text.casefold().startswith(label.casefold()) else text
        if not text or draft.document.get(self.unlike) == {draft.language: text}:
            return
        draft.put(self.to, {draft.language: text}, self.column)
        if LOST in text:
            draft.note(self.column, text, _("The source has lost signs of this text: they stand as �."))


@dataclass(frozen=True)
class Identifier(Kind):
    """The source's own identifier, which becomes one of the record's other identifiers."""

    scheme: str

    def read(self, cell, draft):
        draft.add("identifiers", self.scheme, {"scheme": self.scheme, "value": clean(cell)}, self.column)


@dataclass(frozen=True)
class Parties(Kind):
    """Names of organizations, each once.

    separator  what stands between them; a list if several signs do, none ("") if a cell is one name
    names      names that hold the first separator themselves
    values     the source's short names, and what they stand for; others are kept as written, and noted
    overlong   the label in the other information under which a name is told that is too long for a name
    """

    to: str
    separator: str | tuple[str, ...] = ","
    names: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    overlong: str = ""

    @cached_property
    def _full(self) -> Lookup:
        return Lookup(self.values)

    def read(self, cell, draft):
        known = {row["name"] for row in draft.document.get(self.to, [])}
        for written in self._names(cell):
            name = self._full.get(written) or written
            if self.values and name == written and name not in self.values.values():
                draft.note(self.column, written, _("The mapping does not know this name: it is kept as written."))
            if self.overlong and len(name) > LONGEST_NAME:
                draft.tell(self.overlong, name)
                draft.note(self.column, name, _("This is too long for a name: it stands in the other information."))
            elif name not in known:
                known.add(name)
                draft.add(self.to, name, {"name": name}, self.column)

    def _names(self, cell: str) -> list[str]:
        first, *others = [self.separator] if isinstance(self.separator, str) else self.separator
        for sign in others:
            cell = cell.replace(sign, first)
        return entries(cell, first, self.names)


@dataclass(frozen=True)
class Information(Kind):
    """What has no field of its own: a line `label: words of the source` of the other information.

    `values` are words that only the source's own people understand, and what to tell instead.
    """

    label: str
    separator: str = ""
    unless: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _said(self) -> Lookup:
        return Lookup(self.values)

    def read(self, cell, draft):
        words = entries(cell, self.separator)
        told = "; ".join(dict.fromkeys(self._said.get(word) or word for word in words))
        if told and fold("; ".join(words)) not in map(fold, self.unless):
            draft.tell(self.label, told)
