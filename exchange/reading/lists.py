"""Cells that hold the JSON text of a list, as an item of JSON gives it."""

from collections.abc import Iterator

import orjson


def items(cell: str) -> list:
    """The entries of a list, and of the lists in it; of anything else the cell itself, as one entry."""
    if not cell.lstrip().startswith(("[", "{")):
        return [cell]
    try:
        read = orjson.loads(cell)
    except orjson.JSONDecodeError:
        return [cell]
    return _flat(read) if isinstance(read, list) else [read]


def _flat(listed: list) -> list:
    found, waiting = [], listed[::-1]
    while waiting:
        if isinstance(entry := waiting.pop(), list):
            waiting.extend(reversed(entry))
        else:
            found.append(entry)
    return found


def words(cell: str) -> list[str]:
    """The entries of a list as text; those that are lists or objects themselves are passed over."""
    return [text for entry in items(cell) if (text := as_text(entry))]


def objects(cell: str) -> Iterator[dict[str, str]]:
    """The objects of a list, with their values as text."""
    for entry in items(cell):
        if isinstance(entry, dict):
            yield {key: as_text(value) for key, value in entry.items()}


def as_text(value: object) -> str:
    """A text or a number as text; nothing for all else."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""
