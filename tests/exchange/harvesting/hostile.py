"""A site on this machine that behaves as badly as told: it speaks plain bytes, and ends with its test."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

MOST_CONNECTIONS = 200
LIFETIME = 20  # seconds, whatever happens
TICK = 0.05

# What to do with one connection, after its question was read.
Behaviour = Callable[["Asked"], None]


class Asked:
    """One question that came in, and ways to answer it."""

    def __init__(self, number: int, request: str, connection: socket.socket, site: "Site"):
        self.number, self.request, self.site, self._connection = number, request, site, connection
        self.path = request.split(" ")[1] if " " in request else ""
        lines = (line.partition(":") for line in request.split("\r\n")[1:])
        self.headers = {name.lower(): value.strip() for name, _colon, value in lines if name}

    def send(self, data: bytes | str) -> None:
        self._connection.sendall(data.encode() if isinstance(data, str) else data)

    def answer(self, body: bytes | str = b"", status: str = "200 OK", **headers: str) -> None:
        """An answer as it should be."""
        data = body.encode() if isinstance(body, str) else body
        given = {"Content_Length": str(len(data)), **headers}
        lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in given.items())
        self.send(f"HTTP/1.1 {status}\r\n{lines}\r\n")
        self.send(data)

    def drip(self, piece: bytes) -> None:
        """A piece every now and then, as long as somebody listens."""
        while not self.site.is_over:
            self.send(piece)
            time.sleep(TICK)

    def stall(self) -> None:
        """Nothing at all."""
        while not self.site.is_over:
            time.sleep(TICK)


class Site:
    """A listening socket with a thread for each connection."""

    def __init__(self, behave: Behaviour, tls: ssl.SSLContext | None = None):
        self.behave, self.tls = behave, tls
        self.asked: list[Asked] = []
        self.ended = threading.Event()
        self.ends_at = time.monotonic() + LIFETIME
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.listener.settimeout(TICK)
        self.port = self.listener.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.threads = [threading.Thread(target=self._listen, daemon=True)]
        self.threads[0].start()

    @property
    def is_over(self) -> bool:
        return self.ended.is_set() or time.monotonic() > self.ends_at

    def _listen(self) -> None:
        for _number in range(MOST_CONNECTIONS):
            connection = None
            while connection is None and not self.is_over:
                with suppress(TimeoutError):
                    connection, _peer = self.listener.accept()
            if connection is None:
                return
            thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
            thread.start()
            self.threads.append(thread)

    def _serve(self, connection: socket.socket) -> None:
        connection.settimeout(5)
        with suppress(OSError), connection:
            if self.tls:
                connection = self.tls.wrap_socket(connection, server_side=True)
            asked = Asked(len(self.asked) + 1, _question(connection), connection, self)
            self.asked.append(asked)
            with connection:
                self.behave(asked)

    def end(self) -> None:
        self.ended.set()
        for thread in self.threads:
            thread.join(timeout=5)
        self.listener.close()


def _question(connection: socket.socket) -> str:
    data = b""
    while b"\r\n\r\n" not in data and (piece := connection.recv(4096)):
        data += piece
    return data.decode("latin-1")


@contextmanager
def site(behave: Behaviour, tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    made = Site(behave, tls)
    try:
        yield made
    finally:
        made.end()
