"""How long a web request waits for PostgreSQL: a stopped or frozen server must not hold the site's threads."""

import contextlib
import contextvars
import select
import time

import psycopg2
from django.db import InterfaceError, OperationalError, connections
from psycopg2 import extensions

PATIENCE = 5.0  # seconds of waiting that one web request may cost
PUBLIC_PATIENCE = 1.5  # the same for the one public read that needs the database
LOCK_PATIENCE = 4.5  # shorter, so that PostgreSQL itself can say what was locked

# The waiting that is left to the request at hand, as a list of one number; None outside of requests.
_left = contextvars.ContextVar("database_waiting_left", default=None)


@contextlib.contextmanager
def within(seconds):
    """All waiting for the database in this block takes at most `seconds` together."""
    token = _left.set([seconds])
    try:
        yield
    finally:
        _left.reset(token)


def bound_this_process():
    """Called by the web server only: workers and commands may wait as long as they need."""
    extensions.set_wait_callback(wait)
    options = connections.settings["default"].setdefault("OPTIONS", {})
    options["options"] = f"-c lock_timeout={int(LOCK_PATIENCE * 1000)}"


def wait(connection):
    """Wait as psycopg2 does, but not for ever. An exception here makes psycopg2 close the connection."""
    budget = _left.get() or [PATIENCE]
    began = time.monotonic()
    try:
        while (state := connection.poll()) != extensions.POLL_OK:
            left = budget[0] - (time.monotonic() - began)
            if left <= 0 or not ready(connection, state, left):
                raise psycopg2.OperationalError("The database did not answer in time.")
    finally:
        budget[0] -= time.monotonic() - began


def ready(connection, state, seconds):
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN if state == extensions.POLL_READ else select.POLLOUT)
    return bool(poll.poll(seconds * 1000))


def is_unavailable(problem):
    """Whether an exception says that the database is away, frozen, overloaded or locked."""
    return isinstance(problem, OperationalError | InterfaceError)
