"""From publishing a record to seeing it: the time until a reader of this host's index has the position.

A follower runs as its own process on the database at hand, woken by NOTIFY as in production. Against it stands the
publishing transaction alone: what a reader of the database itself would wait for.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

from django.test import override_settings

from benchmarks.published import publications
from benchmarks.row import Row
from catalogue.index import reader as index
from publishing import log
from publishing.log import Entry
from publishing.models import Publication

RECORDS = 40
ROOT = Path(__file__).resolve().parent.parent


def run() -> list[Row]:
    """Publish records one by one; the median is what counts, the slowest is told beside it."""
    if Publication.objects.exists():
        raise RuntimeError("this benchmark publishes invented records: it needs a database of its own")
    with tempfile.TemporaryDirectory() as folder, override_settings(PORTAL_DATA=Path(folder)):
        environment = os.environ | {"PORTAL_DATA": folder}
        follower = subprocess.Popen([sys.executable, "manage.py", "follow"], cwd=ROOT, env=environment)
        try:
            times = measured()
        finally:
            follower.terminate()
            follower.wait()
    commit = statistics.median(committed for committed, _visible in times)
    seen = sorted(visible for _committed, visible in times)
    return [row("median", statistics.median(seen), commit), row("slowest", seen[-1], commit)]


def row(name: str, seconds: float, commit: float) -> Row:
    return Row(f"publish to visible, {name}", seconds * 1000, "ms", seconds / commit, "the transaction alone")


def measured() -> list[tuple[float, float]]:
    """Seconds until the commit and until it was seen, for each record after the first."""
    times = [published(one) for one in islice(publications(), RECORDS)]
    return times[1:]


def published(one: Publication) -> tuple[float, float]:
    began = time.perf_counter()
    position = log.publish([Entry(one.uid, one.database, one.document, one.envelope)])[0]
    committed = time.perf_counter()
    while not is_seen(position):
        time.sleep(0.001)
    return committed - began, time.perf_counter() - began


def is_seen(position: int) -> bool:
    try:
        return index.reader().position >= position
    except index.IndexNotReady:
        return False
