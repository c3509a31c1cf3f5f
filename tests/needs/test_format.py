"""The fields of NED: what is mandatory of the record and of each need."""

import pytest

from formats import registry
from tests.documents import a_countrys_needs, a_need, errors, read

MANDATORY = ["languages", "title", "scope", "countries", "needs"]
MANDATORY_OF_A_NEED = ["area", "specific_need", "priority", "horizon"]


@pytest.mark.parametrize("field", MANDATORY)
def test_a_countrys_needs_cannot_do_without(field):
    assert errors(a_countrys_needs(**{field: None}))[f"/{field}"] == "required"


def test_nothing_else_is_mandatory():
    need = {name: a_need()[name] for name in ["id", *MANDATORY_OF_A_NEED]}
    document = {name: a_countrys_needs()[name] for name in ["format", *MANDATORY]} | {"needs": [need]}

    assert errors(document) == {}


@pytest.mark.parametrize("field", MANDATORY_OF_A_NEED)
def test_a_need_cannot_do_without(field):
    assert errors(a_countrys_needs(needs=[a_need(**{field: None})])) == {f"/needs/0/{field}": "required"}


@pytest.mark.parametrize(("field", "code"), [("area", "other"), ("assistance", ["other"]), ("targets", ["other"])])
def test_other_asks_for_words_in_each_need(field, code):
    without = a_need(**{field: code})
    with_words = a_need(**{field: code, f"{field}_other": {"en": "Cold storage"}})

    assert errors(a_countrys_needs(needs=[without])) == {f"/needs/0/{field}_other": "required"}
    assert errors(a_countrys_needs(needs=[with_words])) == {}


@pytest.mark.parametrize(
    ("field", "codes"),
    [
        ("priority", ["high", "medium", "low"]),
        ("horizon", ["short", "medium", "long"]),
        ("state", ["open", "partly-met", "met", "no-longer-needed"]),
    ],
)
def test_priority_horizon_and_state_have_their_words(field, codes):
    for code in codes:
        assert errors(a_countrys_needs(needs=[a_need(**{field: code})])) == {}

    assert errors(a_countrys_needs(needs=[a_need(**{field: "urgent"})])) == {f"/needs/0/{field}": "unknown_code"}


@pytest.mark.parametrize("code", ["OPP", "PRJ", "RES", "REP"])
def test_what_met_a_need_is_a_record_of_the_portal(code):
    record = {"id": "record01", "uid": f"CMB-{code}-SCBD-3", "name": "A record"}
    needs = a_countrys_needs(needs=[a_need(met_by=[record], state="met")])

    assert errors(needs) == {}
    assert read(needs).values["needs"][0]["met_by"] == [record]


def test_needs_are_not_met_by_other_needs_or_by_organizations():
    records = [{"id": f"record0{n}", "uid": f"CMB-{code}-UG-3"} for n, code in enumerate(["NED", "ORG"])]

    found = errors(a_countrys_needs(needs=[a_need(met_by=records)]))

    assert found == {"/needs/0/met_by/0": "database", "/needs/0/met_by/1": "database"}


def test_an_estimated_cost_has_its_currency():
    found = errors(a_countrys_needs(needs=[a_need(estimated_cost={"amount": "5"})]))

    assert found == {"/needs/0/estimated_cost/currency": "required"}


def test_the_countrys_own_order_begins_at_one():
    assert errors(a_countrys_needs(needs=[a_need(rank=0)])) == {"/needs/0/rank": "min_value"}


def test_needs_are_national_one_record_a_country_and_searched_one_by_one():
    fmt = registry.by_code("NED")

    assert fmt.option("national") is True
    assert fmt.option("one_per_country") is True
    assert fmt.option("entries") == "needs"
    assert {name: f.facet for name, f in fmt.fields["needs"].fields.items() if f.facet} == {
        "area": "area",
        "priority": "priority",
        "horizon": "horizon",
        "assistance": "assistance",
        "targets": "target",
        "state": "state",
    }
