"""Keeps the desk from taking every thread: readers must be answered however slow the database is."""

import threading

from django.conf import settings

from bch_portal import database, errors


class AtMostHalf:
    """Requests behind sign-in hold at most half of this process's threads; beyond that they are sent away at once."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.seats = threading.BoundedSemaphore(max(1, settings.WEB_THREADS // 2))

    def __call__(self, request):
        if not self.seats.acquire(blocking=False):
            return errors.busy(request)
        try:
            with database.within(database.PATIENCE):
                return self.get_response(request)
        finally:
            self.seats.release()
