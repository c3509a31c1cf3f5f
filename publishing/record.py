"""The public object: what the API, the index and a partner site get of one publication."""

from datetime import UTC
from typing import Any

from django.conf import settings

from publishing.models import Publication

ENVELOPE = ("published_at", "modified_at", "confirmed_at", "owner", "contacts", "provenance", "replaced_by")
LISTS = ("contacts", "also_from", "possibly_same")  # empty where the envelope is older than they are


def as_record(publication: Publication) -> dict[str, Any] | None:
    """The public record; None for a tombstone."""
    document, envelope = publication.document, publication.envelope
    if document is None:
        return None
    return {
        "uid": publication.uid,
        "version": publication.version,
        "database": publication.database,
        "profile": envelope.get("profile", "registered"),
        "sample": envelope.get("sample", False),
        "state": "published",
        "url": address(publication.uid),
        "languages": document.get("languages", []),
        **{name: envelope.get(name) for name in ENVELOPE},
        **{name: envelope.get(name) or [] for name in LISTS},
        "document": document,
    }


def as_change(publication: Publication) -> dict[str, Any]:
    """One line of the change feed; `record` is null in a tombstone."""
    change = {
        "position": publication.position,
        "uid": publication.uid,
        "database": publication.database,
        "action": publication.action,
        "version": publication.version,
        "at": moment(publication.at),
        "record": as_record(publication),
    }
    if change["record"] is None:
        change |= {"reason": publication.reason, "replaced_by": publication.replaced_by or None}
    return change


def address(uid: str) -> str:
    """The persistent address of a record."""
    return f"{settings.SITE_ADDRESS}/records/{uid}"


def moment(at) -> str:
    """A time as the portal writes it everywhere: ISO 8601, UTC, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
