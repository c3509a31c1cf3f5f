"""Waking up when something is published: LISTEN on PostgreSQL, with a time limit so that polling is the fallback."""

import select

from django.db import connection

from publishing.log import CHANNEL


def listen() -> None:
    """Ask PostgreSQL to tell this connection of every publication."""
    with connection.cursor() as cursor:
        cursor.execute(f"LISTEN {CHANNEL}")


def wait_for_publication(seconds: float) -> bool:
    """Sleep until something is published or the time is up; return whether it was.

    A server that goes away meanwhile is the same error of Django's as in any query.
    """
    raw = connection.connection
    with connection.wrap_database_errors:
        raw.poll()
        if not raw.notifies:
            select.select([raw], [], [], seconds)
            raw.poll()
    heard = bool(raw.notifies)
    raw.notifies.clear()
    return heard
