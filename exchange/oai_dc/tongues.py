"""Languages as repositories name them: by code and by name, one or several; all others mean nothing here."""

import re
from functools import cache, lru_cache

from babel.core import get_global

from reference import languages
from reference.matching import fold

NOT_KNOWN = "und"
# "Several languages", "not coded", "no words": codes of ISO 639 that name no language.
NO_LANGUAGES = (NOT_KNOWN, "mul", "mis", "zxx")
LONGEST_LIST = 500
CODE = re.compile(r"[A-Za-z]{2,3}")
CODE_LIST = re.compile(r"https?://(?:id\.loc\.gov/vocabulary/iso639-[12]|lexvo\.org/id/iso639-[13])/", re.IGNORECASE)
# What speakers call their languages, where that is no name in one of the six.
OWN_NAMES = {
    "日本語": "ja",
    "한국어": "ko",
    "deutsch": "de",
    "nederlands": "nl",
    "svenska": "sv",
    "norsk": "no",
    "dansk": "da",
    "suomi": "fi",
    "polski": "pl",
    "čeština": "cs",
    "magyar": "hu",
    "română": "ro",
    "ελληνικά": "el",
    "українська": "uk",
    "български": "bg",
    "српски": "sr",
    "türkçe": "tr",
    "فارسی": "fa",
    "اردو": "ur",
    "עברית": "he",
    "हिन्दी": "hi",
    "বাংলা": "bn",
    "ไทย": "th",
    "tiếng việt": "vi",
    "bahasa indonesia": "id",
    "bahasa melayu": "ms",
    "kiswahili": "sw",
    "አማርኛ": "am",
    "castellano": "es",
    "русский язык": "ru",
    "英文": "en",
    "عربي": "ar",
}


def tag(given: str) -> str:
    """The tag under which text with this `xml:lang` is kept: its language, and its script if that is named."""
    primary, *rest = given.strip().replace("_", "-").split("-")
    code = language(primary)
    if not code:
        return NOT_KNOWN
    script = next((part.title() for part in rest[:1] if len(part) == 4 and part.isascii() and part.isalpha()), "")
    return f"{code}-{script}" if script else code


def spoken(text: str) -> list[str]:
    """The languages that a cell names; none if it holds anything else."""
    text = text.strip(" ;,")
    if len(text) > LONGEST_LIST:
        return []
    if code := language(text) or _regional(text):
        return [code]
    for separator in (r"[;,/|]", r"\s+"):
        parts = [part.strip() for part in re.split(separator, text) if part.strip()]
        are_codes = separator != r"\s+" or all(CODE.fullmatch(part) for part in parts)
        codes = [language(part) or _regional(part) for part in parts[:20]]
        if len(parts) > 1 and are_codes and all(codes) and len(codes) == len(parts):
            return list(dict.fromkeys(code for code in codes if code))
    return []


@lru_cache(maxsize=10_000)
def language(word: str) -> str | None:
    """The shortest code of the language of this name or code."""
    word = CODE_LIST.sub("", word[:101], count=1)
    if len(word) == 2 and word.isascii():  # `En`: a code, and the name of a language of a few hundred
        word = word.lower()
    if len(word) > 100:
        return None
    code = languages.find_language(word) or _own_names().get(fold(word)) or _written_as_a_name(word)
    if not code or code in NO_LANGUAGES:
        return None
    short = get_global("language_aliases").get(code, code)
    return short if languages.is_language(short) else code


def _written_as_a_name(word: str) -> str | None:
    """The language of `Eng`, `Jpn`: only of those that have a code of two letters, for many others are words."""
    short = get_global("language_aliases").get(word.lower(), "") if len(word) == 3 and word.istitle() else ""
    return short if len(short) == 2 else None


def _regional(text: str) -> str | None:
    """`en_US`, `zh-Hans-CN`; but `en-fr` may be two languages."""
    given = text.strip().replace("_", "-")
    primary, apart, rest = given.partition("-")
    is_second_language = rest.islower() and languages.is_language(rest)
    return language(primary) if apart and not is_second_language and languages.is_tag(given) else None


@cache
def _own_names() -> dict[str, str]:
    return {fold(name): code for name, code in OWN_NAMES.items()}
