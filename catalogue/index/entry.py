"""Turns one publication into entries of the index: one for the record, one for each row that is searched by itself."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import Any

import orjson
import tantivy

from catalogue.index import leaf, schema, sorts, text
from formats import dates, registry
from formats.fields import TextField
from formats.format import CommonFormat
from formats.groups import Group
from formats.walk import Leaf, leaves
from publishing.models import Publication
from publishing.record import as_change
from reference import countries

NEVER = (1 << 32) - 1
LONGEST_LABEL = 120  # characters; labels come again and again
HEAVY = ("title", "keyword")


@dataclass
class Entry:
    """One thing that can be found: what the engine is told of it."""

    kind: str
    uid: str
    position: int
    number: int
    row: str = ""
    texts: list[tuple[str, str, bool]] = field(default_factory=list)
    facets: dict[str, set[str]] = field(default_factory=dict)
    named_groups: set[str] = field(default_factory=set)
    identifiers: set[str] = field(default_factory=set)
    refers: set[str] = field(default_factory=set)
    years: tuple[int, int] | None = None
    offer: tuple[int, int] | None = None
    sorts: dict[str, int] = field(default_factory=dict)
    change: bytes = b""


def entries(publication: Publication) -> list[Entry]:
    """All entries of a publication. A tombstone is one, found by its uid and in the change feed only."""
    change = as_change(publication)
    number = int(publication.uid.rpartition("-")[2])
    if change["record"] is None:
        tombstone = Entry("tombstone", publication.uid, publication.position, number, change=orjson.dumps(change))
        return [tombstone]
    declaration = registry.by_slug(publication.database)
    record = change["record"]
    record["document"] = declaration.lift(record["document"])
    whole = _of_record(declaration, record, publication.position, number)
    whole.change = orjson.dumps(change)
    return [whole, *_of_rows(declaration, record, whole)]


def plain_identifier(text: str) -> str:
    """An identifier as it is compared: without blanks and case."""
    return "".join(text.split()).casefold()


def headline(group: Group) -> str | None:
    """The field whose text stands for a row: the first text that is mandatory."""
    return next((name for name, one in group.fields.items() if isinstance(one, TextField) and one.required), None)


def to_document(entry: Entry) -> tantivy.Document:
    """The entry as the engine takes it: texts analysed, split by blanks."""
    document = tantivy.Document(kind=entry.kind, uid=entry.uid, row=entry.row)
    document.add_unsigned("position", entry.position)
    document.add_unsigned("number", entry.number)
    if entry.change:
        document.add_bytes("change", entry.change)
    if entry.kind != "tombstone":
        _add_codes(document, entry)
        _add_numbers(document, entry)
        _add_texts(document, entry)
    return document


def _of_record(declaration: CommonFormat, record: dict[str, Any], position: int, number: int) -> Entry:
    document = record["document"]
    found = list(leaves(declaration, document))
    whole = Entry("record", record["uid"], position, number)
    _collect(whole, found)
    whole.facets |= _envelope_facets(record)
    _finish_places(whole, declaration)
    names = [record["uid"], *(one.get("identifier") for one in sources(record))]
    if facet := declaration.option("lists"):
        names += [value_name(facet, title) for title in document.get("title", {}).values()]
    whole.identifiers |= {plain_identifier(name) for name in names if name}
    whole.years, whole.offer = _years(declaration, document), offer(declaration, record)
    whole.sorts = sorts.values(whole, record, rank=0)
    return whole


def _of_rows(declaration: CommonFormat, record: dict[str, Any], whole: Entry) -> Iterator[Entry]:
    """The rows of the format's `entries` group, each with what the record says of all of them."""
    name = declaration.option("entries")
    rows = record["document"].get(name) or [] if name else []
    shared = [one for one in leaves(declaration, record["document"]) if one.path[0] != name]
    title = headline(declaration.fields[name]) if name else None
    for place, row in enumerate(rows):
        found = list(leaves(declaration.fields[name], row))
        entry = Entry("row", whole.uid, whole.position, sorts.row_number(whole.number, place), row=str(row["id"]))
        _collect(entry, found, title)
        _collect(entry, [one for one in shared if one.field.facet or one.field.search == "title"], heavy=False)
        entry.facets |= _envelope_facets(record)
        _finish_places(entry, declaration)
        entry.years = whole.years
        entry.sorts = sorts.values(entry, record, rank=row.get("rank") or 0)
        yield entry


