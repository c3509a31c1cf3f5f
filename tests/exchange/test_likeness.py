"""What may be the same: titles that say the same, of one database, and not too short to mean something."""

from types import SimpleNamespace

import pytest

from exchange.importing.likeness import MOST, likeness, named

TITLE = "A biosafety framework"


def of(title, database="projects"):
    return likeness(database, {"title": {"en": title}})


@pytest.mark.parametrize(
    "title", ["A BIOSAFETY FRAMEWORK", "A biosafety  framework.", "Bhutan--A biosafety framework"]
)
def test_case_signs_and_a_country_before_it_make_no_other_title(title):
    assert of(title) == of(TITLE) != ""


@pytest.mark.parametrize("title", ["Atlantis--A biosafety framework", "The second biosafety framework"])
def test_other_words_make_another_title(title):
    assert of(title) not in (of(TITLE), "")


def test_things_of_two_databases_are_never_alike():
    assert of(TITLE, "resources") != of(TITLE)


def test_a_title_of_fewer_than_twenty_letters_is_alike_by_chance():
    assert of("abcdefghij klmnopqrs") != ""
    assert of("abcdefghij klmnopqr") == ""
    assert likeness("projects", {}) == ""


def test_so_many_are_named_each_once_and_only_those_that_have_a_record():
    alike = [SimpleNamespace(uid=f"CMB-PRJ-KE-{number:02}") for number in (*range(20, 0, -1), 1, 2)]

    assert named([SimpleNamespace(uid=""), *alike]) == [{"uid": f"CMB-PRJ-KE-{n:02}"} for n in range(1, MOST + 1)]
