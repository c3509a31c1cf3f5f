"""An import: files of one source in, statements and records out, every row accounted for."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from io import BufferedReader
from pathlib import Path
from typing import TypeVar

import orjson
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from exchange.files import opening, tables
from exchange.importing import making, statements
from exchange.importing.findings import Findings, Taken
from exchange.models import ImportRun, Source, Statement
from exchange.pages import publish_source
from exchange.reading import report
from exchange.reading.mapped import Mapped
from exchange.reading.reader import Reader
from exchange.reading.report import Finding, Report
from exchange.reading.row import Row, readable
from publishing.log import LogBusy

Result = TypeVar("Result")

BATCH = 100  # rows; each may move a record to another, and a transaction holds 200 of the log
MOST_COUNTED = 1_000  # rows of which nothing is written: they are counted, and told of
MOST_BATCH_SIGNS = 8_000_000
ATTEMPTS = 5
MOST_SPARED = 100_000
MOST_REASONS = 200
MANY = 500  # rows of one run, after which the statistics of the tables are old
FEW = 20  # rows of a source that may go without a question


class ImportBusy(Exception):
    """Another import of this source is under way. Safe to show."""


def lock_key(source: str) -> int:
    """The number of a source's advisory lock."""
    return int.from_bytes(hashlib.sha256(f"import:{source}".encode()).digest()[:8], "big", signed=True)


@contextmanager
def one_at_a_time(source: str) -> Iterator[None]:
    """Keep others from importing this source; a lock of the database, which ends with this process."""
    key = lock_key(source)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [key])
        if not cursor.fetchone()[0]:
            raise ImportBusy(_("Another import of “%(source)s” is under way: wait for its end.") % {"source": source})
    try:
        yield
    finally:
        if connection.connection is not None and not connection.connection.closed:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [key])


def start(source: Source, files: Iterable[str], trigger: str = ImportRun.Trigger.COMMAND) -> ImportRun:
    """Begin a run; one that was killed before its end is closed. The caller holds the source's lock."""
    end_killed(ImportRun.objects.filter(source=source, state=ImportRun.State.RUNNING))
    return ImportRun.objects.create(source=source, files=list(files), trigger=trigger)


def end_killed(runs: QuerySet[ImportRun]) -> None:
    """Close runs that were killed before their end."""
    runs.update(state=ImportRun.State.STOPPED, ended_at=timezone.now(), message=_("It was ended from outside."))


