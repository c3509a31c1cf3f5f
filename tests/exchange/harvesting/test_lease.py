"""One worker at a time works on a harvest; one that was killed keeps the others waiting for five minutes at most."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from exchange.harvesting import lease as leases
from exchange.harvesting.lease import LeaseLost
from exchange.models import Harvest
from tests.exchange.harvesting.making import a_source

pytestmark = pytest.mark.django_db


def run_out(harvest):
    """As it is five minutes after the worker was killed."""
    Harvest.objects.filter(pk=harvest.pk).update(leased_until=timezone.now() - timedelta(seconds=1))


def test_a_lease_is_given_once_until_it_is_given_back():
    harvest = a_source()

    first = leases.take(harvest.pk)

    assert first is not None
    assert leases.take(harvest.pk) is None
    first.give_back()
    assert leases.take(harvest.pk) is not None


def test_a_lease_lasts_five_minutes_from_its_last_renewal():
    harvest = a_source()
    lease = leases.take(harvest.pk)
    Harvest.objects.filter(pk=harvest.pk).update(leased_until=timezone.now() + timedelta(seconds=1))

    lease.renew()

    harvest.refresh_from_db()
    assert timedelta(minutes=4) < harvest.leased_until - timezone.now() <= timedelta(minutes=5)


def test_the_lease_of_a_killed_worker_runs_out_and_counts_as_a_failure():
    harvest = a_source()
    leases.take(harvest.pk)
    assert leases.take(harvest.pk) is None

    run_out(harvest)

    assert leases.take(harvest.pk) is not None
    harvest.refresh_from_db()
    assert harvest.failures == 1


def test_who_lost_the_lease_writes_nothing_any_more():
    harvest = a_source()
    slow = leases.take(harvest.pk)
    run_out(harvest)
    leases.take(harvest.pk)

    for write in (slow.renew, lambda: slow.keep(state={"at": 1}), lambda: slow.give_back(failures=9)):
        with pytest.raises(LeaseLost):
            write()

    harvest.refresh_from_db()
    assert (harvest.state, harvest.failures) == ({}, 1)
    assert harvest.lease is not None


def test_a_slow_worker_keeps_a_lease_that_ran_out_if_nobody_took_it():
    harvest = a_source()
    lease = leases.take(harvest.pk)
    run_out(harvest)

    lease.renew()

    assert leases.take(harvest.pk) is None


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_that_ask_at_once_one_gets_it():
    harvest, begin, got = a_source(), threading.Barrier(8), []

    def ask():
        begin.wait()
        got.append(leases.take(harvest.pk))
        connection.close()

    workers = [threading.Thread(target=ask) for _number in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert len(got) == 8
    assert sum(lease is not None for lease in got) == 1
