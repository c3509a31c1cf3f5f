"""Showing a reader where the words were found: in the original text, never in the analysed one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from catalogue.index import text
from catalogue.search.words import HAN, Wanted

Fragments = list[tuple[str, bool]]

WORD = re.compile(rf"[{text.HAN}]+|(?:(?![{text.HAN}])[^\W_]|[{text.DROPPED}])+")
LENGTH = 240
LEAD = 60
LONGEST_SCANNED = 20_000


@dataclass(frozen=True)
class Excerpt:
    """A piece of text around the words that were found, and its language tag."""

    language: str
    fragments: Fragments

    @property
    def has_hits(self) -> bool:
        return any(is_hit for _text, is_hit in self.fragments)


def highlight(original: str, wanted: Wanted, tag: str = "und") -> Fragments:
    """The text in pieces, each with whether it is one of the words looked for. Joined, they are the text."""
    return list(_pieces(original, _hits(original, wanted, tag)))


def excerpt(texts: list[tuple[str, str]], wanted: Wanted, language: str) -> Excerpt | None:
    """The best piece of (tag, text) pairs: the reader's language first, one with hits before one without."""
    ordered = sorted(texts, key=lambda one: one[0] != language)
    first = None
    for tag, original in ordered:
        start = next((begin for begin, _end in _hits(original, wanted, tag)), None)
        if start is not None:
            return Excerpt(tag, _around(original, start, wanted, tag))
        first = first or (tag, original)
    return Excerpt(first[0], _around(first[1], 0, wanted, first[0])) if first else None


def _around(original: str, hit: int, wanted: Wanted, tag: str) -> Fragments:
    """About 240 characters with the hit near their beginning, cut between words, the cuts shown."""
    start = _word_start(original, hit - LEAD) if hit > LEAD else 0
    end = len(original)
    if end - start > LENGTH:
        blank = original.rfind(" ", start + LENGTH - LEAD, start + LENGTH)
        end = max(blank if blank > 0 else start + LENGTH, hit + 1)
    pieces = highlight(" ".join(original[start:end].split()), wanted, tag)
    before = [("… ", False)] if start else []
    after = [(" …", False)] if end < len(original) else []
    return [*before, *pieces, *after]


def _word_start(original: str, place: int) -> int:
    """The first beginning of a word from here on, or here where no blank is near (Chinese)."""
    blank = original.find(" ", place, place + LEAD)
    return blank + 1 if blank >= 0 else place


def _hits(original: str, wanted: Wanted, tag: str) -> Iterator[tuple[int, int]]:
    """Where the words stand, in order."""
    language = text.field_language(tag)
    stems, starts, han = _looked_for(wanted, language)
    if not (stems or starts or han):
        return
    for found in WORD.finditer(original, 0, LONGEST_SCANNED):
        if HAN.match(found[0]):
            yield from (one.span(1) for one in (han.finditer(original, *found.span()) if han else ()))
        elif _is_hit(found[0], language, stems, starts):
            yield found.span()


def _is_hit(word: str, language: str, stems: frozenset[str], starts: tuple[str, ...]) -> bool:
    normal, own_stems = _read(word, language)
    return not stems.isdisjoint(own_stems) or bool(starts and normal.startswith(starts))


@lru_cache(maxsize=50_000)
def _read(word: str, language: str) -> tuple[str, tuple[str, ...]]:
    normal = text.normalise(word)
    return normal, text.stems(language, normal)


@lru_cache(maxsize=1_000)
def _looked_for(wanted: Wanted, language: str) -> tuple[frozenset[str], tuple[str, ...], re.Pattern | None]:
    """The stems in a language, the beginnings of the last word, and a pattern of the Chinese pairs."""
    words = [word for clause in wanted.positive for word in clause.words]
    stems = {stem for word in words if not HAN.match(word) for stem in text.forms(language, word)}
    starts = tuple(clause.words[0] for clause in wanted.positive if clause.prefix and len(clause.words[0]) > 1)
    grams = {word[place : place + 2] for word in words if HAN.match(word) for place in range(max(1, len(word) - 1))}
    pairs = "|".join(sorted(map(re.escape, grams)))
    return frozenset(stems), starts, re.compile(f"(?=({pairs}))") if pairs else None


def _pieces(original: str, hits: Iterator[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    """Cut the text at the hits; hits that touch or overlap become one."""
    begin = end = done = 0
    for start, stop in hits:
        if start > end:
            yield from _two(original, done, begin, end)
            done, begin = end, start
        elif begin == end:
            begin = start
        end = stop
    yield from _two(original, done, begin, end)
    if end < len(original):
        yield original[end:], False


def _two(original: str, done: int, begin: int, end: int) -> Iterator[tuple[str, bool]]:
    if done < begin:
        yield original[done:begin], False
    if begin < end:
        yield original[begin:end], True
