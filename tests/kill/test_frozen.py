"""PostgreSQL and Redis frozen, or killed and not started again: every public address answers, the desk loses nothing.

What holds while nothing is published is in `tests/bch_portal/test_frozen.py`; here there are records, and a person
who is signed in and in the middle of their work.
"""

import contextlib
import json
import os
import signal
import time

import pytest

from bch_portal.embedded.postgres import workers
from tests.kill import checks
from tests.kill.desk import Unanswered

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("processes")]

PUBLIC = [
    "/en/",
    "/ar/",
    "/en/search/?q=maize&country=KE",
    "/en/projects/",
    "/en/records/{uid}/",
    "/en/about/",
    "/en/help/",
    "/robots.txt",
    "/sitemap.xml",
    "/api/v1/records/?q=maize&facets=country,area",
    "/api/v1/records/{uid}/",
    "/api/v1/changes/",
    "/api/v1/countries/",
    "/api/v1/vocabularies/",
    "/api/v1/vocabularies/area/",
    "/api/v1/schemas/projects.json",
    "/api/v1/openapi.json",
    "/health/ready",
]


@pytest.fixture(scope="module")
def published(world):
    """A published record, its desk, and a draft that waits to be endorsed."""
    desk = world.publishers[0].desk
    draft = desk.step(desk.start("KE", "Maize at the border"), "endorse")
    waiting = desk.start("KE", "Maize at the harbour")
    world.settles()
    return world, desk, draft["uid"], waiting


def servers(portal):
    """The numbers of Redis and of every process of PostgreSQL."""
    return [portal.processes()["Redis"], *workers(portal.data / "postgres")]


@contextlib.contextmanager
def frozen(portal):
    """Every process of both servers stopped; looked for twice, because the first look lets PostgreSQL go on."""
    for pid in (*servers(portal), *servers(portal)):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in servers(portal):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)


@contextlib.contextmanager
def killed(portal):
    """The servers killed, while the process that would start them again is held."""
    supervisor = int(json.loads((portal.data / "run" / "environment.json").read_text())["by"][0])
    os.kill(supervisor, signal.SIGSTOP)
    try:
        for pid in servers(portal):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        yield
    finally:
        os.kill(supervisor, signal.SIGCONT)


@pytest.fixture(params=[frozen, killed], ids=["frozen", "killed"])
def away(published, request):
    world, desk, uid, waiting = published
    with request.param(world.portal):
        yield world, desk, uid, waiting
    world.portal.wait_for(lambda: world.portal.health()["status"] == "ok")


def timed(call, *args):
    began = time.monotonic()
    return call(*args), time.monotonic() - began


def test_every_public_address_answers_a_person_who_is_signed_in(away):
    _world, desk, uid, _waiting = away

    answers = {path: timed(desk.send, "GET", path.format(uid=uid)) for path in PUBLIC}

    assert {path: answer[0] for path, (answer, _took) in answers.items()} == dict.fromkeys(PUBLIC, 200)
    assert max(took for _answer, took in answers.values()) < 2


def test_versions_say_within_two_seconds_when_to_come_back(away):
    _world, desk, uid, _waiting = away

    for path in (f"/api/v1/records/{uid}/versions/", f"/api/v1/records/{uid}/versions/1/"):
        (status, headers, _body), took = timed(desk.send, "GET", path)
        assert (status, took < 2) == (503, True)
        assert int(headers["Retry-After"]) > 0


def test_health_says_within_a_second_that_the_host_is_degraded(away):
    world, _desk, _uid, _waiting = away

    tries = [timed(world.portal.health) for _time in range(3)]
    health, took = min(tries, key=lambda one: one[1])  # the machine of the tests may be busy: once is enough

    assert (health["status"], health["log_position"]) == ("degraded", None)
    assert health["index_position"] > 0
    assert took < 1


def test_what_the_desk_cannot_do_is_not_half_done(published):
    world, desk, _uid, waiting = published

    with frozen(world.portal):
        with pytest.raises(Unanswered):
            desk.change(waiting, "Never to be saved")
        (status, headers, body), took = timed(
            desk.send, "POST", f"/en/desk/records/{waiting['uid']}/endorse/", "seen="
        )
    world.portal.wait_for(lambda: world.portal.health()["status"] == "ok")

    assert (status, took < 6.5) == (503, True)
    assert headers["Retry-After"]
    assert b"Nothing is lost" in body
    after = desk.call("GET", f"/api/v1/drafts/{waiting['uid']}/")
    assert (after["digest"], after["public"]) == (waiting["digest"], "never")


def test_all_goes_on_when_the_servers_come_back(published):
    world, desk, _uid, _waiting = published

    with frozen(world.portal):
        time.sleep(3)
    world.portal.wait_for(lambda: world.portal.health()["status"] == "ok")
    draft = desk.step(desk.start("KE", "After the frost"), "endorse")
    world.settles()

    truth = world.truth()
    checks.log_is_whole(truth)
    checks.nothing_is_half_written(truth)
    checks.every_step_was_told_by_mail(truth, world.mailbox.letters, crashes=1)
    checks.index_is_the_published_set(world.portal, truth)
    assert checks.published_set(truth)[draft["uid"]]["record"]["document"]["title"]["en"] == "After the frost"
