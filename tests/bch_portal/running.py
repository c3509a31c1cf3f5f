"""A portal started as a person would start it, in a folder of its own."""

import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OURS = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "EMAIL_URL", "PORTAL_DATA", "MAKELEVEL", "MAKEFLAGS", "MFLAGS")
PATIENCE = 90

# In the background of a shell it is ignored, and what is started here would inherit that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(**more):
    """What a person's shell has: nothing of the test run's own servers."""
    kept = {name: value for name, value in os.environ.items() if name not in OURS and not name.startswith("PYTEST")}
    return kept | more


class Portal:
    """`make run` on a free port; `settings` are added to its environment."""

    def __init__(self, data, **settings):
        self.data, self.port, self.settings = Path(data), free_port(), settings
        self.output = self.data.with_suffix(".log")
        self.process = None

    def start(self):
        with self.output.open("ab") as output:
            self.process = subprocess.Popen(
                self.make(),
                cwd=ROOT,
                env=environment(**self.settings),
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        self.wait_for(lambda: self.health()["status"] == "ok" and "scheduler" in self.processes())
        return self

    def runs(self):
        return self.process is not None and self.process.poll() is None

    def start_in_vain(self):
        """The exit status and the words of a start that must not succeed."""
        done = subprocess.run(
            self.make(), cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=PATIENCE
        )
        return done.returncode, done.stdout + done.stderr

    def make(self):
        return ["make", "run", f"PORT={self.port}", f"PORTAL_DATA={self.data}"]

    def wait_for(self, condition, patience=PATIENCE):
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            try:
                if condition():
                    return
            except (OSError, ValueError):
                pass
            time.sleep(0.1)
        raise AssertionError(f"It did not happen in {patience} s:\n{self.output.read_text()}")

    def get(self, path, **headers):
        """Status, headers and body; also of an answer that says no."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=20) as response:
                return response.status, response.headers, response.read()
        except urllib.error.HTTPError as refusal:
            return refusal.code, refusal.headers, refusal.read()

    def health(self):
        return json.loads(self.get("/health")[2])

    def processes(self):
        """Name to number of what runs."""
        known = json.loads((self.data / "run" / "processes.json").read_text())
        return {name: pid for name, (pid, _started) in known.items()}

    def command(self, *words):
        """A command of `manage.py` in another shell."""
        return self.python("manage.py", *words)

    def python(self, *words):
        """Python in another shell, beside the running portal."""
        return subprocess.run(
            [ROOT / ".venv/bin/python", *words],
            cwd=ROOT,
            env=environment(PORTAL_DATA=str(self.data), **self.settings),
            capture_output=True,
            text=True,
            check=False,
        )

    def stop(self, number=signal.SIGINT):
        if self.runs():
            self.process.send_signal(number)
        return self.process.wait(60)

    def kill(self):
        """As a machine does that runs out of memory: make and the supervisor, at once and without a word."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def left_behind(self):
        """Processes whose environment or command names the folder."""
        found = subprocess.run(["pgrep", "-f", str(self.data)], capture_output=True, text=True, check=False)
        return found.stdout.split()
