"""Languages: the six of the United Nations, and the names of all others from CLDR."""

import re
from functools import cache

from babel import Locale
from babel.core import get_global

from reference.matching import fold

UN_LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")

_CODE = re.compile(r"[a-z]{2,3}")
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|\d{3}))?(-([A-Za-z\d]{5,8}|\d[A-Za-z\d]{3}))*")
# Where the United Nations spell the name of one of their languages in another way than CLDR.
_UNITED_NATIONS = {"ar": {"en": "الإنكليزية"}}
_RIGHT_TO_LEFT = {"Adlm", "Arab", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"}


def is_language(code):
    """Whether `code` is an ISO 639 code that CLDR knows, in lower case."""
    return bool(_CODE.fullmatch(code)) and code in _codes()


def is_tag(tag):
    """Whether `tag` is a BCP 47 tag of a language, with its script, region and variants if it names them."""
    return bool(_TAG.fullmatch(tag)) and is_language(_primary(tag))


def language_codes():
    """The codes for which CLDR has an English name, in the order of their names."""
    names = _names("en")
    return tuple(sorted((code for code in names if _CODE.fullmatch(code)), key=names.get))


def language_name(code, in_language="en"):
    """The name of the language, else its English name, else the code itself."""
    for names in (_UNITED_NATIONS.get(in_language, {}), _names(in_language), _names("en")):
        for key in (code.replace("-", "_"), _canonical(_primary(code))):
            if key in names:
                return names[key]
    return code


def find_language(text):
    """The code of the language of this name in any of the six languages, or of this code; else None."""
    stripped = text.strip()
    code = stripped.lower()
    typed_as_code = stripped in (code, code.upper()) and is_language(code)
    return _by_name().get(fold(text)) or (code if typed_as_code else None)


def direction(code):
    """`rtl` or `ltr`: the way the language, or the script that the tag names, is written."""
    return "rtl" if _script(code) in _RIGHT_TO_LEFT else "ltr"


def _primary(tag):
    return tag.split("-")[0].lower()


def _canonical(code):
    return get_global("language_aliases").get(code, code)


def _script(tag):
    named = [part.title() for part in tag.split("-")[1:] if len(part) == 4 and part.isalpha()]
    if named:
        return named[0]
    likely = get_global("likely_subtags").get(_canonical(_primary(tag)), "").split("_")
    return likely[1] if len(likely) > 1 else ""


@cache
def _codes():
    sources = (_names("en"), get_global("language_aliases"), get_global("likely_subtags"))
    return frozenset(code for source in sources for code in source if _CODE.fullmatch(code))


@cache
def _names(language):
    return Locale.parse(language.replace("-", "_")).languages


@cache
def _by_name():
    """Names that two languages share stay out: no guess."""
    owners = {}
    for known in UN_LANGUAGES:
        for code in language_codes():
            if code in _names(known):
                owners.setdefault(fold(_names(known)[code]), set()).add(code)
                owners.setdefault(fold(language_name(code, known)), set()).add(code)
    return {name: next(iter(codes)) for name, codes in owners.items() if len(codes) == 1}
