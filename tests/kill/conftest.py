"""A portal as `make run` starts it, with people, a real mailbox, and somebody who kills."""

import contextlib
import json
import os
import random
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.bch_portal.running import Portal, free_port
from tests.delivery.conftest import serving
from tests.kill import checks
from tests.kill.desk import Desk, Ledger, Publisher
from tests.kill.world import FOCAL_POINTS


class World:
    """The portal, its mailbox, and all that its publishers were told."""

    def __init__(self, portal, mailbox):
        self.portal, self.mailbox, self.ledger, self.crashes = portal, mailbox, Ledger(), 0
        self.publishers = []

    def people_sign_in(self):
        done = self.portal.python("-m", "tests.kill.world", "people")
        assert done.returncode == 0, done.stderr
        for seed, (country, email) in enumerate(FOCAL_POINTS.items()):
            desk = Desk(self.portal, email, self.ledger).sign_in()
            self.publishers.append(Publisher(desk, country, seed))

    def truth(self):
        done = self.portal.python("-m", "tests.kill.world", "truth")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def import_sheet(self, sheet):
        """Import until all is read: what was away comes back, and nothing is read twice."""
        until = time.monotonic() + 120
        while time.monotonic() < until:
            done = self.portal.command("import_records", "gef-portal", str(sheet))
            if done.returncode == 0:
                return json.loads(done.stdout.splitlines()[-1])
            time.sleep(0.5)
        raise AssertionError(done.stderr)

    def kill(self, name):
        """Kill a process of the portal and its children; whether there was one."""
        pid = self.portal.processes().get(name)
        try:
            os.killpg(pid, signal.SIGKILL)
        except ProcessLookupError:
            return False
        self.crashes += 1
        return True

    def kill_a_web_process(self, chance):
        """One of the processes that answer requests, as the kernel does when memory ends."""
        pid = self.portal.processes()["web"]
        children = Path(f"/proc/{pid}/task/{pid}/children")
        with contextlib.suppress(OSError, IndexError):
            os.kill(int(chance.choice(children.read_text().split())), signal.SIGKILL)

    def settles(self):
        """Wait until the index has reached the log and the outbox is empty."""
        self.portal.wait_for(self.is_level)
        self.portal.wait_for(lambda: all(mail["sent"] for mail in self.truth()["mails"]))

    def is_level(self):
        health = self.portal.health()
        return health["status"] == "ok" and health["log_position"] == health["index_position"]

    def everything_holds(self):
        truth = self.truth()
        checks.log_is_whole(truth)
        checks.nothing_is_half_written(truth)
        checks.acknowledged_work_is_there_once(truth, self.ledger)
        checks.every_step_was_told_by_mail(truth, self.mailbox.letters, self.crashes)
        checks.index_is_the_published_set(self.portal, truth)
        checks.reader_has_the_published_set(self.portal, truth, *self.read)
        return truth

    @contextlib.contextmanager
    def at_work(self, sheet=None):
        """Publishers publish, a sheet is imported, and a reader follows the feed until the block ends."""
        done, before = threading.Event(), self.ledger.acknowledged()
        with ThreadPoolExecutor(6) as pool:
            running = [pool.submit(publisher.work_until, done) for publisher in self.publishers]
            reader = pool.submit(checks.read_feed, self.portal, random.Random(2), until=done)  # noqa: S311
            importing = pool.submit(self.import_sheet, sheet) if sheet else None
            try:
                yield
            finally:
                done.set()
            for one in running:
                one.result()
            self.imported = importing and importing.result()
            self.read = reader.result()
        assert self.ledger.acknowledged() > before


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    port = free_port()
    with serving(port) as mailbox:
        settings = {"DEMONSTRATION": "no", "EMAIL_URL": f"smtp://127.0.0.1:{port}"}
        portal = Portal(tmp_path_factory.mktemp("kill") / "data", **settings).start()
        try:
            world = World(portal, mailbox)
            world.people_sign_in()
            yield world
        finally:
            portal.stop(signal.SIGTERM)
