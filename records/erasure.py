"""Erasing a record: nothing that was written stays but its identifier, its tombstone and the dates of its history.

Redacting one: named values are replaced wherever they stand, and do not come back with the next import.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from django.db import transaction

import publishing.log
from publishing import redaction
from publishing.models import Publication, Redaction
from publishing.redaction import replaced
from records.models import Event, Record

WORDS = ("document", "contacts", "contacts_published", "provenance", "told", "title")


class Keeper(NamedTuple):
    """What keeps words of records in an app above this one. Each is called with the uid, before a row is locked."""

    forget: Callable[[str], None]
    replace: Callable[[str, Mapping[str, str]], None]


KEEPERS: list[Keeper] = []


@transaction.atomic
def erase(*, record: Record, reason: str, by=None) -> Event:
    """Empty the working copy and the words of the history, and leave a tombstone where it was published.

    `by` is None for the operator of the machine. `reason` is the code that the tombstone tells.
    """
    for keeper in KEEPERS:
        keeper.forget(record.uid)
    record = Record.objects.select_for_update().get(pk=record.pk)
    work_before = record.work
    record.document, record.contacts, record.contacts_published = {}, [], []
    record.provenance = record.told = None
    record.title, record.slot = "", None
    record.public, record.work = Record.Public.ERASED, Record.Work.CLEAN
    record.save()
    record.events.update(note="", letter="")
    event = Event.objects.create(
        record=record,
        name="erased",
        by=by,
        work_before=work_before,
        work_after=record.work,
        public_after=record.public,
    )
    if Publication.objects.filter(uid=record.uid).exists():
        publishing.log.withdraw(record.uid, reason, action=Publication.Action.ERASED)
    return event


@transaction.atomic
def redact(*, record: Record, replacements: Mapping[str, str], why: str, by) -> Redaction:
    """Replace the named values in the working copy, the history, what its sources say, and all that was published.

    A field that held one of them is no longer taken from the sources. NotPublished where nothing was published,
    NothingToRedact where none of the values was: then nothing is changed.
    """
    for keeper in KEEPERS:
        keeper.replace(record.uid, replacements)
    record = Record.objects.select_for_update().get(pk=record.pk)
    touched = _fields_with(replacements, record)
    for name in WORDS:
        setattr(record, name, replaced(getattr(record, name), replacements))
    if record.told:
        record.told["redacted"] = sorted({*record.told.get("redacted", ()), *touched})
        kept = {name: value for name, value in record.told["document"].items() if name not in touched}
        record.told["document"] = kept
    record.save(update_fields=WORDS)
    for event in record.events.exclude(note="", letter=""):
        event.note, event.letter = replaced([event.note, event.letter], replacements)
        event.save(update_fields=["note", "letter"])
    return redaction.redact(record.uid, replacements, why, by)


def _fields_with(replacements: Mapping[str, str], record: Record) -> set[str]:
    """The fields that hold one of the values, in the working copy or in what the sources say."""
    documents = [record.document, (record.told or {}).get("document", {})]
    return {name for one in documents for name, value in one.items() if replaced(value, replacements) != value}
