"""What a person typed into the search box: words, "phrases", -without; the last word is also a prefix."""

import re
from dataclasses import dataclass
from functools import lru_cache

import tantivy
from django.utils.translation import gettext_lazy as _

from catalogue.index import text
from catalogue.index.schema import schema
from catalogue.search.bad_query import BadQuery

MOST_CHARACTERS = 500
MOST_WORDS = 20
SHORTEST_PREFIX = 2
TYPED = re.compile(r'(-?)(?:"([^"]*)"?|([^\s"]+))')
# Each language has quotation marks of its own; all of them hold a phrase together.
QUOTES = str.maketrans(dict.fromkeys("“”„«»＂「」", '"'))
HAN = re.compile(f"[{text.HAN}]")
# In a search they are welcome, not demanded: a title often goes without them.
SMALL_WORDS = frozenset(
    text.fold(
        "a an and as at by for from in is of on or the to with "
        "au aux avec ce dans de des du en et la le les ou par pour sur un une "
        "con del el los las para por que se y o e "
        "в во для и из к на о об от по с со у "
        "في من على الى عن و 的 和 与 在"
    ).split()
)

HEAVY, OWN_LANGUAGE, PREFIX, IDENTIFIER = 3.0, 2.0, 0.5, 20.0
MUST, SHOULD, NOT = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot
Q = tantivy.Query


@dataclass(frozen=True)
class Clause:
    """One thing asked for: a word, or the words of a phrase, in their normal form with Chinese uncut."""

    words: tuple[str, ...]
    phrase: bool = False
    without: bool = False
    prefix: bool = False


@dataclass(frozen=True)
class Wanted:
    """The words of a search, read once; the engine's own syntax is never used."""

    typed: str
    clauses: tuple[Clause, ...]

    @property
    def positive(self) -> list[Clause]:
        return [clause for clause in self.clauses if not clause.without]

    def __bool__(self) -> bool:
        return bool(self.clauses)


def read(typed: str) -> Wanted:
    """Read what was typed; BadQuery where it is too long to answer in time."""
    typed = " ".join(typed.replace("\x00", " ").split())
    if len(typed) > MOST_CHARACTERS:
        raise BadQuery("q", _("The search is longer than %(most)d characters.") % {"most": MOST_CHARACTERS})
    clauses = [clause for match in TYPED.finditer(typed.translate(QUOTES)) for clause in _clauses(*match.groups())]
    if sum(_weight(word) for clause in clauses for word in clause.words) > MOST_WORDS:
        raise BadQuery("q", _("Search for at most %(most)d words at once.") % {"most": MOST_WORDS})
    if clauses and not clauses[-1].phrase and not clauses[-1].without:
        clauses[-1] = Clause(clauses[-1].words, prefix=True)
    return Wanted(typed, tuple(clauses))


@lru_cache(maxsize=64)
def query(wanted: Wanted, language: str) -> tantivy.Query:
    """The engine's query: all the words, each in the field of any language; the page's language weighs double.

    A page asks several times with the same words, for the results and for each facet with a choice.
    """
    demanded = [clause for clause in wanted.positive if not _is_small(clause)] or wanted.positive
    parts = [(MUST if clause in demanded else SHOULD, _clause(clause, language)) for clause in wanted.positive]
    parts += [(NOT, _clause(clause, language)) for clause in wanted.clauses if clause.without]
    if not demanded:
        parts.append((MUST, Q.all_query()))
    found = Q.boolean_query(parts)
    if not demanded or any(clause.without for clause in wanted.clauses):
        return found
    identifier = Q.term_query(schema(), "identifier", "".join(wanted.typed.split()).casefold())
    return Q.boolean_query([(SHOULD, found), (SHOULD, Q.const_score_query(identifier, IDENTIFIER))])


def _clauses(minus: str, phrase: str | None, word: str | None) -> list[Clause]:
    words = tuple(text.fold(phrase if phrase is not None else word).split())
    if not words:
        return []
    if phrase is not None or minus:
        return [Clause(words, phrase=True, without=bool(minus))]
    return [Clause((word,)) for word in words]


def _weight(word: str) -> int:
    """Two Chinese characters count as a word."""
    return (len(word) + 1) // 2 if HAN.match(word) else 1


def _is_small(clause: Clause) -> bool:
    return not clause.phrase and clause.words[0] in SMALL_WORDS


def _clause(clause: Clause, language: str) -> tantivy.Query:
    if clause.phrase:
        return _phrase(text.cut(" ".join(clause.words)), language)
    word = clause.words[0]
    if HAN.match(word):
        return _chinese(word, language)
    found = _anywhere(word, language)
    if not clause.prefix or len(word) < SHORTEST_PREFIX:
        return found
    begins = Q.const_score_query(Q.regex_query(schema(), "words", f"{word}.*"), PREFIX)
    return Q.boolean_query([(SHOULD, found), (SHOULD, begins)])


def _chinese(run: str, language: str) -> tantivy.Query:
    """Three quarters of the pairs of neighbouring characters: nobody marks where a Chinese word ends."""
    pairs = list(dict.fromkeys(run[place : place + 2] for place in range(len(run) - 1))) or [run]
    parts = [(SHOULD, _anywhere(pair, language)) for pair in pairs]
    return Q.boolean_query(parts, minimum_number_should_match=-(-len(pairs) * 3 // 4))


def _anywhere(word: str, language: str) -> tantivy.Query:
    """One word in the texts and, weighing more, the titles of all languages."""
    parts = []
    for one in text.LANGUAGES:
        weight = OWN_LANGUAGE if one == language else 1.0
        for stem in text.forms(one, word):
            for field, heavy in ((f"text_{one}", 1.0), (f"title_{one}", HEAVY)):
                term = Q.term_query(schema(), field, stem)
                parts.append((SHOULD, Q.boost_query(term, weight * heavy) if weight * heavy != 1 else term))
    return Q.boolean_query(parts)


def _phrase(normal: str, language: str) -> tantivy.Query:
    parts = []
    for one in text.LANGUAGES:
        stems = list(text.stems(one, normal))
        if not stems:
            continue
        field = f"text_{one}"
        found = Q.phrase_query(schema(), field, stems) if len(stems) > 1 else Q.term_query(schema(), field, stems[0])
        parts.append((SHOULD, Q.boost_query(found, OWN_LANGUAGE) if one == language else found))
    return Q.boolean_query(parts) if parts else Q.empty_query()
