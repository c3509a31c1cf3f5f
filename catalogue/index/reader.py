"""Reading the index of this host: one record, the tail of the log, what points at a record. No database."""

import fcntl
import os
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import orjson
import tantivy
from django.utils.translation import gettext_lazy as _

from catalogue.index import schema
from catalogue.index.entry import plain_identifier
from catalogue.index.shelf import Shelf

TERM = tantivy.Query.term_query
UNSIGNED = tantivy.FieldType.Unsigned
MUST, NOT = tantivy.Occur.Must, tantivy.Occur.MustNot
MOST_CHANGES = 1000
MOST_REFERRING = 1000


class IndexNotReady(Exception):
    """This host has no index yet: the follower is building it. Pages answer 503."""

    def __init__(self) -> None:
        super().__init__(_("The catalogue is being prepared on this server. Try again in a minute."))


@dataclass(frozen=True)
class Tombstone:
    """What is left of a record that was withdrawn, merged or erased."""

    uid: str
    database: str
    action: str
    at: str
    reason: str
    replaced_by: str | None
    version: int
    position: int


class Change(NamedTuple):
    """One line of the change feed; `line` is its whole JSON, `record` included."""

    position: int
    uid: str
    line: bytes


@dataclass(frozen=True)
class Reader:
    """The published set at one position: everything read through one reader belongs together."""

    log: str
    searcher: tantivy.Searcher = field(repr=False)

    @cached_property
    def position(self) -> int:
        """The last position of the log that this index has seen."""
        return self._last_position()

    def change(self, uid: str) -> dict[str, Any] | None:
        """The record's line of the change feed (`publishing.record.as_change`), of a tombstone too."""
        found = self._addresses(TERM(schema.schema(), "uid", uid), 1, kinds=("record", "tombstone"))
        return orjson.loads(self.searcher.doc(found[0]).get_first("change")) if found else None

    def record(self, uid: str) -> dict[str, Any] | Tombstone | None:
        """The public record (`publishing.record.as_record`), its tombstone, or None if there never was one."""
        change = self.change(uid)
        if change is None or change["record"] is not None:
            return change and change["record"]
        return Tombstone(**{name: change[name] for name in Tombstone.__dataclass_fields__})

    def records(self, uids: Iterable[str]) -> dict[str, dict[str, Any]]:
        """Those of the records that are published, by uid."""
        wanted = list(dict.fromkeys(uids))
        if not wanted:
            return {}
        query = tantivy.Query.term_set_query(schema.schema(), "uid", wanted)
        lines = [self.line(address) for address in self._addresses(query, len(wanted))]
        return {line["uid"]: line["record"] for line in lines}

    def resolve(self, identifier: str) -> list[str]:
        """The uids of the records with this identifier: the portal's own, or any other (DOI, GEF, IATI, …)."""
        query = TERM(schema.schema(), "identifier", plain_identifier(identifier))
        return sorted(self.line(address)["uid"] for address in self._addresses(query, 20))

    def referring(self, uid: str, limit: int = MOST_REFERRING) -> tuple[list[dict[str, Any]], int]:
        """The published records that point at this one, last changed first (at most `limit`), and how many do."""
        query = self._only(TERM(schema.schema(), "refers", uid), ("record",))
        found = self.searcher.search(query, limit, order_by_field=schema.MODIFIED)
        return [self.line(address)["record"] for _value, address in found.hits], found.count

    def changes_after(self, position: int, limit: int) -> list[Change]:
        """The next lines of the change feed after a position, in order: at most `limit` (and never over 1,000)."""
        after = tantivy.Query.range_query(schema.schema(), "position", UNSIGNED, position, None, include_lower=False)
        found = self.searcher.search(
            self._only(after, ("record", "tombstone")),
            min(limit, MOST_CHANGES),
            count=False,
            order_by_field="position",
            order=tantivy.Order.Asc,
        )
        documents = [(place, self.searcher.doc(address)) for place, address in found.hits]
        return [Change(place, one.get_first("uid"), one.get_first("change")) for place, one in documents]

    def line(self, address: tantivy.DocAddress) -> dict[str, Any]:
        """The line of the change feed that an entry of a record carries."""
        return orjson.loads(self.searcher.doc(address).get_first("change"))

    def _addresses(self, query: tantivy.Query, limit: int, kinds=("record",)) -> list[tantivy.DocAddress]:
        found = self.searcher.search(self._only(query, kinds), limit, count=False)
        return [address for _score, address in found.hits]

    def _only(self, query: tantivy.Query, kinds: tuple[str, ...]) -> tantivy.Query:
        kind = tantivy.Query.term_set_query(schema.schema(), "kind", list(kinds))
        return tantivy.Query.boolean_query([(MUST, query), (MUST, tantivy.Query.const_score_query(kind, 0.0))])

    def _last_position(self) -> int:
        last = self.searcher.search(tantivy.Query.all_query(), 1, count=False, order_by_field="position").hits
        return last[0][0] if last else 0


class _Open:
    """An index that this process has open, and the last commit it has seen."""

    def __init__(self, folder: Path, log: str) -> None:
        self.log, self.meta = log, folder / "meta.json"
        self.lock = os.open(folder / "in-use", os.O_RDWR | os.O_CREAT, 0o644)
        fcntl.flock(self.lock, fcntl.LOCK_SH)
        self.index = schema.open_index(folder)
        self.index.config_reader("manual")
        self.seen, self.reader = None, None

    def latest(self) -> Reader:
        """The last commit; opened again only when there is a new one."""
        status = self.meta.stat()
        mark = (status.st_mtime_ns, status.st_ino)
        if mark != self.seen:
            self.index.reload()
            self.seen, self.reader = mark, Reader(self.log, self.index.searcher())
        return self.reader

    def close(self) -> None:
        os.close(self.lock)


_guard = threading.Lock()
_open: dict[Path, tuple[tuple, _Open]] = {}


def reader() -> Reader:
    """The published set as this host has it now. One reader serves a whole request; IndexNotReady if there is none."""
    shelf = Shelf()
    with _guard:
        try:
            status = shelf.pointer.stat()
            mark = (os.getpid(), status.st_mtime_ns, status.st_ino)
            known, opened = _open.get(shelf.pointer, (None, None))
            if known != mark:
                opened = _reopen(shelf, mark, opened)
            return opened.latest()
        except FileNotFoundError as missing:
            raise IndexNotReady from missing


def _reopen(shelf: Shelf, mark: tuple, old: _Open | None) -> _Open:
    """Open the index that the shelf names, and let go of the one before."""
    log = shelf.current()
    if log is None or not shelf.folder(log).exists():
        raise IndexNotReady
    if old is not None:
        old.close()
    _open[shelf.pointer] = (mark, _Open(shelf.folder(log), log))
    return _open[shelf.pointer][1]
