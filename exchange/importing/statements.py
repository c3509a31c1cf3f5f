"""Writing statements, and through them the records they make: one batch, one transaction."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import QuerySet

from accounts.identifiers import new_uids
from exchange.importing import making
from exchange.importing.forgetting import empty
from exchange.importing.likeness import likeness
from exchange.importing.making import Left
from exchange.models import ImportRun, Match, Source, Statement
from exchange.pages import publish_source
from exchange.reading.mapped import Mapped
from exchange.reading.reader import Reader
from formats import registry
from publishing.models import Publication
from records.harvest import Outcome, held_by_people, kept_by_people
from records.models import Record

WRITTEN = [
    *("subject", "own_subject", "shown", "database", "digest", "values", "lines", "collection", "likeness", "part_of"),
    *("address", "retrieved_on", "gone_since", "is_deleted", "is_erased", "waits", "uid", "last_run"),
]
# Of a row that the source took back.
KEPT = ("subject", "own_subject", "shown", "database", "values", "lines", "address", "part_of", "uid")
TOLD_AT_ONCE = 1000
# What became of a row, by what became of its record.
RESULTS = {
    "created": "created",
    "updated": "updated",
    "amended": "updated",
    "restored": "updated",
    "withdrawn": "updated",
}


@dataclass
class Written:
    """What became of a batch: rows counted by result, and the fields in which people's words stand against a row."""

    counts: Counter[str] = field(default_factory=Counter)
    kept: dict[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Batch:
    """Some rows of a source, each with the part of the source that it belongs to."""

    run: ImportRun
    reader: Reader
    retrieved_on: date
    rows: Sequence[tuple[Mapped, str]]

    @property
    def source(self) -> Source:
        return self.run.source


@transaction.atomic
def write(batch: Batch, count: Callable[[Counter], None]) -> Written:
    """Bring the statements of these rows up to date, and their records; tell `count` what became of the rows.

    A statement that says what it said before is left as it is, but for the run that saw it last.
    """
    making.take_turns()
    known = _known(batch)
    given = [one for one in _given(batch, known) if one is not None]
    same = [one for one in given if _said_before(one, known)]
    changed = [one for one in given if not _said_before(one, known)]
    written = Written(Counter(unchanged=len(batch.rows) - len(changed)), _kept(same))
    Statement.objects.filter(pk__in=[known[one.identifier].pk for one in same]).update(last_run=batch.run)
    if not changed:
        count(written.counts)
        return written
    left = _save(changed, known)
    subjects = {one.subject for one in changed}

    def keep(outcomes: dict[str, Outcome]) -> None:
        for one in changed:
            _note(written, one, outcomes.get(one.subject), one.identifier in known)
        count(written.counts)

    making.tell_neighbours({*subjects, *left})
    making.make({*subjects, *left}, left, keep)
    return written


def renew(source: Source, **said: str) -> None:
    """Give a source another name or licence, and make its records anew, with those that speak of them."""
    with transaction.atomic():
        making.take_turns()
        if said:
            Source.objects.filter(pk=source.pk).update(**said)
        own = Statement.objects.filter(source=source)
        own.update(waits=True)
        subjects = list(own.values_list("subject", flat=True))
        for start in range(0, len(subjects), TOLD_AT_ONCE):
            making.tell_neighbours(subjects[start : start + TOLD_AT_ONCE])
        source.refresh_from_db()
        if source.uid:
            publish_source(source)
    making.take_up()


@transaction.atomic
def see(run: ImportRun, identifiers: Sequence[str]) -> None:
    """Note that the source still lists these, though their rows were refused."""
    if identifiers:
        making.take_turns()
        Statement.objects.filter(source=run.source, identifier__in=identifiers).update(last_run=run)


def erased(source: Source, identifiers: Iterable[str]) -> set[str]:
    """Those among these of a source whose records were erased: nothing that it says of them is kept."""
    found = Statement.objects.filter(source=source, identifier__in=set(identifiers), is_erased=True)
    return set(found.values_list("identifier", flat=True))


def listed(source: Source, before: datetime, collections: Iterable[str]) -> QuerySet[Statement]:
    """What the source gave before, as far as we know, in these parts of it."""
    standing = Statement.objects.filter(source=source, gone_since=None, is_deleted=False, is_erased=False)
    return standing.filter(collection__in=collections, first_run__in=_runs(source, before))


def unseen(source: Source, since: datetime, collections: Iterable[str]) -> QuerySet[Statement]:
    """Those of `listed` that no run has seen since then."""
    return listed(source, since, collections).filter(last_run__in=_runs(source, since))


def _runs(source: Source, before: datetime) -> QuerySet[ImportRun]:
    """The runs begun before then: a query of their own, as an update over a join compares all rows with all."""
    return ImportRun.objects.filter(source=source, started_at__lt=before)


def take_stock() -> None:
    """Tell the planner how much there is now: by itself it looks once a minute, and thinks a young table empty."""
    tables = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in (Statement, Publication, Record))
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {tables}")


