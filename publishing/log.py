"""The one log: publishing, amending, withdrawing and redacting put a record at its next position."""

import hashlib
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple

import orjson
from django.db import OperationalError, connection, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publishing.models import Log, Publication, Version

Action = Publication.Action

CHANNEL = "publication"
MOST_ENTRIES = 200
LOCK_WAIT = "4500ms"  # shorter than a web request may wait for the database: PostgreSQL then says it is a lock
LOCK_NOT_AVAILABLE = "55P03"

TOMBSTONES = frozenset({Action.WITHDRAWN, Action.MERGED, Action.ERASED})
WITH_A_VERSION = frozenset({Action.PUBLISHED, Action.UPDATED, Action.RESTORED})
WITHOUT_A_VERSION = frozenset({Action.AMENDED, Action.CONFIRMED})
WRITTEN = ["position", "database", "action", "version", "at", "envelope", "document", "reason", "replaced_by"]


class LogBusy(Exception):
    """Others kept the log for too long. Safe to show: the caller's transaction is undone as a whole."""

    def __init__(self) -> None:
        super().__init__(
            _("Many records are being published just now. Nothing was changed and nothing is lost: try again shortly.")
        )


class NotPublished(Exception):
    """Only what is published can be amended, and only what was published can be withdrawn or redacted."""


@contextmanager
def patiently() -> Iterator[None]:
    """Say that the log is busy where a lock could not be had in time."""
    try:
        yield
    except OperationalError as error:
        if getattr(error.__cause__, "pgcode", None) == LOCK_NOT_AVAILABLE:
            raise LogBusy from error
        raise


@dataclass(frozen=True)
class Entry:
    """A record to publish: its public document, the envelope of `publishing.record`, and who told of it, by key."""

    uid: str
    database: str
    document: dict[str, Any]
    envelope: dict[str, Any]
    action: str = "published"
    sources: Sequence[str] = ()


class Head(NamedTuple):
    """Which log this is, and its last position."""

    log: str
    position: int


@patiently()
@transaction.atomic
def publish(entries: Sequence[Entry], *, by=None) -> list[int]:
    """Freeze a version of each entry and put it at the head of the log; return the positions.

    It must be the last write of the caller's transaction: from here to the commit every other publisher waits.
    """
    _require_batch(entries, WITH_A_VERSION)
    numbers = _next_versions([entry.uid for entry in entries])
    now = timezone.now()
    Version.objects.bulk_create([_version(entry, numbers[entry.uid], now, by) for entry in entries])
    return append(
        [
            Publication(
                uid=entry.uid,
                database=entry.database,
                action=entry.action,
                version=numbers[entry.uid],
                at=now,
                envelope=entry.envelope,
                document=entry.document,
            )
            for entry in entries
        ]
    )


def amend(uid: str, envelope: dict[str, Any], action: str = "amended") -> int:
    """Give a published record another envelope, without a new version (`amended` or `confirmed`)."""
    return amend_all({uid: envelope}, action)[0]


@patiently()
@transaction.atomic
def amend_all(envelopes: Mapping[str, dict[str, Any]], action: str = "amended") -> list[int]:
    """The same for several records, by uid; the positions in the order of the uids."""
    if action not in WITHOUT_A_VERSION:
        raise ValueError(f"{action} makes a version: publish it")
    if len(envelopes) > MOST_ENTRIES:
        raise ValueError(f"at most {MOST_ENTRIES} records in one transaction, not {len(envelopes)}")
    publications = locked_all(list(envelopes))
    now = timezone.now()
    for publication in publications:
        if publication.document is None:
            raise NotPublished(publication.uid)
        publication.action, publication.envelope, publication.at = action, envelopes[publication.uid], now
    return append(publications)


