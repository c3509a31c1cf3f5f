"""Whether this host is well: one second, whatever state the database is in."""

from django.db import DatabaseError, InterfaceError
from django.http import JsonResponse

from bch_portal import database
from catalogue.index import reader as index
from publishing import log

PATIENCE = 0.5


def health(request):
    """For people and monitors: always 200 while the process lives; the content says how it is."""
    head, reader = log_head(), index_reader()
    well = head is not None and reader is not None and head.log == reader.log
    return uncached(
        JsonResponse(
            {
                "status": "ok" if well else "degraded",
                "log_position": head and head.position,
                "index_position": reader and reader.position,
            }
        )
    )


def ready(request):
    """For proxies: whether this host can answer readers. They need its index and nothing else."""
    can_answer = index_reader() is not None
    return uncached(JsonResponse({"ready": can_answer}, status=200 if can_answer else 503))


def log_head():
    """Where the log stands; None when the database does not say so in time."""
    try:
        with database.within(PATIENCE):
            return log.head()
    except (DatabaseError, InterfaceError):
        return None


def index_reader():
    """This host's copy of what is published; None while there is none."""
    try:
        return index.reader()
    except index.IndexNotReady:
        return None


def uncached(response):
    response["Cache-Control"] = "no-store"
    return response
