"""Names as they are compared: exact after normalising, never by likeness."""

import re
import unicodedata

_WORDS = {"&": "and", "st": "saint", "ste": "sainte"}
_ARTICLES = {"the"}
_SEPARATORS = re.compile(r"[^\w&]+|_")
_APOSTROPHES = re.compile(r"[’‘ʼ'`´]")


def fold(text):
    """`text` without case, accents, punctuation, articles and spare spaces; `&` is "and", "St." is "Saint"."""
    words = _SEPARATORS.sub(" ", _plain(text).replace("&", " & ")).split()
    return " ".join(_WORDS.get(word, word) for word in words if word not in _ARTICLES)


def _plain(text):
    text = _APOSTROPHES.sub(" ", unicodedata.normalize("NFKC", text)).casefold()
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
