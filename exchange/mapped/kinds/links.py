"""Columns of web addresses as people and forms write them: lists, several in one cell, with words around them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext as _

from exchange.mapped.addresses import is_web_address
from exchange.mapped.kinds.base import Kind, Lookup
from exchange.reading.draft import Draft
from exchange.reading.lists import as_text, items
from exchange.reading.people import without_contacts
from exchange.reading.text import clean
from reference.languages import find_language, is_language

# The rows of a record that hold addresses: one address is given once.
HOLDERS = ("copies", "links", "files", "application_documents")
BETWEEN = re.compile(r"[\s;,]{1,20}(?=https?://)", re.IGNORECASE)
SCHEME = re.compile(r"^(https?://)?(www\.)?", re.IGNORECASE)
ADDRESS = re.compile(r"https?://\S*", re.IGNORECASE)
# A file on the computer of one person, whose name often stands in it.
LOCAL = re.compile(r"file:|[a-z]:[\\/]|\\\\", re.IGNORECASE)
LONGEST_TITLE = 300
LONGEST_LIST = 2000
LISTED = re.compile(r"[;,/]|\band\b")


@dataclass(frozen=True)
class Languages(Kind):
    """Names of languages; what else stands there, such as an address, is passed over.

    names  the source's own names that no list knows
    label  under which names that no list knows are told in the other information
    """

    to: str
    label: str = ""
    names: Mapping[str, str] = field(default_factory=dict)

    def read(self, cell, draft):
        codes, unknown = named(ADDRESS.sub(" ", clean(cell)), Lookup(dict(self.names)))
        for word in unknown:
            draft.note(self.column, word, no_language())
        if self.label and unknown:
            draft.tell(self.label, "; ".join(unknown))
        if codes:
            draft.put(self.to, list(dict.fromkeys([*draft.document.get(self.to, []), *codes])), self.column)


@dataclass(frozen=True)
class LanguagesTold(Kind):
    """Names of languages for which there is no field: a line of the other information."""

    label: str

    def read(self, cell, draft):
        if told := clean(ADDRESS.sub(" ", cell)).strip(" :;,"):
            draft.tell(self.label, told)


def named(text: str, names: Lookup) -> tuple[list[str], list[str]]:
    """The codes of the languages named in a text, and the words that name none."""
    codes: list[str] = []
    unknown: list[str] = []
    if len(text) > LONGEST_LIST:
        return codes, [text]
    for word in (part.strip(" :.") for part in LISTED.split(text)):
        code = names.get(word) or find_language(word)
        if word:
            (codes if code and is_language(code) else unknown).append(code if code and is_language(code) else word)
    return list(dict.fromkeys(codes)), unknown


@dataclass(frozen=True)
class Links(Kind):
    """Addresses: one, several, or a list of them, perhaps with their languages.

    to         the rows that they become: `links`, `files`, `copies`
    label      of the line in the other information that keeps what is no address; without it, that is only noted
    url        the key of the address in an entry of the list, where that is an object; `language`: of its language
    languages  the field that takes the languages of all of them
    unless     words that say nothing

    An address that the record has already is not repeated, be it written with http or with https. One that lacks its
    scheme (`www.example.org`) is no address: which one it needs is not known.
    """

    to: str
    label: str = ""
    url: str = "url"
    language: str = "language"
    languages: str = ""
    unless: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _nothing(self) -> Lookup:
        return Lookup(dict.fromkeys(self.unless, "nothing"))

    @cached_property
    def _names(self) -> Lookup:
        return Lookup(dict(self.names))

    def read(self, cell, draft):
        self.take(items(cell), draft)

    def take(self, entries: list, draft: Draft) -> None:
        seen = given(draft)
        for entry in entries:
            is_object = isinstance(entry, dict)
            written = as_text(entry.get(self.url) if is_object else entry)
            language = self._spoken(as_text(entry.get(self.language)), draft) if is_object else {}
            if clean(written) and not self._nothing.get(written):
                self._entry(written, language, draft, seen)

    def _entry(self, written: str, language: dict, draft: Draft, seen: set[str]) -> None:
        rows = list(_rows(written))
        for row in rows:
            if known(row["url"]) not in seen:
                seen.add(known(row["url"]))
                draft.add(self.to, row["url"], row | language, self.column)
        words = clean(written)
        if not rows and known(words) not in seen:
            _note(self, words, draft)

    def _spoken(self, words: str, draft: Draft) -> dict:
        """The language of an address, if there is one; all that are named go to the field for them."""
        codes, unknown = named(words, self._names)
        for word in unknown:
            draft.note(self.column, word, no_language())
        if self.languages and codes:
            spoken = [*draft.document.get(self.languages, []), *codes]
            draft.put(self.languages, list(dict.fromkeys(spoken)), self.column)
        return {"language": codes[0]} if len(codes) == 1 else {}


@dataclass(frozen=True)
class Picture(Kind):
    """The address of a picture, which becomes a field of its own; what is none is told under `label`."""

    to: str
    label: str = ""

    def read(self, cell, draft):
        if is_web_address(address := clean(cell)):
            draft.put(self.to, {"url": address}, self.column)
        else:
            _note(self, address, draft)


def _note(kind: Links | Picture, words: str, draft: Draft) -> None:
    """Note what is no address, and tell it, but for what belongs to a person."""
    draft.note(kind.column, words, no_address())
    if kind.label and not LOCAL.match(words) and (words := without_contacts(words)):
        draft.tell(kind.label, words)


def _rows(written: str) -> Iterator[dict[str, str]]:
    """The addresses in a text: nothing but addresses, or one at the end with its title before it."""
    parts = [part for part in BETWEEN.split(written.strip()) if part]
    title, _blank, last = clean(written).rpartition(" ")
    if all(map(is_web_address, parts)):
        yield from ({"url": part} for part in dict.fromkeys(parts))
    elif "://" not in title and is_web_address(last):
        title = without_contacts(title.strip(" :–-"))
        yield {"url": last} | ({"title": title} if 0 < len(title) <= LONGEST_TITLE else {})


def known(address: str) -> str:
    """An address as addresses are compared."""
    return SCHEME.sub("", address.strip()).rstrip("/").casefold()


def given(draft: Draft) -> set[str]:
    """The addresses that the record has, as they are compared."""
    return {known(row["url"]) for name in HOLDERS for row in draft.document.get(name, []) if "url" in row}


def no_address() -> str:
    return _("This is no whole web address, such as https://www.example.org/page.")


def no_language() -> str:
    return _("This is not in the list of languages.")
