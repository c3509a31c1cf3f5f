"""Whatever is killed while people publish and a sheet is imported: nothing is lost, nothing is done twice."""

import random
import time

import pytest

from tests.exchange.sheets import a_row, a_sheet

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("processes")]

ROWS = 1_200
SEED = 20261121


def sheet(folder, first):
    rows = (a_row(id=str(number), title=f"Project {number}") for number in range(first, first + ROWS))
    return a_sheet(folder, *rows)


def pass_time(chance, least=0.3, most=2.5):
    """Wait for a random moment."""
    time.sleep(chance.uniform(least, most))


def test_the_servers_of_a_run_keep_what_they_said_they_have(world):
    settings = world.truth()["settings"]

    assert settings == {"fsync": "on", "synchronous_commit": "on"}


def test_processes_killed_at_random_moments_lose_and_double_nothing(world, tmp_path):
    chance = random.Random(SEED)  # noqa: S311
    names = ["web", "follower", "worker"] * 3
    chance.shuffle(names)

    with world.at_work(sheet(tmp_path, 1)):
        for name in names:
            pass_time(chance)
            world.kill(name)
            pass_time(chance, 0, 0.5)
            world.kill_a_web_process(chance)
        pass_time(chance)
    world.settles()

    truth = world.everything_holds()
    assert world.imported["created"] + world.imported["unchanged"] == ROWS
    assert len(truth["statements"]) == ROWS
    assert set(world.ledger.statuses) <= {200, 201, 503}


def test_postgresql_killed_at_random_moments_keeps_what_was_acknowledged(world, tmp_path):
    chance = random.Random(SEED + 1)  # noqa: S311
    before = world.ledger.acknowledged()

    with world.at_work(sheet(tmp_path, 100_001)):
        for _ in range(3):
            pass_time(chance, 1.5, 4)
            world.kill("PostgreSQL")
            world.portal.wait_for(lambda: world.portal.health()["status"] == "ok")
        pass_time(chance)
    world.settles()

    truth = world.everything_holds()
    assert world.ledger.acknowledged() > before
    assert world.imported["created"] + world.imported["unchanged"] == ROWS
    assert len(truth["statements"]) == 2 * ROWS


def test_everything_killed_at_once_and_started_again_is_as_it_was(world):
    with world.at_work():
        time.sleep(2)
        world.portal.kill()
        world.crashes += 1
        world.portal.start()
    world.settles()

    world.everything_holds()


def test_a_bulk_import_hinders_no_publisher(world, tmp_path):
    world.ledger.statuses.clear()
    world.ledger.slowest = 0.0

    with world.at_work(sheet(tmp_path, 200_001)):
        time.sleep(8)
    world.settles()

    assert set(world.ledger.statuses) <= {200, 201}
    assert world.ledger.slowest < 5
    world.everything_holds()
