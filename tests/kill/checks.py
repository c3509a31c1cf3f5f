"""What must hold after anything was killed: read from the database, the feed and the mailbox, and compared."""

import http.client
import json
import random
import time
from collections import Counter, defaultdict

from tests.kill.desk import AWAY

PUBLISHING = ("endorse", "harvested", "updated")
MOST_CHANGES = 1_000  # in one answer
PATIENCE = 150


def read_feed(portal, chance, after=0, known=None, until=None):
    """Follow the change feed over HTTP in batches of random sizes, over every failure of the portal.

    Ends at the head, or, where `until` is given, at the first head after that event.
    """
    seen, log, deadline = dict(known or {}), "", time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        last_round = until is None or until.is_set()
        limit = chance.choice((chance.randint(1, 200), MOST_CHANGES))
        try:
            window = json.loads(get(portal, f"/api/v1/changes/?log={log}&after={after}&limit={limit}"))
        except AWAY:
            time.sleep(0.1)
            continue
        seen |= {change["uid"]: change for change in window["changes"]}
        after, log = window["position"], window["log"]
        if after >= window["head"]:
            if last_round:
                return seen, after
            time.sleep(0.05)
    raise AssertionError(f"The reader came no further than {after} in {PATIENCE} s.")


def get(portal, path):
    status, _headers, body = portal.get(path)
    if status == 503:
        raise http.client.HTTPException(path)
    assert status == 200, f"{path}: {status} {body[:300]}"
    return body


def published_set(truth):
    return {change["uid"]: change for change in truth["changes"]}


def log_is_whole(truth):
    """Every step that publishes took exactly one position, and the head counts them all.

    The page of a source, which the portal writes by itself, has no steps: each of its versions is one position.
    """
    taken = Counter(name for _uid, name, _pk in truth["events"])
    of_sources = sum(uid in truth["sources"] for uid, _number, _digest in truth["versions"])
    versions = sum(taken[name] for name in PUBLISHING) + of_sources
    positions = [change["position"] for change in truth["changes"]]

    assert len(truth["versions"]) == versions
    assert truth["log"]["position"] == versions + taken["withdraw"]
    assert len(set(positions)) == len(positions)
    assert max(positions) == truth["log"]["position"]


def nothing_is_half_written(truth):
    """Working copy, history, versions and log tell the same of each record."""
    numbers, events, changes = defaultdict(list), defaultdict(Counter), published_set(truth)
    for uid, number, digest in truth["versions"]:
        numbers[uid].append(number)
        assert truth["computed"][f"{uid}-{number}"] == digest
    for uid, name, _pk in truth["events"]:
        events[uid][name] += 1
    for record in truth["records"]:
        uid, change = record["uid"], changes.get(record["uid"])
        assert numbers[uid] == list(range(1, record["version"] + 1))
        assert sum(events[uid][name] for name in PUBLISHING) == record["version"]
        assert (change is None) == (record["public"] == "never")
        assert change is None or change["version"] == record["version"]
        assert change is None or (change["record"] is None) == (record["public"] == "withdrawn")
    assert set(changes) <= {record["uid"] for record in truth["records"]} | set(truth["sources"])
    for uid in truth["sources"]:
        assert numbers[uid] == list(range(1, changes[uid]["version"] + 1))
    harvested = {record["uid"] for record in truth["records"] if record["profile"] == "harvested"}
    assert sorted(uid for _identifier, uid in truth["statements"]) == sorted(harvested)


def acknowledged_work_is_there_once(truth, ledger):
    """What a publisher was told is done, once; what nobody was told of may be done, once."""
    changes, versions = published_set(truth), Counter(uid for uid, _number, _digest in truth["versions"])
    for uid, told in ledger.records.items():
        if told.doubtful:
            assert versions[uid] in (told.version, told.version + 1)
            continue
        assert versions[uid] == told.version
        record = changes[uid]["record"]
        assert (record is None) == told.withdrawn
        assert told.withdrawn or record["document"]["title"]["en"] == told.title


def every_step_was_told_by_mail(truth, letters, crashes):
    """The Secretariat got a letter for each endorsement and withdrawal; twice only where a worker died over it."""
    arrived = Counter(letter["Message-ID"] for letter in letters)
    keys = {mail["key"] for mail in truth["mails"]}

    for _uid, name, event in truth["events"]:
        if name in ("endorse", "withdraw"):
            assert any(key.startswith(f"event-{event}-") for key in keys)
    assert [mail for mail in truth["mails"] if not mail["sent"]] == []
    assert {mail["id"] for mail in truth["mails"]} == set(arrived)
    assert arrived.total() <= len(truth["mails"]) + crashes


def index_is_the_published_set(portal, truth):
    """From the beginning, and from any position on, a reader of the feed ends with what the database holds."""
    chance, everything = random.Random(3), published_set(truth)  # noqa: S311
    whole, position = read_feed(portal, chance)
    assert position == truth["log"]["position"]
    assert whole == everything
    for _ in range(3):
        after = chance.randint(0, position)
        rest, _position = read_feed(portal, chance, after)
        assert rest == {uid: change for uid, change in everything.items() if change["position"] > after}
    listed = json.loads(get(portal, "/api/v1/records/?page_size=1&facets=database"))
    assert listed["count"] == sum(change["record"] is not None for change in everything.values())


def reader_has_the_published_set(portal, truth, seen, position):
    """Who read along while all this happened goes on where they stopped, and has everything."""
    whole, _position = read_feed(portal, random.Random(4), position, seen)  # noqa: S311

    assert whole == published_set(truth)
