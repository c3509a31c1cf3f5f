"""Facet counts: how many results each value would give, whatever is chosen in the facet itself."""

from dataclasses import dataclass
from functools import lru_cache

from catalogue.index import text
from catalogue.index.facets import CLOCK, facets, has_clock
from catalogue.index.reader import Reader
from catalogue.index.schema import facet_field
from catalogue.search import filters
from catalogue.search.query import SearchQuery

MOST_VALUES = 1000


@dataclass(frozen=True)
class FacetValue:
    """A value of a facet: its code, its label, how many results it has, and whether it is chosen."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class FacetCounts:
    """A facet as a page shows it, the values with most results first."""

    name: str
    label: str
    values: list[FacetValue]


def facet_counts(reader: Reader, query: SearchQuery) -> dict[str, FacetCounts]:
    """The counts of each facet asked for, in that order."""
    free = [name for name in query.facets if not query.values(name)]
    counted = _aggregated(reader, query, free)
    for name in query.facets:
        if query.values(name):
            counted |= _aggregated(reader, query.without(name), [name])
    if "state" in query.facets and has_clock(query.databases):
        counted["state"] |= _by_the_clock(reader, query.without("state"))
    return {name: _labelled(query, name, counted[name]) for name in query.facets}


def _aggregated(reader: Reader, query: SearchQuery, names: list[str]) -> dict[str, dict[str, int]]:
    """One pass of the engine over the results for several facets."""
    if not names:
        return {}
    asked = {name: {"terms": {"field": facet_field(name), "size": MOST_VALUES}} for name in names}
    found = reader.searcher.aggregate(filters.engine_query(query), asked)
    return {name: {bucket["key"]: bucket["doc_count"] for bucket in found[name]["buckets"]} for name in names}


def _by_the_clock(reader: Reader, query: SearchQuery) -> dict[str, int]:
    return {state: _count(reader, filters.engine_query(query, [filters.in_state(state)])) for state in CLOCK}


def _count(reader: Reader, query) -> int:
    return reader.searcher.search(query, 1).count


def _labelled(query: SearchQuery, name: str, counted: dict[str, int]) -> FacetCounts:
    """The values that have results or are chosen."""
    facet, chosen = facets()[name], set(query.values(name))
    values = [
        FacetValue(
            value=code,
            label=facet.value_label(code, query.language, query.databases),
            count=counted.get(code, 0),
            chosen=code in chosen,
        )
        for code in {*counted, *chosen}
        if counted.get(code) or code in chosen
    ]
    values.sort(key=lambda one: (-one.count, _alphabetical(one.label), one.value))
    return FacetCounts(name, str(facet.label), values)


@lru_cache(maxsize=20_000)
def _alphabetical(label: str) -> str:
    return text.fold(label)
