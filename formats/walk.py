"""Walking a document by its declaration: every leaf with its field and path."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from formats.groups import Group
from formats.problems import is_empty


@dataclass(frozen=True)
class Leaf:
    """A value that is not a group: its path (keys and row ids or indices), its field, and the value.

    A list of codes is one leaf with a list; rows give a leaf for each of their fields.
    """

    path: tuple[str | int, ...]
    field: Any
    value: Any


def leaves(group: Group, document: dict, path: tuple = ()) -> Iterator[Leaf]:
    """Every leaf that is not empty, in the order of the declaration. Values that do not fit are passed over."""
    for name, field in group.fields.items():
        value = document.get(name)
        if is_empty(value):
            continue
        if not isinstance(field, Group):
            yield Leaf((*path, name), field, value)
        elif field.many:
            for index, row in enumerate(value if isinstance(value, list) else []):
                if isinstance(row, dict):
                    yield from leaves(field, row, (*path, name, row.get("id") or index))
        elif isinstance(value, dict):
            yield from leaves(field, value, (*path, name))


def with_row_ids(group: Group, document: dict, make_id) -> dict:
    """The document with an id for each row that has none."""
    return {key: _identified(group.fields.get(key), value, make_id) for key, value in document.items()}


def _identified(field, value, make_id):
    if field is None or not field.many or not isinstance(value, list):
        return with_row_ids(field, value, make_id) if isinstance(field, Group) and isinstance(value, dict) else value
    return [_row(field, row, make_id) if isinstance(row, dict) else row for row in value]


def _row(field, row, make_id):
    row = {"id": make_id() if row.get("id") is None else row["id"]} | {key: row[key] for key in row if key != "id"}
    return with_row_ids(field, row, make_id) if isinstance(field, Group) else row