def _collect(entry: Entry, found: list[Leaf], title: str | None = None, heavy: bool = True) -> None:
    """Add what the leaves give: words, facet values, references, identifiers."""
    for one in found:
        weighs = heavy and (one.field.search in HEAVY or one.path == (title,))
        entry.texts += ((tag, words, weighs) for tag, words in leaf.words(one.field, one.value))
        entry.refers.update(leaf.referred(one.field, one.value))
        if one.field.search == "identifier" and isinstance(one.value, str):
            entry.identifiers.add(plain_identifier(one.value))
        if one.field.facet:
            values = entry.facets.setdefault(one.field.facet, set())
            for code in leaf.codes(one.field, one.value):
                values.update((code, *leaf.above(one.field, code)))


def value_name(facet: str, value: str) -> str:
    """By which name a record is found that tells of a value of a facet, as a source of the name that others carry."""
    return f"{facet}: {value}"


def sources(record: dict[str, Any]) -> list[dict[str, Any]]:
    """The sources that tell of a record, the one it was taken from first; none where it was written here."""
    return [one for one in (record["provenance"], *record["also_from"]) if one]


def _envelope_facets(record: dict[str, Any]) -> dict[str, set[str]]:
    return {
        "database": {record["database"]},
        "profile": {record["profile"]},
        "sample": {"yes" if record["sample"] else "no"},
        "source": {name for one in sources(record) if (name := one.get("source"))},
    }


def _finish_places(entry: Entry, declaration: CommonFormat) -> None:
    """Named groups for `covers`; today's groups of the named countries for the facet; who may apply."""
    entry.named_groups = set(entry.facets.get("group", ()))
    for country in entry.facets.get("country", ()):
        entry.facets.setdefault("group", set()).update(countries.groups_of(country))
    if any(one.facet == "eligible" for one in declaration.fields.values()):
        entry.facets["eligible"] = _eligible(entry.facets.get("eligible", set()))


def _eligible(named: set[str]) -> set[str]:
    """The countries and groups that may apply: all where none is named, and the members of each group named."""
    if not named:
        return {*countries.countries(), *countries.groups()}
    members = (countries.group(code).members for code in named if countries.group(code))
    return named.union(*members)


def _years(declaration: CommonFormat, document: dict[str, Any]) -> tuple[int, int] | None:
    """The first and last year that the record is about."""
    given = [document.get(name) for name in declaration.option("years", ())]
    years = [int(day[:4]) for day in given if isinstance(day, str) and day[:4].isdecimal()]
    return (min(years), max(years)) if years else None


def offer(declaration: CommonFormat, record: dict[str, Any]) -> tuple[int, int] | None:
    """When an offer opens and closes, in seconds; None where the record is no offer or does not say."""
    if not declaration.option("closes"):
        return None
    opens, closes = (record["document"].get(declaration.option(name)) for name in ("opens", "closes"))
    if not closes and record["profile"] != "registered" and not _stays_open(declaration, record["document"]):
        return None
    try:
        opening = datetime.combine(dates.first_day(opens), time(), UTC) if opens else datetime.fromtimestamp(0, UTC)
        return sorts.seconds(opening), sorts.seconds(dates.instant(closes)) if closes else NEVER
    except ValueError:  # a date that nobody can read says nothing, and must not stop the index
        return None


def _stays_open(declaration: CommonFormat, document: dict[str, Any]) -> bool:
    """Whether it says yes to what stands in place of a deadline."""
    deadline: Any = declaration.fields[declaration.option("closes")]
    needed = deadline.required_if
    return bool(needed) and document.get(needed.field) is True


def _add_codes(document: tantivy.Document, entry: Entry) -> None:
    for name, values in entry.facets.items():
        for value in sorted(values):
            document.add_text(schema.facet_field(name), value)
    several = {"named_group": entry.named_groups, "identifier": entry.identifiers, "refers": entry.refers}
    for name, values in several.items():
        for value in sorted(values):
            document.add_text(name, value)


def _add_numbers(document: tantivy.Document, entry: Entry) -> None:
    numbers = dict(entry.sorts)
    if entry.years:
        numbers |= {"year_from": entry.years[0], "year_to": entry.years[1]}
    if entry.offer:
        numbers |= {"opens": entry.offer[0], "closes": entry.offer[1]}
    for name, value in numbers.items():
        document.add_unsigned(name, value)


def _add_texts(document: tantivy.Document, entry: Entry) -> None:
    """Every text goes where its language is stemmed, titles and key words once more, and all words unstemmed."""
    every: set[str] = set()
    for tag, words, heavy in entry.texts:
        analysed = text.analysed_label if len(words) < LONGEST_LABEL else text.analysed
        language, ready, starts = analysed(tag, words)
        document.add_text(f"text_{language}", ready)
        if heavy:
            document.add_text(f"title_{language}", ready)
        every |= starts
    document.add_text("words", " ".join(sorted(every)))
