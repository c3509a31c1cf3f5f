"""Partial dates and deadlines: parsing, comparing, and the instants they stand for."""

import calendar
import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
DEADLINE = re.compile(r"(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})\[([A-Za-z0-9_+/-]+)\]", re.ASCII)
# A bare date is open until it has ended everywhere on Earth.
LAST_ZONE = timezone(timedelta(hours=-12))


def first_day(text: str) -> date:
    """The first day of `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; ValueError if it is none of these."""
    match = PARTIAL.fullmatch(text)
    if not match or not 1800 <= int(match[1]) <= 2200:
        raise ValueError(text)
    return date(int(match[1]), int(match[2] or 1), int(match[3] or 1))


def last_day(text: str) -> date:
    """The last day of a partial date."""
    day = first_day(text)
    if len(text) == 4:
        return day.replace(month=12, day=31)
    if len(text) == 7:
        return day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return day


def day(deadline: str) -> str:
    """The day of a deadline, without its time."""
    return deadline[:10]


def before(one: str | None, other: str | None) -> bool:
    """Whether `one` certainly lies before `other`: both given, and no day in common."""
    return bool(one and other) and last_day(one) < first_day(other)


def instant(deadline: str) -> datetime:
    """The moment a deadline passes, in UTC: `YYYY-MM-DD`, or `YYYY-MM-DDThh:mm[Zone]` (RFC 9557)."""
    match = DEADLINE.fullmatch(deadline)
    if not match:
        ends = datetime.combine(last_day(deadline) + timedelta(days=1), time(), LAST_ZONE)
        return ends.astimezone(UTC)
    if match[3] not in zones():
        raise ValueError(deadline)
    moment = datetime.combine(first_day(match[1]), time.fromisoformat(match[2]), ZoneInfo(match[3]))
    return moment.astimezone(UTC)


@cache
def zones() -> frozenset[str]:
    """The names of the time zones; finding them walks through the zone files, so it is done once."""
    return frozenset(available_timezones())
