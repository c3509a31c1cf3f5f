"""The catalogues themselves: whole, in the right forms, with the same placeholders and the same markup."""

import re
from pathlib import Path

import allauth
import pytest
from babel.messages import pofile

from accounts.library_texts import TEXTS
from bch_portal import catalogues

MARKUP = re.compile(r"</?\w+[^>]*>")
ARABIC = re.compile("[\u0621-\u064a]")
# Names of formats and protocols, and texts that hold placeholders only, are the same in every language.
WITHOUT_WORDS = {"%(facet)s: %(value)s", "OAI-PMH", "Dublin Core (oai_dc)"}


@pytest.fixture(scope="module")
def arabic():
    path = next(path for language, path in catalogues.files() if language == "ar")
    return [message for message in catalogues.read("ar", path) if message.id]


def forms(message):
    return message.string if isinstance(message.string, tuple) else (message.string,)


def test_arabic_says_everything_and_doubts_nothing(arabic):
    doubtful = [message.id for message in arabic if message.fuzzy]

    assert list(catalogues.problems("ar")) == []
    assert doubtful == []


def test_every_arabic_text_is_in_arabic_letters(arabic):
    foreign = [message.id for message in arabic if not all(ARABIC.search(form) for form in forms(message))]

    assert set(foreign) == WITHOUT_WORDS


def test_a_counted_text_has_the_six_forms_of_arabic(arabic):
    counted = [message for message in arabic if message.pluralizable]

    assert counted
    assert {len(message.string) for message in counted} == {6}


def test_no_form_asks_for_a_value_that_the_source_does_not_give(arabic):
    wrong = []
    for message in (one for one in arabic if one.pluralizable):
        given = catalogues.placeholders(message.id[1])
        several = [catalogues.placeholders(form) for form in message.string[3:]]
        if any(asked != given for asked in several):
            wrong.append(message.id)

    assert wrong == []


def test_the_markup_of_a_translation_is_that_of_its_source(arabic):
    wrong = [
        message.id
        for message in arabic
        if not message.pluralizable and sorted(MARKUP.findall(message.id)) != sorted(MARKUP.findall(message.string))
    ]

    assert wrong == []


@pytest.mark.parametrize(
    ("count", "shown"),
    [
        (1, "سجل واحد"),
        (2, "سجلان"),
        (3, "3 سجلات"),
        (11, "11 سجلا"),
        (66, "66 سجلا"),
        (100, "100 سجل"),
        (103, "103 سجلات"),
    ],
)
def test_records_are_counted_as_arabic_counts(count, shown):
    from django.utils import translation

    with translation.override("ar"):
        counted = translation.ngettext("%(count)s record", "%(count)s records", count) % {"count": count}

    assert counted == shown


def test_the_texts_that_we_say_in_place_of_allauth_are_still_its_texts():
    with (Path(allauth.__file__).parent / "locale/ar/LC_MESSAGES/django.po").open("rb") as file:
        its_own = pofile.read_po(file, locale="ar")

    assert [text for text in TEXTS if its_own.get(text) is None] == []
