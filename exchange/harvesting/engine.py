"""One turn of a harvest: walk over the source's pages, import each, and say when to come again.

A turn ends with the way, with its time, or with a failure. The state of a page is kept once the page is imported,
so whatever ends a turn, the next goes on after the last whole page; rows seen again then are unchanged rows.
"""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from io import BufferedReader

import structlog
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone
from django.utils.translation import gettext as _

from exchange.fetching.budget import Budget, BudgetSpent
from exchange.fetching.fetch import FetchFailed
from exchange.files.opening import UnreadableFile
from exchange.harvesting import lease as leases
from exchange.harvesting import pacing, schedule
from exchange.harvesting.lease import Lease, LeaseLost
from exchange.harvesting.pacing import Pacer, TurnOver, WorkerEnds
from exchange.importing import run as importing
from exchange.importing.findings import ReportUnwritten
from exchange.importing.sources import reader_of
from exchange.mapped.mapping import MappingError
from exchange.models import Harvest, ImportRun
from exchange.protocols.pages import Page
from exchange.protocols.walks import walk
from exchange.reading.reader import Reader
from exchange.reading.report import Report
from publishing.log import LogBusy

MOST_REQUESTS, MOST_BYTES = 500, 512 * 1024**2  # of one turn
ATTEMPTS, SECONDS_BETWEEN = 8, 2  # to find the database again: it may be starting
WAY = "way"  # in the state: when the walk began that brought the last page, with which run, and what it may miss

log = structlog.get_logger()


def turn(pk: int) -> None:
    """Work on a harvest for a few minutes, unless somebody else does or its time has not come."""
    lease = leases.take(pk)
    if lease is None:
        return
    harvest = Harvest.objects.select_related("source").get(pk=pk)
    if (
        harvest.is_paused
        or harvest.next_at > timezone.now()
        or schedule.trials().filter(source=harvest.source).exists()
    ):
        lease.give_back()  # it was queued twice, or paused or to be tried while it waited in the queue
    elif harvest.failures >= schedule.MOST_FAILURES:
        schedule.given_up(lease, harvest, _("The worker was ended while it read this source, time and again."))
    else:
        _work(harvest, lease)


def _work(harvest: Harvest, lease: Lease) -> None:
    try:
        with importing.one_at_a_time(harvest.source.key):
            outcome = Turn(harvest, lease).go()
        outcome()
    except (importing.ImportBusy, LogBusy, SoftTimeLimitExceeded):
        schedule.goes_on(lease)
    except LeaseLost:
        log.warning("harvest_lease_lost", source=harvest.source.key)
    except (OperationalError, InterfaceError):
        log.exception("harvest_lost_the_database", source=harvest.source.key)
        _leave(harvest, lease)


def _leave(harvest: Harvest, lease: Lease) -> None:
    """The connection to the database broke: close the run over a new one. Where there is none, the lease runs out.

    While the lease is ours, so is every run of this harvest that is not closed.
    """
    message = _("The connection to the database broke off.")
    for is_last in (*(False,) * (ATTEMPTS - 1), True):
        connection.close()
        try:
            lease.renew()
            _close_runs(message, source=harvest.source, trigger=ImportRun.Trigger.HARVEST)
            schedule.failed(lease, harvest, message)
        except LeaseLost:
            return
        except (OperationalError, InterfaceError):
            if is_last:
                raise
            pacing.pause(SECONDS_BETWEEN)
        else:
            return


def _close_runs(message: str, **which) -> None:
    """Close these, but for what somebody closed already."""
    running = ImportRun.objects.filter(**which, state=ImportRun.State.RUNNING)
    running.update(state=ImportRun.State.STOPPED, ended_at=timezone.now(), message=message)


class Paused(Exception):
    """A person paused the harvest while it was under way."""


Outcome = Callable[[], None]


