"""When a harvest comes next: after a success, after a part of the way, after a failure."""

import secrets
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from delivery import outbox
from exchange.harvesting.lease import FREE, Lease
from exchange.models import Harvest, ImportRun

CHANNEL = "harvests"

SOON = timedelta(minutes=1)
FIRST_WAIT = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=24)
LONGEST_OBEYED = timedelta(days=1)  # of what a source asks for by Retry-After
MOST_FAILURES = 10
MOST_FAILURES_IF_PERMANENT = 3
DOUBLINGS = 9  # 5 minutes doubled so often is more than the longest wait


def due() -> QuerySet[Harvest]:
    """The harvests whose time has come and that nobody works on, the one that waits longest first."""
    waiting = Harvest.objects.filter(is_paused=False, next_at__lte=timezone.now())
    return waiting.filter(FREE).order_by("next_at", "pk")


def trials() -> QuerySet[ImportRun]:
    """The trials that were asked for at the desk, oldest first."""
    asked = ImportRun.objects.filter(trigger=ImportRun.Trigger.TRIAL, state=ImportRun.State.RUNNING)
    return asked.order_by("started_at", "pk")


def others_wait(harvest: Harvest) -> bool:
    """Whether another source is to be read or tried now."""
    return due().exclude(pk=harvest.pk).exists() or trials().exclude(source=harvest.source).exists()


def wake() -> None:
    """Tell the worker, once this transaction is committed, that there is something to do; its clock finds it too."""
    with connection.cursor() as cursor:
        cursor.execute(f"NOTIFY {CHANNEL}")


def wait_after(failures: int, asked: timedelta = timedelta()) -> timedelta:
    """How long to wait after so many failures in a row: doubled each time, a little shaken, never less than asked.

    Shaken, so that the harvests which failed together do not come back together.
    """
    doubled = min(FIRST_WAIT * 2 ** min(failures - 1, DOUBLINGS), LONGEST_WAIT)
    shaken = doubled * (0.8 + 0.4 * secrets.randbelow(1001) / 1000)
    return max(min(shaken, LONGEST_WAIT), min(asked, LONGEST_OBEYED))


def succeeded(lease: Lease, harvest: Harvest) -> None:
    """The whole way was gone: the next time is some hours away."""
    lease.give_back(failures=0, next_at=timezone.now() + timedelta(hours=harvest.every))


def goes_on(lease: Lease, wait: timedelta = SOON) -> None:
    """The turn is over before the way is: soon again."""
    lease.give_back(next_at=timezone.now() + max(wait, SOON))


def came_on(lease: Lease, wait: timedelta = SOON) -> None:
    """The same after a part of the way was gone: what failed before is forgotten."""
    lease.give_back(next_at=timezone.now() + max(wait, SOON), failures=0)


@transaction.atomic
def failed(
    lease: Lease, harvest: Harvest, message: str, *, asked: timedelta = timedelta(), is_permanent: bool = False
) -> None:
    """Try again later; after too many failures in a row pause it, and tell the Secretariat."""
    failures = harvest.failures + 1
    most = MOST_FAILURES_IF_PERMANENT if is_permanent else MOST_FAILURES
    pause = {"is_paused": True} if failures >= most else {}  # a person may have paused it meanwhile
    lease.give_back(failures=failures, next_at=timezone.now() + wait_after(failures, asked), **pause)
    if pause:
        _tell(harvest, failures, message)


@transaction.atomic
def given_up(lease: Lease, harvest: Harvest, message: str) -> None:
    """Pause a harvest that failed too often already, its workers having died over it."""
    lease.give_back(is_paused=True)
    _tell(harvest, harvest.failures, message)


def _tell(harvest: Harvest, failures: int, message: str) -> None:
    """A letter to each of the Secretariat, once for this pause."""
    day = timezone.now().isoformat()
    for person in User.objects.secretariat().order_by("pk"):
        with translation.override(person.language):
            page = reverse("sources:source", args=[harvest.source.key])
        outbox.queue_letter(
            key=f"harvest-{harvest.pk}-paused-{day}-{person.pk}",
            to=person.email,
            template="mail/exchange/paused.txt",
            language=person.language,
            name=person.name,
            address=outbox.address(page),
            source=harvest.source,
            failures=failures,
            message=message,
        )
