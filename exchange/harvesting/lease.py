"""Whose turn a harvest is: one worker's at a time, until it gives the lease back or the lease runs out."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Now

from exchange.models import Harvest

LEASED_FOR = timedelta(minutes=5)
FREE = Q(lease=None) | Q(leased_until__lt=Now())  # the clock of the database: hosts may differ


class LeaseLost(Exception):
    """Another worker has this harvest now: nothing more may be written."""


@dataclass(frozen=True)
class Lease:
    """The right to work on one harvest."""

    harvest: int
    token: UUID

    def renew(self) -> None:
        """Keep it for another while; LeaseLost if it ran out and somebody else took it."""
        self._write(leased_until=Now() + LEASED_FOR)

    def keep(self, **columns) -> None:
        """Write columns of the harvest while the lease is ours."""
        self._write(**columns)

    def give_back(self, **columns) -> None:
        """End it, and write these columns with it."""
        self._write(lease=None, leased_until=None, **columns)

    def _write(self, **columns) -> None:
        if not Harvest.objects.filter(pk=self.harvest, lease=self.token).update(**columns):
            raise LeaseLost


@transaction.atomic
def take(pk: int) -> Lease | None:
    """The lease of a harvest, or None while somebody else works on it.

    A lease that ran out was never given back: its worker died over the harvest. That counts as a failure, so that
    a source that kills whoever reads it is paused like any other that fails.
    """
    lease = Lease(pk, uuid4())
    ours = {"lease": lease.token, "leased_until": Now() + LEASED_FOR}
    harvest = Harvest.objects.filter(pk=pk)
    if harvest.filter(lease=None).update(**ours):
        return lease
    if harvest.filter(leased_until__lt=Now()).update(failures=F("failures") + 1, **ours):
        return lease
    return None
