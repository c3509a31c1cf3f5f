"""What is read of a record of Dublin Core, within the bounds of what a record of the portal can hold."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from exchange.oai_dc.tongues import NOT_KNOWN
from exchange.reading.draft import Draft
from exchange.reading.text import clean
from formats.fields.declared import LONGEST_TEXT
from formats.groups import MOST_ROWS

MOST_NOTES = 200
MOST_VALUES = 1_000  # of one element: more than any field can hold
MOST_TOLD = LONGEST_TEXT - 1_000


class Value(NamedTuple):
    """What one element says: plain text, in paragraphs; its language; whether e-mail addresses were taken out."""

    text: str
    language: str
    had_email: bool = False

    @property
    def line(self) -> str:
        return clean(self.text)


class OaiDraft(Draft):
    """A draft that keeps what it is told within the bounds of a record."""

    def __init__(self, source: str, identifier: str, values: Mapping[str, Sequence[Value]]):
        told = {name: [one for one in given if one.text] for name, given in values.items()}
        cells = {f"dc:{name}": "; ".join(one.line for one in given[:10]) for name, given in told.items()}
        super().__init__(source, identifier, NOT_KNOWN, cells)
        self.values = {name: given[:MOST_VALUES] for name, given in told.items() if given}
        self.told = 0
        self.shortened: set[str] = set()
        self._note_what_is_missing(values)

    def _note_what_is_missing(self, values: Mapping[str, Sequence[Value]]) -> None:
        for name, given in values.items():
            if len(given) > MOST_VALUES:
                self.note_many(f"dc:{name}", len(given), MOST_VALUES)
            if any(one.had_email for one in given):
                self.note(f"dc:{name}", "", _("An e-mail address was left out: it belongs to a person."))

    def tell(self, label: str, words: str) -> None:
        room = max(MOST_TOLD - self.told - len(label), 0)
        kept = self.cut("other information", words, room)
        self.told += len(label) + len(kept) + len("- : \n")
        if kept:
            super().tell(label, kept)

    def note(self, column: str, value: str, reason: object) -> None:
        if len(self.notes) < MOST_NOTES:
            super().note(column, value, reason)

    def cut(self, column: str, text: str, most: int) -> str:
        """The beginning of a text that is too long to be kept; said once for each column."""
        if len(text) <= most:
            return text
        if column not in self.shortened:
            self.shortened.add(column)
            self.note(column, text, _("This is too long: only its beginning was kept."))
        return f"{text[: most - 1].rstrip()}…" if most else ""

    def add_all(self, name: str, column: str, rows: Iterable[tuple[str, dict]], most: int = MOST_ROWS) -> None:
        """Add rows by their keys, each once, as many as a record may have."""
        given = dict(rows)
        for key, row in list(given.items())[:most]:
            self.add(name, key, row, column)
        if len(given) > most:
            self.note_many(column, len(given), most)

    def note_many(self, column: str, given: int, most: int) -> None:
        told = _("There are %(given)d of these: the first %(most)d were kept.")
        self.note(column, "", told % {"given": given, "most": most})
