"""Starting, naming and ending processes, so that none is left behind and none is mistaken for another."""

import os
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Identity:
    """A process for certain: numbers are used again, a number with its start time is not."""

    pid: int
    started: str

    @classmethod
    def of(cls, pid):
        return cls(pid, start_time(pid) or "gone")

    def is_alive(self):
        return start_time(self.pid) == self.started

    def as_list(self):
        return [self.pid, self.started]


def start_time(pid):
    """The start time the kernel gives, None for a process that is gone or a zombie."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return None if fields[0] == "Z" else f"{fields[19]}@{boot}"


def spawn(command, *, dies_with="TERM", wrapper=(), **options):
    """Start a child in a group of its own that the kernel ends when this process is killed."""
    lifeline = ["setpriv", f"--pdeathsig={dies_with}"] if shutil.which("setpriv") else []
    return subprocess.Popen([*wrapper, *lifeline, *map(str, command)], start_new_session=True, **options)


def end(identity, *, how=signal.SIGTERM, patience=10.0):
    """Ask a process to stop, wait, and kill its group when it does not listen. True when it went by itself."""
    if not identity.is_alive():
        return True
    _signal(identity.pid, signal.SIGCONT)
    _signal(identity.pid, how)
    if wait_until(lambda: not identity.is_alive(), patience):
        return True
    kill_group(identity.pid)
    wait_until(lambda: not identity.is_alive(), 5)
    return False


def kill_group(pid):
    try:
        os.killpg(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        _signal(pid, signal.SIGKILL)


def wait_until(condition, patience, pause=0.02):
    """Whether `condition` came true within `patience` seconds."""
    deadline = time.monotonic() + patience
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(pause)
    return True


def _signal(pid, number):
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return
