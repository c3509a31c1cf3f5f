"""Dates, deadlines and amounts in the reader's language, from CLDR."""

from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal

from formats import dates

# English dates as the United Nations write them: 5 May 2026.
LOCALES = {"en": "en_GB"}
COMMAS = {"ar": "، ", "zh": " "}


def shown_date(text: str, language: str) -> str:
    """A partial date or deadline in words; what is no date is shown as it stands."""
    try:
        if match := dates.DEADLINE.fullmatch(text):
            moment = datetime.fromisoformat(f"{match[1]}T{match[2]}")
            day_and_comma = _long(moment, language) + COMMAS.get(language, ", ")
            return f"{day_and_comma}{moment:%H:%M} ({match[3].replace('_', ' ')})"
        day = dates.first_day(text)
    except ValueError:
        return str(text)
    return _partial(day, len(text), language)


def _partial(day: date, length: int, language: str) -> str:
    if length == 4:
        return str(day.year)
    if length == 7:
        return format_skeleton("yMMMM", day, locale=LOCALES.get(language, language))
    return _long(day, language)


def _long(day: date, language: str) -> str:
    return format_date(day, "long", locale=LOCALES.get(language, language))


def shown_amount(amount: object, currency: str, language: str) -> str:
    """`USD 1,250,000` with the digits' grouping of the language."""
    try:
        number = Decimal(str(amount))
    except InvalidOperation:
        return f"{currency} {amount}".strip()
    digits = format_decimal(number, "#,##0.##", locale=language)
    return f"{currency}\u00a0{digits}".strip()


def shown_number(number: int, language: str) -> str:
    return format_decimal(number, locale=language)
