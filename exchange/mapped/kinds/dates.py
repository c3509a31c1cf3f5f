"""Columns of dates, in the forms that sources write them, and dates that contradict each other."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cached_property, lru_cache

from django.utils.translation import gettext as _

from exchange.mapped.kinds.base import Kind, Lookup
from exchange.reading.draft import Draft
from exchange.reading.text import clean
from formats import dates

# Told by hand and not by the system: what a file says must not depend on the language of the machine.
MONTHS = (
    "January February March April May June July August September October November December",
    "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
)
NUMBERS = {name.casefold(): number for names in MONTHS for number, name in enumerate(names.split(), start=1)}
NUMBERS["sept"] = 9
LONGEST = 60

# Each directive: what it matches, and how people write it.
DIRECTIVES = {
    "Y": (r"(?P<Y>[0-9]{4})", "YYYY"),
    "y": (r"(?P<y>[0-9]{2})", "YY"),
    "m": (r"(?P<m>[0-9]{1,2})", "MM"),
    "d": (r"(?P<d>[0-9]{1,2})", "DD"),
    "b": (r"(?P<b>[A-Za-z]{3,4})\.?", "Jan"),
    "B": (r"(?P<B>[A-Za-z]{3,9})", "January"),
}
# `%m%d%Y`: without a sign between them, months and days have two digits.
RUN_TOGETHER = re.compile(r"%[mdYy](?=%[mdYy])|(?<=%[mdYy])%[mdYy]")
TIME = (
    r"(?:[T ](?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.[0-9]{1,9})?)?"
    r"(?: ?(?P<half>[AaPp])\.?[Mm]\.?)?(?: ?(?P<zone>Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2}))?)?"
)


@dataclass(frozen=True)
class Form:
    """One way of writing a date, as `%d-%b-%y`."""

    written: str

    def __post_init__(self):
        found = re.findall("%(.)", self.written)
        known = [directive for directive in found if directive in DIRECTIVES]
        years, months, days = (sum(known.count(sign) for sign in signs) for signs in ("Yy", "mbB", "d"))
        if len(self.written) > LONGEST or found != known or years != 1 or months > 1 or days > months:
            raise ValueError(f"“{self.written}” is no form of a date")

    @property
    def shown(self) -> str:
        """The form as people write it: `DD-Jan-YY`."""
        return re.sub("%(.)", lambda match: DIRECTIVES[match[1]][1], self.written)

    @cached_property
    def pattern(self) -> re.Pattern:
        together = {match.start() for match in RUN_TOGETHER.finditer(self.written)}
        whole, position = "", 0
        for match in re.finditer("%(.)", self.written):
            digits = DIRECTIVES[match[1]][0]
            digits = digits.replace("{1,2}", "{2}") if match.start() in together else digits
            whole += re.escape(self.written[position : match.start()]) + digits
            position = match.end()
        whole += re.escape(self.written[position:])
        return re.compile(whole + (TIME if "%d" in self.written else ""))


@dataclass(frozen=True)
class Read:
    """A date that was read: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, and the time of that day, if one was told."""

    text: str
    time: str = ""  # "17:00", unless it is midnight without a zone: that is how systems write a day
    instant: datetime | None = None  # where the time has a zone


def parse(cell: str, formats: tuple[str, ...], pivot: int = 0) -> Read:
    """The date of a cell in the first of the forms that fits; ValueError if none does.

    `pivot`: years of two digits from here on are of the 20th century, those before of the 21st.
    """
    text = clean(cell)
    matches = (_form(form).pattern.fullmatch(text) for form in formats) if len(text) <= LONGEST else ()
    for match in matches:
        if match and (read := _read(match.groupdict(), pivot)):
            return read
    shown = _(" or ").join(_form(form).shown for form in formats)
    raise ValueError(_("This is no date of the form %(forms)s.") % {"forms": shown})


@lru_cache(maxsize=500)
def _form(written: str) -> Form:
    return Form(written)


def _read(found: dict, pivot: int) -> Read | None:
    """The date of what a form found; nothing if the calendar has no such day."""
    year = int(found.get("Y") or found["y"])
    if found.get("y"):
        year += 1900 if year >= pivot else 2000
    word = found.get("b") or found.get("B")
    month = NUMBERS.get(word.casefold(), 0) if word else found.get("m")
    try:
        day = date(year, int(month if month is not None else 1), int(found.get("d") or 1))
        time = _time(found, day)
    except ValueError:
        return None
    text = day.isoformat()[: 10 if found.get("d") else 7 if month is not None else 4]
    if time is None or (time.tzinfo is None and (time.hour, time.minute, time.second) == (0, 0, 0)):
        return Read(text)
    return Read(text, f"{time:%H:%M}", time if time.tzinfo else None)


def _time(found: dict, day: date) -> datetime | None:
    """The moment that the time after a date tells; ValueError if the clock has no such time."""
    if not found.get("hour"):
        return None
    hour, half, zone = int(found["hour"]), (found.get("half") or "").casefold(), found.get("zone")
    if half:
        if not 1 <= hour <= 12:
            raise ValueError(hour)
        hour = hour % 12 + 12 * (half == "p")
    moment = datetime(day.year, day.month, day.day, hour, int(found["minute"]), int(found["second"] or 0))  # noqa: DTZ001
    return moment.replace(tzinfo=_zone(zone)) if zone else moment


def _zone(text: str) -> timezone:
    if text[0] not in "+-":
        return UTC
    offset = timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
    return timezone(-offset if text[0] == "-" else offset)


@dataclass(frozen=True)
class Date(Kind):
    """A date, whole or in part; what is no date refuses the row.

    to           the field
    formats      the forms in which the source writes it, as `["%d-%b-%y", "%Y"]`, the likeliest first. `%Y` and `%y`
                 are years, `%m` and `%d` months and days (with or without a leading zero), `%b` and `%B` the English
                 months, short and whole. A time may follow a day in any form: it need not be written there.
    pivot        needed with `%y`: years from here on are of the 20th century (`pivot = 50`: 50 is 1950, 49 is 2049)
    keeps_time   for a deadline: a time with a zone is kept, as that moment in UTC. Else the day is taken as written.
    values       words that are no date, and what they say: `"Open" = {field = "open_until_withdrawn", value = true}`;
                 a word without a field (`"Unknown" = {}`) says nothing

    Midnight without a zone is no time. Any other time that cannot be kept is noted and left out.
    """

    to: str
    formats: tuple[str, ...]
    pivot: int | None = None
    keeps_time: bool = False
    values: Mapping[str, Mapping] = field(default_factory=dict)

    def __post_init__(self):
        if not self.formats or isinstance(self.formats, str):
            raise ValueError("“formats” is a list of at least one form")
        if any("%y" in Form(form).written for form in self.formats) and self.pivot not in range(101):
            raise ValueError("a year of two digits needs a pivot from 0 to 100")
        if any(said.keys() not in ({"field", "value"}, set()) for said in self.values.values()):
            raise ValueError("a value of a date is a field and a value")

    @property
    def targets(self) -> tuple[str, ...]:
        """The fields that it fills."""
        return (self.to, *(said["field"] for said in self.values.values() if said))

    @cached_property
    def _said(self) -> Lookup:
        return Lookup(self.values)

    def read(self, cell, draft):
        if (said := self._said.get(cell)) is not None:
            if said:
                draft.put(said["field"], said["value"], self.column)
            return
        try:
            read = parse(cell, self.formats, self.pivot or 0)
        except ValueError as error:
            draft.refuse(self.column, error)
            return
        draft.put(self.to, self._kept(read, cell, draft), self.column)

    def _kept(self, read: Read, cell: str, draft: Draft) -> str:
        if self.keeps_time and read.instant:
            return f"{read.instant.astimezone(UTC):%Y-%m-%dT%H:%M}[UTC]"
        if read.time:
            draft.note(self.column, cell, _("Only the day is kept: the time has no zone, or no place in this field."))
        return read.text


def drop_contradictions(draft: Draft, *pairs: tuple[str, str]) -> None:
    """Take neither of two dates where the end lies before the start: both are told in the other information."""
    for first, last in pairs:
        start, end = draft.document.get(first), draft.document.get(last)
        if not (isinstance(start, str) and isinstance(end, str) and _is_before(end, start)):
            continue
        for name in (first, last):
            column = draft.origin(f"/{name}")
            draft.tell(column, clean(draft.cell(column)))
            draft.note(column, draft.cell(column), _("The end lies before the start: neither date was taken."))
            del draft.document[name]


def _is_before(end: str, start: str) -> bool:
    try:
        return dates.before(dates.day(end), dates.day(start))
    except ValueError:
        return False


@dataclass(frozen=True)
class Validity(Kind):
    """A date where the source may write words: those that are no date are told in the other information.

    to     the field of the date, in one of these `formats`
    words  those that mean the field `is_so`: that it goes on, for example
    """

    to: str
    formats: tuple[str, ...]
    label: str
    words: tuple[str, ...] = ()
    is_so: str = ""

    def read(self, cell, draft: Draft):
        if self.is_so and Lookup(dict.fromkeys(self.words, "so")).get(cell):
            draft.put(self.is_so, True, self.column)
            return
        try:
            draft.put(self.to, parse(cell, self.formats).text, self.column)
        except ValueError as error:
            draft.tell(self.label, clean(cell))
            draft.note(self.column, cell, error)
