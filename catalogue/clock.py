"""What only the clock knows of a record: whether an offer is open, whether its owner confirmed it lately."""

from datetime import UTC, datetime, timedelta
from typing import Any

from catalogue.index.entry import offer
from formats import registry
from formats.format import CommonFormat

ANNOUNCED, OPEN, CLOSED = "announced", "open", "closed"
CONFIRMED_FOR = timedelta(days=366 + 92)  # a year, and three months' grace


def now() -> datetime:
    return datetime.now(UTC)


def state(declaration: CommonFormat, record: dict[str, Any], at: datetime) -> str | None:
    """Whether an offer is announced, open or closed; None where the record is no offer or does not say."""
    dates = offer(declaration, record)
    if dates is None:
        return None
    opens, closes = dates
    if opens > at.timestamp():
        return ANNOUNCED
    return OPEN if closes > at.timestamp() else CLOSED


def offered(declaration: CommonFormat, document: dict[str, Any]) -> tuple[str, str]:
    """When an offer opens and closes, as its document gives it."""
    opens, closes = (document.get(declaration.option(name) or "") or "" for name in ("opens", "closes"))
    return opens, closes


def is_unconfirmed(record: dict[str, Any], at: datetime) -> bool:
    """Whether the owner of a registered record let more than a year and three months pass without a word."""
    if registry.by_slug(record["database"]).option("made_by_the_portal"):
        return False
    given = record["confirmed_at"] or record["modified_at"] or record["published_at"]
    return bool(given) and record["profile"] == "registered" and moment(given) + CONFIRMED_FOR < at


def moment(text: str) -> datetime:
    """A time of an envelope."""
    return datetime.fromisoformat(text).astimezone(UTC)
