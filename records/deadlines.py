"""What the calendar does to records: reminders, requests that expire, confirmation once a year, consent that ends."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

import publishing.log
from publishing.models import Publication
from records import actions, notices
from records.envelope import envelope
from records.models import Record

REMIND_AFTER = timedelta(days=14)
EXPIRE_AFTER = timedelta(days=84)
CONFIRM_AFTER = timedelta(days=365)
MOST = 500


def remind_moderators(now=None) -> int:
    """Remind those who decide of what has waited for two weeks, once a fortnight; return how many records."""
    now = now or timezone.now()
    waiting = Record.objects.filter(work=Record.Work.SUBMITTED, submitted_at__lte=now - REMIND_AFTER)
    records = list(waiting.select_related("owner_organization", "submitted_by").order_by("submitted_at", "pk")[:MOST])
    for record in records:
        fortnight = (now - record.submitted_at) // REMIND_AFTER
        for person in notices.moderators(record):
            key = f"waiting-{record.pk}-{record.submitted_at:%Y%m%d%H%M}-{fortnight}-{person.pk}"
            notices.write_to(person, key, "mail/records/waiting.txt", record)
    return len(records)


def expire_requests(now=None) -> int:
    """Give back to their authors the requests that nobody decided on in time."""
    now = now or timezone.now()
    late = Record.objects.filter(work=Record.Work.SUBMITTED, submitted_at__lte=now - EXPIRE_AFTER).order_by("pk")
    records = list(late[:MOST])
    for record in records:
        actions.apply_transition(record=record, name="expire", by=None)
    return len(records)


def ask_for_confirmation(now=None) -> int:
    """Ask the owners of registered records, once, whether what was confirmed a year ago is still current."""
    now = now or timezone.now()
    old = Record.objects.filter(public="published", profile="registered", confirmed_at__lte=now - CONFIRM_AFTER)
    records = list(old.select_related("owner_organization", "created_by").order_by("confirmed_at", "pk")[:MOST])
    for record in records:
        for person in notices.owners(record):
            key = f"confirm-{record.pk}-{record.confirmed_at:%Y%m%d}-{person.pk}"
            notices.write_to(person, key, "mail/records/confirm.txt", record)
    return len(records)


def end_consent() -> int:
    """Take contacts whose consent has run out off the public record."""
    changed = 0
    with_contacts = Publication.objects.filter(document__isnull=False).exclude(envelope__contacts=[])
    for uid in list(with_contacts.order_by("uid").values_list("uid", flat=True)):
        changed += _end_consent_of(uid)
    return changed


@transaction.atomic
def _end_consent_of(uid: str) -> bool:
    record = Record.objects.select_for_update(of=["self"]).select_related("owner_organization").filter(uid=uid).first()
    publication = Publication.objects.filter(uid=uid, document__isnull=False).first()
    if record is None or publication is None:
        return False
    now_public = envelope(record)["contacts"]
    if now_public == publication.envelope.get("contacts"):
        return False
    publishing.log.amend(uid, publication.envelope | {"contacts": now_public})
    return True
