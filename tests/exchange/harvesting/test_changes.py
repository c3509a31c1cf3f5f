"""The change feed of a portal like this one: this very portal's, read through its own API."""

import io
import json

import pytest
from django.test import Client

from exchange import readers
from exchange.fetching.fetch import Answer, FetchFailed
from exchange.protocols import changes
from tests.catalogue.library import LOG, Library

HOME = "https://partner.example.org"


@pytest.fixture
def library(settings, tmp_path):
    settings.PORTAL_DATA = tmp_path
    return Library(tmp_path)


class Portal:
    """This portal, asked as if it were another."""

    def __init__(self):
        self.asked, self.statuses = [], []

    def __call__(self, address, *, headers=None, budget):
        self.asked.append(address.removeprefix(HOME))
        response = Client().get(self.asked[-1], headers=headers or {})
        self.statuses.append(response.status_code)
        if response.status_code not in (200, 304):
            raise FetchFailed("refused", status=response.status_code)
        file = io.BytesIO(response.content) if response.status_code == 200 else None
        return Answer(address, {name.lower(): value for name, value in response.headers.items()}, file)


def walk(portal, budget, state=None, most=None, address=HOME):
    found = []
    for page in changes.walk(address, {}, state or {}, budget, portal):
        told = json.load(page.stream)["changes"] if page.stream else []
        found.append((page, [change["uid"] for change in told]))
        if len(found) == most:
            break
    return found


@pytest.fixture
def many(library, monkeypatch):
    monkeypatch.setattr(changes, "LIMIT", 2)
    for number in range(1, 6):
        library.put("PRJ", number)
    return library


def test_everything_is_read_once_and_later_what_changed(many, budget):
    portal = Portal()

    found = walk(portal, budget)
    many.bury(2)
    [(later, uids)] = walk(portal, budget, found[-1][0].state)

    assert [len(uids) for _page, uids in found] == [2, 2, 1]
    assert found[-1][0].is_whole
    assert uids == ["CMB-PRJ-UG-2"]
    assert not later.is_whole
    assert later.state == {"about": later.state["about"], "log": LOG, "after": 6}
    assert portal.asked[-1] == f"/api/v1/changes/?log={LOG}&after=5&limit=2"


def test_what_the_feed_brings_its_reader_reads(library, budget, settings):
    reader = readers.reader("portal")
    uids = [library.put(code, number) for number, code in enumerate(("PRJ", "OPP", "NED", "RES", "REP"), start=2)]
    library.put("PRJ", 1)
    library.bury(1)

    pages = changes.walk(HOME, {}, {}, budget, Portal())
    page = next(pages)
    read = {one.identifier: one for one in map(reader.apply, reader.rows(page.stream))}

    assert not [one.refusals for one in read.values() if one.refusals]
    assert {uid: read[uid].is_deleted for uid in read} == dict.fromkeys(uids, False) | {"CMB-PRJ-UG-1": True}
    assert read[uids[0]].address == f"{settings.SITE_ADDRESS}/records/{uids[0]}"


def test_nothing_new_is_told_by_an_empty_page_and_then_without_any(many, budget):
    portal = Portal()
    state = walk(portal, budget)[-1][0].state

    [(first, nothing)] = walk(portal, budget, state)
    [(second, _nothing)] = walk(portal, budget, first.state)

    assert (nothing, first.stream, second.stream) == ([], None, None)
    assert portal.statuses[-2:] == [200, 304]
    assert not first.is_whole


def test_a_walk_that_was_killed_goes_on_after_the_last_page(many, budget):
    portal = Portal()
    [(first, _uids)] = walk(portal, budget, most=1)

    rest = walk(portal, budget, first.state)

    assert [len(uids) for _page, uids in rest] == [2, 1]
    assert rest[-1][0].is_whole
    assert rest[-1][0].began_at == first.began_at


def test_a_portal_restored_from_a_backup_is_read_from_the_start(many, budget):
    portal = Portal()
    state = walk(portal, budget)[-1][0].state | {"log": "00000000-0000-0000-0000-000000000000"}

    found = walk(portal, budget, state)

    assert 409 in portal.statuses
    assert [len(uids) for _page, uids in found] == [2, 2, 1]
    assert found[-1][0].is_whole


@pytest.mark.parametrize("address", [f"{HOME}/", f"{HOME}/api/v1/changes/", f"{HOME}/api/v1/changes/?limit=1#x"])
def test_the_portal_or_its_feed_may_be_named(library, budget, address):
    library.put("PRJ", 1)
    portal = Portal()

    walk(portal, budget, address=address)

    assert portal.asked == ["/api/v1/changes/?log=&after=0&limit=500"]


def a_feed(log="l", position=1, head=1, count=1):
    listed = [{"uid": str(number)} for number in range(count)]
    return json.dumps({"log": log, "position": position, "head": head, "changes": listed})


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ([a_feed(position=1, head=9), a_feed(position=1, head=9)], "goes back"),
        ([a_feed(position=5, head=9), a_feed(position=3, head=9)], "goes back"),
        ([a_feed(position=9, head=5)], "goes back"),
        ([a_feed(position=0, head=9, count=0)], "goes back"),
        ([a_feed(log=log, position=1 + number % 2, head=9) for number, log in enumerate("abcd")], "start again"),
        (["{}"], "not the change feed"),
        ([a_feed(position="1")], "not the change feed"),
        ([a_feed(log="")], "not the change feed"),
        ([a_feed(log=["x"])], "not the change feed"),
        (['{"log": "l", "position": 1, "head": 1, "changes": {}}'], "not the change feed"),
        (["<html>"], "web page"),
        (["null"], "not the change feed"),
        (["nul"], "no JSON"),
    ],
)
def test_a_feed_that_goes_in_circles_or_is_none_ends_with_a_reason(site, budget, answers, words):
    given = iter(answers)
    one = site(lambda asked: asked.answer(next(given)))

    with pytest.raises(FetchFailed, match=words):
        list(changes.walk(one.address, {}, {}, budget))
