"""Reading one record, as a page and as JSON, against the most trivial address of the same running web server."""

import http.client
import random
from collections.abc import Iterator
from contextlib import closing

from benchmarks.row import Row
from benchmarks.site import free_port, on_the_shelf, served
from benchmarks.timing import timed
from catalogue.index.reader import Reader

RUNS = 300
TRIVIAL = "/robots.txt"
AGAINST = "robots.txt from the same server"


def run(size: int) -> list[Row]:
    """Over one kept connection to the real server; each time another record."""
    published, port = on_the_shelf(size), free_port()
    uids = some_uids(published, size)
    with served(port), closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as line:
        trivial = timed(lambda: get(line, TRIVIAL), RUNS)
        kinds = {
            "the trivial address itself": trivial,
            "record page": timed(lambda: get(line, f"/en/records/{next(uids)}/"), RUNS),
            "record JSON": timed(lambda: get(line, f"/api/v1/records/{next(uids)}/"), RUNS),
        }
    return [
        Row(f"{name}, median", one.median * 1000, "ms", one.median / trivial.median, AGAINST)
        for name, one in kinds.items()
    ]


def some_uids(published: Reader, size: int) -> Iterator[str]:
    """Uids from all over the index, always the same, without end."""
    chance = random.Random(7)
    while True:
        yield published.changes_after(chance.randrange(size), 1)[0].uid


def get(line: http.client.HTTPConnection, path: str) -> bytes:
    line.request("GET", path, headers={"Accept-Encoding": "br"})
    answer = line.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status}")
    return body
