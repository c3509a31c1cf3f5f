"""Vocabularies: complete in six languages, marked, unique, without dangling parents."""

from collections import Counter

import pytest

from reference import store, version
from reference.languages import UN_LANGUAGES
from reference.vocabularies import vocabularies, vocabulary
from tests.reference.scripts import written_in

OTHER = "5B6177DD-5E5E-434E-8CB7-D63D67D5EBED"

SIZES = {
    "area": 17,
    "assistance": 9,
    "category": 13,
    "cooperation": 8,
    "funding-stage": 3,
    "funding-type": 11,
    "horizon": 3,
    "language-un": 6,
    "level": 3,
    "licence": 14,
    "medium": 7,
    "mode": 3,
    "need-state": 4,
    "opportunity-type": 11,
    "organization-type": 10,
    "period-unit": 4,
    "priority": 3,
    "project-type": 2,
    "report-type": 9,
    "resource-type": 63,
    "scope": 5,
    "status": 6,
    "target": 16,
    "theme": 56,
}

EVERY_TERM = [
    pytest.param(one, term, id=f"{one.name}/{term.code}")
    for one in vocabularies().values()
    for term in one.terms.values()
]


def test_the_vocabularies_are_those_of_the_common_formats():
    assert {name: len(one.terms) for name, one in vocabularies().items()} == SIZES


@pytest.mark.parametrize("name", SIZES)
def test_a_file_lists_each_code_once(name):
    codes = [row["code"] for row in store.read("vocabularies", f"{name}.json")["terms"]]

    assert len(codes) == len(set(codes))
    assert vocabulary(name).name == name


@pytest.mark.parametrize(("one", "term"), EVERY_TERM)
def test_a_term_is_complete(one, term):
    assert term.code == term.code.lower().strip()
    assert term.code.isascii()
    assert tuple(term.labels) == tuple(term.marks) == UN_LANGUAGES
    assert all(written_in(language, text) for language, text in term.labels.items())
    assert set(term.marks.values()) <= {"official", "ours", "provisional"}
    assert term.parent is None or term.parent in one.terms


@pytest.mark.parametrize(("one", "term"), EVERY_TERM)
def test_a_provisional_term_is_marked_so_in_every_language(one, term):
    marks = set(term.marks.values())

    assert (marks == {"provisional"}) if term.provisional else ("provisional" not in marks)


@pytest.mark.parametrize("name", SIZES)
def test_labels_and_identifiers_are_unique(name):
    terms = vocabulary(name).terms.values()
    identifiers = Counter(identifier for term in terms for identifier in term.identifiers)

    assert [identifier for identifier, count in identifiers.items() if count > 1] == []
    for language in UN_LANGUAGES:
        labels = Counter(term.labels[language].casefold() for term in terms)
        assert [label for label, count in labels.items() if count > 1] == []


def test_other_has_the_identifier_of_the_clearing_house_and_stands_last():
    opened = [one for one in vocabularies().values() if "other" in one.terms]

    assert {one.resolve(OTHER) for one in opened} == {"other"}
    assert all(list(one.terms)[-1] == "other" for one in opened)
    assert {"area", "category", "target", "opportunity-type"} <= {one.name for one in opened}


def test_the_areas_are_official_in_six_languages():
    areas = [term for term in vocabulary("area").terms.values() if term.code != "other"]

    assert len(areas) == 16
    assert all(set(term.marks.values()) == {"official"} for term in areas)
    assert all(len(term.identifiers) == 1 for term in areas)


def test_the_themes_stand_in_seven_branches_with_an_identifier_each():
    themes = vocabulary("theme").terms.values()

    assert sum(term.parent is None for term in themes) == 7
    assert all(len(term.identifiers) == 1 for term in themes)
    assert {term.marks["en"] for term in themes} == {"official"}


def test_a_code_or_an_identifier_in_any_case_resolves_to_the_code():
    scope = vocabulary("scope")

    assert scope.resolve("regional") == "regional"
    assert scope.resolve("C7D6719B-8AD9-4EB1-A472-B0B858DE0F56") == "regional"
    assert scope.resolve("528b1187-f1bd-4479-9fb3-adbd9076d361") == "regional"
    assert scope.resolve("Regional") is None
    assert scope.resolve("") is None


def test_a_branch_knows_what_is_below_and_a_term_what_is_above():
    theme = vocabulary("theme")

    below = theme.descendants("science")

    assert len(below) == 7
    assert set(below) >= {"detection", "risk-assessment"}
    assert theme.ancestors("detection") == ("science",)
    assert theme.ancestors("science") == ()
    assert theme.descendants("detection") == ()


def test_a_label_is_in_the_readers_language_or_in_english():
    area = vocabulary("area")

    assert area.label("liability", "es") == "Responsabilidad y compensación"
    assert area.label("liability", "pt") == area.label("liability") == "Liability and redress"
    with pytest.raises(KeyError):
        area.label("nothing")


def test_an_unknown_vocabulary_is_a_key_error():
    with pytest.raises(KeyError):
        vocabulary("../countries")


def test_the_version_is_a_short_hash_that_stays():
    assert len(version()) == 12
    assert int(version(), 16)
    assert version() == version()
