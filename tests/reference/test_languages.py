"""Languages, currencies and the comparing of names."""

import pytest

from reference import currencies
from reference.languages import (
    UN_LANGUAGES,
    direction,
    find_language,
    is_language,
    is_tag,
    language_codes,
    language_name,
)
from reference.matching import fold
from reference.vocabularies import vocabulary


@pytest.mark.parametrize("code", ["en", "sw", "swa", "eng", "fre", "fra", "quz", "ckb", "gug", "und"])
def test_any_iso_639_code_is_a_language(code):
    assert is_language(code)


@pytest.mark.parametrize("text", ["", "x", "xx", "English", "EN", "en-GB", "12", "é"])
def test_anything_else_is_not_a_language(text):
    assert not is_language(text)


@pytest.mark.parametrize("tag", ["en", "pt-BR", "zh-Hant", "zh-Hans-CN", "es-419", "und", "sl-rozaj"])
def test_a_tag_may_name_script_region_and_variant(tag):
    assert is_tag(tag)


@pytest.mark.parametrize("tag", ["", "x", "english", "en_GB", "en-", "xx-XX", "en GB"])
def test_what_is_not_a_tag_is_refused(tag):
    assert not is_tag(tag)


def test_a_language_is_named_in_the_readers_language():
    assert [language_name("sw", known) for known in UN_LANGUAGES] == [
        "السواحلية",
        "斯瓦希里语",
        "Swahili",
        "swahili",
        "суахили",
        "suajili",
    ]
    assert language_name("swa", "fr") == "swahili"
    assert language_name("pt-BR") == "Brazilian Portuguese"
    assert language_name("sw-TZ") == "Swahili"


def test_a_language_without_a_name_shows_its_english_name_or_its_code():
    assert language_name("bar", "ar") == "Bavarian"
    assert language_name("aaa") == "aaa"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Swahili", "sw"),
        (" français ", "fr"),
        ("العربية", "ar"),
        ("испанский", "es"),
        ("SW", "sw"),
        ("Bavarian", "bar"),
    ],
)
def test_a_language_is_found_by_its_name_or_code(text, code):
    assert find_language(text) == code


@pytest.mark.parametrize("text", ["", "Makua", "Mon", "nothing at all"])
def test_a_name_that_two_languages_share_or_none_has_finds_no_language(text):
    assert find_language(text) is None


def test_languages_are_listed_in_the_order_of_their_names():
    names = [language_name(code) for code in language_codes()]

    assert names == sorted(names)
    assert set(UN_LANGUAGES) <= set(language_codes())


@pytest.mark.parametrize("code", ["ar", "fa", "ur", "he", "ps", "dv", "ckb", "az-Arab", "ug"])
def test_some_languages_run_from_right_to_left(code):
    assert direction(code) == "rtl"


@pytest.mark.parametrize("code", ["en", "zh", "ru", "az", "ku", "pa", "pa-PK", "und", "xx"])
def test_the_others_run_from_left_to_right(code):
    assert direction(code) == "ltr"


def test_the_vocabulary_of_record_languages_is_the_six():
    assert set(vocabulary("language-un").terms) == set(UN_LANGUAGES)


def test_a_currency_is_known_by_its_code_and_named_in_the_readers_language():
    assert currencies.is_currency("USD")
    assert not currencies.is_currency("usd")
    assert not currencies.is_currency("ZZZ")
    assert not currencies.is_currency("XXX")
    assert currencies.currency_name("KES", "fr") == "shilling kényan"
    assert currencies.currency_name("ZZZ") == "ZZZ"


def test_currencies_are_listed_by_code_without_those_that_are_no_money():
    codes = currencies.currencies()

    assert codes == tuple(sorted(codes))
    assert {"USD", "EUR", "XOF", "XDR"} <= set(codes)
    assert not {"XXX", "XTS", "XAU"} & set(codes)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Côte d’Ivoire", "cote d ivoire"),
        ("Cote d'Ivoire", "cote d ivoire"),
        ("St. Kitts & Nevis", "saint kitts and nevis"),
        ("The\u00a0Gambia", "gambia"),
        ("GUINEA—BISSAU", "guinea bissau"),
        ("ＫＥＮＹＡ", "kenya"),
        ("إيران", "ايران"),
        ("", ""),
    ],
)
def test_names_are_compared_without_case_accents_punctuation_and_articles(text, folded):
    assert fold(text) == folded
