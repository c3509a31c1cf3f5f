"""Currencies by their ISO 4217 codes, as CLDR knows them."""

from functools import cache

from babel import Locale

_NO_MONEY = {"XAG", "XAU", "XPD", "XPT", "XTS", "XXX"}  # metals, the code for tests, the code for none


@cache
def currencies():
    """All codes, those of former currencies too: an old amount keeps the money it was given in."""
    return tuple(sorted(_names("en").keys() - _NO_MONEY))


def is_currency(code):
    return code in _names("en") and code not in _NO_MONEY


def currency_name(code, language="en"):
    """The name in `language`, else in English, else the code itself."""
    return _names(language).get(code) or _names("en").get(code, code)


@cache
def _names(language):
    return Locale.parse(language).currencies
