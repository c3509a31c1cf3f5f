"""The processes of a running portal: started, remembered on disk, started again, ended."""

import http.client
import json
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from .place import write_private
from .processes import Identity, end, spawn

LONGEST_PAUSE = 30.0
STEADY = 60.0  # seconds after which a process counts as started well


@dataclass
class Child:
    """One process that should always run."""

    name: str
    command: list
    process: object = None
    started: float = 0.0
    pause: float = 0.5
    due: float = field(default=0.0)


class Children:
    """All of them, with a file that lets the next start find what this one left behind."""

    def __init__(self, place, say):
        self.place, self.say = place, say
        self.running, self.known, self.environment = [], {}, {}

    def start(self, name, command):
        child = Child(name, command)
        self.running.append(child)
        self.launch(child)

    def launch(self, child):
        child.process = self.spawn(child.name, child.command)
        child.started, child.due = time.monotonic(), 0.0

    def spawn(self, name, command):
        process = spawn(command, env=self.environment, cwd=self.place.root)
        self.remember(name, process.pid)
        return process

    def remember(self, name, pid):
        self.known[name] = Identity.of(pid).as_list()
        write_private(self.place.processes_file, json.dumps(self.known, indent=1))

    def run_through(self, name, command, stopping):
        """Run to the end, or until told to stop; the exit status."""
        process = self.spawn(name, command)
        while process.poll() is None:
            if stopping.wait(0.05):
                end(Identity.of(process.pid))
        return process.wait()

    def tend(self):
        """Start again what ended by itself, after a pause that doubles while it keeps ending."""
        now = time.monotonic()
        for child in self.running:
            if child.due and now >= child.due:
                self.launch(child)
            elif not child.due and child.process.poll() is not None:
                child.pause = 0.5 if now - child.started > STEADY else min(child.pause * 2, LONGEST_PAUSE)
                child.due = now + child.pause
                how = child.process.returncode
                self.say(f"!!! {child.name} ended by itself (status {how}); it starts again in {child.pause:.0f} s")

    def answers(self, port):
        """Whether the web server answers."""
        try:
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
            line.request("GET", "/health")
            return line.getresponse().status > 0
        except (OSError, http.client.HTTPException):
            return False

    def stop(self):
        """The web first, so that nobody is let in any more; then the others, together."""
        for names in (["web"], None):
            leaving = [child for child in self.running if names is None or child.name in names]
            with ThreadPoolExecutor(max_workers=4) as pool:
                list(pool.map(self.end_child, leaving))
        self.running = []
        self.place.processes_file.unlink(missing_ok=True)

    def end_child(self, child):
        end(Identity.of(child.process.pid), patience=15)
        child.process.wait()

    def end_leftovers(self):
        """End what a killed start left running; the names of what there was."""
        try:
            left = json.loads(self.place.processes_file.read_text())
        except FileNotFoundError:
            return []
        alive = {name: Identity(*known) for name, known in reversed(left.items()) if Identity(*known).is_alive()}
        for name, identity in alive.items():
            end(identity, how=signal.SIGINT if name == "PostgreSQL" else signal.SIGTERM)
        return list(alive)
