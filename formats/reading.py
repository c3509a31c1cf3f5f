"""The walk over a document: it goes on after an error, and tells where each problem is."""

import re
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from formats.fields import MOST_CHOICES, ReferenceField, TextField
from formats.groups import MOST_ROWS, Group
from formats.problems import ERROR, WARNING, Problem, Reading, is_empty

if TYPE_CHECKING:
    from formats.format import CommonFormat

REGISTERED, HARVESTED = "registered", "harvested"
# What a harvested record must give in its document; source, identifier and link stand in its provenance.
HARVESTED_DEMANDS = {"/title"}
ROW_ID = re.compile(r"[a-z0-9]{4,16}")


def read(group: "CommonFormat", document: object, profile: str) -> Reading:
    """Read `document` by the declaration `group`. Values are JSON, in the order of the declaration."""
    if not isinstance(document, dict):
        return Reading({}, [Problem("", _("A record is an object of named fields."), "type")])
    walk = Walk(profile, document.get("languages"))
    values = walk.group(group, document, "")
    if walk.problems_at("/format", document.get("format"), group.tag):
        return Reading(values, walk.problems)
    return Reading({"format": group.tag, **without_empty_rows(values)}, walk.problems)


def escaped(key: object) -> str:
    """A key as a part of a JSON pointer."""
    return str(key)[:100].replace("~", "~0").replace("/", "~1")


def without_empty_rows(values):
    """The values with rows that hold nothing left out: they kept the paths right while checks ran."""
    if isinstance(values, dict):
        return {key: without_empty_rows(value) for key, value in values.items()}
    if isinstance(values, list):
        return [without_empty_rows(value) for value in values if not is_empty(value)]
    return values


class Walk:
    """One reading: the profile it is held against, the record's languages, and the problems so far."""

    def __init__(self, profile: str, languages: object):
        self.profile = profile
        self.languages = [tag for tag in languages if isinstance(tag, str)] if isinstance(languages, list) else []
        self.problems: list[Problem] = []

    def note(self, path, message, code="invalid", severity=ERROR):
        self.problems.append(Problem(path, message, code, severity))

    def problems_at(self, path, given, expected) -> bool:
        if given not in (None, expected):
            self.note(path, _("This document is not in the format %(format)s.") % {"format": expected}, "format")
        return given not in (None, expected)

    def group(self, group: Group, data: dict, path: str) -> dict:
        self.unknown_keys(group, data, path)
        values = {}
        for name, field in group.fields.items():
            if not is_empty(data.get(name)):
                value = self.field(field, data[name], f"{path}/{name}")
                if not is_empty(value):
                    values[name] = value
        self.mandatory(group, data, values, path)
        for check in group.checks:
            self.problems += [problem.under(path) for problem in check(values) if self.is_demanded(problem)]
        return values

    def is_demanded(self, problem: Problem) -> bool:
        """What the source did not give is not demanded of a harvested record."""
        return self.profile == REGISTERED or problem.code != "required"

    def unknown_keys(self, group, data, path):
        for key in data.keys() - group.fields.keys() - ({"id"} if path else {"format"}):
            self.note(f"{path}/{escaped(key)}", _("There is no such field."), "unknown")

    def mandatory(self, group, data, values, path):
        for name, field in group.fields.items():
            if not is_empty(data.get(name)):
                continue
            if self.profile == HARVESTED:
                demanded = f"{path}/{name}" in HARVESTED_DEMANDS
            else:
                demanded = field.is_mandatory(values)
            if demanded:
                self.note(f"{path}/{name}", field.error_messages["required"], "required")

    def field(self, field, data, path):
        return self.many(field, data, path) if field.many else self.one(field, data, path)

    def many(self, field, data, path):
        rows = isinstance(field, Group | ReferenceField)
        most = MOST_ROWS if rows else MOST_CHOICES
        if not isinstance(data, list):
            return self.note(path, _("Give a list."), "type")
        if len(data) > most:
            return self.note(path, _("There are more than %(most)d entries.") % {"most": most}, "too_many")
        if rows:
            self.row_ids(data, path)
            return [self.row(field, item, f"{path}/{index}") for index, item in enumerate(data)]
        values = [self.one(field, item, f"{path}/{index}") for index, item in enumerate(data) if not is_empty(item)]
        return list(dict.fromkeys(value for value in values if value is not None))

    def row(self, field, item, path):
        """A row's values; an empty one keeps its place, so that the paths of the others stay right."""
        if is_empty(item):
            return {}
        value = self.one(field, item, path)
        return {} if value is None else {"id": item.get("id"), **value}

    def row_ids(self, rows, path):
        seen = set()
        for index, row in enumerate(rows):
            identifier = row.get("id") if isinstance(row, dict) else None
            if identifier is None:
                continue
            if not isinstance(identifier, str) or not ROW_ID.fullmatch(identifier) or identifier in seen:
                self.note(f"{path}/{index}/id", _("Each row needs an id of its own."), "row_id")
            else:
                seen.add(identifier)

    def one(self, field, data, path):
        if isinstance(field, Group):
            if not isinstance(data, dict):
                return self.note(path, _("Give an object of named fields."), "type")
            return self.group(field, data, path)
        try:
            value = field.to_internal_value(data)
            field.run_validators(value)
        except serializers.ValidationError as error:
            return self.refused(error.detail, path)
        if isinstance(field, TextField):
            self.text(field, value, path)
        return value

    def refused(self, detail, path):
        if isinstance(detail, dict):
            for key, inner in detail.items():
                self.refused(inner, f"{path}/{escaped(key)}")
            return
        for message in detail:
            self.note(path, message, message.code)

    def text(self, field, value, path):
        """Word limits and missing translations: the first only warns for harvested texts, the second always."""
        for tag, written in field.too_long(value):
            message = _("%(written)d words: the most here is %(most)d.") % {"written": written, "most": field.words}
            self.note(f"{path}/{tag}", message, "too_long", WARNING if self.profile == HARVESTED else ERROR)
        missing = [tag for tag in self.languages if tag not in value]
        if missing and len(missing) == len(self.languages) and field.required and self.profile == REGISTERED:
            self.note(path, _("Write this in one of the languages of the record."), "required")
        elif self.profile == REGISTERED:
            for tag in missing:
                self.note(f"{path}/{tag}", _("Not yet translated into this language."), "translation", WARNING)
