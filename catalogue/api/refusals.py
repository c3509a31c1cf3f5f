"""Why the API does not give what was asked for; `bch_portal.problems` makes problem+json of it."""

from typing import Any

from django.utils.translation import gettext as _

from catalogue.index.reader import Tombstone
from catalogue.pages import tombstones


class Refusal(Exception):
    """An answer with a status of its own, and members beside those that every problem has."""

    def __init__(self, status: int, detail: str, headers: dict[str, str] | None = None, **members: Any) -> None:
        super().__init__(detail)
        self.status, self.detail, self.headers, self.members = status, detail, headers or {}, members


def gone(tombstone: Tombstone) -> Refusal:
    facts = {name: getattr(tombstone, name) for name in ("uid", "database", "action", "at", "reason", "replaced_by")}
    return Refusal(410, tombstones.sentence(tombstone), **facts)


def unknown_record(uid: str) -> Refusal:
    return Refusal(404, _("There is no record with the identifier %(uid)s.") % {"uid": uid[:60]}, uid=uid[:60])


def withheld_version(uid: str, number: int) -> Refusal:
    """It was published, but a source that it was taken from names no licence any more."""
    detail = _("Version %(number)d of %(uid)s is not shown: it was taken from a source that names no licence.")
    return Refusal(410, detail % {"number": number, "uid": uid}, uid=uid)


def start_again(log: str) -> Refusal:
    """The reader's position is none of this log: a backup was restored, or it reads another portal."""
    detail = _("This position is none of this log. Start again: read the whole log from position 0.")
    return Refusal(409, detail, log=log)
