"""What a statement keeps when its record is erased, or when words of it are redacted."""

from collections.abc import Mapping

from django.db.models import Q

from exchange.importing import keeping, making
from exchange.models import Statement
from publishing.redaction import replaced

PROSE = ("shown", "address", "values")
EMPTIED = ("is_erased", "waits", "values", "lines", "shown", "address", "likeness", "part_of", "digest")


def empty(statement: Statement) -> None:
    """Leave of a statement only what it is about, so that the source cannot tell of it again."""
    statement.is_erased, statement.waits = True, False
    statement.values, statement.lines = {}, {}
    statement.shown = statement.address = statement.likeness = statement.part_of = statement.digest = ""


def forget(uid: str) -> None:
    """Empty what all sources say of a record, also those whose words were never published."""
    making.take_turns()
    subjects = list(Statement.objects.filter(uid=uid).values_list("subject", flat=True))
    told = list(Statement.objects.filter(Q(uid=uid) | Q(subject__in=subjects)))
    making.tell_neighbours(subjects)
    keeping.forget_of({statement.source_id for statement in told})
    for statement in told:
        empty(statement)
    Statement.objects.bulk_update(told, EMPTIED, batch_size=200)


def replace(uid: str, replacements: Mapping[str, str]) -> None:
    """Replace the named values in what the sources say of a record, until they say something else."""
    making.take_turns()
    told = list(Statement.objects.filter(uid=uid))
    keeping.forget_of({statement.source_id for statement in told})
    for statement in told:
        for name in PROSE:
            setattr(statement, name, replaced(getattr(statement, name), replacements))
    Statement.objects.bulk_update(told, PROSE)
