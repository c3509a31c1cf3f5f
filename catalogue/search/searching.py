"""Searching: one page of results, the exact count, the facets, and where the walk goes on."""

from dataclasses import dataclass, field

import tantivy

from catalogue.index.reader import Reader, reader
from catalogue.search import filters
from catalogue.search.counts import FacetCounts, facet_counts
from catalogue.search.cursors import MOST_NUMBERS, Cursor
from catalogue.search.hits import Hit
from catalogue.search.query import ORDERS, RELEVANCE, SearchQuery
from formats import registry

DEPTH = 1000  # a walk by relevance ends here, and says so

Address = tantivy.DocAddress


@dataclass(frozen=True)
class Page:
    """One page of a search.

    `count`      how many results there are, exactly; `counted` says of what: "records", or the slug of the database
                 whose rows are searched by themselves ("needs")
    `next`       the cursor of the next page, None on the last
    `left_out`   in a walk by relevance: how many results changed since it began; they stand where it begins anew
    `ends_early` in a walk by relevance: whether it ended at 1,000 results though there are more
    `position`   the position of the log that the page shows, of the log `log`
    """

    hits: list[Hit]
    count: int
    counted: str
    facets: dict[str, FacetCounts]
    next: str | None
    position: int
    log: str
    left_out: int = 0
    ends_early: bool = False


@dataclass
class _Walk:
    """A stretch of the list: the entries of the page, and what is known of the rest."""

    addresses: list[Address]
    next: Cursor | None = None
    left_out: int = 0
    ends_early: bool = False
    count: int | None = field(default=None)


def search(query: SearchQuery, index: Reader | None = None) -> Page:
    """One page of results. IndexNotReady where this host has no index yet."""
    index = index or reader()
    walk = _by_relevance(index, query) if query.sort == RELEVANCE else _in_order(index, query)
    count = _count(index, filters.engine_query(query)) if walk.count is None else walk.count
    return Page(
        hits=_hits(index, query, walk.addresses),
        count=count,
        counted=query.database if query.entries else "records",
        facets=facet_counts(index, query),
        next=str(walk.next) if walk.next else None,
        position=index.position,
        log=index.log,
        left_out=walk.left_out,
        ends_early=walk.ends_early and count > DEPTH,
    )


def _in_order(index: Reader, query: SearchQuery) -> _Walk:
    """A sort is one number that no two entries share; the cursor is a range of it."""
    name, descending = ORDERS[query.sort]
    name = name if isinstance(name, str) else name[query.language]
    found = index.searcher.search(
        filters.engine_query(query, _beyond(query.cursor, name, descending)),
        query.page_size + 1,
        count=query.cursor is None,
        order_by_field=name,
        order=tantivy.Order.Desc if descending else tantivy.Order.Asc,
    )
    page = found.hits[: query.page_size]
    more = len(found.hits) > len(page)
    return _Walk(
        [address for _value, address in page],
        next=Cursor(query.sort, page[-1][0]) if more else None,
        count=found.count if query.cursor is None else None,
    )


def _beyond(cursor: Cursor | None, name: str, descending: bool) -> list[tantivy.Query]:
    if cursor is None:
        return []
    if descending:
        return [filters.between(name, None, cursor.last - 1) if cursor.last else tantivy.Query.empty_query()]
    return [filters.between(name, cursor.last + 1, None)]


def _by_relevance(index: Reader, query: SearchQuery) -> _Walk:
    """The best thousand, by score and number; later pages leave out what changed since the walk began."""
    cursor = query.cursor
    then = [filters.between("position", None, cursor.position)] if cursor else []
    found = index.searcher.search(filters.engine_query(query, then), DEPTH)
    ranking = _ranking(index, found.hits)
    start = _place_after(cursor, ranking) if cursor else 0
    page = ranking[start : start + query.page_size]
    seen = (cursor.seen if cursor else 0) + len(page)
    more = len(ranking) > start + len(page) and seen < DEPTH
    walk = _Walk([address for _score, _number, address in page], ends_early=not more)
    if more:
        began = cursor.position if cursor else index.position
        numbers = tuple(number for _score, number, _address in reversed(page[-MOST_NUMBERS:]))
        walk.next = Cursor(RELEVANCE, numbers=numbers, score=-page[-1][0], seen=seen, position=began)
    if cursor:
        walk.left_out = max(0, _count(index, filters.engine_query(query)) - found.count)
    else:
        walk.count = found.count
    return walk


def _ranking(index: Reader, hits: list[tuple[float, Address]]) -> list[tuple[float, int, Address]]:
    """(minus the score, number, address), best first; equal scores in the order of the numbers, on every host."""
    addresses = [address for _score, address in hits]
    numbers = index.searcher.fast_field_values("number", addresses)
    rows = [(-score, number, address) for (score, address), number in zip(hits, numbers, strict=True)]
    return sorted(rows, key=lambda row: row[:2])


def _place_after(cursor: Cursor, ranking: list[tuple[float, int, Address]]) -> int:
    """After the last of the entries seen that is still there; where none is, after its score."""
    places = {number: place for place, (_score, number, _address) in enumerate(ranking)}
    after = next((places[number] + 1 for number in cursor.numbers if number in places), None)
    return sum(-row[0] >= cursor.score for row in ranking) if after is None else after


def _count(index: Reader, query: tantivy.Query) -> int:
    return index.searcher.search(query, 1).count


def _hits(index: Reader, query: SearchQuery, addresses: list[Address]) -> list[Hit]:
    if not query.entries:
        return [Hit(index.line(address)["record"], query) for address in addresses]
    found = [index.searcher.doc(address) for address in addresses]
    records = index.records(one.get_first("uid") for one in found)
    return [_row_hit(query, records[one.get_first("uid")], one.get_first("row")) for one in found]


def _row_hit(query: SearchQuery, record: dict, row_id: str) -> Hit:
    rows = record["document"][registry.by_slug(record["database"]).option("entries")]
    return Hit(record, query, next(row for row in rows if str(row["id"]) == row_id))
