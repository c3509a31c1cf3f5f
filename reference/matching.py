"""Names as they are compared: exact after normalising, never by likeness."""

import re
import unicodedata
from functools import lru_cache

_WORDS = {"&": "and", "st": "saint", "ste": "sainte"}
_ARTICLES = {"the"}
_SEPARATORS = re.compile(r"[^\w&]+|_")
_APOSTROPHES = re.compile(r"[’‘ʼ'`´]")
# Names come again and again, a long text does not: only the short ones are remembered.
_REMEMBERED, _SHORT = 8192, 100


def fold(text):
    """`text` without case, accents, punctuation, articles and spare spaces; `&` is "and", "St." is "Saint"."""
    return _remembered(text) if len(text) <= _SHORT else _folded(text)


def _folded(text):
    words = _SEPARATORS.sub(" ", _plain(text).replace("&", " & ")).split()
    return " ".join(_WORDS.get(word, word) for word in words if word not in _ARTICLES)


_remembered = lru_cache(_REMEMBERED)(_folded)


def _plain(text):
    if text.isascii():
        return _APOSTROPHES.sub(" ", text).lower()
    text = _APOSTROPHES.sub(" ", unicodedata.normalize("NFKC", text)).casefold()
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
