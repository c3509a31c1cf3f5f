"""The running site with PostgreSQL and Redis frozen: readers notice nothing, the desk says that it is busy."""

import contextlib
import json
import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bch_portal.embedded.postgres import works_in
from tests.bch_portal.running import Portal

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("processes")]


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    portal = Portal(tmp_path_factory.mktemp("frozen") / "data").start()
    yield portal
    portal.stop(signal.SIGTERM)


@pytest.fixture
def frozen(portal):
    """Both servers and every process of theirs, stopped; a desk page was open before, so connections exist."""
    portal.get("/en/account/login/")
    pids = [portal.processes()["Redis"]]
    pids += [int(path.name) for path in Path("/proc").glob("[0-9]*") if works_in(path.name, portal.data / "postgres")]
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    yield portal
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGCONT)
    portal.wait_for(lambda: portal.health()["status"] == "ok")


def timed(call):
    began = time.monotonic()
    return call(), time.monotonic() - began


def test_health_says_so_within_a_second(frozen):
    tries = [timed(frozen.health) for _time in range(3)]
    health, took = min(tries, key=lambda one: one[1])  # the machine of the tests may be busy: once is enough

    assert health["status"] == "degraded"
    assert health["log_position"] is None
    assert health["index_position"] is not None
    assert took < 1.2


def test_a_host_stays_ready_for_readers(frozen):
    assert frozen.get("/health/ready")[0] == 200


@pytest.mark.parametrize("path", ["/en/", "/en/search/", "/api/v1/records/", "/api/v1/changes/"])
def test_a_reader_with_a_sign_in_cookie_is_answered(frozen, path):
    cookie = f"portal_session_{frozen.port}=anything"

    (status, _headers, _body), took = timed(lambda: frozen.get(path, Cookie=cookie))

    assert status == 200
    assert took < 2


def test_the_history_of_a_record_says_soon_that_it_needs_the_database(frozen):
    uid = json.loads(frozen.get("/api/v1/records/")[2])["results"][0]["uid"]

    (status, headers, _body), took = timed(lambda: frozen.get(f"/api/v1/records/{uid}/versions/"))

    assert status == 503
    assert headers["Retry-After"]
    assert took < 2


def test_the_desk_says_that_it_is_busy(frozen):
    cookie = f"portal_session_{frozen.port}=anything"

    (status, headers, body), took = timed(lambda: frozen.get("/en/desk/", Cookie=cookie))

    assert status == 503
    assert headers["Retry-After"]
    assert b"lost" in body
    assert took < 6.5


def test_readers_are_answered_while_the_desk_waits(frozen):
    with ThreadPoolExecutor(40) as pool:
        cookie = f"portal_session_{frozen.port}=anything"
        desk = [pool.submit(frozen.get, "/en/desk/", Cookie=cookie) for _ in range(40)]
        time.sleep(0.5)
        (status, _headers, _body), took = timed(lambda: frozen.get("/health/ready"))
        answers = {request.result()[0] for request in desk}

    assert status == 200
    assert took < 1.5
    assert answers == {503}
