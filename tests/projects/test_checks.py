"""What only projects must obey."""

import pytest

from projects import checks
from tests.documents import a_project, errors, warnings


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "found"),
    [
        ("2026-05-01", "2026-04-01", {"/ends_on": "order"}),
        ("2026", "2025", {"/ends_on": "order"}),
        ("2026", "2026", {}),
        ("2026-03", "2026", {}),
    ],
)
def test_a_project_ends_after_it_starts(starts_on, ends_on, found):
    assert errors(a_project(starts_on=starts_on, ends_on=ends_on)) == found


def test_the_parts_of_a_project_end_after_they_start_too():
    document = a_project()
    document["activities"][0] |= {"starts_on": "2026", "ends_on": "2025"}
    document["funding"][0] |= {"starts_on": "2026", "ends_on": "2025"}

    assert errors(document) == {"/activities/0/ends_on": "order", "/funding/0/ends_on": "order"}


@pytest.mark.parametrize(
    ("times", "found"),
    [
        ({"starts_on": "2026-01-01", "ends_on": "2026-05-31"}, {"/ends_on": "too_short"}),
        ({"starts_on": "2026-01", "ends_on": "2026-06"}, {}),
        ({"starts_on": "2026", "ends_on": "2026"}, {}),
        ({"starts_on": None, "ends_on": None, "duration": 20, "duration_unit": "weeks"}, {"/duration": "too_short"}),
        ({"starts_on": None, "ends_on": None, "duration": 179, "duration_unit": "days"}, {"/duration": "too_short"}),
        ({"starts_on": None, "ends_on": None, "duration": 6, "duration_unit": "months"}, {}),
        ({"starts_on": None, "ends_on": None, "duration": 1, "duration_unit": "years"}, {}),
        ({"starts_on": "2026", "ends_on": None}, {}),
    ],
)
def test_a_project_lasts_six_months_or_is_an_opportunity(times, found):
    assert errors(a_project(status="approved", **times)) == found


def test_a_project_names_at_least_one_agency_or_partner():
    none = {"implementing_agencies": None, "executing_agencies": None, "partners": None}
    party = [{"id": "party001", "name": "University"}]

    assert errors(a_project(**none)) == {"/implementing_agencies": "required"}
    for field in none:
        assert errors(a_project(**(none | {field: party}))) == {}


def test_a_budget_that_differs_from_its_lines_warns_and_both_are_kept():
    document = a_project(total_budget={"amount": "900000", "currency": "USD"})

    assert errors(document) == {}
    assert warnings(document) == {"/total_budget/amount": "differs"}


def test_stages_of_one_flow_are_never_added_together():
    def line(stage, amount):
        return {"amount": amount, "currency": "USD", "stage": stage}

    lines = [line("planned", "100"), line("committed", "60"), line("committed", "40"), line("disbursed", "30")]
    budget = {"amount": "100", "currency": "USD"}

    agreed = list(checks.budget_agrees_with_its_lines({"funding": lines, "total_budget": budget}))
    differing = list(
        checks.budget_agrees_with_its_lines({"funding": lines, "total_budget": budget | {"amount": "230"}})
    )

    assert agreed == []
    assert [problem.code for problem in differing] == ["differs"]


def test_the_budget_is_not_held_against_money_told_twice():
    document = a_project()

    assert len(document["funding"]) == 2
    assert warnings(document) == {}


def test_lines_in_other_currencies_are_not_compared_with_the_budget():
    document = a_project(total_budget={"amount": "5", "currency": "EUR"})

    assert warnings(document) == {}
