"""Currencies by their ISO 4217 codes, as CLDR knows them."""

from functools import cache

from babel import Locale


@cache
def _names(language):
    return Locale.parse(language).currencies


@cache
def currencies():
    """All codes, those of former currencies too: an old amount keeps the money it was given in."""
    return tuple(sorted(_names("en")))


def is_currency(code):
    return code in _names("en")


def currency_name(code, language="en"):
    return _names(language).get(code, code)
