"""Passing readers' messages on."""

import secrets

from delivery import outbox
from publishing.models import Publication
from records import actions, notices
from records.models import Record


def send(*, record: Record, name: str, email: str, text: str) -> None:
    """Queue the message to the record's published contacts, or to those who answer for it."""
    addresses = [row["email"] for row in record.contacts_published if row.get("email")]
    addresses = addresses or [person.email for person in notices.owners(record)]
    publication = Publication.objects.get(uid=record.uid)
    outbox.queue_letter(
        key=f"message-{record.pk}-{secrets.token_hex(8)}",
        to=addresses,
        template="mail/records/message.txt",
        language=_language(record),
        title=actions.title_of(publication.document),
        uid=record.uid,
        sender=name,
        sender_email=email,
        text=text,
        address=outbox.address(f"/records/{record.uid}"),
    )


def _language(record: Record) -> str:
    """The language of the record's author, else its first language, else English."""
    if record.created_by:
        return record.created_by.language
    return next(iter(record.document.get("languages") or ["en"]))
