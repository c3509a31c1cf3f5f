"""Waiting for a NOTIFY: how a worker learns of new work without any request speaking to Redis."""

import select
import threading
from collections.abc import Callable

import structlog
from django.db import connection

log = structlog.get_logger()


class Listener:
    """A thread that calls `wake` after each NOTIFY on its channel, and whenever it had to connect again.

    What it misses while the database or the queue is away, the clock's own polling finds.
    """

    def __init__(self, *, channel: str, wake: Callable[[], object], pause: float = 5) -> None:
        self.channel, self.wake, self.pause = channel, wake, pause
        self._stopped = threading.Event()

    def start(self) -> None:
        self._stopped.clear()
        self._thread = threading.Thread(target=self._run, name=f"listen-{self.channel}", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        self._thread.join(timeout=5)

    def _run(self):
        while not self._stopped.is_set():
            try:
                self._listen()
            except Exception as error:  # noqa: BLE001 - the database and Redis fail in many ways; all heal with time
                log.warning("listening_interrupted", channel=self.channel, error=str(error))
                self._stopped.wait(self.pause)
            finally:
                connection.close()

    def _listen(self):
        with connection.cursor() as cursor:
            cursor.execute(f"LISTEN {self.channel}")
            self.wake()
            while not self._stopped.is_set():
                if self._heard(cursor):
                    self.wake()

    def _heard(self, cursor):
        """Whether a NOTIFY came within a second; the query takes in what the socket holds."""
        raw = connection.connection
        select.select([raw], [], [], 1)
        if not raw.notifies:
            raw.poll()
        heard = bool(raw.notifies)
        raw.notifies.clear()
        return heard
