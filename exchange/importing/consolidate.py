"""How statements become a record: a pure function of them, whatever the order in which they came in."""

from collections.abc import Iterable, Sequence

from exchange.models import Statement
from formats import registry

# Who is believed first, by database. A later source fills only the fields that the earlier ones leave empty.
# A source that is not named here comes after those that are.
PRECEDENCE = {"projects": ("gef-portal",)}


def in_precedence(statements: Iterable[Statement]) -> list[Statement]:
    """The statements of one record, the one that is believed first at the beginning."""
    return sorted(statements, key=lambda one: (_rank(one), one.source, one.identifier))


def document(statements: Sequence[Statement]) -> dict:
    """The document that the statements of one record make together."""
    merged: dict = {}
    for statement in in_precedence(statements):
        fmt = registry.by_slug(statement.database)
        merged = fmt.lift(statement.values) | merged
    return merged


def provenance(statements: Sequence[Statement]) -> dict:
    """The source that a record made from these statements names: the one believed first."""
    return in_precedence(statements)[0].provenance


def _rank(statement: Statement) -> int:
    order = PRECEDENCE.get(statement.database, ())
    return order.index(statement.source) if statement.source in order else len(order)
