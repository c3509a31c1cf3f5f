"""Redaction: the one exception to frozen versions. Named values are replaced in all of them."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from publishing import log
from publishing.models import Publication, Redaction, Version


class NothingToRedact(Exception):
    """None of the values stands in any version or in the envelope."""


@log.patiently()
@transaction.atomic
def redact(uid: str, replacements: Mapping[str, str], why: str, by) -> Redaction:
    """Replace the named values in every version and in what is published, and write down who did it and why.

    `replacements` is {what stands there: what shall stand there}; parts of a text count. The record moves in the
    log; a tombstone holds no content and stays where it is. Who calls it mends the working copy with `replaced`.
    """
    if not replacements or not all(replacements) or not why.strip():
        raise ValueError("a redaction names its values and its reason")
    places = [place for version in Version.objects.filter(uid=uid) for place in _redact_version(version, replacements)]
    redaction = Redaction.objects.create(uid=uid, why=why, by=by, at=timezone.now(), places=places)
    if not _redact_publication(uid, replacements) and not places:
        raise NothingToRedact(uid)
    return redaction


def replaced(value: Any, replacements: Mapping[str, str]) -> Any:
    """The value with every named text in it replaced, at any depth."""
    if isinstance(value, str):
        for old, new in replacements.items():
            value = value.replace(old, new)
        return value
    if isinstance(value, list):
        return [replaced(item, replacements) for item in value]
    if isinstance(value, dict):
        return {key: replaced(item, replacements) for key, item in value.items()}
    return value


def _redact_version(version: Version, replacements: Mapping[str, str]) -> list[str]:
    """Where the version held one of the values, as `number:/pointer`. The values themselves are not kept."""
    places = [f"{version.number}:{pointer}" for pointer in _places(version.document, replacements)]
    if places:
        version.document = replaced(version.document, replacements)
        version.digest = log.digest(version.document)
        version.save(update_fields=["document", "digest"])
    return places


def _redact_publication(uid: str, replacements: Mapping[str, str]) -> bool:
    publication = log.locked(uid)
    content = [publication.document, publication.envelope]
    if publication.document is None or replaced(content, replacements) == content:
        return False
    publication.document, publication.envelope = replaced(content, replacements)
    publication.action, publication.at = Publication.Action.REDACTED, timezone.now()
    log.append([publication])
    return True


def _places(value: Any, replacements: Mapping[str, str], pointer: str = "") -> list[str]:
    if isinstance(value, str):
        return [pointer] if any(old in value for old in replacements) else []
    rows = enumerate(value) if isinstance(value, list) else value.items() if isinstance(value, dict) else ()
    return [place for key, item in rows for place in _places(item, replacements, f"{pointer}/{key}")]
