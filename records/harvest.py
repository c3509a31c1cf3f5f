"""Records made from what a source says: written and published in the harvested profile, at most 200 at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

import publishing.log
from accounts.identifiers import new_uid
from formats import registry
from formats.reading import HARVESTED
from publishing.log import Entry
from records.actions import title_of
from records.envelope import envelope
from records.models import Event, Record

IGNORED = {"retrieved_on"}
CHANGED = ["document", "provenance", "title", "version", "saved_at", "modified_at"]


@dataclass(frozen=True)
class Harvested:
    """What a source says: the document, and the provenance `{source, identifier, address, retrieved_on, licence}`.

    `uid` is that of the record made from it before, if there is one.
    """

    source: str
    identifier: str
    database: str
    document: dict
    provenance: dict
    uid: str | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of one entry: the record's identifier, and `created`, `updated` or `unchanged`."""

    uid: str
    result: str


@transaction.atomic
def store(
    entries: Sequence[Harvested], *, before_publishing: Callable[[list[Outcome]], None] = lambda outcomes: None
) -> list[Outcome]:
    """Bring the records of these entries up to date, and publish those that changed.

    The log comes last in a transaction: what else the caller writes belongs in `before_publishing`,
    which gets the outcomes in the order of the entries.
    """
    if len(entries) > publishing.log.MOST_ENTRIES:
        raise ValueError(f"at most {publishing.log.MOST_ENTRIES} records at once, not {len(entries)}")
    known = _known(entries)
    written = [_written(entry, known.get(entry.uid)) for entry in entries]
    _save(written)
    outcomes = [Outcome(record.uid, result) for record, result in written]
    before_publishing(outcomes)
    publishing.log.publish([_entry(record, result) for record, result in written if result != "unchanged"])
    return outcomes


def _known(entries) -> dict[str, Record]:
    uids = [entry.uid for entry in entries if entry.uid]
    return {record.uid: record for record in Record.objects.select_for_update().filter(uid__in=uids).order_by("uid")}


def _written(entry: Harvested, record: Record | None) -> tuple[Record, str]:
    """The record as the entry makes it, not yet saved, and what became of it."""
    if record is None:
        return _new(entry), "created"
    is_said_already = record.document == entry.document and _lasting(record.provenance) == _lasting(entry.provenance)
    if is_said_already or record.public != Record.Public.PUBLISHED:
        return record, "unchanged"
    return _filled(record, entry), "updated"


def _save(written: list[tuple[Record, str]]) -> None:
    """Save the records and their history: four statements, however many there are."""
    created = [record for record, result in written if result == "created"]
    updated = [record for record, result in written if result == "updated"]
    Record.objects.bulk_create(created)
    Record.objects.bulk_update(updated, CHANGED)
    events = [_event(record, "harvested") for record in created] + [_event(record, "updated") for record in updated]
    Event.objects.bulk_create(events)


def _lasting(provenance: dict | None) -> dict:
    """The provenance without what changes at every reading."""
    return {key: value for key, value in (provenance or {}).items() if key not in IGNORED}


def _new(entry: Harvested) -> Record:
    code = registry.by_slug(entry.database).code
    record = Record(uid=new_uid(code), database=entry.database, owner_kind=Record.OwnerKind.SECRETARIAT)
    record.profile, record.public, record.work = HARVESTED, Record.Public.PUBLISHED, Record.Work.CLEAN
    record.published_at = timezone.now()
    return _filled(record, entry)


def _filled(record: Record, entry: Harvested) -> Record:
    record.document, record.provenance = entry.document, entry.provenance
    record.title = title_of(entry.document)
    record.version += 1
    record.saved_at = record.modified_at = timezone.now()
    return record


def _event(record: Record, name: str) -> Event:
    return Event(
        record=record,
        name=name,
        work_after=record.work,
        public_after=record.public,
        digest=record.digest,
        version=record.version,
        note=record.provenance["source"],
    )


def _entry(record: Record, result: str) -> Entry:
    fmt = registry.by_slug(record.database)
    action = "published" if result == "created" else "updated"
    return Entry(record.uid, record.database, fmt.public(record.document), envelope(record), action)
