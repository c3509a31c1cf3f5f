"""Dates as repositories write them: those that can mean one year, month or day only; all others mean nothing here."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from babel import Locale

from formats import dates
from reference.matching import fold

LONGEST = 60
MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)\s?(?:Z|[+-]\d\d:?\d\d)?", re.ASCII)
WHOLE_HOUR = re.compile(r"\d\d:00(?::00(?:\.0+)?)?")
MIDNIGHT = re.compile(r"[0:.]+")
# Nought is what databases keep for a month or day that nobody gave.
UNKNOWN_PARTS = re.compile(r"(\d{4})-(?:00-00|00|(\d\d)-00)")
# Nobody writes the day between the year and the month.
YEAR_FIRST = re.compile(r"(\d{4})(?:(?P<apart>[-/.])(\d\d?)(?P=apart)(\d\d?)|(\d\d)(\d\d))\.?")
YEAR_LAST = re.compile(r"(\d\d?)(?P<apart>[-/.])(\d\d?)(?P=apart)(\d{4})\.?")
EAST_ASIAN = re.compile(r"(\d{4}) ?[年년](?: ?(\d\d?) ?[月월](?: ?(\d\d?) ?[日일号])?)?")
WORDED = re.compile(r"\[(\d{4})\]|[^\W_][\w ,./’'-]{2,60}")
WORD = re.compile(r"\d+|[^\W\d_]+")
# "of", "the year", "of our era"; "14th", "1er".
FILLING = frozenset(["de", "del", "of", "d", "th", "st", "nd", "rd", "er", "г", "год", "года", "م"])
# The six languages, the other names of the months in Arabic, and two languages of many repositories.
MONTHS_IN = ("en", "fr", "es", "ru", "zh", "ar", "ar_SY", "ar_DZ", "ar_MA", "pt", "de")
DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "0123456789" * 2)


def day(text: str) -> str | None:
    """The year, month or day that a text surely names, as `YYYY`, `YYYY-MM` or `YYYY-MM-DD`."""
    return _day(text) if len(text) <= LONGEST else None


@lru_cache(maxsize=10_000)
def _day(text: str) -> str | None:
    text = text.translate(DIGITS)
    moment = MOMENT.fullmatch(text)
    if moment and MIDNIGHT.fullmatch(moment[2]):  # a way to write a day
        text = moment[1]
    return next((found for found in (_checked(way(text)) for way in WAYS) if found), None)


def day_of_moment(text: str) -> str | None:
    """The day of a date with a time of day: these are what a system noted."""
    moment = MOMENT.fullmatch(text)
    return _checked(moment[1]) if moment else None


def is_of_a_system(text: str) -> bool:
    """Whether a moment is one of work: a whole hour is rather a day, told in another zone of time."""
    moment = MOMENT.fullmatch(text)
    return moment is not None and not WHOLE_HOUR.fullmatch(moment[2])


def finest(days: Sequence[str]) -> str | None:
    """The most precise of days that all say the same; None if they do not."""
    best = max(days, key=len, default="")
    return best if best and all(best == one or best.startswith(f"{one}-") for one in days) else None


def _checked(text: str) -> str | None:
    try:
        dates.first_day(text)
    except ValueError:
        return None
    return text


def _with_noughts(text: str) -> str:
    found = UNKNOWN_PARTS.fullmatch(text)
    return _joined(*found.groups()) if found else ""


def _year_first(text: str) -> str:
    found = YEAR_FIRST.fullmatch(text)
    return _joined(found[1], found[3] or found[5], found[4] or found[6]) if found else ""


def _year_last(text: str) -> str:
    """Of 25/03/2014 the month is certain, of 05/03/2014 it is not."""
    found = YEAR_LAST.fullmatch(text)
    if not found:
        return ""
    first, second = int(found[1]), int(found[3])
    if first == second or first > 12:
        return _joined(found[4], found[3], found[1])
    return _joined(found[4], found[1], found[3]) if second > 12 else ""


def _east_asian(text: str) -> str:
    found = EAST_ASIAN.fullmatch(text)
    return _joined(*found.groups()) if found else ""


def _worded(text: str) -> str:
    """`March 14, 2014`, `14 марта 2014 г.`, `[2014]`."""
    found = WORDED.fullmatch(text)
    if not found or found[1]:
        return found[1] if found else ""
    words = [word for word in (one.casefold() for one in WORD.findall(text)) if word not in FILLING]
    years = [word for word in words if len(word) == 4 and word.isdecimal()]
    days = [word for word in words if len(word) <= 2 and word.isdecimal()]
    months = [str(_months().get(fold(word), "")) for word in words if not word.isdecimal()]
    is_whole = len(years) == 1 and len(years) + len(days) + len(months) == len(words)
    if not is_whole or len(months) > 1 or len(days) > len(months) or not all(months):
        return ""
    return _joined(*years, *months, *days)


WAYS = (str, _with_noughts, _year_first, _year_last, _east_asian, _worded)


def _joined(*parts: str | None) -> str:
    return "-".join(part.zfill(2) for part in parts if part)


@cache
def _months() -> dict[str, int]:
    """The number of a month by its names and short names; names that are those of two months are left out."""
    numbers: dict[str, set[int]] = {}
    for language in MONTHS_IN:
        for names in Locale.parse(language).months.values():
            for width in ("wide", "abbreviated"):
                for number, name in names[width].items():
                    numbers.setdefault(fold(name), set()).add(number)
    return {name: next(iter(found)) for name, found in numbers.items() if len(found) == 1 and not name.isdecimal()}
