"""How the portal reads text: one normal form for index and query, and the stems of five languages.

Tables and compiled patterns only: no loop over characters.
"""

import re
import unicodedata
from functools import cache, lru_cache

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh", "und")
STEMMERS = {"ar": "arabic", "en": "english", "es": "spanish", "fr": "french", "ru": "russian"}
LONGEST_WORD = 120  # bytes; what is longer is no word

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
ACCENTED = ((0xC0, 0x250), (0x370, 0x400), (0x1E00, 0x2000))
DROPPED = (
    "\u00ad\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
    "\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff"
)  # soft hyphen, combining accents, harakat, tatweel, marks that only steer the display
SAME = {
    **dict.fromkeys("أإآٱ", "ا"),
    **dict.fromkeys("ىیئ", "ي"),
    "ؤ": "و",
    "ک": "ك",
    "ё": "е",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "ı": "i",
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
    **{digit: str(value) for row in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹") for value, digit in enumerate(row)},
}
ELIDED = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quelqu)['’ʼ](?=\w)|(?<=\w)['’ʼ]s\b")
NO_WORD = re.compile(r"[\W_]+")
HAN_RUN = re.compile(f"[{HAN}]+")
HAN_PAIR = re.compile(f"([{HAN}])(?=([{HAN}]))")
ARTICLE = re.compile(r"\b(?:[وفبك]?ال|[وف]?لل)(?=\w{3})")
ARABIC = re.compile(r"[\u0621-\u064a]{2}")
# What a stemmer needs to see alike. Arabic: every word with the article, so that it is read as a noun.
BEFORE_STEMMING = {
    "fr": [(re.compile(r"ee(?=s?\b)"), "e")],
    "ar": [
        (re.compile(r"ه\b"), "ة"),
        (ARTICLE, ""),
        (re.compile(r"\b(?=[\u0621-\u064a]{3})"), "ال"),
    ],
}
NOTHING_TO_STEM = ()


def _folding() -> dict[str, str]:
    """Latin and Greek letters without their accents, Arabic and Russian spellings made one, marks dropped."""
    letters = [chr(code) for start, end in ACCENTED for code in range(start, end)]
    table = {letter: unicodedata.normalize("NFD", letter)[0] for letter in letters}
    dropped = re.findall(f"[{DROPPED}]", "".join(map(chr, range(0x10000))))
    return {key: base for key, base in table.items() if key != base} | dict.fromkeys(dropped, "") | SAME


FOLDED = _folding()
TO_FOLD = re.compile(f"[{''.join(map(re.escape, FOLDED))}]")


def fold(text: str) -> str:
    """Words in their normal form, parted by single blanks; a run of Chinese is one word."""
    text = TO_FOLD.sub(_base, unicodedata.normalize("NFKC", text).casefold())
    text = NO_WORD.sub(" ", ELIDED.sub(" ", text))
    return HAN_RUN.sub(r" \g<0> ", text).strip()


def _base(found: re.Match) -> str:
    return FOLDED[found[0]]


def cut(folded: str) -> str:
    """Runs of Chinese as single characters and pairs, each pair between its two characters."""
    return HAN_PAIR.sub(r"\1 \1\2 ", folded)


def normalise(text: str) -> str:
    """The one normal form of index and query."""
    return cut(fold(text))


def field_language(tag: str) -> str:
    """The index language of a BCP 47 tag: its own where there is a field for it, else `und`."""
    primary = tag.partition("-")[0]
    return primary if primary in LANGUAGES else "und"


def prepared(language: str, normal: str) -> str:
    """Normalised text as the stemmer of a language wants it; this is what is handed to the engine."""
    for pattern, replacement in BEFORE_STEMMING.get(language, NOTHING_TO_STEM):
        normal = pattern.sub(replacement, normal)
    return normal


def starts(normal: str) -> frozenset[str]:
    """The words that a prefix may begin: those of the text, Arabic ones without their article too."""
    return frozenset((*normal.split(), *ARTICLE.sub("", normal).split()))


def analysed(tag: str, words: str) -> tuple[str, str, frozenset[str]]:
    """The index language of a text, the text as that language's stemmer wants it, and its words for prefixes."""
    language, normal = field_language(tag), normalise(words)
    return language, prepared(language, normal), starts(normal)


analysed_label = lru_cache(maxsize=20_000)(analysed)


@cache
def analyzer(language: str) -> TextAnalyzer:
    """The engine's part: split by blanks, drop what is too long to be a word, stem."""
    builder = TextAnalyzerBuilder(Tokenizer.whitespace()).filter(Filter.remove_long(LONGEST_WORD))
    if language in STEMMERS:
        builder = builder.filter(Filter.stemmer(STEMMERS[language]))
    return builder.build()


@lru_cache(maxsize=50_000)
def stems(language: str, normal: str) -> tuple[str, ...]:
    """The terms that the index of a language holds for normalised words."""
    return tuple(analyzer(language).analyze(prepared(language, normal)))


def forms(language: str, word: str) -> tuple[str, ...]:
    """The stems to look for; in Arabic also those of the word after "and", which is written as one word with it."""
    found = stems(language, word)
    return (*found, *stems(language, "و" + word)) if language == "ar" and ARABIC.match(word) else found
