"""One activity on its way to a project: its element, and the draft that fills."""

from collections.abc import Iterable
from functools import cached_property

from django.utils.translation import gettext as _
from lxml import etree

from exchange.iati import codes, nodes
from exchange.reading import markup
from exchange.reading.draft import Draft
from formats.groups import MOST_ROWS

# Of the other information there is room for 20,000 characters.
MOST_TOLD = 18_000
LABELS = "en"  # the language of the labels that stand before a source's words


class Activity(Draft):
    """The draft of one activity. What has no room is reported, never cut off silently."""

    def __init__(self, source: str, identifier: str, element: etree._Element):
        super().__init__(source, identifier, LABELS, {})
        self.element = element
        self.whole = ""  # the identifier of the one activity that it is part of
        self._room = MOST_TOLD
        self._shortened: set[tuple[str, str]] = set()

    @cached_property
    def _children(self) -> dict[str, list[etree._Element]]:
        """The elements of the activity by name: there may be very many, and they are asked for again and again."""
        found: dict[str, list[etree._Element]] = {}
        for child in self.element:
            found.setdefault(child.tag, []).append(child)
        return found

    def every(self, name: str, *path: str) -> list[etree._Element]:
        found = self._children.get(name, [])
        return [inner for child in found for inner in nodes.every(child, *path)] if path else found

    def first(self, name: str) -> etree._Element | None:
        return next(iter(self.every(name)), None)

    @cached_property
    def reporter(self) -> str:
        """Who reports: by name, else by reference."""
        return nodes.words(self.first("reporting-org")) or nodes.code(self.first("reporting-org"))

    @cached_property
    def currency(self) -> str:
        return nodes.attribute(self.element, "default-currency")

    def tell(self, label: str, words: str) -> None:
        needed = len(label) + len(words) + 5
        if needed > self._room:
            self.note(label, words, _("The other information has no room for this: it is not kept."))
        else:
            self._room -= needed
            super().tell(label, words)

    def without_emails(self, column: str, text: str) -> str:
        """A text without the addresses of persons."""
        if (kept := markup.without_emails(text)) != text:
            self.note(column, "", _("An e-mail address was left out: it belongs to a person."))
        return kept

    def short(self, column: str, text: str, longest: int) -> str:
        """A text, or its beginning where there is no room for more, with a note."""
        if len(text) <= longest:
            return text
        if (column, text) not in self._shortened:
            self._shortened.add((column, text))
            self.note(
                column, text, _("This is longer than %(most)d characters: its beginning is kept.") % {"most": longest}
            )
        return text[: longest - 1] + "…"

    def meaning(self, table: str, element: etree._Element | None, *names: str) -> str:
        """What the code or the words of an element mean; nothing, with a note, where no table knows them."""
        return codes.meaning(table, *(nodes.attribute(element, one) for one in names), nodes.words(element))

    def add_all(self, name: str, rows: Iterable[tuple[str, dict]], column: str) -> None:
        """Add rows, each with its key, as far as there is room."""
        free = MOST_ROWS - len(self.document.get(name, ()))
        for count, (key, row) in enumerate(rows):
            if count < free:
                self.add(name, key, row, column)
            else:
                reason = _("There are more than %(most)d of these: this one is not kept.") % {"most": MOST_ROWS}
                self.note(column, key, reason)
