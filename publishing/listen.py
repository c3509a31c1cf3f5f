"""Waking up when something is published: LISTEN on PostgreSQL, with a time limit so that polling is the fallback."""

import select
from collections.abc import Iterable

from django.db import connection

from publishing.log import CHANNEL


def listen() -> None:
    """Ask PostgreSQL to tell this connection of every publication."""
    with connection.cursor() as cursor:
        cursor.execute(f"LISTEN {CHANNEL}")


def wait_for_publication(seconds: float, also: Iterable[int] = ()) -> bool:
    """Sleep until something is published, one of the file descriptors in `also` is ready, or the time is up."""
    raw = connection.connection
    raw.poll()
    if not raw.notifies:
        select.select([raw, *also], [], [], seconds)
        raw.poll()
    heard = bool(raw.notifies)
    raw.notifies.clear()
    return heard
