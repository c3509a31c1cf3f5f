"""What one value of a document gives to the index, by the type of its field: words, codes, references."""

from collections.abc import Iterator
from functools import cache, singledispatch
from typing import Any

from formats import fields
from reference.languages import UN_LANGUAGES

# The facets whose labels people type: a search for "Kenya" or "risk assessment" finds what carries the code.
SPOKEN = frozenset(
    {"country", "group", "area", "theme", "category", "target", "type", "assistance", "cooperation", "funding_type"}
)


@singledispatch
def words(field: Any, value: Any) -> Iterator[tuple[str, str]]:
    """The (language tag, text) pairs that a value is found by; `field.search` says how they weigh."""
    return iter(())


@words.register
def _(field: fields.TextField, value):
    if field.search and isinstance(value, dict):
        yield from ((tag, text) for tag, text in value.items() if isinstance(text, str))


@words.register(fields.PlainField)
@words.register(fields.AddressField)
@words.register(fields.EmailField)
def _(field, value):
    if field.search and isinstance(value, str):
        yield "und", value


@words.register
def _(field: fields.ReferenceField, value):
    if field.search:
        yield from (("und", row["name"]) for row in _rows(value) if row.get("name"))


@words.register
def _(field: fields.CodeField, value):
    if field.facet in SPOKEN:
        for code in codes(field, value):
            yield from _labels(field, code)


@singledispatch
def codes(field: Any, value: Any) -> list[str]:
    """The facet values of a value: its codes."""
    return []


@codes.register
def _(field: fields.CodeField, value):
    given = value if isinstance(value, list) else [value]
    resolved = (field.resolve(code) for code in given if isinstance(code, str))
    return [code for code in resolved if code]


@codes.register
def _(field: fields.YesNoField, value):
    return ["yes" if value else "no"]


@singledispatch
def above(field: Any, code: str) -> tuple[str, ...]:
    """The codes above a code: choosing a parent finds its children."""
    return ()


@above.register
def _(field: fields.TermField, code):
    return field.vocabulary.ancestors(code)


@singledispatch
def referred(field: Any, value: Any) -> list[str]:
    """The uids of the records that a value points at."""
    return []


@referred.register
def _(field: fields.ReferenceField, value):
    return [row["uid"] for row in _rows(value) if row.get("uid")]


def _rows(value: Any) -> list[dict]:
    return [row for row in (value if isinstance(value, list) else [value]) if isinstance(row, dict)]


@cache
def _labels(field: Any, code: str) -> tuple[tuple[str, str], ...]:
    """The names of a code in the six languages, each once."""
    return tuple({(language, str(field.name(code, language))) for language in UN_LANGUAGES})
