"""What a row is about: the columns that say it, and the number that stands for it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from exchange.reading.draft import row_id
from exchange.reading.report import Finding
from exchange.reading.text import clean
from reference.matching import fold

LONGEST = 200
LONGEST_PATTERN = 200
# In how many ways a pattern may be held against an identifier: more would keep a hostile one busy for years.
MOST_WAYS = 10**7
# The parts of a pattern that matter for this: signs and classes first, so that a `+` among them is passed over.
PARTS = re.compile(
    r"(?P<refused>\\[0-9]|\(\?(?!:)|\)(?:[*+{])|[*+?}](?=[*+?{]))"
    r"|\\.|\[\^?(?:\\.|[^\]\\])+\]"
    r"|(?P<many>[*+])|\{(?P<least>[0-9]*)(?P<comma>,?)(?P<most>[0-9]*)\}|(?P<either>[?|])",
    re.DOTALL,
)


@dataclass(frozen=True)
class Subject:
    """The columns that say what a row is about, and the name of that numbering: `GEF:4207`.

    Where a source gives one number to several things, further columns tell them apart.
    """

    columns: tuple[str, ...]
    scheme: str
    pattern: str

    def __post_init__(self):
        if not self.columns or not self.scheme:
            raise ValueError("the subject needs a column and a scheme")
        check_pattern(self.pattern)

    @property
    def column(self) -> str:
        """The column with the number that people know."""
        return self.columns[0]

    def shown(self, cells: Mapping[str, str]) -> str:
        """The number that people know."""
        return clean(cells[self.column])

    def identifier(self, cells: Mapping[str, str]) -> str:
        """The number of this one thing: with a short mark made of the further columns, if there are any."""
        shown = self.shown(cells)[:LONGEST]
        if len(self.columns) == 1 or not shown:
            return shown
        mark = row_id(*(fold(clean(cells[column])) for column in self.columns[1:]))
        return f"{shown[: LONGEST - len(mark) - 1]}-{mark}"

    def fault(self, cells: Mapping[str, str]) -> Finding | None:
        """Why the row is about nothing that can be told, if so."""
        shown = self.shown(cells)
        if not shown:
            reason = _("The row does not say which %(scheme)s number it is about.")
        elif len(shown) > LONGEST or not re.fullmatch(self.pattern, shown, re.ASCII):
            reason = _("This is not a %(scheme)s number.")
        else:
            return None
        return Finding(self.column, shown, reason % {"scheme": self.scheme})


def check_pattern(pattern: str) -> None:
    """ValueError for a pattern that is none, or that could take for ever on some identifier."""
    if len(pattern) > LONGEST_PATTERN:
        raise ValueError(f"a pattern has at most {LONGEST_PATTERN} signs")
    ways = 1
    for part in PARTS.finditer(pattern):
        if part["refused"]:
            raise ValueError(f"“{part['refused']}” is not understood in a pattern: repeat signs and classes only")
        if part["many"]:
            ways *= LONGEST
        elif part["either"]:
            ways *= 2
        elif part["least"] is not None:
            ways *= _choices(part["least"], part["comma"], part["most"])
    if ways > MOST_WAYS:
        raise ValueError("the pattern could match in too many ways: say how often a sign may stand there, as {1,9}")
    re.compile(pattern)


def _choices(least: str, comma: str, most: str) -> int:
    """In how many lengths `{least,most}` can match."""
    if not comma:
        return 1
    return max(1, min(int(most or LONGEST), LONGEST) - min(int(least or 0), LONGEST) + 1)
