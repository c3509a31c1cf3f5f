"""Words found are marked in the original text, in every script, and excerpts are cut around them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.search import words
from catalogue.search.highlight import LENGTH, excerpt, highlight


def marked(original, typed, tag):
    return [piece for piece, is_hit in highlight(original, words.read(typed), tag) if is_hit]


@pytest.mark.parametrize(
    ("original", "typed", "tag", "expected"),
    [
        ("Border laboratories, and a Laboratory.", "laboratory", "en", ["laboratories", "Laboratory"]),
        ("L’évaluation des risques", "evaluation", "fr", ["évaluation"]),
        ("السَّلامَةُ الأحيائيّة", "سلامة", "ar", ["السَّلامَةُ"]),
        ("Изменённых организмов", "организмы", "ru", ["организмов"]),
        ("转基因生物检测", "转基因检测", "zh", ["转基因", "检测"]),
        ("DNA检测", "dna", "zh", ["DNA"]),
        ("Risk of maize and cotton", '"risk of maize" -cotton', "en", ["Risk", "of", "maize"]),
        ("Laboratories", "labo", "en", ["Laboratories"]),
        ("<b>maize</b> & more", "maize", "en", ["maize"]),
        ("Nothing here", "", "en", []),
    ],
)
def test_the_words_found_are_marked_as_they_stand_in_the_text(original, typed, tag, expected):
    assert marked(original, typed, tag) == expected


@given(original=st.text(), typed=st.text(max_size=30), tag=st.sampled_from(["en", "ar", "zh", "und", "ru"]))
def test_the_pieces_joined_are_the_text(original, typed, tag):
    pieces = highlight(original, words.read(typed), tag)

    assert "".join(piece for piece, _is_hit in pieces) == original


def test_an_excerpt_shows_the_first_hit_and_says_where_it_was_cut():
    prose = "word " * 200 + "maize in the field " + "end " * 200

    shown = excerpt([("en", prose)], words.read("maize"), "en")

    text = "".join(piece for piece, _is_hit in shown.fragments)
    assert ("maize", True) in shown.fragments
    assert text.startswith("… ")
    assert text.endswith(" …")
    assert len(text) <= LENGTH + 4


def test_an_excerpt_prefers_a_text_with_hits_and_then_the_readers_language():
    texts = [("fr", "Le maïs"), ("en", "Maize"), ("en", "Cotton"), ("fr", "Le coton")]

    with_hit = excerpt(texts, words.read("cotton"), "fr")
    without = excerpt(texts, words.read("wheat"), "fr")

    assert (with_hit.language, with_hit.has_hits) == ("en", True)
    assert (without.language, without.has_hits) == ("fr", False)


def test_a_short_text_is_shown_whole():
    assert excerpt([("en", "Maize")], words.read(""), "en").fragments == [("Maize", False)]
    assert excerpt([], words.read("maize"), "en") is None


def test_chinese_without_blanks_is_cut_all_the_same():
    shown = excerpt([("zh", "安" * 500 + "转基因" + "全" * 500)], words.read("转基因"), "zh")

    assert ("转基因", True) in shown.fragments
    assert sum(len(piece) for piece, _is_hit in shown.fragments) <= LENGTH + 4
