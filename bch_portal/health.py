"""Whether this host is well: one second, whatever state the database is in."""

from django.db import DatabaseError, InterfaceError
from django.http import JsonResponse

from bch_portal import database
from publishing import log

PATIENCE = 0.5


def health(request):
    """For people and monitors: always 200 while the process lives; the content says how it is."""
    positions = {"log_position": log_position(), "index_position": index_position()}
    status = "degraded" if None in positions.values() else "ok"
    return uncached(JsonResponse({"status": status, **positions}))


def ready(request):
    """For proxies: whether this host can answer readers. They need its index and nothing else."""
    position = index_position()
    return uncached(JsonResponse({"ready": position is not None}, status=503 if position is None else 200))


def log_position():
    try:
        with database.within(PATIENCE):
            return log.head().position
    except (DatabaseError, InterfaceError):
        return None


def index_position():
    return None


def uncached(response):
    response["Cache-Control"] = "no-store"
    return response
