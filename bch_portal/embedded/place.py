"""Where a running portal keeps its things, and how other commands find it there."""

import json
import os
import shutil
import tempfile
from pathlib import Path

from .processes import Identity

ROOT = Path(__file__).resolve().parents[2]
LONGEST_SOCKET_FOLDER = 90  # a socket's whole address may have 107 bytes


class Place:
    """One data folder: `PORTAL_DATA`, or the checkout's `var/`."""

    root = ROOT

    def __init__(self, data):
        self.data = Path(data).resolve()
        self.run = self.data / "run"
        self.logs = self.data / "log"
        self.postgres = self.data / "postgres"
        self.redis = self.data / "redis"
        self.environment_file = self.run / "environment.json"
        self.processes_file = self.run / "processes.json"

    def prepare(self):
        self.data.mkdir(parents=True, exist_ok=True)
        for folder in (self.run, self.logs, self.redis):
            folder.mkdir(mode=0o700, exist_ok=True)

    def sockets(self):
        """The folder of the unix sockets: a private temporary one where the path here is too long for them."""
        if len(os.fsencode(self.run)) <= LONGEST_SOCKET_FOLDER:
            return self.run
        return Path(tempfile.mkdtemp(prefix="portal-"))

    def remove_sockets(self, folder):
        if folder != self.run:
            shutil.rmtree(folder, ignore_errors=True)

    def announce(self, environment, sockets):
        """Tell management commands how to reach what runs here."""
        by = Identity.of(os.getpid()).as_list()
        told = {"by": by, "sockets": str(sockets), "environment": environment}
        write_private(self.environment_file, json.dumps(told, indent=1))

    def running_environment(self):
        """What the supervisor that runs here announced; None when nothing runs."""
        told = self.announced()
        return told["environment"] if told and Identity(*told["by"]).is_alive() else None

    def announced(self):
        try:
            return json.loads(self.environment_file.read_text())
        except FileNotFoundError:
            return None

    def withdraw(self):
        """Take back what was announced here, by this start or by one that was killed."""
        if told := self.announced():
            self.remove_sockets(Path(told["sockets"]))
            self.environment_file.unlink()


def write_private(path, text):
    """Write whole or not at all, readable by the owner only."""
    draft = path.with_suffix(".new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    draft.replace(path)
