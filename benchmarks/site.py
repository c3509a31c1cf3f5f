"""The site in this process, and as a server of its own, reading an index of synthetic records."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from benchmarks.published import reader
from catalogue.index import reader as index
from catalogue.index.reader import Reader
from catalogue.index.schema import folder_prefix
from catalogue.index.shelf import Shelf

LOG = "00000000-0000-4000-8000-000000000100"
ROOT = Path(__file__).resolve().parent.parent


def on_the_shelf(size: int) -> Reader:
    """Put the index of so many records where the site reads it; the reader that the site itself gets."""
    reader(size)
    shelf = Shelf()
    shelf.place.mkdir(exist_ok=True)
    folder = shelf.folder(LOG)
    if folder.is_symlink():
        folder.unlink()
    folder.symlink_to(kept(size), target_is_directory=True)
    shelf.mark(LOG)
    return index.reader()


def kept(size: int) -> Path:
    """Where `benchmarks.published` keeps the index of so many records."""
    return settings.PORTAL_DATA / "benchmark" / f"{folder_prefix()}-{size}"


class Site:
    """Asks the site for an address as a browser does, through all its middleware, in this process."""

    def __init__(self) -> None:
        self.client = Client(headers={"host": "127.0.0.1"})

    def get(self, path: str, coding: str = "br") -> HttpResponse:
        answer = self.client.get(path, headers={"accept-encoding": coding})
        if answer.status_code != 200:
            raise RuntimeError(f"{path}: {answer.status_code} {answer.content[:300]}")
        return answer


@contextmanager
def served(port: int) -> Iterator[None]:
    """The real web server on the same index, with its usual settings."""
    command = [sys.executable, "-m", "gunicorn", "-c", "python:bch_portal.server", "bch_portal.wsgi"]
    server = subprocess.Popen(command, cwd=ROOT, env=os.environ | {"PORT": str(port)})
    try:
        wait_for(port)
        yield
    finally:
        server.terminate()
        server.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as line:
                line.request("GET", "/health/ready")
                if line.getresponse().status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the web server does not answer")
