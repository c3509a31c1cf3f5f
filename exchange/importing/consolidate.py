"""How statements become a record: a pure function of them, whatever the order in which they came in.

The written precedence: who is believed first, by database and reader, stands in PRECEDENCE. Then
- a field is told by the first source that gives it, whole;
- fields that only make sense together (BLOCKS: where it is, when it is) are told by one source together;
- identifiers, links and languages of all sources are kept, each once;
- the other information of all sources is kept, each under the name of its source;
- money: `exchange.importing.funding`.
"""

from collections.abc import Iterable, Sequence

from exchange.importing import funding
from exchange.models import Statement
from formats import registry
from formats.groups import MOST_ROWS

# A reader that is not named here comes after those that are; then by the key of the source.
PRECEDENCE = {"projects": ("gef-portal", "gef-pmis", "iati")}
BLOCKS = (
    ("scope", "countries", "groups", "places_as_given"),
    ("starts_on", "ends_on", "duration", "duration_unit"),
    ("opens_on", "deadline", "open_until_withdrawn"),
)
# Rows of which every source's are kept, and what tells one from another.
GATHERED = {"identifiers": ("scheme", "value"), "links": ("url",)}
INFORMATION = "other_information"


def in_precedence(statements: Iterable[Statement]) -> list[Statement]:
    """The statements of one record, the one that is believed first at the beginning."""
    return sorted(statements, key=lambda one: (_rank(one), one.source_id, one.identifier))


def document(statements: Sequence[Statement]) -> dict:
    """The document that the statements of one record make together."""
    ordered = in_precedence(statements)
    told = [registry.by_slug(one.database).lift(one.values) for one in ordered]
    merged: dict = {}
    for values in told:
        merged = _filled(merged, values)
    _put(
        merged,
        "languages",
        list(dict.fromkeys(language for values in told for language in values.get("languages", []))),
    )
    for name, keys in GATHERED.items():
        _put(merged, name, _gathered((values.get(name, []) for values in told), keys))
    lines = [one.lines for one in ordered]
    _put(merged, "funding", funding.merged(zip([values.get("funding", []) for values in told], lines, strict=True)))
    names = [one.source.name for one in ordered]
    _put(merged, INFORMATION, _information(zip([values.get(INFORMATION) for values in told], names, strict=True)))
    return merged


def provenances(statements: Sequence[Statement]) -> list[dict]:
    """The sources that a record made from these statements names, the one believed first at the beginning."""
    return [one.provenance for one in in_precedence(statements)]


def _rank(statement: Statement) -> int:
    order = PRECEDENCE.get(statement.database, ())
    reader = statement.source.reader
    return order.index(reader) if reader in order else len(order)


def _filled(merged: dict, values: dict) -> dict:
    """What stands, and what a later source adds: of a block only what goes with what an earlier one told."""
    told = {name for block in BLOCKS if _is_told_otherwise(block, merged, values) for name in block}
    return {**{name: value for name, value in values.items() if name not in told}, **merged}


def _is_told_otherwise(block: tuple[str, ...], merged: dict, values: dict) -> bool:
    """Whether an earlier source told of this block, but for a source that agrees with it and knows more."""
    agrees = block[0] in merged and merged[block[0]] == values.get(block[0])
    return any(name in merged for name in block) and not agrees


def _put(merged: dict, name: str, value) -> None:
    if value:
        merged[name] = value


def _gathered(lists: Iterable[list[dict]], keys: tuple[str, ...]) -> list[dict]:
    rows: dict[tuple, dict] = {}
    for row in (row for rows_of_one in lists for row in rows_of_one):
        rows.setdefault(tuple(row.get(key) for key in keys), row)
    return list(rows.values())[:MOST_ROWS]


def _information(told: Iterable[tuple[dict | None, str]]) -> dict:
    """The other information, by language, each source's under its name where several give some."""
    given = [(texts, name) for texts, name in told if texts]
    if len(given) < 2:
        return given[0][0] if given else {}
    by_language: dict[str, list[str]] = {}
    for texts, name in given:
        for language, text in texts.items():
            by_language.setdefault(language, []).append(f"{name}:\n\n{text}")
    return {language: "\n\n".join(texts) for language, texts in by_language.items()}
