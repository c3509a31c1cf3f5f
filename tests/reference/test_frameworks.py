"""The plans as data: complete, with their editions and marks, never joined by bare numbers."""

from collections import Counter

import pytest

from reference.frameworks import (
    framework_name,
    frameworks,
    is_selectable,
    item,
    kind_label,
    label,
    selectable,
)
from reference.languages import UN_LANGUAGES
from reference.vocabularies import vocabulary
from tests.reference.scripts import written_in

EVERY_ITEM = [one for plan in frameworks().values() for one in plan.items.values()]

COUNTS = {
    "IP-2021-2030": {
        "area": 2,
        "goal": 14,
        "objective": 36,
        "indicator": 48,
        "outcome": 14,
        "key-area": 39,
        "activity": 42,
    },
    "AP-2012-2020": {
        "operational-objective": 8,
        "indicator": 29,
        "outcome": 23,
        "result": 37,
        "result-part": 4,
        "activity": 65,
        "activity-group": 4,
        "activity-part": 7,
    },
    "SP-2011-2020": {
        "vision": 1,
        "mission": 1,
        "strategic-objective": 5,
        "operational-objective": 23,
        "indicator": 29,
        "outcome": 22,
        "impact": 3,
    },
    "SPD-2009": {
        "vision": 1,
        "mission": 1,
        "strategic-objective": 5,
        "operational-objective": 19,
        "indicator": 59,
        "outcome": 51,
        "impact": 13,
    },
}


@pytest.mark.parametrize("code", COUNTS)
def test_a_plan_holds_what_was_counted_in_its_source(code):
    assert Counter(one.kind for one in frameworks()[code].items.values()) == COUNTS[code]


def test_an_item_carries_the_code_of_its_plan():
    assert all(one.code.startswith(f"{one.framework}/") for one in EVERY_ITEM)
    assert item("IP-2021-2030/A.1").text == "Parties have in place functional national biosafety frameworks"


@pytest.mark.parametrize("code", ["", "A.1", "IP-2021-2030", "IP-2021-2030/Z.9", "XX-2000/A.1", "/"])
def test_an_unknown_code_is_no_item(code):
    assert item(code) is None
    assert not is_selectable(code)


def test_no_parent_reference_or_edition_dangles():
    for one in EVERY_ITEM:
        plan = frameworks()[one.framework]
        linked = [*one.applies_to, *one.corresponds_to, *one.same_as, *one.suggested.get("crosswalk", ())]
        assert one.parent is None or one.parent in plan.items
        assert all(item(code) for code in linked), one.code
        assert {wording.edition for wording in one.wordings} <= plan.editions.keys()


def test_suggested_areas_are_terms_of_the_vocabulary():
    areas = {code for one in EVERY_ITEM for code in one.suggested.get("areas", ())}

    assert areas
    assert areas <= vocabulary("area").terms.keys()


def test_only_goals_objectives_and_key_areas_of_the_plans_in_use_are_selectable():
    kinds = Counter(item(code).kind for code in selectable())

    assert kinds == {
        "goal": 14,
        "objective": 36,
        "key-area": 39,
        "operational-objective": 8 + 23,
        "strategic-objective": 5,
    }
    assert is_selectable("IP-2021-2030/A.1-ka-1")
    assert not is_selectable("IP-2021-2030/A.1-ind-a")
    assert not is_selectable("SPD-2009/2.5")


def test_the_text_is_the_newest_wording_that_is_not_merely_suggested():
    given = item("IP-2021-2030/A.1-ka-2")
    suggested = item("IP-2021-2030/A.2-ka-2")

    assert (given.edition, given.text) == (
        "liaison-group-14",
        "Strengthening capacities of competent national authorities",
    )
    assert [wording.mark for wording in suggested.wordings] == ["official", "suggested"]
    assert (suggested.edition, suggested.text) == ("draft-2020", "Accessing information on the BCH")


def test_two_numberings_of_the_strategic_plan_stay_apart():
    adopted, draft = item("SP-2011-2020/2.4"), item("SPD-2009/2.4")

    assert adopted.heading == "Liability and Redress"
    assert draft.text.startswith("To develop capacity for handling")
    assert item("SPD-2009/2.5").suggested["crosswalk"] == [adopted.code]


def test_a_repaired_text_says_what_was_done():
    repaired = [wording for one in EVERY_ITEM for wording in one.wordings if wording.mark == "repaired"]

    assert len(repaired) == 28
    assert all(wording.note for wording in repaired)


def test_marks_are_those_that_the_plans_know():
    marks = {wording.mark for one in EVERY_ITEM for wording in one.wordings}

    assert marks == {"official", "repaired", "applied", "suggested"}


def test_a_label_has_number_and_words_or_the_kind_in_the_readers_language():
    assert label("IP-2021-2030/A.8", "fr") == "A.8 Parties are able to detect and identify LMOs"
    assert label("IP-2021-2030/A.6-8-ka-3").startswith("A.6–A.8 (3) Strengthening sampling")
    assert label("SP-2011-2020/3.1") == "3.1 Compliance and review"
    assert label("SP-2011-2020/1", "fr") == "Domaine d’intervention 1"
    with pytest.raises(KeyError):
        label("A.1")


def test_every_selectable_item_has_a_label_of_its_own():
    labels = Counter((item(code).framework, label(code)) for code in selectable())

    assert [pair for pair, count in labels.items() if count > 1] == []


@pytest.mark.parametrize("language", UN_LANGUAGES)
def test_plans_and_kinds_are_named_in_every_language(language):
    names = [framework_name(code, language) for code in frameworks()]
    kinds = [kind_label(one.kind, language) for one in EVERY_ITEM]

    assert all(written_in(language, text) for text in (*names, *kinds))


def test_a_language_without_a_name_falls_back_to_english():
    assert framework_name("IP-2021-2030", "pt").startswith("Implementation Plan")
    assert kind_label("goal", "pt") == "Goal"
