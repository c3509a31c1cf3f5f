"""Columns of words: texts, identifiers, names of organizations, and what has no field of its own."""

from dataclasses import dataclass

from exchange.mapped.kinds.base import Kind
from exchange.reading.text import clean, entries
from reference.matching import fold


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
class Parties(Kind):
    """Names of organizations; `names` are those that hold the separator themselves."""

    to: str
    separator: str = ","
    names: tuple[str, ...] = ()

    def read(self, cell, draft):
        for name in entries(cell, self.separator, self.names):
            draft.add(self.to, name, {"name": name}, self.column)


@dataclass(frozen=True)
class Information(Kind):
    """What has no field of its own: a line `label: words of the source` of the other information."""

    label: str
    separator: str = ""
    unless: tuple[str, ...] = ()

    def read(self, cell, draft):
        words = "; ".join(entries(cell, self.separator))
        if words and fold(words) not in map(fold, self.unless):
            draft.tell(self.label, words)
