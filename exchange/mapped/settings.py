"""The settings of a mapping, as its text gives them: held against what each part of it declares."""

import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from types import MappingProxyType


def frozen(settings: Mapping) -> dict:
    """The settings with lists and tables that nobody changes any more."""
    return {name: _fixed(value) for name, value in settings.items()}


def _fixed(value: object) -> object:
    if isinstance(value, list):
        return tuple(value)
    return MappingProxyType(value) if isinstance(value, dict) else value


def made(part: type, settings: Mapping):
    """One part of a mapping, made of its settings; ValueError tells what is wrong with them."""
    settings, declared = frozen(settings), _declared(part)
    if strange := settings.keys() - declared.keys():
        raise ValueError(f"there is no setting “{min(strange)}” here: {', '.join(declared)}")
    if missing := _needed(part) - settings.keys():
        raise ValueError(f"“{min(missing)}” is missing")
    for name, hint in declared.items():
        if name in settings and not _is(settings[name], hint):
            raise ValueError(f"“{name}” is not what it has to be: {settings[name]!r:.100}")
    return part(**settings)


@cache
def _declared(part: type) -> dict[str, object]:
    hints = typing.get_type_hints(part)
    return {field.name: hints[field.name] for field in fields(part) if field.init}


def _needed(part: type) -> set[str]:
    given = (field for field in fields(part) if field.init)
    return {field.name for field in given if field.default is MISSING and field.default_factory is MISSING}


def _is(value: object, hint: object) -> bool:
    """Whether a value is of a declared type, down to the entries of lists and tables."""
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return any(_is(value, one) for one in inner)
    if origin is tuple:
        return isinstance(value, tuple) and all(_is(entry, inner[0]) for entry in value)
    if origin is Mapping:
        return isinstance(value, Mapping) and all(_is(entry, inner[1]) for entry in value.values())
    if hint is int:
        return isinstance(value, int) and not isinstance(value, bool)
    if is_dataclass(hint):
        # The part that holds it makes it of its table, or of one word.
        return isinstance(value, hint | Mapping | str)
    return not isinstance(hint, type) or isinstance(value, hint)
