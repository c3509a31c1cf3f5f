"""An import: files of one source in, statements and records out, every row accounted for."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from exchange.files import opening, tables
from exchange.importing import statements
from exchange.models import ImportRun, Statement
from exchange.reading import report
from exchange.reading.mapped import Mapped
from exchange.reading.reader import Reader
from exchange.reading.report import Finding, Report
from exchange.reading.row import Row
from publishing.log import LogBusy

BATCH = 200
ATTEMPTS = 5


class ImportBusy(Exception):
    """Another import of this source is under way. Safe to show."""


@dataclass(frozen=True)
class Taken:
    """A row that was mapped, and where it stands: for the report, if it turns out to be refused."""

    file: str
    row: Row
    mapped: Mapped


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


def start(reader: Reader, paths: Iterable[Path]) -> ImportRun:
    """Begin a run; one that was killed before its end is closed. The caller holds the source's lock."""
    ImportRun.objects.filter(source=reader.source, state=ImportRun.State.RUNNING).update(
        state=ImportRun.State.STOPPED, ended_at=timezone.now(), message="It was ended from outside."
    )
    return ImportRun.objects.create(source=reader.source, files=[path.name for path in paths])


class Importer:
    """Reads files into one run, a batch of rows at a time: what a batch has written stays written."""

    def __init__(
        self,
        run: ImportRun,
        reader: Reader,
        *,
        refused: Report,
        notes: Report,
        retrieved_on: date,
        progress: Callable[[dict], None],
    ):
        self.run, self.reader, self.retrieved_on = run, reader, retrieved_on
        self.refused, self.notes, self.progress = refused, notes, progress
        self.batch: dict[str, Taken] = {}
        self.counts: Counter[str] = Counter()

    def read(self, path: Path) -> None:
        """Import one file. UnreadableFile where it breaks off; the rows before that are in."""
        try:
            for member in opening.members(path, self.reader.endings):
                for row in self._rows(member):
                    self.take(member.name, row)
        except opening.UnreadableFile:
            self.flush()
            raise
        self.flush()

    def _rows(self, member: opening.Member) -> Iterator[Row]:
        """The rows of a file: the source's own, or those of a report on it that was corrected."""
        if report.is_report(member.stream.peek(len(report.HEAD) + 3)):
            return tables.rows(member.stream, self.reader.columns)
        return self.reader.rows(member.stream)

    def finish(self, message: str = "") -> None:
        """Close the run; a message says that it stopped before its end."""
        self.run.state = ImportRun.State.STOPPED if message else ImportRun.State.FINISHED
        self.run.ended_at, self.run.message = timezone.now(), message
        self.run.report = str(self.refused.path) if self.refused.findings else ""
        self.run.save(update_fields=["state", "ended_at", "message", "report"])

    def take(self, file: str, row: Row) -> None:
        """Map a row and keep it for the batch, or refuse it."""
        taken = Taken(file, row, self.reader.apply(row))
        earlier = self.batch.get(taken.mapped.identifier)
        if taken.mapped.refusals:
            self.refuse(taken, taken.mapped.refusals)
        elif earlier:
            self.repeated(taken, earlier.mapped.digest)
        else:
            self.batch[taken.mapped.identifier] = taken
        if len(self.batch) == BATCH or sum(self.counts.values()) == BATCH:
            self.flush()

    def refuse(self, taken: Taken, findings: Iterable[Finding]) -> None:
        self.counts["refused"] += 1
        for finding in findings:
            self.refused.add(taken.file, taken.row.number, taken.row.cells, finding)

    def repeated(self, taken: Taken, digest: str) -> None:
        """A second row of one import for the same thing: nothing new if it says the same, else refused."""
        if taken.mapped.digest == digest:
            self.counts["unchanged"] += 1
            return
        reason = _("Another row of this import has the same number and says something else.")
        self.refuse(taken, [Finding(self.reader.key, taken.mapped.identifier, reason)])

    def flush(self) -> None:
        """Write the batch: one transaction, tried again while others keep the log busy."""
        batch, self.batch = self.batch, {}
        again = self._seen_before(batch)
        for identifier, digest in again.items():
            self.repeated(batch.pop(identifier), digest)
        self._patiently([taken.mapped for taken in batch.values()])
        self.counts.clear()
        for taken in batch.values():
            for finding in taken.mapped.notes:
                self.notes.add(taken.file, taken.row.number, taken.row.cells, finding)
        self.progress(self.run.counts)

    def _patiently(self, rows: list[Mapped]) -> None:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                counted: dict[str, int] = {}
                statements.write(self.run, self.reader, rows, self.retrieved_on, partial(self._count, counted))
            except LogBusy:
                if attempt == ATTEMPTS:
                    raise
            else:
                break
        for name, count in counted.items():
            setattr(self.run, name, count)

    def _count(self, counted: dict[str, int], new: Counter[str]) -> None:
        """Count a batch in its own transaction, so that a run that is killed has counted what it wrote."""
        new = new + self.counts
        counted.update({name: count + new[name] for name, count in self.run.counts.items()})
        counted["read"] = self.run.read + new.total()
        ImportRun.objects.filter(pk=self.run.pk).update(**counted)

    def _seen_before(self, batch: dict[str, Taken]) -> dict[str, str]:
        """The digests of rows that an earlier batch of this very run has written already."""
        seen = Statement.objects.filter(source=self.reader.source, identifier__in=batch, last_run=self.run)
        return dict(seen.values_list("identifier", "digest"))
