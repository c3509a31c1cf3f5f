"""The languages of a text that are offered beside the one that is shown."""

import pytest

from formats import multilingual


@pytest.mark.parametrize(
    ("texts", "others"),
    [
        ({"und": "maize"}, []),
        ({"fr": "maïs"}, []),
        ({"en": "maize", "fr": "maïs"}, ["maïs"]),
        ({"en": "maize", "und": "maize", "fr": "maïs", "fr-CA": "maïs"}, ["maïs"]),
        ({"en": "maize", "fr": "  "}, []),
        ({"und": "maize", "fr": "maïs"}, ["maïs"]),
    ],
)
def test_only_what_another_language_says_is_offered(texts, others):
    assert [str(one) for one in multilingual.others(texts, "en")] == others
