"""A difference as people read it: where, what was there, what is there now."""

from dataclasses import dataclass

from formats import fields
from formats.difference import ORDER, Change
from formats.groups import Group
from formats.presentation import Shown, shown_field, shown_group
from reference import languages


@dataclass(frozen=True)
class ShownChange:
    """One change: the labels that lead to it, and both sides as lists of labelled values."""

    labels: list[str]
    before: list[Shown]
    after: list[Shown]
    is_order: bool = False


def shown_changes(group: Group, changes: list[Change], language: str) -> list[ShownChange]:
    return [shown_change(group, change, language) for change in changes]


def shown_change(group: Group, change: Change, language: str) -> ShownChange:
    labels = labels_of(group, change.path, language)
    if change.kind == ORDER:
        return ShownChange(labels, [], [], is_order=True)
    sides = [side(change, value, language) for value in (change.before, change.after)]
    return ShownChange(labels, *sides)


def labels_of(group: Group, path: tuple, language: str) -> list[str]:
    """The labels of a path; a row is named by its group, a translation by its language."""
    labels, holder = [], group
    for part in path:
        if isinstance(holder, Group) and part in holder.fields:
            holder = holder.fields[part]
            labels.append(str(holder.label))
        elif isinstance(holder, fields.TextField):
            labels.append(languages.language_name(part, language))
    return labels


def side(change: Change, value, language: str) -> list[Shown]:
    """One side of a change, shown as the record page shows the value."""
    if value is None:
        return []
    declared = change.field
    if isinstance(declared, Group) and isinstance(value, dict):
        return shown_group(declared, value, language)
    if isinstance(declared, fields.TextField) and isinstance(value, str):
        value = {change.path[-1]: value}
    shown = shown_field(Alone({"value": declared}), "value", {"value": as_many(declared, value)}, language)
    return [shown] if shown else []


def as_many(declared, value):
    return [value] if declared.many and not isinstance(value, list) else value


class Alone:
    """A group of one field, for showing a single value."""

    def __init__(self, fields):
        self.fields = fields