def _known(batch: Batch) -> dict[str, Statement]:
    identifiers = [row.identifier for row, _collection in batch.rows]
    found = Statement.objects.filter(source=batch.source, identifier__in=identifiers)
    return {statement.identifier: statement for statement in found}


def _given(batch: Batch, known: dict[str, Statement]) -> Iterable[Statement | None]:
    """The rows as statements; None for what the source took back and we never had."""
    subjects = [row.subject for row, _collection in batch.rows]
    same = Match.objects.filter(verdict=Match.Verdict.SAME, subject__in=subjects)
    matched = dict(same.values_list("subject", "other"))
    goes_to = {row.identifier: matched.get(row.subject, row.subject) for row, _collection in batch.rows}
    goes_to |= _stay(known, goes_to)
    erased = _erased(goes_to.values())
    for row, collection in batch.rows:
        before = known.get(row.identifier)
        if row.is_deleted and before is None:
            yield None
            continue
        statement = _statement(batch, row, collection, goes_to[row.identifier], before)
        if statement.subject in erased:
            empty(statement)
        yield statement


def _stay(known: dict[str, Statement], goes_to: dict[str, str]) -> dict[str, str]:
    """The subjects of those that may not move now: people have their records in hand."""
    moving = {one.uid for one in known.values() if one.uid and one.subject != goes_to[one.identifier]}
    held = held_by_people(moving)
    return {one.identifier: one.subject for one in known.values() if one.uid in held}


def _erased(subjects: Iterable[str]) -> set[str]:
    """The subjects among these of which nothing may be kept."""
    found = Statement.objects.filter(subject__in=list(subjects), is_erased=True)
    return set(found.values_list("subject", flat=True))


def _statement(batch: Batch, row: Mapped, collection: str, subject: str, before: Statement | None) -> Statement:
    """A row as a statement; of a row that the source took back stays what it said before."""
    statement = Statement(
        source=batch.source,
        identifier=row.identifier,
        shown=row.shown if row.shown != row.identifier else "",
        subject=subject,
        own_subject=row.subject,
        database=row.database or batch.reader.database,
        digest=row.digest,
        values=row.document,
        lines=dict(row.lines),
        address=row.address,
        part_of=row.part_of,
        collection=collection,
        is_deleted=row.is_deleted,
        retrieved_on=batch.retrieved_on,
        first_run=batch.run,
        last_run=batch.run,
    )
    if before:
        statement.uid = before.uid if before.subject == subject else ""
    if row.is_deleted and before:
        for name in KEPT:
            setattr(statement, name, getattr(before, name))
    else:
        statement.likeness = likeness(statement.database, row.document or {})
    return statement


def _said_before(given: Statement, known: dict[str, Statement]) -> bool:
    before = known.get(given.identifier)
    if before is not None and before.is_erased:
        return True
    said = ("digest", "subject", "database", "shown", "collection", "is_deleted")
    return before is not None and not before.gone_since and all(getattr(before, n) == getattr(given, n) for n in said)


def _kept(same: Sequence[Statement]) -> dict[str, Sequence[str]]:
    """The fields in which people edited what these statements say, by identifier."""
    edited = kept_by_people([one.uid for one in same if one.uid])
    return {one.identifier: edited[one.uid] for one in same if one.uid in edited}


def _save(changed: Sequence[Statement], known: dict[str, Statement]) -> dict[str, Left]:
    """Write the statements; the subjects that some of them left."""
    standing = Statement.objects.filter(subject__in=[one.subject for one in changed]).exclude(uid="")
    uids = dict(standing.values_list("subject", "uid"))
    to_name = [one for one in changed if not one.uid and one.source.may_be_published]
    codes: dict[str, str] = {}
    for one in to_name:
        if one.subject not in uids:
            codes.setdefault(one.subject, registry.by_slug(one.database).code)
    uids |= zip(codes, new_uids([*codes.values()]), strict=True)
    for one in to_name:
        one.uid = uids[one.subject]
    Statement.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["source", "identifier"], update_fields=WRITTEN
    )
    return {
        before.subject: Left(before.uid, one.subject)
        for one in changed
        if (before := known.get(one.identifier)) and before.subject != one.subject and before.uid
    }


def _note(written: Written, one: Statement, outcome: Outcome | None, is_known: bool) -> None:
    """Count a row; where the record must not be seen, by what became of the statement alone."""
    if outcome is None or not one.source.may_be_published:
        written.counts["updated" if is_known else "created"] += 1
        written.counts["withheld"] += 1
        return
    written.counts[RESULTS.get(outcome.result, "unchanged")] += 1
    if outcome.kept:
        written.kept[one.identifier] = outcome.kept
