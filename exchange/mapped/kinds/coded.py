"""Places that a row tells twice: by codes and by names."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from exchange.mapped.kinds.base import Kind
from exchange.reading import places
from exchange.reading.text import clean


@dataclass(frozen=True)
class CodedPlaces(Kind):
    """Places told by codes and by names. Where they differ, the names are believed and the difference is reported.

    column     one that every row fills
    codes      the column of codes; `aliases`: codes that are no ISO 3166-1 alpha-2 codes today, and what the source
               means by them: such a code, the name of a country or group, or a scope
    names      the columns of names; `words`: those for a scope
    label      under which the codes are told in the other information, where they differ from the names
    """

    codes: str
    names: tuple[str, ...]
    words: Mapping[str, str]
    label: str
    aliases: Mapping[str, str] = field(default_factory=dict)
    separator: str = ","

    @property
    def columns(self):
        return (self.column, self.codes, *self.names)

    def read(self, cell, draft):
        told = draft.cell(self.codes)
        coded = places.read_codes(told, self.aliases, self.separator)
        named = places.read(self._names(draft), self.words, self.separator)
        coverage, doubts = places.agreed(coded, named)
        origin = self.names[0] if coverage is not coded else self.codes
        for name, value in coverage.document().items():
            draft.put(name, value, origin)
        for place in coverage.unknown:
            draft.add("places_as_given", place, {"text": place}, origin)
            draft.note(origin, place, _("This is not in the list of countries: it is kept as text."))
        if doubts:
            reason = _("Names and codes of the places differ, by %(places)s: the names are believed.")
            draft.note(self.codes, told, reason % {"places": ", ".join(doubts)})
            draft.tell(self.label, clean(told))

    def _names(self, draft) -> str:
        given = (draft.cell(column) for column in self.names)
        return f"{self.separator} ".join(cell for cell in given if cell.strip())
