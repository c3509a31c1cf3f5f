"""A partner's full sync: the whole change feed page by page, against the same stored lines read from the engine."""

from itertools import count

import orjson

from benchmarks.row import Row
from benchmarks.site import Site, on_the_shelf
from benchmarks.timing import seconds
from catalogue.index.reader import MOST_CHANGES, Reader

AGAINST = "the same lines from the engine alone"


def run(size: int) -> list[Row]:
    """Read everything twice each way; the faster run counts."""
    published, site = on_the_shelf(size), Site()
    by_the_feed = min(seconds(lambda: synced(site)) for _run in range(2))
    by_the_engine = min(seconds(lambda: read(published)) for _run in range(2))
    return [Row("full sync by the change feed", size / by_the_feed, "records/s", by_the_feed / by_the_engine, AGAINST)]


def synced(site: Site) -> int:
    """Follow the feed to its head, every record parsed as a partner does."""
    position, records = 0, {}
    for _page in count():
        answer = site.get(f"/api/v1/changes/?after={position}&limit={MOST_CHANGES}", coding="identity")
        window = orjson.loads(answer.content)
        records |= {change["uid"]: change["record"] for change in window["changes"]}
        position = window["position"]
        if position >= window["head"]:
            return len(records)
    raise AssertionError("unreachable")


def read(published: Reader) -> int:
    position, records = 0, {}
    while lines := published.changes_after(position, MOST_CHANGES):
        records |= {line.uid: orjson.loads(line.line)["record"] for line in lines}
        position = lines[-1].position
    return len(records)
