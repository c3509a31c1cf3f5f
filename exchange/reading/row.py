"""One row of a source as it was given: a row of a table, an item of JSON, an element of XML."""

import re
from dataclasses import dataclass

# What stands for a byte that was no UTF-8, or is half of a sign: it can be neither shown nor stored.
SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Row:
    """What stands in one row, by column name; `fault` says why it cannot be read, if so.

    `number` counts as people do: in a table as spreadsheets (the header is row 1), in other files from 1.
    What a source gives as XML has one column, `record`, which holds the element.
    """

    number: int
    cells: dict[str, str]
    fault: str = ""


def readable(text: str) -> str:
    """The text with replacement signs for what cannot be shown or stored."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\x00", "�")


def is_sound(text: str) -> bool:
    """Whether all of the text was UTF-8."""
    return SURROGATE.search(text) is None
