"""What only country needs must obey."""

import pytest

from tests.documents import a_countrys_needs, a_need, errors, warnings


@pytest.mark.parametrize(
    ("coverage", "found"),
    [
        ({"countries": ["UG"]}, {}),
        ({"countries": ["UG", "KE"]}, {"/countries": "too_many"}),
        ({"countries": None}, {"/countries": "required"}),
        ({"scope": "global"}, {"/scope": "scope"}),
        ({"scope": "sub-national", "place": {"en": "Gulu"}}, {"/scope": "scope"}),
        ({"groups": ["ldc"]}, {"/groups": "scope"}),
    ],
)
def test_needs_are_those_of_exactly_one_country(coverage, found):
    assert errors(a_countrys_needs(**coverage)) == found


def test_the_country_of_needs_is_asked_for_once():
    assert list(errors(a_countrys_needs(countries=None, scope=None))) == ["/scope", "/countries"]


def test_two_needs_in_the_same_place_of_the_order_warn():
    document = a_countrys_needs(needs=[a_need(), {}, a_need(id="second01"), a_need(id="third001", rank=2)])

    assert errors(document) == {}
    assert warnings(document) == {"/needs/2/rank": "tie"}


def test_needs_without_a_place_in_the_order_do_not_tie():
    document = a_countrys_needs(needs=[a_need(rank=None), a_need(id="second01", rank=None)])

    assert warnings(document) == {}


@pytest.mark.parametrize(
    ("state", "found"),
    [("open", {"/needs/0/state": "state"}), (None, {"/needs/0/state": "state"}), ("met", {}), ("partly-met", {})],
)
def test_a_need_that_records_met_is_no_longer_open(state, found):
    record = {"id": "record01", "uid": "CMB-PRJ-UG-3", "name": "Laboratories"}

    assert warnings(a_countrys_needs(needs=[a_need(state=state, met_by=[record])])) == found


def test_the_period_ends_after_it_starts():
    found = errors(a_countrys_needs(period_starts_on="2027", period_ends_on="2026-12"))

    assert found == {"/period_ends_on": "order"}
