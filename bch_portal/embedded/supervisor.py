"""Starts everything in order, keeps it running, and stops it in order."""

import fcntl
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

from .children import Children
from .place import ROOT, Place, write_private
from .postgres import Postgres, end_leftover
from .redis import Redis

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PAUSE = 2.0  # seconds between two attempts to start a server again


class CannotStart(Exception):
    """Why the portal does not start, in words for the person at the terminal."""


def main():
    stopping = threading.Event()
    for number in SIGNALS:
        signal.signal(number, lambda *_: stopping.set())
    try:
        with Supervisor(stopping) as supervisor:
            return supervisor.run()
    except (CannotStart, RuntimeError) as problem:
        say(str(problem))
        return 1


def say(text):
    print(f"portal: {text}", flush=True)


class Supervisor:
    """One running portal: its servers, its processes, and the order among them."""

    def __init__(self, stopping):
        self.stopping = stopping
        self.place = Place(os.environ.get("PORTAL_DATA") or ROOT / "var")
        self.port = int(os.environ.get("PORT") or 8000)
        self.address = f"http://127.0.0.1:{self.port}"
        self.servers, self.sockets, self.added = [], None, {}
        self.children = Children(self.place, say)

    def __enter__(self):
        self.place.prepare()
        self.lock = os.open(self.place.run / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotStart(
                f"A portal runs in {self.place.data} already. Stop it with Ctrl-C where it runs, "
                "or start another beside it: make run PORT=8001 PORTAL_DATA=var2"
            ) from None
        return self

    def __exit__(self, *exception):
        self.stop()
        os.close(self.lock)

    def run(self):
        self.clear_leftovers()
        self.require_port()
        self.start_servers()
        self.prepare()
        if not self.stopping.is_set():
            self.start_readers_side()
        return self.watch()

    def clear_leftovers(self):
        """What a killed start left behind: its processes, its database server, its socket folder."""
        ended = self.children.end_leftovers()
        end_leftover(self.place.postgres)
        self.place.withdraw()
        if ended:
            say(f"ended what an earlier start left behind: {', '.join(ended)}")

    def require_port(self):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", self.port))
            except OSError:
                raise CannotStart(
                    f"Port {self.port} is taken. Choose another: make run PORT={self.port + 1}"
                ) from None

    def start_servers(self):
        """The servers that the environment does not name; they make this a demonstration."""
        self.sockets = self.place.sockets()
        self.added = {"SITE_ADDRESS": self.address, "PORT": str(self.port), "PORTAL_DATA": str(self.place.data)}
        if not os.environ.get("DATABASE_URL"):
            postgres = Postgres(self.place.postgres, self.sockets, self.place.logs / "postgres.log")
            self.start_server("PostgreSQL", postgres)
            self.added |= {"DATABASE_URL": postgres.url, "SECRET_KEY": self.secret_key(), "DEMONSTRATION": "yes"}
        if os.environ.get("SAMPLES", "").lower() in ("yes", "true", "1"):
            self.added["DEMONSTRATION"] = "yes"
        if not os.environ.get("REDIS_URL"):
            redis = Redis(self.place.redis, self.sockets, self.place.logs / "redis.log")
            self.start_server("Redis", redis)
            self.added["REDIS_URL"] = redis.url
        self.added = {name: value for name, value in self.added.items() if not os.environ.get(name)}
        self.children.environment = os.environ | self.added
        self.place.announce(self.added, self.sockets)

    def start_server(self, name, server):
        say(f"starting {name}")
        server.start()
        self.servers.append((name, server))
        self.children.remember(name, server.process.pid)

    def secret_key(self):
        """Made once and kept: sessions outlive a restart."""
        file = self.place.data / "secret_key"
        if not file.exists():
            write_private(file, secrets.token_urlsafe(50))
        return file.read_text()

    def prepare(self):
        """Tables, message catalogues, static files, samples: whatever is missing."""
        if self.stopping.is_set():
            return
        python = sys.executable
        status = self.children.run_through("prepare", [python, ROOT / "manage.py", "prepare"], self.stopping)
        if status and not self.stopping.is_set():
            raise CannotStart("The portal could not be prepared: the reason stands above.")

    def start_readers_side(self):
        """What a reader needs comes first."""
        python = sys.executable
        self.children.start("web", [python, "-m", "gunicorn", "-c", "python:bch_portal.server", "bch_portal.wsgi"])
        self.children.start("follower", [python, ROOT / "manage.py", "follow"])

    def start_background(self):
        as_root = "ignore:You're running the worker"  # it takes JSON only, from a socket that is ours alone
        celery = [sys.executable, "-W", as_root, "-m", "celery", "--quiet", "-A", "bch_portal.celery"]
        schedule = self.place.run / "schedule"
        worker = [*celery, "worker", "--loglevel=WARNING", "--concurrency=1"]
        self.children.start("worker", worker)
        self.children.start("harvester", [*worker, "--queues=harvest", "--hostname=harvester@%h"])
        self.children.start(
            "scheduler", [*celery, "beat", "--loglevel=WARNING", f"--schedule={schedule}", "--pidfile="]
        )

    def watch(self):
        """Until told to stop: greet once the site answers, and start again what ended by itself."""
        greeted = False
        while not self.stopping.wait(0.2):
            self.children.tend()
            self.tend_servers()
            if not greeted and self.children.answers(self.port):
                self.start_background()
                greeted = self.greet()
            if self.was_left():
                self.stopping.set()
        return 0

    def tend_servers(self):
        for name, server in self.servers:
            if server.process is None or server.process.poll() is not None:
                say(f"!!! {name} ended by itself and is started again")
                self.start_again(name, server)

    def start_again(self, name, server):
        """While a server does not start, readers are answered without it, and it is tried again."""
        try:
            server.start()
        except (RuntimeError, OSError, subprocess.SubprocessError) as problem:
            say(f"!!! {name} does not answer yet: {problem}")
            self.stopping.wait(PAUSE)
        if server.process:
            self.children.remember(name, server.process.pid)

    def was_left(self):
        """Whether the `make` that started this was ended or told to end: it does not pass Ctrl-C on by itself."""
        return bool(os.environ.get("MAKELEVEL")) and not LEADER.still_wants_us()

    def greet(self):
        say(f"the portal is at {self.address}/")
        accounts = self.place.data / "accounts.txt"
        if accounts.exists():
            print(accounts.read_text(), flush=True)
        say("Ctrl-C stops it")
        return True

    def stop(self):
        if self.children.running or self.servers:
            say("stopping")
        self.children.stop()
        for _name, server in reversed(self.servers):
            server.stop()
        if self.sockets:
            self.place.withdraw()
            self.place.remove_sockets(self.sockets)
            say("stopped")


class Leader:
    """The process that started this one."""

    def __init__(self):
        self.pid = os.getppid()
        self.listened = self.listens()

    def listens(self):
        """Whether it still catches Ctrl-C: make lets go of that signal once it was told to end."""
        try:
            status = Path(f"/proc/{self.pid}/status").read_text()
        except OSError:
            return False
        caught = next(int(line.split()[1], 16) for line in status.splitlines() if line.startswith("SigCgt"))
        return bool(caught & 1 << (signal.SIGINT - 1))

    def still_wants_us(self):
        return os.getppid() == self.pid and self.listens() == self.listened


LEADER = Leader()
