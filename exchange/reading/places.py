"""A cell of places: which are countries, which are groups, which only words, and what scope they make."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from exchange.reading.text import clean, entries
from reference import countries
from reference.matching import fold

# "Congo, Democratic Republic of the": the longest names that hold the separator have this many parts.
MOST_PARTS = 3
WIDER = ("global", "regional")


@dataclass
class Coverage:
    """What a source says its record covers; `unknown` are the places that no list knows."""

    scope: str | None = None
    countries: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    def document(self) -> dict:
        """The scope block of a document, without the rows of unknown places."""
        return {key: value for key in ("scope", "countries", "groups") if (value := getattr(self, key))}


def read(cell: str, words: Mapping[str, str], separator: str = ",") -> Coverage:
    """Cut a cell into places. `words` are those that name a scope, such as `Regional`."""
    words = {fold(word): scope for word, scope in words.items()}
    coverage, scopes = Coverage(), set()
    for place in _places(cell, separator):
        if scope := words.get(fold(place)):
            scopes.add(scope)
        else:
            kind, code = _named(place) or ("unknown", place)
            getattr(coverage, kind).append(code)
    for name in ("countries", "groups", "unknown"):
        setattr(coverage, name, list(dict.fromkeys(getattr(coverage, name))))
    coverage.scope = _scope(scopes, coverage)
    return coverage


def _places(cell: str, separator: str) -> Iterator[str]:
    """The places of a cell: names that hold the separator are found by joining neighbouring parts."""
    if cell.startswith("["):
        yield from entries(cell, separator)
        return
    parts = [part for part in (clean(part) for part in cell.split(separator)) if part]
    joined, position = f"{separator} ", 0
    while position < len(parts):
        names = (joined.join(parts[position : position + count]) for count in range(MOST_PARTS, 1, -1))
        name = next((name for name in names if _named(name)), parts[position])
        yield name
        position += name.count(joined) + 1


@lru_cache(maxsize=10_000)
def _named(name: str) -> tuple[str, str] | None:
    """What a name stands for: a country or a group, and its code."""
    if country := countries.find_country(name):
        return "countries", country.iso2
    group = countries.find_group(name)
    return ("groups", group.code) if group else None


def _scope(scopes: set[str], coverage: Coverage) -> str | None:
    """The widest scope that the source names; else what the number of its places says."""
    for wide in WIDER:
        if wide in scopes:
            return wide
    several = len(coverage.countries) + len(coverage.unknown) > 1
    if coverage.groups or (coverage.countries and several):
        return "regional"
    return "national" if coverage.countries else None
