"""Writing statements, and through them the records they make: one batch, one transaction."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from django.db import transaction

from exchange.importing import consolidate
from exchange.models import ImportRun, Statement
from exchange.reading.mapped import Mapped
from exchange.reading.reader import Reader
from records.harvest import Harvested, Outcome, store

SAID = ("digest", "values", "source_name", "address", "licence")
WRITTEN = [*SAID, "retrieved_on", "uid", "last_run"]


@transaction.atomic
def write(
    run: ImportRun, reader: Reader, rows: Sequence[Mapped], retrieved_on: date, count: Callable[[Counter], None]
) -> None:
    """Bring the statements of these rows up to date, and their records; tell `count` what became of the records.

    A statement that says what it said before is left as it is, but for the run that saw it last.
    """
    about = _by_subject(rows)
    given = [_statement(run, reader, row, retrieved_on) for row in rows]
    same = [one for one in given if _stands(one, about[one.subject])]
    changed = [one for one in given if not _stands(one, about[one.subject])]

    def keep(outcomes: list[Outcome]) -> None:
        for statement, outcome in zip(changed, outcomes, strict=True):
            statement.uid = outcome.uid
        _save(changed)
        Statement.objects.filter(source=reader.source, identifier__in=[one.identifier for one in same]).update(
            last_run=run
        )
        count(Counter(outcome.result for outcome in outcomes) + Counter(unchanged=len(same)))

    if changed:
        store([_harvested(one, about[one.subject]) for one in changed], before_publishing=keep)
    else:
        keep([])


def _save(statements: Sequence[Statement]) -> None:
    Statement.objects.bulk_create(
        statements, update_conflicts=True, unique_fields=["source", "identifier"], update_fields=WRITTEN
    )


def _by_subject(rows: Iterable[Mapped]) -> dict[str, list[Statement]]:
    """What is said already, by whatever source, of the things that these rows are about."""
    about = defaultdict(list)
    for statement in Statement.objects.filter(subject__in=[row.subject for row in rows]).order_by("pk"):
        about[statement.subject].append(statement)
    return about


def _statement(run: ImportRun, reader: Reader, row: Mapped, retrieved_on: date) -> Statement:
    return Statement(
        source=reader.source,
        source_name=reader.name,
        identifier=row.identifier,
        subject=row.subject,
        database=reader.database,
        digest=row.digest,
        values=row.document,
        address=row.address,
        licence=reader.licence,
        retrieved_on=retrieved_on,
        first_run=run,
        last_run=run,
    )


def _is_of(one: Statement, other: Statement) -> bool:
    return (one.source, one.identifier) == (other.source, other.identifier)


def _stands(given: Statement, known: Iterable[Statement]) -> bool:
    """Whether the source said just this before."""
    return any(_is_of(one, given) and all(getattr(one, n) == getattr(given, n) for n in SAID) for one in known)


def _harvested(given: Statement, known: Sequence[Statement]) -> Harvested:
    """The record that this statement makes together with what other sources say of the same thing."""
    together = [given, *(one for one in known if not _is_of(one, given))]
    return Harvested(
        source=given.source,
        identifier=given.identifier,
        database=given.database,
        document=consolidate.document(together),
        provenance=consolidate.provenance(together),
        uid=next((one.uid for one in known), None),
    )