@patiently()
@transaction.atomic
def withdraw(uid: str, reason: str, replaced_by: str = "", action: str = "withdrawn") -> int:
    """Leave a tombstone in the record's place (`withdrawn`, `merged` or `erased`).

    Erasing also deletes the frozen versions: nothing that was written stays.
    """
    if action not in TOMBSTONES:
        raise ValueError(f"{action} leaves no tombstone")
    if action == Action.ERASED:
        Version.objects.filter(uid=uid).delete()
    publication = locked(uid)
    publication.action, publication.at = action, timezone.now()
    publication.reason, publication.replaced_by = reason, replaced_by
    publication.document, publication.envelope = None, {}
    return append([publication])[0]


def head() -> Head:
    """The log's name and last position: one query."""
    log = Log.objects.first() or _created()
    return Head(str(log.id), log.head)


def changes_after(position: int, limit: int, upto: int | None = None) -> list[Publication]:
    """The next publications after a position, in order: at most `limit`, none beyond `upto`."""
    window = Publication.objects.filter(position__gt=position)
    if upto is not None:
        window = window.filter(position__lte=upto)
    return list(window.order_by("position")[:limit])


def renew() -> Head:
    """Give the log another name, after a backup was restored: every reader starts again."""
    head()
    Log.objects.update(id=uuid.uuid4())
    return head()


def digest(document: dict[str, Any]) -> str:
    """SHA-256 of the canonical JSON of a document."""
    return hashlib.sha256(orjson.dumps(document, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _require_batch(entries: Sequence[Entry], actions: frozenset) -> None:
    if len(entries) > MOST_ENTRIES:
        raise ValueError(f"at most {MOST_ENTRIES} records in one transaction, not {len(entries)}")
    if len({entry.uid for entry in entries}) < len(entries):
        raise ValueError("a record can be published only once in one call")
    if wrong := {entry.action for entry in entries} - actions:
        raise ValueError(f"{', '.join(sorted(wrong))}: not an action that makes a version")


def _next_versions(uids: list[str]) -> dict[str, int]:
    """One more than the last number ever given, also where the versions were erased."""
    _bound_lock_waits()
    last = dict.fromkeys(uids, 0)
    for model, column in ((Version, "number"), (Publication, "version")):
        found = model.objects.filter(uid__in=uids).values_list("uid").annotate(last=Max(column)).order_by()
        last.update({uid: max(last[uid], number) for uid, number in found})
    return {uid: number + 1 for uid, number in last.items()}


def _version(entry: Entry, number: int, now, by) -> Version:
    return Version(
        uid=entry.uid,
        number=number,
        database=entry.database,
        document=entry.document,
        digest=digest(entry.document),
        published_at=now,
        published_by=by,
        sources=list(entry.sources),
    )


def locked(uid: str) -> Publication:
    """The present publication, read when nobody else can be moving it."""
    return locked_all([uid])[0]


def locked_all(uids: Sequence[str]) -> list[Publication]:
    """The same for several, in the order of the uids."""
    if not uids:
        return []
    _advance(0)
    found = {publication.uid: publication for publication in Publication.objects.filter(uid__in=uids)}
    if missing := [uid for uid in uids if uid not in found]:
        raise NotPublished(missing[0])
    return [found[uid] for uid in uids]


def append(publications: list[Publication]) -> list[int]:
    """Take the next positions and write the rows that carry them; nothing but the commit may follow."""
    if not publications:
        return []
    last = _advance(len(publications))
    positions = list(range(last - len(publications) + 1, last + 1))
    for publication, position in zip(publications, positions, strict=True):
        publication.position = position
    Publication.objects.bulk_create(publications, update_conflicts=True, unique_fields=["uid"], update_fields=WRITTEN)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, str(last)])
    return positions


def _advance(count: int) -> int:
    """Move the head and hold it until the commit: positions become visible in the order they were given."""
    _bound_lock_waits()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE publishing_log SET head = head + %s RETURNING head", [count])
        row = cursor.fetchone()
    if row is None:
        _created()
        return _advance(count)
    return row[0]


def _bound_lock_waits() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [LOCK_WAIT])


def _created() -> Log:
    """A database without its log row (emptied, or restored in part) starts another log."""
    last = Publication.objects.aggregate(last=Max("position"))["last"] or 0
    return Log.objects.get_or_create(only=True, defaults={"head": last})[0]
