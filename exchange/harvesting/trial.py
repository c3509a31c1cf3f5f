"""A trial: the first page of a source is fetched and mapped as a harvest would, and nothing of it is written."""

from collections.abc import Iterator
from contextlib import closing
from itertools import chain, islice

import structlog
from celery.exceptions import SoftTimeLimitExceeded
from django.db import InterfaceError, OperationalError
from django.utils import timezone
from django.utils.translation import gettext as _

from exchange.fetching.budget import Budget, BudgetSpent
from exchange.fetching.fetch import FetchFailed
from exchange.files.opening import UnreadableFile
from exchange.harvesting import lease as leases
from exchange.harvesting.lease import LeaseLost
from exchange.importing import statements
from exchange.importing.sources import reader_of
from exchange.mapped.mapping import MappingError
from exchange.models import Harvest, ImportRun, Statement
from exchange.protocols.walks import walk
from exchange.reading.mapped import Mapped
from exchange.reading.reader import Reader
from exchange.reading.row import Row, readable

MOST_ROWS = 200
MOST_DOCUMENTS = 10
MOST_FINDINGS = 50
MOST_SECONDS, MOST_REQUESTS, MOST_BYTES = 120, 20, 100 * 1024**2
LONGEST_VALUE = 300

log = structlog.get_logger()


def asked(harvest: Harvest) -> dict:
    """What a trial tries: with any of it changed, the trial says nothing any more."""
    source = harvest.source
    return {
        "protocol": harvest.protocol,
        "address": harvest.address,
        "options": harvest.options,
        "reader": source.reader,
        "mapping": source.mapping,
    }


def passed(harvest: Harvest) -> bool:
    """Whether the settings as they are now were tried, and a row at least could be read with them."""
    trials = ImportRun.objects.filter(
        source=harvest.source, trigger=ImportRun.Trigger.TRIAL, state=ImportRun.State.FINISHED
    )
    good = trials.filter(preview__asked=asked(harvest)).exclude(created=0, updated=0, unchanged=0)
    return good.exists()


def run(pk: int) -> None:
    """Make the trial that was asked for, unless it is made already or its source is being read."""
    found = ImportRun.objects.filter(pk=pk, trigger=ImportRun.Trigger.TRIAL, state=ImportRun.State.RUNNING)
    waiting = found.select_related("source__harvest").first()
    lease = leases.take(waiting.source.harvest.pk) if waiting else None
    if waiting is None or lease is None:
        return
    try:
        Trial(waiting).go()
        lease.give_back()
    except LeaseLost:
        log.warning("trial_lease_lost", source=waiting.source_id)


class Trial:
    """Reads and counts; what it found stands in the run."""

    def __init__(self, run: ImportRun):
        self.run, self.source = run, run.source
        self.budget = Budget(seconds=MOST_SECONDS, requests=MOST_REQUESTS, bytes=MOST_BYTES)
        self.shown: list[dict] = []
        self.documents = self.findings = 0

    def go(self) -> None:
        try:
            self.read(reader_of(self.source))
        except (FetchFailed, BudgetSpent, UnreadableFile, MappingError) as error:
            self.run.message = str(error)
        except SoftTimeLimitExceeded:
            self.run.message = _("The first page took too long.")
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:
            log.exception("trial_broke", source=self.source.key)
            self.run.message = _("A fault of the portal itself: %(error)s.") % {"error": type(error).__name__}
        self.finish()

    def read(self, reader: Reader) -> None:
        """The first rows of the first page that holds any."""
        with closing(walk(self.source.harvest, self.budget, from_the_start=True)) as pages:
            for page in pages:
                if page.stream is not None:
                    for row in islice(chain(page.broken, reader.rows(page.stream)), MOST_ROWS):
                        self.take(row, reader.apply(row), reader)
                    break

    def take(self, row: Row, mapped: Mapped, reader: Reader) -> None:
        self.run.read += 1
        result = self.result(mapped)
        setattr(self.run, result, getattr(self.run, result) + 1)
        self.run.deleted += mapped.is_deleted
        self.run.reasons = _counted(self.run.reasons, mapped)
        if entry := self.shows(mapped):
            of_row = {"row": row.number, "identifier": readable(mapped.identifier), "result": result}
            self.shown.append(entry | of_row | {"database": mapped.database or reader.database})

    def result(self, mapped: Mapped) -> str:
        """What an import would make of the row."""
        if mapped.refusals:
            return "refused"
        known = Statement.objects.filter(source=self.source, identifier=mapped.identifier)
        digest = known.values_list("digest", flat=True).first()
        return "created" if digest is None else "unchanged" if digest == mapped.digest else "updated"

    def shows(self, mapped: Mapped) -> dict:
        """What of this row is worth showing: it is one of the first documents, or has one of the first findings."""
        entry: dict = {}
        if statements.erased(self.source, [mapped.identifier]):
            return entry
        told = list(islice(_told(mapped), max(MOST_FINDINGS - self.findings, 0)))
        if told:
            entry["findings"] = told
            self.findings += len(told)
        if mapped.document is not None and not mapped.refusals and self.documents < MOST_DOCUMENTS:
            entry |= {"document": mapped.document, "address": mapped.address}
            self.documents += 1
        return entry

    def finish(self) -> None:
        run = self.run
        run.requests, run.received = self.budget.asked, self.budget.received
        run.preview = {"asked": asked(self.source.harvest), "rows": self.shown}
        run.state = ImportRun.State.STOPPED if run.message else ImportRun.State.FINISHED
        run.ended_at = timezone.now()
        ImportRun.objects.filter(pk=run.pk, state=ImportRun.State.RUNNING).update(
            **{name: getattr(run, name) for name in WRITTEN}
        )


WRITTEN = (
    *("read", "created", "updated", "unchanged", "refused", "deleted", "reasons", "preview"),
    *("requests", "received", "state", "ended_at", "message"),
)


def _told(mapped: Mapped) -> Iterator[dict]:
    for kind, findings in (("refused", mapped.refusals), ("kept", mapped.notes)):
        for finding in findings:
            value = readable(finding.value)
            shown = value if len(value) <= LONGEST_VALUE else f"{value[:LONGEST_VALUE]}…"
            yield {"kind": kind, "field": finding.field, "value": shown, "reason": finding.reason}


def _counted(reasons: dict, mapped: Mapped) -> dict:
    counted = dict(reasons)
    for finding in mapped.refusals:
        reason = f"{finding.field}: {finding.reason}" if finding.field else finding.reason
        counted[reason] = counted.get(reason, 0) + 1
    return counted
