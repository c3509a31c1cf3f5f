"""What must work for the portal to be well, each proven by doing it."""

import shutil
import subprocess
from ctypes.util import find_library
from dataclasses import dataclass

from celery.exceptions import CeleryError
from django.conf import settings
from django.core import mail
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from kombu.exceptions import KombuError

from bch_portal.celery import app
from catalogue.index import reader as index
from publishing import log

WELL, NOTE, ILL = "well", "note", "NOT WELL"
# Ordinary work, and that which waits for other sites.
QUEUES = {app.conf.task_default_queue, "harvest"}
FAILURES = (DatabaseError, InterfaceError, index.IndexNotReady, OSError, CeleryError, KombuError)


@dataclass(frozen=True)
class Finding:
    about: str
    state: str
    says: str


def examine():
    """One finding for each thing; a failure is a finding too, and does not keep the others from being looked at."""
    for about, look in EXAMINATIONS.items():
        try:
            state, says = look()
        except FAILURES as problem:
            state, says = ILL, str(problem).strip().splitlines()[0] if str(problem).strip() else type(problem).__name__
        yield Finding(about, state, says)


def database():
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        return ILL, f"{len(missing)} migrations are missing: run `manage.py prepare`"
    return WELL, f"PostgreSQL {connection.pg_version // 10000}, every migration applied"


def the_log():
    head = log.head()
    return WELL, f"log {head.log} at position {head.position}"


def the_index():
    head, reader = log.head(), index.reader()
    if head.log != reader.log:
        return ILL, "the index follows another log: is `manage.py follow` running?"
    behind = head.position - reader.position
    return (ILL if behind > 0 else WELL), f"position {reader.position}, {behind} behind the log"


def the_mail():
    if settings.DEMONSTRATION:
        return NOTE, "a demonstration: mails are shown on a page and sent to nobody"
    with mail.get_connection():
        return WELL, f"{settings.EMAIL_HOST} takes our connection"


def the_queue():
    app.connection_for_write().ensure_connection(max_retries=1, timeout=3).release()
    read = app.control.inspect(timeout=2.0).active_queues() or {}
    unread = sorted(QUEUES - {queue["name"] for queues in read.values() for queue in queues})
    if unread:
        return ILL, f"Redis answers, but no worker reads the queue {' or '.join(unread)}"
    return WELL, f"Redis answers, and {len(read)} workers read the queues {' and '.join(sorted(QUEUES))}"


def backup_tools():
    missing = [tool for tool in ("pg_dump", "pg_restore") if shutil.which(tool) is None]
    if missing:
        return NOTE, f"{' and '.join(missing)} not found here, and no backup is configured"
    return NOTE, "the tools are here; no backup is configured"


def fonts():
    """PDF needs Pango and fonts for the six languages; nothing else does."""
    if find_library("pango-1.0") is None:
        return NOTE, "Pango is not here: no PDF"
    lister = shutil.which("fc-list")
    command = [lister, ":lang=ar", "family"]
    listed = subprocess.run(command, capture_output=True, text=True, check=False) if lister else None  # noqa: S603 (fixed words)
    if listed is None or not listed.stdout.strip():
        return NOTE, "Pango is here, fonts for Arabic are not"
    return WELL, "Pango and fonts are here"


EXAMINATIONS = {
    "database": database,
    "log": the_log,
    "index": the_index,
    "mail": the_mail,
    "queue": the_queue,
    "backup": backup_tools,
    "fonts": fonts,
}
