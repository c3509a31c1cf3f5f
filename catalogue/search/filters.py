"""What narrows a search, as queries of the engine that add nothing to the score."""

import time
from collections.abc import Iterable

import tantivy

from catalogue.index.facets import CLOCK, has_clock
from catalogue.index.schema import MODIFIED, facet_field, schema
from catalogue.index.sorts import HALF
from catalogue.search import words
from catalogue.search.query import SearchQuery
from reference import countries

Q = tantivy.Query
UNSIGNED = tantivy.FieldType.Unsigned
MUST, SHOULD = tantivy.Occur.Must, tantivy.Occur.Should


def engine_query(query: SearchQuery, also: Iterable[tantivy.Query] = ()) -> tantivy.Query:
    """The whole search: the words, which give the score, and all that narrows it."""
    parts = [(MUST, Q.const_score_query(one, 0.0)) for one in [*_narrowing(query), *also]]
    if query.wanted:
        parts.append((MUST, words.query(query.wanted, query.language)))
    return Q.boolean_query(parts)


def between(field: str, lowest: int | None, highest: int | None) -> tantivy.Query:
    """Entries whose number lies in a range, both ends included."""
    return Q.range_query(schema(), field, UNSIGNED, lowest, highest)


def in_state(state: str, now: int | None = None) -> tantivy.Query:
    """Offers announced, open or closed now, by their dates; and what carries such a state as a term."""
    now = int(time.time()) if now is None else now
    term = Q.term_query(schema(), facet_field("state"), state)
    if state == "announced":
        return any_of([term, between("opens", now + 1, None)])
    if state == "closed":
        return any_of([term, between("closes", None, now)])
    if state == "open":
        return any_of([term, all_of([between("opens", None, now), between("closes", now + 1, None)])])
    return term


def any_of(queries: list[tantivy.Query]) -> tantivy.Query:
    return queries[0] if len(queries) == 1 else Q.boolean_query([(SHOULD, one) for one in queries])


def all_of(queries: list[tantivy.Query]) -> tantivy.Query:
    return queries[0] if len(queries) == 1 else Q.boolean_query([(MUST, one) for one in queries])


def _narrowing(query: SearchQuery) -> list[tantivy.Query]:
    found = [Q.term_query(schema(), "kind", "row" if query.entries else "record")]
    if query.database:
        found.append(_one_of(facet_field("database"), [query.database]))
    found += [_facet(query, name, codes) for name, codes in query.chosen]
    if query.covers:
        found.append(any_of([_covering(code) for code in query.covers]))
    if query.years:
        found.append(any_of([_about(first, last) for first, last in query.years]))
    if query.modified_after is not None:
        found.append(between(MODIFIED, query.modified_after << HALF, None))
    return found


def _facet(query: SearchQuery, name: str, codes: tuple[str, ...]) -> tantivy.Query:
    """One of the codes chosen; a state is a comparison with now where the databases have offers."""
    if name == "state" and has_clock(query.databases):
        return any_of([in_state(code) if code in CLOCK else _one_of(facet_field(name), [code]) for code in codes])
    return _one_of(facet_field(name), codes)


def _covering(country: str) -> tantivy.Query:
    """What names the country, one of its groups, or is global."""
    parts = [_one_of(facet_field("country"), [country]), _one_of(facet_field("scope"), ["global"])]
    if groups := countries.groups_of(country):
        parts.append(_one_of("named_group", groups))
    return any_of(parts)


def _about(first: int, last: int) -> tantivy.Query:
    return all_of([between("year_from", None, last), between("year_to", first, None)])


def _one_of(field: str, codes: Iterable[str]) -> tantivy.Query:
    return any_of([Q.term_query(schema(), field, code) for code in codes])
