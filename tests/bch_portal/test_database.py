"""A web request waits for PostgreSQL only so long, whatever state the server is in."""

import os
import signal
import time
from pathlib import Path

import psycopg2
import pytest
from psycopg2 import extensions

from bch_portal import database
from bch_portal.embedded.postgres import Postgres, works_in


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("frozen")
    server = Postgres(folder / "data", folder, folder / "log", settings=["fsync=off"])
    server.start()
    yield server
    server.stop()


@pytest.fixture
def connect(server):
    """Connections that wait as those of a web process do."""
    opened = []

    def open_one():
        opened.append(psycopg2.connect(host=str(server.sockets), user="portal", dbname="portal"))
        return opened[-1]

    extensions.set_wait_callback(database.wait)
    yield open_one
    extensions.set_wait_callback(None)
    for connection in opened:
        connection.close()


@pytest.fixture
def frozen(server, connect):
    """The server and a connection to it, stopped in the middle of its life."""
    connection = connect()
    pids = [int(path.name) for path in Path("/proc").glob("[0-9]*") if works_in(path.name, server.data)]
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    yield connection
    for pid in pids:
        os.kill(pid, signal.SIGCONT)


def ask(connection, statement="SELECT 1"):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()


def seconds(call):
    began = time.monotonic()
    with pytest.raises(psycopg2.OperationalError, match="in time"):
        call()
    return time.monotonic() - began


def test_a_healthy_server_answers(connect):
    assert ask(connect()) == (1,)


@pytest.mark.slow
def test_a_frozen_server_costs_no_more_than_the_patience_and_the_connection_is_dropped(frozen):
    with database.within(0.4):
        waited = seconds(lambda: ask(frozen))

    assert 0.3 < waited < 1
    assert frozen.closed


@pytest.mark.slow
def test_a_new_connection_to_a_frozen_server_is_given_up_too(frozen, connect):
    with database.within(0.4):
        waited = seconds(connect)

    assert waited < 1


@pytest.mark.slow
def test_all_waits_of_a_request_share_one_patience(frozen, connect):
    with database.within(0.4):
        seconds(lambda: ask(frozen))

        assert seconds(connect) < 0.2


@pytest.mark.slow
def test_a_long_answer_of_a_healthy_server_is_given_up_too(connect):
    connection = connect()

    with database.within(0.3):
        assert seconds(lambda: ask(connection, "SELECT pg_sleep(5)")) < 1
