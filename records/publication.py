"""How a transition of the workflow becomes an entry in the log: the last write of its transaction."""

import publishing.log
from formats import registry
from publishing.log import Entry
from publishing.models import Publication, Version
from records.envelope import envelope
from records.models import Record

Action = Publication.Action


def frozen(record: Record) -> dict:
    """The document as the public will read it: what parsed, without private fields."""
    fmt = registry.by_slug(record.database)
    return fmt.public(fmt.read(fmt.lift(record.document), record.profile).values)


def to_the_log(record: Record, transition, event, *, by, successor: str = "") -> int | None:
    """Publish, confirm or withdraw, as the transition says; return the position, None if it says nothing."""
    action = transition.publishes
    if action == Action.PUBLISHED:
        return _publish(record, frozen(record), _kind(record), by)
    if action == Action.RESTORED:
        return _publish(record, Version.objects.get(uid=record.uid, number=record.version - 1).document, action, by)
    if action == Action.CONFIRMED:
        return publishing.log.amend(record.uid, envelope(record), action)
    if action:
        return publishing.log.withdraw(record.uid, ",".join(event.reasons)[:40] or action, successor, action)
    return None


def _publish(record, document, action, by) -> int:
    entry = Entry(record.uid, record.database, document, envelope(record), action, record.sources)
    return publishing.log.publish([entry], by=by)[0]


def _kind(record: Record) -> str:
    """Published for the first time, or a new version of what stands, or again after a withdrawal."""
    if record.version == 1:
        return Action.PUBLISHED
    stands = Publication.objects.filter(uid=record.uid, document__isnull=False).exists()
    return Action.UPDATED if stands else Action.RESTORED
