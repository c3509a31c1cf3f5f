"""Counting words for the word limits."""

import pytest

from formats import words


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("", "en", 0),
        ("  one\n\ntwo\tthree ", "en", 3),
        ("e-learning isn't two", "en", 3),
        ("السلامة الأحيائية", "ar", 2),
        ("生物安全", "zh", 2),
        ("生物安", "zh-Hans", 2),
        ("生物安全 Cartagena Protocol 议定书", "zh", 6),
        ("生物安全", "en", 1),
    ],
)
def test_words_are_what_blanks_divide_and_in_chinese_pairs_of_characters(text, language, expected):
    assert words.count(text, language) == expected
