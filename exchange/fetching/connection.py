"""The connection of one request: to an address that was looked at, and ended from outside when its time is over."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from http.client import HTTPException, HTTPResponse
from queue import Empty, SimpleQueue
from typing import Any

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse

from exchange.fetching.addresses import Place
from exchange.fetching.budget import Limits

MOST_TRIED = 4  # of the addresses of one host
Failures = (HTTPError, HTTPException, OSError, ValueError)  # what a site can make a request end with


class Watchdog:
    """Shuts the connection of a request down when its time is over, or when too little comes of its answer.

    Time limits of sockets begin anew with every byte: a site that sends one now and then would hold us for ever.
    Of the body so many bytes must come in every span of so many seconds. What comes before it, from the first
    connection on and redirects and all, has one span for itself.
    """

    def __init__(self, seconds: float, limits: Limits):
        self.limits = limits
        self.has_struck = self.is_slow = False
        self._ends_at, self._span_ends_at = time.monotonic() + seconds, float("inf")
        self._came = 0  # in this span
        self._watched: socket.socket | None = None
        self._is_over = False
        self._change = threading.Condition()
        self._thread = threading.Thread(target=self._keep_watch, daemon=True)

    def watch(self, connected: socket.socket) -> None:
        """Watch this connection, and no longer the one before."""
        with self._change:
            self._let_go()
            # A second handle of our own: TLS takes the first one over, and closing may be under way meanwhile.
            self._watched = connected.dup()
            if self.has_struck:
                self._shut()
            elif self._span_ends_at == float("inf"):
                self._begin_span()

    def expect_body(self) -> None:
        """The answer has begun: from now on its bytes are counted."""
        with self._change:
            self._begin_span()

    def count(self, came: int) -> None:
        self._came += came

    def _begin_span(self) -> None:
        self._came, self._span_ends_at = 0, time.monotonic() + self.limits.slow_seconds
        self._change.notify()

    def _keep_watch(self) -> None:
        with self._change:
            while not self._is_over:
                now = time.monotonic()
                self.is_slow = now >= self._span_ends_at and self._came < self.limits.slow_bytes
                if self.is_slow or now >= self._ends_at:
                    self.has_struck = True
                    self._shut()
                    return
                if now >= self._span_ends_at:
                    self._begin_span()
                self._change.wait(min(self._ends_at, self._span_ends_at) - now)

    def _shut(self) -> None:
        if self._watched is not None:
            with suppress(OSError):  # it may have ended by itself
                self._watched.shutdown(socket.SHUT_RDWR)

    def _let_go(self) -> None:
        if self._watched is not None:
            self._watched.close()
            self._watched = None

    def __enter__(self) -> "Watchdog":
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        with self._change:
            self._is_over = True
            self._change.notify()
            self._let_go()


class _Plain(HTTPConnection):
    watchdog: Watchdog

    def _new_conn(self) -> socket.socket:
        connected = super()._new_conn()
        self.watchdog.watch(connected)
        return connected


class _Encrypted(HTTPSConnection):
    watchdog: Watchdog

    def _new_conn(self) -> socket.socket:
        connected = super()._new_conn()
        self.watchdog.watch(connected)
        return connected


def connect(place: Place, addresses: Sequence[str], limits: Limits, watchdog: Watchdog) -> HTTPConnection:
    """A connection to the first of these IP addresses that takes it; certificate and name are those of the place."""
    problem: Exception = OSError()
    for address in addresses[:MOST_TRIED]:
        connection = _connection(place, address, limits)
        connection.watchdog = watchdog
        try:
            connection.connect()
        except (HTTPError, OSError) as error:
            connection.close()
            problem = error
        else:
            connection.timeout = limits.read_seconds
            return connection
        if watchdog.has_struck or isinstance(problem, ssl.SSLError):
            break
    raise problem


def _connection(place: Place, address: str, limits: Limits) -> _Plain | _Encrypted:
    if place.scheme == "http":
        return _Plain(address, place.port, timeout=limits.connect_seconds)
    return _Encrypted(
        address,
        place.port,
        timeout=limits.connect_seconds,
        server_hostname=place.host,
        ssl_context=ssl.create_default_context(),
    )


def ask(connection: HTTPConnection, place: Place, headers: dict[str, str]) -> BaseHTTPResponse:
    """Send the question, and read the answer up to its body, which comes as it was sent."""
    begun: list[HTTPResponse] = []

    def begin(*given: Any, **named: Any) -> HTTPResponse:
        begun.append(HTTPResponse(*given, **named))
        return begun[-1]

    connection.response_class = begin  # type: ignore[assignment]
    connection.request(
        "GET", place.target, headers={"Host": place.authority, **headers}, preload_content=False, decode_content=False
    )
    try:
        return connection.getresponse()
    except BaseException:
        for response in begun:  # the library forgets it where it cannot make sense of the headers
            response.close()
        raise


def within(seconds: float, question: Callable[[], Any]) -> Any:
    """The answer of something that cannot be given a time limit, such as the name service. TimeoutError."""
    said: SimpleQueue = SimpleQueue()

    def run() -> None:
        try:
            said.put((question(), None))
        except Exception as error:  # noqa: BLE001 — it is raised again where it was asked
            said.put((None, error))

    threading.Thread(target=run, daemon=True).start()
    try:
        answer, error = said.get(timeout=max(seconds, 0.001))
    except Empty:
        raise TimeoutError from None
    if error is not None:
        raise error
    return answer