@dataclass
class Turn:
    """What one turn has at hand. The caller holds the lease, and the lock of the source."""

    harvest: Harvest
    lease: Lease
    pacer: Pacer = field(init=False)
    budget: Budget = field(init=False)
    pages: int = 0
    made_anew: int = 0

    last: Page | None = None
    way: dict = field(init=False)

    def __post_init__(self):
        self.way = dict(self.harvest.state.get(WAY, {}))
        self.pacer = Pacer(self.harvest.most_per_minute)
        self.budget = Budget(seconds=pacing.TURN, requests=MOST_REQUESTS, bytes=MOST_BYTES, gives_way=self.gives_way)
        self.source = self.harvest.source

    def go(self) -> Outcome:
        """Import what the turn has time for; how the harvest is to be left is the answer."""
        self.run = importing.start(self.source, [self.harvest.address], trigger=ImportRun.Trigger.HARVEST)
        try:
            reader = reader_of(self.source)
        except (MappingError, KeyError) as error:
            return self.cannot_read(str(error))
        try:
            return self.read(reader)
        except LeaseLost:
            self.close_run("It was ended from outside.")
            raise

    def read(self, reader: Reader) -> Outcome:
        folder = settings.PORTAL_DATA / "imports"
        with (
            Report(folder / f"{self.run.pk}.refused.csv", reader.columns) as refused,
            Report(folder / f"{self.run.pk}.notes.csv", reader.columns) as notes,
        ):
            importer = importing.Importer(
                self.run,
                reader,
                refused=refused,
                notes=notes,
                retrieved_on=timezone.now().date(),
                progress=self.after_batch,
                between=self.has_time_after,
                later_wins=self.harvest.protocol != Harvest.Protocol.DOCUMENT,
            )
            message, outcome = self.walk(importer)
            self.count_requests()
            since = self.since()
            importer.finish(message, is_whole=since is not None, since=since)
        return outcome

    def cannot_read(self, why: str) -> Outcome:
        """What should read the source is not there, or its mapping is wrong: a person has to look."""
        message, outcome = self.failure(_("It cannot be read: %(why)s.") % {"why": why}, is_permanent=True)
        self.close_run(message)
        return outcome

    def close_run(self, message: str) -> None:
        _close_runs(message, pk=self.run.pk)

    def walk(self, importer: importing.Importer) -> tuple[str, Outcome]:
        """Page after page. Why it stopped, if it did, and what follows from that."""
        try:
            with closing(walk(self.harvest, self.budget)) as pages:
                for page in pages:
                    self.take(page, importer)
        except Paused:
            return _("It was paused."), partial(schedule.goes_on, self.lease)
        except WorkerEnds:
            return _("The turn was over: it goes on at the next."), partial(schedule.goes_on, self.lease)
        except TurnOver as over:
            return self.not_yet(over.wait)
        except BudgetSpent:
            return self.not_yet()
        except LogBusy as error:
            return str(error), partial(schedule.goes_on, self.lease)
        except FetchFailed as error:
            wait = timedelta(seconds=min(error.retry_after or 0, schedule.LONGEST_OBEYED.total_seconds()))
            if self.pages and error.retry_after is not None:  # so repositories say how fast they may be read
                return str(error), partial(schedule.came_on, self.lease, wait)
            return self.failure(str(error), asked=wait, is_permanent=error.is_permanent)
        except UnreadableFile as error:
            return self.failure(str(error))
        except SoftTimeLimitExceeded:
            return self.failure(_("One step of the harvest took longer than a whole turn may."))
        except (LeaseLost, OperationalError, InterfaceError):
            raise
        except Exception as error:
            log.exception("harvest_broke", source=self.source.key)
            return self.failure(_("A fault of the portal itself: %(error)s.") % {"error": type(error).__name__})
        return "", partial(schedule.succeeded, self.lease, self.harvest)

    def take(self, page: Page, importer: importing.Importer) -> None:
        """Import one page, and keep where to go on."""
        self.lease.renew()
        for row in page.broken:
            importer.take(page.name, row)
        if page.stream is not None:
            self.read_page(page, page.stream, importer)
        began = page.began_at.isoformat()
        if self.way.get("began") != began:
            self.way = {"began": began, "run": self.run.started_at.isoformat()}
        self.way["may_miss"] = self.way.get("may_miss", False) or importer.may_miss
        self.lease.keep(state=page.state | {WAY: self.way})
        self.last, self.pages = page, self.pages + 1
        self.count_requests()

    def read_page(self, page: Page, stream: BufferedReader, importer: importing.Importer) -> None:
        """UnreadableFile where the page breaks off, with its name; what stood before is in."""
        try:
            importer.read_stream(page.name, stream)
        except ReportUnwritten:
            raise  # that is no fault of the page
        except UnreadableFile as error:
            raise UnreadableFile(f"{page.where}: {error}") from error

    def gives_way(self) -> bool:
        """Whether the next page is left for another turn, because other sources wait and this one had its share."""
        return bool(self.pages) and self.pacer.has_had_its_share and schedule.others_wait(self.harvest)

    def after_batch(self, _counts: dict) -> None:
        """Between two batches: is it still our turn, and not too fast?"""
        self.lease.renew()
        if Harvest.objects.filter(pk=self.harvest.pk, is_paused=True).exists():
            raise Paused
        self.pacer.after(self.run.created + self.run.updated)
        self.lease.renew()  # it may have slept for minutes

    def has_time_after(self, made: int) -> bool:
        """Between two lots of records that are made anew: the same, but what is left waits for another time."""
        self.lease.renew()
        self.made_anew += made
        return self.pacer.has_time_after(self.run.created + self.run.updated + self.made_anew)

    def not_yet(self, wait: timedelta = timedelta()) -> tuple[str, Outcome]:
        """The turn is over. A turn of which nothing came would be followed by others of the same kind: a failure."""
        if self.pages or self.run.created or self.run.updated:
            return _("The turn was over: it goes on at the next."), partial(schedule.came_on, self.lease, wait)
        return self.failure(_("A whole turn was not enough for the first page."))

    def failure(self, message: str, **details) -> tuple[str, Outcome]:
        return message, partial(schedule.failed, self.lease, self.harvest, message, **details)

    def since(self) -> datetime | None:
        """When the first run of the walk began, if the walk is at its end and has shown all that the source holds."""
        is_whole = self.last is not None and self.last.is_whole and not self.way["may_miss"]
        return datetime.fromisoformat(self.way["run"]) if is_whole else None

    def count_requests(self) -> None:
        self.run.requests, self.run.received = self.budget.asked, self.budget.received
        self.run.save(update_fields=["requests", "received"])