class Importer:
    """Reads files into one run, a batch of rows at a time: what a batch has written stays written.

    `progress` is called after each batch, `between` after each lot of records that waited to be made anew; it says
    whether to go on with those. With `later_wins` a second row for the same thing takes the place of the first, as
    in a list that changes while it is read; otherwise it is refused if it says something else. With `is_sure` a source
    is taken to be whole even where most of it is missing.
    """

    def __init__(
        self,
        run: ImportRun,
        reader: Reader,
        *,
        refused: Report,
        notes: Report,
        retrieved_on: date,
        progress: Callable[[dict], None] = lambda counts: None,
        between: Callable[[int], bool] = lambda made: True,
        later_wins: bool = False,
        is_sure: bool = False,
    ):
        self.run, self.reader, self.retrieved_on, self.later_wins = run, reader, retrieved_on, later_wins
        self.findings, self.is_sure = Findings(run.source, refused, notes), is_sure
        self.progress, self.between = progress, between
        self.batch: dict[str, Taken] = {}
        self.signs = 0
        self.counts: Counter[str] = Counter()
        self.reasons: Counter[str] = Counter()
        self.collections: set[str] = set()
        self.spared: set[str] = set()  # identifiers of rows that were refused
        self.seen: list[str] = []  # those of this batch: still in the source, and not gone
        self.may_miss = False  # a row that does not say what it is about, or a part only: nothing can be called gone

    def read(self, path: Path) -> None:
        """Import one file. UnreadableFile where it breaks off; the rows before that are in."""
        with self._to_the_break():
            for member in opening.members(path, self.reader.endings):
                self._read(member.name, member.stream)

    def read_stream(self, name: str, stream: BufferedReader) -> None:
        """The same for the bytes of one file."""
        with self._to_the_break():
            self._read(name, opening.unpacked(stream))

    @contextmanager
    def _to_the_break(self) -> Iterator[None]:
        try:
            yield
        except opening.UnreadableFile:
            self.may_miss = True
            self.flush()
            raise
        self.flush()

    def _read(self, name: str, stream: BufferedReader) -> None:
        """The rows of a file: the source's own, or those of a report on it that was corrected."""
        if report.is_report(stream.peek(report.HEAD)):
            self.may_miss = True
            for row in tables.rows(stream, self.reader.columns):
                self.take(readable(row.cells.get("file", name)), row)
            return
        self.collections.add(self._collection(name))
        for row in self.reader.rows(stream):
            self.take(name, row)

    def _collection(self, file: str) -> str:
        return file.removesuffix(".gz")[:200] if self.reader.is_collected_by_file else ""

    def finish(self, message: str = "", *, is_whole: bool = False, since: datetime | None = None) -> None:
        """Close the run; a message says that it stopped before its end.

        `is_whole` says that it saw all that the source holds, or that with the runs since then it did:
        what was there before and was not seen is marked.
        """
        doubt, message = "", "\n".join(filter(None, (message, self.findings.close())))
        if self.run.created + self.run.updated > MANY:
            statements.take_stock()
        if is_whole and not message and not self.may_miss and self.run.read:
            doubt = self._mark_gone(since or self.run.started_at)
        patiently(lambda: making.take_up(self.between))
        self.run.state = ImportRun.State.STOPPED if message else ImportRun.State.FINISHED
        self.run.ended_at, self.run.message = timezone.now(), message or doubt
        self.run.report = str(self.findings.refused.path) if self.findings.refused.findings else ""
        self.run.reasons = dict(self.reasons.most_common(20))
        self.run.save()
        patiently(lambda: publish_source(self.run.source))

    @transaction.atomic
    def _mark_gone(self, since: datetime) -> str:
        """Mark what the source does not give any more; or why not, where most of it would be marked."""
        making.take_turns()
        place = (self.run.source, since, self.collections)
        unseen = statements.unseen(*place)
        gone, known = unseen.count(), statements.listed(*place).count()
        if gone > FEW and gone * 2 > known and not self.is_sure:
            said = _("%(gone)d of %(known)d known rows are missing: is this a part of the source? None was marked.")
            return said % {"gone": gone, "known": known}
        self.run.gone = unseen.update(gone_since=self.retrieved_on, waits=True)
        return ""

    def take(self, file: str, row: Row) -> None:
        """Map a row and keep it for the batch, or refuse it."""
        taken = Taken(file, row, self.reader.apply(row))
        identifier = taken.mapped.identifier
        if taken.mapped.refusals:
            self.refuse(taken, taken.mapped.refusals)
        elif identifier in self.batch and not self.later_wins:
            self.repeated(taken, self.batch[identifier].mapped.digest)
        else:
            self.counts["unchanged"] += identifier in self.batch
            self.batch[identifier] = taken
        self.signs += sum(map(len, row.cells.values()))
        if len(self.batch) >= BATCH or self.counts.total() >= MOST_COUNTED or self.signs > MOST_BATCH_SIGNS:
            self.flush()

    def refuse(self, taken: Taken, findings: Iterable[Finding]) -> None:
        self.counts["refused"] += 1
        self._spare(taken.mapped.identifier, is_listed=not taken.mapped.is_out)
        for finding in findings:
            reason = f"{finding.field}: {finding.reason}" if finding.field else finding.reason
            if len(self.reasons) < MOST_REASONS or reason in self.reasons:
                self.reasons[reason] += 1
            self.findings.refuse(taken, finding)

    def _spare(self, identifier: str, *, is_listed: bool) -> None:
        if not identifier:
            self.may_miss = True
            return
        if is_listed:
            self.seen.append(identifier)
        if len(self.spared) < MOST_SPARED:
            self.spared.add(identifier)

    def repeated(self, taken: Taken, digest: str) -> None:
        """A second row of one import for the same thing: nothing new if it says the same, else refused."""
        if taken.mapped.digest == digest:
            self.counts["unchanged"] += 1
            return
        reason = _("Another row of this import has the same number and says something else.")
        self.refuse(taken, [Finding(self.reader.key, taken.mapped.identifier, reason)])

    def flush(self) -> None:
        """Write the batch: one transaction, tried again while others keep the log busy."""
        if not self.batch and not self.counts:
            return
        batch, self.batch, self.signs = self.batch, {}, 0
        seen, self.seen = self.seen, []
        statements.see(self.run, seen)
        if not self.later_wins:
            for identifier, digest in self._seen_before(batch).items():
                self.repeated(batch.pop(identifier), digest)
        written = self._write(batch)
        self.counts.clear()
        for taken in batch.values():
            kept = (_kept(name, taken.mapped) for name in written.kept.get(taken.mapped.identifier, ()))
            self.findings.note(taken, (*taken.mapped.notes, *kept))
        self.findings.tell()
        self.progress(self.run.counts)

    def _write(self, batch: dict[str, Taken]) -> statements.Written:
        rows = [(taken.mapped, self._collection(taken.file)) for taken in batch.values()]
        counted: dict[str, int] = {}
        given = statements.Batch(self.run, self.reader, self.retrieved_on, rows)
        written = patiently(lambda: statements.write(given, lambda new: self._count(counted, new)))
        for name, count in counted.items():
            setattr(self.run, name, count)
        return written

    def _count(self, counted: dict[str, int], new: Counter[str]) -> None:
        """Count a batch in its own transaction, so that a run that is killed has counted what it wrote."""
        new = new + self.counts
        withheld = new.pop("withheld", 0)
        counted.update({name: count + new[name] for name, count in self.run.counts.items()})
        counted |= {"read": self.run.read + new.total(), "withheld": self.run.withheld + withheld}
        ImportRun.objects.filter(pk=self.run.pk).update(**counted)

    def _seen_before(self, batch: dict[str, Taken]) -> dict[str, str]:
        """The digests of rows that an earlier batch of this very run has written already."""
        wanted = batch.keys() - self.spared
        seen = Statement.objects.filter(source=self.run.source, identifier__in=wanted, last_run=self.run)
        return dict(seen.values_list("identifier", "digest"))


def patiently(step: Callable[[], Result]) -> Result:
    """Do it, and again while others keep the log busy."""
    for _attempt in range(1, ATTEMPTS):
        try:
            return step()
        except LogBusy:
            continue
    return step()


def _kept(name: str, mapped: Mapped) -> Finding:
    """What the report says of a field in which the source differs from a person's words."""
    said = (mapped.document or {}).get(name)
    value = orjson.dumps(said).decode() if said is not None else ""
    return Finding(name, value, _("This was edited here and stays as it was edited; the source says something else."))
