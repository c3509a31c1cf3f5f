"""The orders of a list: each is one unsigned 64-bit number, the value in the high half, the record in the low one.

So every order is total, the same on every host, and a cursor is a range.
"""

from datetime import UTC, datetime
from functools import cache
from typing import Any

from catalogue.index import schema, text
from reference import countries, vocabularies
from reference.languages import UN_LANGUAGES

HALF = 32
MOST = (1 << HALF) - 1
ROW_BITS = 9
RANKS = 1023


def seconds(moment: datetime) -> int:
    """A moment as half a number: seconds since 1970, within what 32 bits hold."""
    return min(max(int(moment.timestamp()), 0), MOST)


def parsed(moment: str | None) -> int:
    """The same for a time of an envelope; 0 where there is none."""
    return seconds(datetime.fromisoformat(moment).astimezone(UTC)) if moment else 0


def row_number(record: int, place: int) -> int:
    """The number of a row: the record's and its place in it."""
    number = (record << ROW_BITS) | place
    if place >> ROW_BITS or number > MOST:
        raise ValueError(f"row {place} of record {record} has no number of its own")
    return number


def values(entry: Any, record: dict[str, Any], rank: int) -> dict[str, int]:
    """All sort fields of an entry."""
    if entry.number > MOST:
        raise ValueError(f"{entry.uid}: the number does not fit")
    priority = (_priority(entry.facets.get("priority", ())) << 10) | min(rank or RANKS, RANKS)
    highs = {
        schema.MODIFIED: parsed(record.get("modified_at") or record.get("published_at")),
        schema.PUBLISHED: parsed(record.get("published_at")),
        schema.YEAR: entry.years[1] if entry.years else 0,
        schema.DEADLINE: entry.offer[1] if entry.offer else MOST,
        schema.PRIORITY: priority,
    }
    for language, name in schema.COUNTRY.items():
        highs[name] = (_first_country(entry.facets.get("country", ()), language) << 16) | priority
    return {name: (high << HALF) | entry.number for name, high in highs.items()}


def _priority(codes) -> int:
    """The place of the priority in its vocabulary: the highest first; none comes last."""
    order = list(vocabularies.vocabulary("priority").terms)
    return min((order.index(code) for code in codes if code in order), default=len(order))


def _first_country(codes, language: str) -> int:
    order = _alphabetical()[language]
    return min((order[code] for code in codes if code in order), default=len(order))


@cache
def _alphabetical() -> dict[str, dict[str, int]]:
    """The place of each country's name in each language."""
    return {language: {code: place for place, code in enumerate(_ordered(language))} for language in UN_LANGUAGES}


def _ordered(language: str) -> list[str]:
    return sorted(countries.countries(), key=lambda code: (text.fold(countries.country_name(code, language)), code))
