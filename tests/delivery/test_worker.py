"""The worker itself: woken by the database, killed at random moments, and nothing is lost."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter

import pytest
from django.db import connection

from delivery import outbox
from delivery.models import Message

# One queue for all: a worker of another test must not take this one's tasks.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.xdist_group("celery")]


@pytest.fixture
def start_worker(mail_server, settings, tmp_path):
    """Starts a worker on the test database; every one still alive is ended afterwards."""
    started = []

    def start():
        database = os.environ["DATABASE_URL"].rpartition("/")[0] + "/" + connection.settings_dict["NAME"]
        environment = {
            **os.environ,
            "DATABASE_URL": database,
            "EMAIL_URL": f"smtp://127.0.0.1:{settings.EMAIL_PORT}",
            "DEMONSTRATION": "no",
        }
        command = [sys.executable, "-m", "celery", "--quiet", "-A", "bch_portal.celery", "worker", "--concurrency=1"]
        with (tmp_path / "worker.log").open("ab") as log:
            process = subprocess.Popen(command, env=environment, start_new_session=True, stdout=log, stderr=log)
        started.append(process)
        return process

    yield start
    for process in started:
        kill(process)


def kill(process):
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait_until(condition, seconds=30):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "It did not happen in time."
        time.sleep(0.05)


def write(number):
    outbox.queue(key=f"event-{number}", to="reader@example.org", subject=f"Word {number}", text="Good day.\n")


def test_a_mail_leaves_at_once_without_any_request_to_redis(start_worker, mail_server):
    start_worker()
    write(1)
    wait_until(lambda: len(mail_server.letters) == 1)
    written = time.monotonic()

    write(2)
    wait_until(lambda: len(mail_server.letters) == 2)

    assert time.monotonic() - written < 5


def test_workers_killed_at_random_moments_lose_nothing(start_worker, mail_server):
    mail_server.pause = 0.05
    kills = 3
    for number in range(60):
        write(number)

    for _ in range(kills):
        worker, before = start_worker(), len(mail_server.letters)
        wait_until(lambda: len(mail_server.letters) > before)  # noqa: B023 - called within this round
        time.sleep(random.random() / 2)  # noqa: S311
        kill(worker)
    start_worker()
    wait_until(lambda: not Message.objects.waiting().exists())

    arrived = Counter(letter["Message-ID"] for letter in mail_server.letters)
    assert len(arrived) == 60
    assert sum(arrived.values()) <= 60 + kills
