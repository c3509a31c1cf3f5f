"""Waiting for a NOTIFY: the worker is woken, also after the database went away."""

import queue

import pytest
from django.db import connection

from delivery import outbox
from delivery.listening import Listener

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
MAIL = {"to": "reader@example.org", "subject": "A word", "text": "Good day.\n"}


@pytest.fixture
def woken():
    """What the listener reports: one entry for each time it wakes the worker."""
    calls = queue.Queue()
    listener = Listener(channel=outbox.CHANNEL, wake=lambda: calls.put("woken"), pause=0.05)
    listener.start()
    assert calls.get(timeout=10)
    yield calls
    listener.stop()


def test_a_mail_in_the_outbox_wakes_the_worker(woken):
    outbox.queue(key="event-1", **MAIL)

    assert woken.get(timeout=5) == "woken"


def test_a_listener_cut_off_connects_again_and_looks_what_it_missed(woken):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE query = 'LISTEN outbox'")
        (cut_off,) = cursor.fetchone()

    assert cut_off >= 1  # the listener of the test before may not be gone yet
    assert woken.get(timeout=5) == "woken"
    outbox.queue(key="event-1", **MAIL)
    assert woken.get(timeout=5) == "woken"
