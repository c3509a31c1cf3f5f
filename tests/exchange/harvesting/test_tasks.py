"""What the clock queues, and for whom: on the real queue."""

import json
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from bch_portal.celery import app
from exchange import tasks
from exchange.harvesting import lease, pacing
from exchange.importing import run as importing
from exchange.models import ImportRun
from tests.exchange.harvesting.making import a_source

# One queue for all: tests of it do not run side by side.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("celery")]


@pytest.fixture
def queued():
    """What waits in the queue of the harvester: names of tasks and what they are about, the oldest first."""
    with app.connection_for_read() as broker:
        server = broker.default_channel.client
        server.delete(tasks.QUEUE)

        def waiting():
            messages = [json.loads(message)["headers"] for message in reversed(server.lrange(tasks.QUEUE, 0, -1))]
            return [(one["task"].rpartition(".")[2], one["kwargsrepr"], one["expires"]) for one in messages]

        yield waiting
        server.delete(tasks.QUEUE)


def test_the_clock_queues_what_is_due_and_trials_first(queued):
    later = a_source(key="later", next_at=timezone.now() - timedelta(minutes=1))
    first = a_source(key="first", next_at=timezone.now() - timedelta(hours=1))
    a_source(key="not-yet", next_at=timezone.now() + timedelta(hours=1))
    paused = a_source(key="tried", paused=True)
    run = importing.start(paused.source, ["sheet.csv"], trigger=ImportRun.Trigger.TRIAL)

    tasks.start_due_harvests()

    waiting = queued()
    assert [(name, about) for name, about, _expires in waiting] == [
        ("try_source", str({"pk": run.pk})),
        ("harvest", str({"pk": first.pk})),
        ("harvest", str({"pk": later.pk})),
    ]
    assert all(expires for _name, _about, expires in waiting), "a queue that nobody empties does not grow"


def test_what_takes_long_has_a_queue_of_its_own():
    app.loader.import_default_modules()

    assert app.conf.task_routes.keys() <= set(app.tasks.keys())
    assert {route["queue"] for route in app.conf.task_routes.values()} == {tasks.QUEUE}
    assert "exchange.tasks.start_due_harvests" not in app.conf.task_routes


def test_a_task_ends_after_its_turn_and_before_its_lease():
    for task in (tasks.harvest, tasks.try_source):
        assert pacing.TURN < task.soft_time_limit < task.time_limit < lease.LEASED_FOR.total_seconds()


def test_every_host_starts_a_worker_for_that_queue():
    for path in ("docker-compose.yml", "bch_portal/embedded/supervisor.py", "docs/operations.md"):
        assert f"--queues={tasks.QUEUE}" in (settings.BASE_DIR / path).read_text()
