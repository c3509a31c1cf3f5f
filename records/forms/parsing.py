"""What a form posted, made into a document: values that cannot be parsed stay as typed.

A control is named by its path with row ids: `title.en`, `funding.k3f9w2ab.amount`.
"""

import re
from functools import singledispatch

from django.http import QueryDict

from formats import fields
from formats.groups import Group
from formats.problems import is_empty
from reference import countries, languages

SEPARATORS = re.compile(r"\s*[;\n]\s*")


class Posted:
    """What a form posted. The languages of each text are found once: a long form has thousands of names."""

    def __init__(self, post: QueryDict):
        self.get, self.getlist = post.get, post.getlist
        self.tags: dict[str, list[str]] = {}
        for key in post:
            name, _dot, tag = key.rpartition(".")
            self.tags.setdefault(name, []).append(tag)


def document_from(group: Group, post: QueryDict | Posted, prefix: str = "") -> dict:
    """The values of a group as posted; empty ones are left out."""
    post = post if isinstance(post, Posted) else Posted(post)
    values = {}
    for name, field in group.fields.items():
        value = field_from(field, post, f"{prefix}{name}")
        if not is_empty(value) or (field.many and value):
            values[name] = value
    return values


def field_from(field, post: Posted, name: str):
    if field.many and isinstance(field, Group | fields.ReferenceField):
        return [{"id": row, **row_from(field, post, f"{name}.{row}.")} for row in row_ids(post, name)]
    if isinstance(field, Group):
        return document_from(field, post, f"{name}.")
    return value_from(field, post, name)


def row_from(field, post, prefix) -> dict:
    return document_from(field, post, prefix) if isinstance(field, Group) else reference_from(post, prefix)


def row_ids(post: Posted, name: str) -> list[str]:
    """The ids of the rows posted under a name, in their order: each row posts a hidden `name.row`."""
    return list(dict.fromkeys(row for row in post.getlist(name) if re.fullmatch(r"[a-z0-9]{4,16}", row)))


def reference_from(post: Posted, prefix: str) -> dict:
    given = {key: post.get(prefix + key, "").strip() for key in ("uid", "name")}
    return {key: text for key, text in given.items() if text}


@singledispatch
def value_from(field, post: Posted, name: str):
    """One value, or the list of a field that takes many, as typed."""
    return post.get(name, "").strip()


@value_from.register
def _text(field: fields.TextField, post, name):
    """One text a language: the controls are `name.en`, `name.fr`."""
    given = {tag: post.get(f"{name}.{tag}") for tag in post.tags.get(name, ())}
    return {tag: text.strip().replace("\r\n", "\n") for tag, text in given.items() if text.strip()}


@value_from.register
def _number(field: fields.NumberField, post, name):
    text = post.get(name, "").strip()
    return int(text) if re.fullmatch(r"\d{1,15}", text, re.ASCII) else text


@value_from.register
def _yes_no(field: fields.YesNoField, post, name):
    return {"yes": True, "no": False}.get(post.get(name, ""), post.get(name) or None)


@value_from.register
def _reference(field: fields.ReferenceField, post, name):
    return reference_from(post, f"{name}.")


@value_from.register
def _code(field: fields.CodeField, post, name):
    """Codes come ticked, chosen, or typed as names; a name that is not recognised stays as typed."""
    given = [text.strip() for text in post.getlist(name)]
    typed = SEPARATORS.split(post.get(f"{name}.typed", "").strip())
    codes = [code_of(field, text) for text in (*given, *typed) if text]
    return list(dict.fromkeys(codes)) if field.many else (codes[-1] if codes else "")


@singledispatch
def code_of(field, text: str) -> str:
    """The code that a typed name stands for, or the text itself."""
    return field.resolve(text) or text


@code_of.register
def _country(field: fields.CountryField, text):
    found = field.resolve(text) if len(text) == 2 else None
    country = countries.find_country(text)
    return found or (country.iso2 if country else text)


@code_of.register
def _group(field: fields.GroupOfCountriesField, text):
    found = field.resolve(text) or countries.find_group(text)
    return text if found is None else getattr(found, "code", found)


@code_of.register
def _language(field: fields.LanguageField, text):
    return field.resolve(text) or languages.find_language(text) or text
