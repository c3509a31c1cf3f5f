"""Text as sources write it, made fit to keep: blanks of every kind, marks that nobody sees."""

import re
from collections.abc import Iterable

import orjson

from exchange.reading.lists import as_text, items

# Among them those that Unicode keeps for no sign.
UNSEEN = re.compile("[\u200b\u2060\ufdd0-\ufdef\ufeff]")


def clean(text: str) -> str:
    """One line without tabs, no-break spaces, line ends, doubled blanks and marks of no width."""
    return " ".join(UNSEEN.sub("", text).split())


def parts(cell: str, separator: str, names: Iterable[str] = ()) -> list[str]:
    """The entries of a cell, each once, in their order; `names` are those that hold the separator themselves."""
    for name in sorted(names, key=len, reverse=True):
        cell = cell.replace(name, name.replace(separator, "\x1f"))
    found = (clean(part.replace("\x1f", separator)) for part in cell.split(separator))
    return list(dict.fromkeys(part for part in found if part))


def entries(cell: str, separator: str, names: Iterable[str] = ()) -> list[str]:
    """The entries of a cell: of a JSON list, as an item of JSON gives it, or of words with a separator.

    An object in a list, of which nobody knows what it says, is kept as its JSON.
    """
    if cell.startswith("[") and (listed := items(cell)) != [cell]:
        found = (
            clean(orjson.dumps(entry).decode() if isinstance(entry, dict) else as_text(entry)) for entry in listed
        )
        return list(dict.fromkeys(entry for entry in found if entry))
    return parts(cell, separator, names) if separator else [text for text in [clean(cell)] if text]
