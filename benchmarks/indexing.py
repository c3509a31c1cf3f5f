"""How fast the follower builds an index anew, against the engine alone taking the same entries ready made."""

import tempfile
from itertools import islice
from pathlib import Path

from benchmarks.published import publications, windows
from benchmarks.row import Row
from benchmarks.timing import seconds
from catalogue.index import schema
from catalogue.index.entry import entries, to_document
from catalogue.index.follower import HEAP, Copy

RECORDS = 3_000


def run() -> list[Row]:
    """The follower's side turns publications into entries and analyses their texts; both commit once."""
    records = list(islice(publications(), RECORDS))
    ready = [to_document(entry) for one in records for entry in entries(one)]
    with tempfile.TemporaryDirectory() as folder:
        whole = seconds(lambda: build(Path(folder) / "whole", records))
        engine = seconds(lambda: take(Path(folder) / "engine", ready))
    return [Row("index built", RECORDS / whole, "records/s", whole / engine, "the engine alone, entries ready made")]


def build(folder: Path, records: list) -> None:
    copy = Copy(folder)
    for window in windows(iter(records)):
        copy.take(window)
    copy.commit()
    copy.close()


def take(folder: Path, ready: list) -> None:
    writer = schema.open_index(folder).writer(HEAP, 1)
    for document in ready:
        writer.add_document(document)
    writer.commit()
