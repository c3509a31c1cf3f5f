"""The code lists of IATI and what they mean here: `codes.toml`, read once."""

import tomllib
from functools import cache
from pathlib import Path

from reference.matching import fold

FILE = Path(__file__).parent / "codes.toml"


@cache
def tables() -> dict[str, dict]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def name(table: str, code: str, missing: str = "") -> str:
    """What a table says of a code."""
    return tables()[table].get(code, missing)


def meaning(table: str, *words: str) -> str:
    """The entry of a table that lists one of these words, the first that is known; else nothing."""
    return next((found for word in words if (found := _by_word(table).get(fold(word)))), "")


def says_nothing(text: str) -> bool:
    """Whether a text is one of the words that stand for nothing, or has no letter and no digit."""
    folded = fold(text)
    return not folded or folded in _nothing()


@cache
def _by_word(table: str) -> dict[str, str]:
    return {fold(word): entry for entry, words in tables()[table].items() for word in words}


@cache
def _nothing() -> frozenset[str]:
    return frozenset(map(fold, tables()["nothing"]["words"]))
