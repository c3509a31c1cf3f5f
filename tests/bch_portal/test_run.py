"""`make run`, for real: started, used from another shell, stopped, killed, started again."""

import os
import signal

import pytest

from tests.bch_portal.running import Portal

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("processes")]


@pytest.fixture(scope="module")
def one(tmp_path_factory):
    portal = Portal(tmp_path_factory.mktemp("portal") / "data")
    yield portal
    portal.stop(signal.SIGTERM)


@pytest.fixture
def portal(one):
    """A portal that runs: the one of the test before, unless that one stopped it."""
    return one if one.runs() else one.start()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_one_signal_to_make_stops_everything(portal, number):
    portal.stop(number)

    portal.wait_for(lambda: not portal.left_behind(), 20)


def test_a_command_in_another_shell_finds_the_running_portal(portal):
    answer = portal.command("migrate", "--check")

    assert answer.returncode == 0, answer.stderr


def test_a_command_says_so_when_nothing_runs(portal):
    portal.stop()

    answer = portal.command("migrate", "--check")

    assert answer.returncode != 0
    assert "no portal runs in" in answer.stderr


def test_a_second_start_in_the_same_folder_is_refused_in_words(portal):
    second = Portal(portal.data)

    status, said = second.start_in_vain()

    assert status != 0
    assert "A portal runs in" in said


def test_a_killed_start_leaves_nothing_that_hinders_the_next(portal):
    portal.kill()

    portal.start()

    assert portal.health()["status"] == "ok"
    portal.stop()
    portal.wait_for(lambda: not portal.left_behind(), 20)


@pytest.mark.parametrize("name", ["web", "follower", "worker", "harvester", "scheduler", "PostgreSQL", "Redis"])
def test_a_process_that_is_killed_is_started_again(portal, name):
    before = portal.processes()[name]

    os.killpg(before, signal.SIGKILL)

    portal.wait_for(lambda: portal.processes()[name] != before)
    portal.wait_for(lambda: portal.health()["status"] == "ok")
