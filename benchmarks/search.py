"""Searching 100,000 synthetic records, against the same engine calls made directly in the same process.

The records come from a fixed seed (`benchmarks.published`) and are indexed by the follower's own `Copy`, without a
database. Each search is the best of seven runs, warm. The portal's side is everything between an address and hits
that can be shown: the parameters read, the words analysed, the exact count, all facet counts, titles and excerpts
marked. The engine's side is what no page can do without: the finished query searched for twenty, their stored
records fetched, the facets aggregated once. The ratio is the price of the portal's own code, and of the further
passes that facets with a choice, and offers by the clock, take.
"""

import time
from collections.abc import Callable

from django.http import QueryDict

from benchmarks.published import reader
from benchmarks.row import Row
from catalogue.index.reader import Reader
from catalogue.index.schema import facet_field
from catalogue.search import filters
from catalogue.search.query import SearchQuery
from catalogue.search.searching import search

SIZE = 100_000
RUNS = 7
AGAINST = "the same engine calls"
SEARCHES = [
    ("all, newest first", "", {}),
    ("one word", "q=protocol", {}),
    ("two words", "q=risk+maize", {}),
    ("a common word in one country", "q=training&country=KE", {}),
    ("a phrase", 'q="seed+laboratory"', {}),
    ("the beginning of a word", "q=labor", {}),
    ("four facets chosen", "country=KE&country=UG&area=risk-assessment&language=en&profile=registered", {}),
    ("Arabic", "q=السلامة", {"language": "ar"}),
    ("Chinese", "q=转基因玉米", {"language": "zh"}),
    ("one database, all its facets", "q=training", {"database": "projects"}),
]


def run(size: int = SIZE) -> list[Row]:
    """One row for each kind of search."""
    index = reader(size)
    return [_row(index, *one) for one in SEARCHES]


def _row(index: Reader, name: str, address: str, how: dict[str, str]) -> Row:
    query = SearchQuery.parse(QueryDict(address), **how)
    page, engine = best(lambda: shown(index, address, how)), best(lambda: engine_calls(index, query))
    return Row(f"search {size_of(index)}: {name}", page * 1000, "ms", page / engine, AGAINST)


def size_of(index: Reader) -> str:
    return f"{index.searcher.num_docs:,}"


def shown(index: Reader, address: str, how: dict[str, str]) -> list[tuple]:
    """A page of results as far as the template: every title and excerpt marked."""
    page = search(SearchQuery.parse(QueryDict(address), **how), index)
    return [(hit.title_fragments, hit.excerpt, hit.country_names) for hit in page.hits]


def engine_calls(index: Reader, query: SearchQuery) -> dict:
    whole = filters.engine_query(query)
    for _score, address in index.searcher.search(whole, query.page_size).hits:
        index.searcher.doc(address)
    asked = {name: {"terms": {"field": facet_field(name), "size": 1000}} for name in query.facets}
    return index.searcher.aggregate(whole, asked)


def best(work: Callable[[], object]) -> float:
    """Seconds of the fastest of several runs."""
    times = []
    for _run in range(RUNS):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)
