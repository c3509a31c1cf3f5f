"""PostgreSQL killed by itself: what it leaves behind, and who must live through it."""

import os
import signal
import subprocess

import pytest

from bch_portal.embedded.postgres import Postgres, binary, workers
from bch_portal.embedded.processes import wait_until

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("processes")]

LONG = "SELECT count(*) FROM generate_series(1, 10000000000)"


@pytest.fixture
def server(tmp_path):
    server = Postgres(tmp_path / "postgres", tmp_path, tmp_path / "log")
    server.start()
    yield server
    server.stop()


def test_a_killed_server_is_not_started_again_beside_what_it_left_busy(server):
    line = [binary("psql"), "-h", str(server.sockets), "-U", "portal", "-c", LONG, "portal"]
    with subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL):
        assert wait_until(lambda: "generate_series" in active(server), 10)
        before = set(workers(server.data))
        os.kill(server.process.pid, signal.SIGKILL)
        server.process.wait()

        server.start()

    assert not before & set(workers(server.data))
    assert server.psql("portal", "SELECT 1").strip() == "1"


def active(server):
    return server.psql("portal", "SELECT query FROM pg_stat_activity WHERE pid <> pg_backend_pid()")


def test_the_follower_and_the_worker_live_through_a_restart_of_the_database(world):
    processes = world.portal.processes()

    world.kill("PostgreSQL")
    world.portal.wait_for(lambda: world.portal.processes()["PostgreSQL"] != processes["PostgreSQL"])
    world.portal.wait_for(lambda: world.portal.health()["status"] == "ok")
    desk = world.publishers[0].desk
    desk.step(desk.start("KE", "After the restart"), "endorse")
    world.settles()

    after = world.portal.processes()
    for name in ("web", "follower", "worker", "scheduler"):
        assert after[name] == processes[name]


def test_readers_are_answered_while_the_database_cannot_be_started(world):
    portal = world.portal
    setting = portal.data / "postgres" / "postgresql.auto.conf"
    sound = setting.read_text()

    setting.write_text("no_such_setting = on\n")
    world.kill("PostgreSQL")
    portal.wait_for(lambda: "does not answer yet" in portal.output.read_text())
    health, page = portal.health(), portal.get("/en/")
    setting.write_text(sound)

    portal.wait_for(lambda: portal.health()["status"] == "ok")
    assert (health["status"], page[0]) == ("degraded", 200)
