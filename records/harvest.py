"""Records made from what sources say: written and published in the harvested profile, at most 200 at once."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import F
from django.utils import timezone

import publishing.log
from formats import registry
from formats.reading import HARVESTED
from publishing import sources
from publishing.log import Entry
from publishing.models import Version
from records.actions import title_of
from records.envelope import envelope
from records.models import Event, Record

IGNORED = {"retrieved_on"}
CHANGED = ["document", "provenance", "told", "title", "version", "public", "saved_at", "modified_at", "published_at"]
# What a source leaves that tells of a thing no more, or says that it is another.
TAKEN_BACK = (Record.Public.WITHDRAWN, Record.Public.MERGED)
# What an outcome may be, and the event that the history then names.
EVENTS = {"created": "harvested", "updated": "updated", "restored": "updated", "withdrawn": "taken-back"}


@dataclass(frozen=True)
class Harvested:
    """What the sources say of one thing, under the identifier of its record, which may be new.

    Provenances are `{source, identifier, address, retrieved_on, licence, gone_since?}`: that of the source believed
    first, and those of the others. `sources` are the keys of all of them. Without a document the sources say nothing
    any more: the record is taken back.
    """

    uid: str
    database: str
    document: dict | None
    provenance: dict = field(default_factory=dict)
    also_from: Sequence[dict] = ()
    possibly_same: Sequence[dict] = ()
    sources: Sequence[str] = ()
    replaced_by: str = ""


@dataclass(frozen=True)
class Outcome:
    """What became of one entry, and the fields in which a person's words stand against the sources'.

    `result` is `created`, `updated` (a new version), `amended` (what stands beside it changed), `withdrawn`,
    `restored`, `unchanged`, `noted` (unchanged for readers: a person's words stand against what the sources say now),
    or `edited`: somebody is editing the record, so it has to be taken up later. `shown` is what readers get where it
    is not the working copy.
    """

    uid: str
    result: str
    kept: Sequence[str] = ()
    shown: dict | None = None


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
    known = _known(entry.uid for entry in entries)
    written = [_written(entry, known.get(entry.uid)) for entry in entries]
    _save(written)
    outcomes = [outcome for _record, outcome in written]
    before_publishing(outcomes)
    _publish(entries, written)
    return outcomes


def held_by_people(uids: Iterable[str]) -> set[str]:
    """The records among these that people are editing, or withdrew, merged or erased; locked until the commit."""
    records = _known(uids)
    return {uid for uid, one in records.items() if one.work != Record.Work.CLEAN or _stands_by_a_person(one)}


def kept_by_people(uids: Sequence[str]) -> dict[str, list[str]]:
    """The records among these in which people edited what the sources say: their fields that differ, by uid."""
    edited = Record.objects.filter(uid__in=uids, told__document__isnull=False).exclude(told__document=F("document"))
    return {
        record.uid: [
            name
            for name in dict.fromkeys([*record.document, *record.told["document"]])
            if record.document.get(name) != record.told["document"].get(name)
        ]
        for record in edited
    }


def _known(uids: Iterable[str]) -> dict[str, Record]:
    found = Record.objects.select_for_update().filter(uid__in=set(uids)).order_by("uid")
    return {record.uid: record for record in found}


def _written(entry: Harvested, record: Record | None) -> tuple[Record | None, Outcome]:
    """The record as the entry makes it, not yet saved, and what became of it."""
    if record is None:
        return _new(entry) if entry.document is not None else (None, Outcome(entry.uid, "unchanged"))
    if not _is_in_our_hands(record):
        return record, Outcome(entry.uid, "unchanged")
    if record.work != Record.Work.CLEAN and not _holds_what_is_closed(record):
        return record, Outcome(entry.uid, "edited")
    if entry.document is None:
        return _taken_back(record, entry)
    if record.work != Record.Work.CLEAN:
        return _rid_of_what_is_closed(record, entry)
    return _brought_up_to_date(record, entry)


def _is_in_our_hands(record: Record) -> bool:
    """Published, or taken back by its source: what a person withdrew, merged or erased is not brought back."""
    was_taken_back = record.public in TAKEN_BACK and (record.told or {}).get("is_taken_back")
    return record.public == Record.Public.PUBLISHED or bool(was_taken_back)


def _stands_by_a_person(record: Record) -> bool:
    """Whether a person took it away: neither published, nor withdrawn or merged by what its sources say."""
    return record.public != Record.Public.PUBLISHED and not (record.told or {}).get("is_taken_back")


def _new(entry: Harvested) -> tuple[Record, Outcome]:
    record = Record(uid=entry.uid, database=entry.database, owner_kind=Record.OwnerKind.SECRETARIAT)
    record.profile, record.work = HARVESTED, Record.Work.CLEAN
    record.published_at = timezone.now()
    _fill(record, entry, entry.document)
    return record, Outcome(entry.uid, "created")


def _taken_back(record: Record, entry: Harvested) -> tuple[Record, Outcome]:
    if record.public in TAKEN_BACK:
        return record, Outcome(record.uid, "unchanged")
    record.public = Record.Public.MERGED if entry.replaced_by else Record.Public.WITHDRAWN
    record.told = {**(record.told or {}), "is_taken_back": True}
    return record, Outcome(record.uid, "withdrawn")


def _holds_what_is_closed(record: Record) -> bool:
    """Whether a source told of it of which nothing may be shown now: then it does not wait until an edit is done."""
    return record.public == Record.Public.PUBLISHED and not sources.closed().isdisjoint(record.sources)


def _rid_of_what_is_closed(record: Record, entry: Harvested) -> tuple[Record, Outcome]:
    """What the other sources say, for readers and in the copy that somebody is editing; the person's words stay."""
    told = record.told or {"document": record.document}
    redacted = told.get("redacted", ())
    published = Version.objects.get(uid=record.uid, number=record.version).document
    shown, kept = merged(told["document"], published, entry.document, redacted)
    draft, _kept = merged(told["document"], record.document, entry.document, redacted)
    _fill(record, entry, draft)
    return record, Outcome(record.uid, "updated", kept, shown)


def _brought_up_to_date(record: Record, entry: Harvested) -> tuple[Record, Outcome]:
    told = record.told or {"document": record.document}
    redacted = told.get("redacted", ())
    document, kept = merged(told["document"], record.document, entry.document, redacted)
    was_withdrawn = record.public in TAKEN_BACK
    if document != record.document or was_withdrawn:
        _fill(record, entry, document)
        return record, Outcome(record.uid, "restored" if was_withdrawn else "updated", kept)
    result = _result_beside(record, entry)
    record.provenance, record.told = entry.provenance, _told(entry, redacted)
    return record, Outcome(record.uid, result, kept)


def _result_beside(record: Record, entry: Harvested) -> str:
    """What became of a record whose document stays as it is."""
    told = record.told or {}
    if _beside(record.provenance, told) != _beside(entry.provenance, _told(entry)):
        return "amended"
    said = _told(entry, told.get("redacted", ()))["document"]
    return "unchanged" if told.get("document") == said else "noted"


def merged(before: dict, ours: dict, theirs: dict, redacted: Collection[str] = ()) -> tuple[dict, list[str]]:
    """What a person edited stays, the rest is the sources'; and the edited fields in which the sources differ.

    `before` is what the sources made before the person came: a field that is not as it was then is the person's,
    and so is one that was redacted.
    """
    names = dict.fromkeys([*ours, *before, *redacted])
    edited = [name for name in names if name in redacted or ours.get(name) != before.get(name)]
    document = {name: value for name, value in theirs.items() if name not in edited}
    document |= {name: ours[name] for name in edited if name in ours}
    return document, [name for name in edited if theirs.get(name) != ours.get(name)]


def _fill(record: Record, entry: Harvested, document: dict) -> None:
    record.told = _told(entry, (record.told or {}).get("redacted", ()))
    record.document, record.provenance = document, entry.provenance
    record.title, record.public = title_of(document), Record.Public.PUBLISHED
    record.version += 1
    record.saved_at = record.modified_at = timezone.now()


def _told(entry: Harvested, redacted: Collection[str] = ()) -> dict:
    """What the sources make of a record, without the fields in which words were redacted."""
    told = {
        "document": {name: value for name, value in (entry.document or {}).items() if name not in redacted},
        "also_from": list(entry.also_from),
        "possibly_same": list(entry.possibly_same),
        "sources": list(entry.sources),
    }
    return told | ({"redacted": sorted(redacted)} if redacted else {})


def _beside(provenance: dict | None, told: dict) -> list:
    """What stands beside the document, without what changes at every reading."""
    sources = [provenance or {}, *told.get("also_from", [])]
    lasting = [{key: value for key, value in source.items() if key not in IGNORED} for source in sources]
    return [lasting, told.get("possibly_same", [])]


def _save(written: list[tuple[Record | None, Outcome]]) -> None:
    """Save the records and their history: a few statements, however many there are."""
    changed = [(record, outcome) for record, outcome in written if record and outcome.result != "unchanged"]
    Record.objects.bulk_create([record for record, outcome in changed if outcome.result == "created"])
    known = [record for record, outcome in changed if outcome.result not in ("created", "edited")]
    Record.objects.bulk_update(known, CHANGED)
    told = [(record, EVENTS[outcome.result]) for record, outcome in changed if outcome.result in EVENTS]
    Event.objects.bulk_create([_event(record, name) for record, name in told])


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


def _publish(entries: Sequence[Harvested], written: list[tuple[Record | None, Outcome]]) -> None:
    """Put what changed into the log: the last writes of the transaction."""
    by_result: dict[str, list[tuple[Record, Harvested, Outcome]]] = {}
    for entry, (record, outcome) in zip(entries, written, strict=True):
        if record:
            by_result.setdefault(outcome.result, []).append((record, entry, outcome))
    actions = {"created": "published", "updated": "updated", "restored": "restored"}
    versions = [
        _entry(record, action, outcome.shown)
        for result, action in actions.items()
        for record, _entry_, outcome in by_result.get(result, [])
    ]
    amended = [record for record, _entry_, _outcome in by_result.get("amended", [])]
    _say_who_told(amended)
    publishing.log.publish(versions)
    publishing.log.amend_all({record.uid: envelope(record) for record in amended})
    for record, entry, _outcome in by_result.get("withdrawn", []):
        action = "merged" if entry.replaced_by else "withdrawn"
        publishing.log.withdraw(record.uid, "source", entry.replaced_by, action)


def _say_who_told(amended: Sequence[Record]) -> None:
    """What stands published is now told by these sources alone, word for word: its version is theirs."""
    last = Version.objects.filter(uid__in=[record.uid for record in amended]).order_by("uid", "-number")
    found = {one.uid: one for one in last.distinct("uid").only("uid", "sources")}
    changed = [(found[one.uid], one.sources) for one in amended if found[one.uid].sources != one.sources]
    for version, told in changed:
        version.sources = told
    Version.objects.bulk_update([version for version, _told_ in changed], ["sources"])


def _entry(record: Record, action: str, shown: dict | None) -> Entry:
    fmt = registry.by_slug(record.database)
    document = fmt.public(record.document if shown is None else shown)
    return Entry(record.uid, record.database, document, envelope(record), action, record.sources)
