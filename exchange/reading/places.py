"""A cell of places: which are countries, which are groups, which only words, and what scope they make."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from exchange.reading.text import clean, entries
from reference import countries
from reference.matching import fold

# "Congo, Democratic Republic of the": the longest names that hold the separator have this many parts.
MOST_PARTS = 3
WIDER = ("global", "regional")
SCOPES = (*WIDER, "national")
CODE = 2
# "St. Vin" for Saint Vincent and the Grenadines: with less left of it, a cut-off name is no evidence.
SHORTEST_CUT = 4
LONGEST_NAME = 100
# Words that say which of several countries a name means: "Congo, D.R." is not the Congo, and not two places.
QUALIFIERS = frozenset(
    (
        *("rep", "republic", "of", "d", "r", "dr", "p", "pr", "dpr", "pdr", "dem", "democratic", "people", "peoples"),
        *("s", "arab", "islamic", "i", "ir", "fed", "federal", "federated", "state", "states", "sts", "fs", "rb"),
        *("bolivarian", "plurinational", "united", "u", "kingdom", "socialist", "former", "yugoslav", "fyr"),
        *("north", "south", "east", "west", "northern", "southern", "eastern", "western", "equatorial"),
        *("american", "british", "french", "dutch", "part", "province"),
    )
)
TWO_NAMES = re.compile(r"([^()/]+)[(/]([^()/]+)\)?")


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
    return _completed(coverage, scopes)


def read_codes(cell: str, aliases: Mapping[str, str], separator: str = ",") -> Coverage:
    """Cut a cell into ISO 3166-1 alpha-2 codes. `aliases` are other codes, and the code, name or scope they mean."""
    coverage, scopes = Coverage(), set()
    for code in dict.fromkeys(part.upper() for part in (clean(part) for part in cell.split(separator)) if part):
        meant = aliases.get(code, code)
        if meant in SCOPES:
            scopes.add(meant)
        elif country := countries.resolve_country(meant) if len(meant) == CODE else None:
            coverage.countries.append(country)
        else:
            kind, place = (_named(meant) if code in aliases else None) or ("unknown", code)
            getattr(coverage, kind).append(place)
    return _completed(coverage, scopes)


def agreed(coded: Coverage, named: Coverage) -> tuple[Coverage, list[str]]:
    """What codes and names of the same places say together, and the codes of what only one of them says.

    The names are believed: a code is wrong unseen. A code counts where no place is named, where it is of a group
    that is named, and where it tells which name was cut off at the end of its cell.
    """
    if not (named.countries or named.groups or named.unknown):
        return replace(coded, scope=named.scope or coded.scope), []
    extra = [code for code in coded.countries if code not in named.countries]
    inside = [code for code in extra if any(code in _members(group) for group in named.groups)]
    begun = [code for code in extra if named.unknown and _begins(named.unknown[-1], code)]
    begun = begun if len(begun) == 1 else []
    coverage = replace(
        named,
        countries=list(dict.fromkeys([*named.countries, *inside, *begun])),
        unknown=named.unknown[:-1] if begun else named.unknown,
    )
    coverage.scope = named.scope or _scope(set(), coverage)
    return coverage, list(dict.fromkeys(_doubts(coded, coverage)))


def _doubts(coded: Coverage, coverage: Coverage) -> Iterator[str]:
    yield from (code for code in coded.countries if code not in coverage.countries)
    if coded.countries or coded.unknown:
        yield from (code for code in coverage.countries if code not in coded.countries)
    if not coverage.unknown:  # a code that no list knows may stand for a name that no list knows
        yield from coded.unknown


def _members(group: str) -> frozenset[str]:
    found = countries.group(group)
    return found.members if found else frozenset()


def _begins(cut: str, code: str) -> bool:
    """Whether what is left of a name is the beginning of a name of this country."""
    country = countries.country(code)
    names = (country.names[countries.FALLBACK], *country.aliases)
    return len(fold(cut)) >= SHORTEST_CUT and any(fold(name).startswith(fold(cut)) for name in names)


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
        taken = name.count(joined) + 1
        if taken == 1 and _qualifies(qualifier := "".join(parts[position + 1 : position + 2]), name):
            turned, taken = f"{qualifier} {name}", 2
            name = turned if _named(turned) else f"{name}{joined}{qualifier}"
        yield name
        position += taken


def _qualifies(part: str, name: str) -> bool:
    """Whether the part behind a name belongs to it: "Guinea, Equatorial", "Korea, Rep. of"."""
    if not part or _named(part):
        return False
    said = _named(name)
    only_words = fold(part) and QUALIFIERS.issuperset(fold(part).split())
    return bool(_named(f"{part} {name}") or (said and said[0] == "countries" and only_words))


def _completed(coverage: Coverage, scopes: set[str]) -> Coverage:
    """Each place once, and the scope that they make."""
    for name in ("countries", "groups", "unknown"):
        setattr(coverage, name, list(dict.fromkeys(getattr(coverage, name))))
    coverage.scope = _scope(scopes, coverage)
    return coverage


@lru_cache(maxsize=10_000)
def _named(name: str) -> tuple[str, str] | None:
    """What a name stands for: a country or a group, and its code."""
    if country := countries.find_country(name) or _named_twice(name):
        return "countries", country.iso2
    group = countries.find_group(name)
    return ("groups", group.code) if group else None


def _named_twice(name: str) -> countries.Country | None:
    """The country of which this gives two names, `Eswatini (Swaziland)`, or a name turned round, `Sudan (South)`."""
    if len(name) > LONGEST_NAME or not (names := TWO_NAMES.fullmatch(name)):
        return None
    first, second = (countries.find_country(part) for part in names.groups())
    if second is None:
        return countries.find_country(f"{names[2]} {names[1]}")
    return first if first == second else None


def _scope(scopes: set[str], coverage: Coverage) -> str | None:
    """The widest scope that the source names; else what the number of its places says."""
    for wide in WIDER:
        if wide in scopes:
            return wide
    several = len(coverage.countries) + len(coverage.unknown) > 1
    if coverage.groups or (coverage.countries and several):
        return "regional"
    return "national" if coverage.countries else None
