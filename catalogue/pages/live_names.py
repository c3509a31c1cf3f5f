"""References show the name that a record bears today, with the name it bore when the reference was made."""

from typing import Any

from catalogue.index.reader import Reader
from formats import multilingual
from formats.fields import ReferenceField
from formats.format import CommonFormat
from formats.groups import Group
from formats.walk import leaves


def with_live_names(
    declaration: CommonFormat, document: dict[str, Any], published: Reader, language: str
) -> dict[str, Any]:
    """The document with today's titles in its references; what is not published keeps its frozen name."""
    uids = {row["uid"] for one in leaves(declaration, document) for row in _references(one.field, one.value)}
    if not uids:
        return document
    titles = {uid: record["document"].get("title") for uid, record in published.records(uids).items()}
    names = {uid: str(text) for uid, given in titles.items() if (text := multilingual.chosen(given, language))}
    every = {uid: set(given.values()) for uid, given in titles.items() if isinstance(given, dict)}
    return _renamed(declaration, document, names, every)


def _references(field: Any, value: Any) -> list[dict[str, Any]]:
    if not isinstance(field, ReferenceField):
        return []
    rows = value if isinstance(value, list) else [value]
    return [row for row in rows if isinstance(row, dict) and row.get("uid")]


def _renamed(group: Group, values: dict, names: dict, every: dict) -> dict:
    return {key: _value(group.fields.get(key), value, names, every) for key, value in values.items()}


def _value(field: Any, value: Any, names: dict, every: dict) -> Any:
    if not isinstance(field, Group | ReferenceField):
        return value
    if isinstance(value, list):
        return [_value(field, row, names, every) for row in value]
    if not isinstance(value, dict):
        return value
    return _renamed(field, value, names, every) if isinstance(field, Group) else _live(value, names, every)


def _live(reference: dict[str, Any], names: dict, every: dict) -> dict[str, Any]:
    """A name that differs from today's titles in every language stands beside the live one, as `was`."""
    uid, frozen = reference.get("uid"), reference.get("name", "")
    if uid not in names:
        return reference
    was = {} if not frozen or frozen in every[uid] else {"was": frozen}
    return reference | {"name": names[uid]} | was
