"""Erasing a record: nothing that was written stays but its identifier, its tombstone and the dates of its history."""

from django.db import transaction

import publishing.log
from publishing.models import Publication
from records.models import Event, Record


@transaction.atomic
def erase(*, record: Record, reason: str, by=None) -> Event:
    """Empty the working copy and the words of the history, and leave a tombstone where it was published.

    `by` is None for the operator of the machine. `reason` is the code that the tombstone tells.
    """
    record = Record.objects.select_for_update().get(pk=record.pk)
    work_before = record.work
    record.document, record.contacts, record.contacts_published, record.provenance = {}, [], [], None
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
