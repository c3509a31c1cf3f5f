"""The walk over a document: it goes on after an error, and tells where each problem is."""

import re
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from formats.fields import MOST_CHOICES, ReferenceField, TextField, as_typed
from formats.groups import MOST_ROWS, Group
from formats.problems import ERROR, WARNING, Problem, Reading, is_empty
from reference.languages import UN_LANGUAGES

if TYPE_CHECKING:
    from formats.format import CommonFormat

REGISTERED, HARVESTED = "registered", "harvested"
# What a harvested record must give in its document; source, identifier and link stand in its provenance.
HARVESTED_DEMANDS = {"/title"}
# Enough to see what went wrong with a document that is no record at all.
MOST_UNKNOWN = 100
ROW_ID = re.compile(r"[a-z0-9]{4,16}")


def read(group: "CommonFormat", document: object, profile: str) -> Reading:
    """Read `document` by the declaration `group`. Values are JSON, in the order of the declaration."""
    if not isinstance(document, dict):
        return Reading({}, [Problem("", _("A record is an object of named fields."), "type")])
    walk = Walk(profile, document.get("languages"))
    values = walk.group(group, document, "")
    walk.is_of_the_format(document.get("format"), group.tag)
    return Reading({"format": group.tag, **without_empty_rows(values)}, walk.problems)


def escaped(key: object) -> str:
    """A key as a part of a JSON pointer."""
    return as_typed(str(key)).replace("~", "~0").replace("/", "~1")


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
        self.languages = [tag for tag in UN_LANGUAGES if isinstance(languages, list) and tag in languages]
        self.problems: list[Problem] = []

    def note(self, path, message, code="invalid", severity=ERROR):
        self.problems.append(Problem(path, message, code, severity))

    def is_of_the_format(self, given, tag):
        if given not in (None, tag):
            self.note("/format", _("This document is not in the format %(format)s.") % {"format": tag}, "format")

    def group(self, group: Group, data: dict, path: str) -> dict:
        self.unknown_keys(group, data, path)
        values = {}
        for name, field in group.fields.items():
            if name in data and not is_empty(data[name]):
                value = self.field(field, data[name], f"{path}/{name}")
                if not is_empty(value):
                    values[name] = value
        self.mandatory(group, data, values, path)
        for name, field in group.fields.items():
            if isinstance(field, TextField) and name in values:
                self.translations(values[name], field.is_mandatory(values), f"{path}/{name}")
        for check in group.checks:
            found = [problem.under(path) for problem in check(values)]
            self.problems += [problem for problem in found if self.is_demanded(problem)]
        return values

    def is_demanded(self, problem: Problem) -> bool:
        """Nothing is demanded of a harvested record that its source did not give, nor twice of any record."""
        if problem.code != "required":
            return True
        known = (other.path for other in self.problems if other.severity == ERROR)
        return self.profile == REGISTERED and not any(f"{path}/".startswith(f"{problem.path}/") for path in known)

    def unknown_keys(self, group, data, path):
        known = {*group.fields, "id" if path else "format"}
        for key in [key for key in data if key not in known][:MOST_UNKNOWN]:
            self.note(f"{path}/{escaped(key)}", _("There is no such field."), "unknown")

    def mandatory(self, group, data, values, path):
        for name, field in group.fields.items():
            if self.profile == HARVESTED and f"{path}/{name}" not in HARVESTED_DEMANDS:
                continue
            if is_empty(data.get(name)) and (self.profile == HARVESTED or field.is_mandatory(values)):
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
            ids = self.row_ids(data, path)
            return [self.row(field, *row, f"{path}/{index}") for index, row in enumerate(zip(data, ids, strict=True))]
        values = [self.one(field, item, f"{path}/{index}") for index, item in enumerate(data) if not is_empty(item)]
        return list(dict.fromkeys(value for value in values if value is not None))

    def row(self, field, item, identifier, path):
        """A row's values; an empty one keeps its place, so that the paths of the others stay right."""
        if is_empty(item):
            return {}
        value = self.one(field, item, path)
        return ({"id": identifier} if identifier else {}) | value if value else {}

    def row_ids(self, rows, path) -> list[str | None]:
        """The id of each row; None where it has none yet, or none that can serve."""
        ids = []
        for index, row in enumerate(rows):
            given = None if is_empty(row) or not isinstance(row, dict) else row.get("id")
            usable = isinstance(given, str) and ROW_ID.fullmatch(given) and given not in ids
            if given is not None and not usable:
                self.note(f"{path}/{index}/id", _("Each row needs an id of its own."), "row_id")
            ids.append(given if usable else None)
        return ids

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
            self.lengths(field, value, path)
        return value

    def refused(self, detail, path):
        if isinstance(detail, dict):
            for key, inner in detail.items():
                self.refused(inner, f"{path}/{escaped(key)}")
            return
        for message in detail:
            self.note(path, message, message.code)

    def lengths(self, field, value, path):
        """Word limits; they only warn for harvested texts."""
        for tag, written in field.too_long(value):
            message = _("%(written)d words: the most here is %(most)d.") % {"written": written, "most": field.words}
            self.note(f"{path}/{tag}", message, "too_long", WARNING if self.profile == HARVESTED else ERROR)

    def translations(self, value, mandatory, path):
        """A mandatory text stands in one of the record's languages; the others only warn."""
        missing = [tag for tag in self.languages if tag not in value]
        if self.profile == HARVESTED or not missing:
            return
        if mandatory and len(missing) == len(self.languages):
            self.note(path, _("Write this in one of the languages of the record."), "required")
        else:
            for tag in missing:
                self.note(f"{path}/{tag}", _("Not yet translated into this language."), "translation", WARNING)
