"""The difference between two documents, field by field; rows are followed by their id."""

from dataclasses import dataclass
from typing import Any

from formats.fields import CodeField, ReferenceField, TextField
from formats.groups import Group

ORDER = "order"


@dataclass(frozen=True)
class Change:
    """One change: `path` of keys, row ids and language tags; `before` or `after` is None where there was nothing.

    With `kind` "order" the path is that of a repeatable group, and before and after are lists of row ids.
    """

    path: tuple[str, ...]
    field: Any
    before: Any
    after: Any
    kind: str = "value"


def difference(group: Group, before: dict, after: dict, path: tuple = ()) -> list[Change]:
    """Every change that leads from one document of `group` to the other, in the order of the declaration."""
    changes = []
    for name, field in group.fields.items():
        one, other = before.get(name), after.get(name)
        if one != other and not _same_codes(field, one, other):
            changes += _field(field, one, other, (*path, name))
    return changes


def _same_codes(field, one, other) -> bool:
    """Whether two lists of codes hold the same: their order means nothing."""
    if not (field.many and isinstance(field, CodeField) and isinstance(one, list) and isinstance(other, list)):
        return False
    return len(one) == len(other) and all(code in other for code in one)


def _field(field, before, after, path):
    if field.many and isinstance(field, Group | ReferenceField) and _followed(before) and _followed(after):
        return _rows(field, before or [], after or [], path)
    if isinstance(field, Group) and isinstance(before, dict) and isinstance(after, dict):
        return difference(field, before, after, path)
    if isinstance(field, TextField) and isinstance(before, dict) and isinstance(after, dict):
        tags = dict.fromkeys([*before, *after])
        return [
            Change((*path, tag), field, before.get(tag), after.get(tag))
            for tag in tags
            if before.get(tag) != after.get(tag)
        ]
    return [Change(path, field, before, after)]


def _followed(rows) -> bool:
    """Whether each row can be followed by its id: a working copy may hold what is no list of rows."""
    if rows is None:
        return True
    ids = [row.get("id") if isinstance(row, dict) else None for row in rows] if isinstance(rows, list) else [None]
    return all(isinstance(key, str) for key in ids) and len(set(ids)) == len(ids)


def _rows(field, before, after, path):
    old, new = {row["id"]: row for row in before}, {row["id"]: row for row in after}
    changes = [Change((*path, key), field, row, None) for key, row in old.items() if key not in new]
    for key, row in new.items():
        if key not in old:
            changes.append(Change((*path, key), field, None, row))
        elif row != old[key]:
            changes += _row(field, old[key], row, (*path, key))
    kept = [key for key in old if key in new] + [key for key in new if key not in old]
    if kept != list(new):
        changes.append(Change(path, field, kept, list(new), ORDER))
    return changes


def _row(field, before, after, path):
    return difference(field, before, after, path) if isinstance(field, Group) else [Change(path, field, before, after)]


def apply(group: Group, document: dict, changes: list[Change]) -> dict:
    """The document after the changes: `apply(g, a, difference(g, a, b)) == b`, but for the order of keys."""
    for change in changes:
        document = _applied(group, document, change.path, change)
    return document


def _applied(group, document, path, change):
    name, *rest = path
    field, value = group.fields[name], document.get(name)
    if change.kind == ORDER and not rest:
        by_id = {row["id"]: row for row in value}
        new = [by_id[key] for key in change.after]
    elif not rest:
        new = change.after
    elif field.many:
        new = _applied_to_rows(field, value or [], rest, change)
    elif isinstance(field, Group):
        new = _applied(field, value, rest, change)
    else:
        new = _with(value, rest[0], change.after)
    return _with(document, name, new)


def _applied_to_rows(field, rows, path, change):
    key, *rest = path
    if rest:
        return [_applied(field, row, rest, change) if row["id"] == key else row for row in rows]
    if change.before is None:
        return [*rows, change.after]
    kept = [change.after if row["id"] == key else row for row in rows]
    return [row for row in kept if row is not None] or None


def _with(mapping, key, value):
    """The mapping with `key` set, or without it where the value is None."""
    rest = {name: item for name, item in mapping.items() if name != key}
    return rest if value is None else rest | {key: value}
