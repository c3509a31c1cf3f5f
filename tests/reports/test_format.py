"""The fields of REP: what is mandatory, and when."""

import pytest

from formats import registry
from tests.documents import PEOPLE_TRAINED, a_report, errors

MANDATORY = [
    "languages",
    "title",
    "type",
    "period_starts_on",
    "period_ends_on",
    "areas",
    "summary",
    "full_report",
    "scope",
]


@pytest.mark.parametrize("field", MANDATORY)
def test_a_report_cannot_do_without(field):
    assert errors(a_report(**{field: None}))[f"/{field}"] == "required"


def test_nothing_else_is_mandatory_beside_who_reports():
    document = {name: a_report()[name] for name in ["format", "organization", "groups", *MANDATORY]}

    assert errors(document) == {}


@pytest.mark.parametrize(("field", "code"), [("type", "other"), ("areas", ["other"])])
def test_other_asks_for_words(field, code):
    assert errors(a_report(**{field: code})) == {f"/{field}_other": "required"}
    assert errors(a_report(**{field: code, f"{field}_other": {"en": "A diary"}})) == {}


@pytest.mark.parametrize("code", ["PRJ", "OPP", "NED"])
def test_a_report_is_about_projects_opportunities_and_needs(code):
    assert errors(a_report(about=[{"id": "about001", "uid": f"CMB-{code}-KE-1", "name": "It"}])) == {}


def test_a_report_is_not_about_resources():
    assert errors(a_report(about=[{"id": "about001", "uid": "CMB-RES-KE-1"}])) == {"/about/0": "database"}


@pytest.mark.parametrize("field", ["what_worked", "what_did_not"])
def test_each_experience_is_a_text_of_its_own(field):
    rows = [{"id": "first001", "text": {"en": "It rained."}}, {"id": "second01", "text": {"fr": "Il pleuvait."}}]

    assert errors(a_report(**{field: rows})) == {f"/{field}/1/text": "required"}


def test_people_trained_are_told_as_in_projects():
    assert errors(a_report(people_trained=[PEOPLE_TRAINED])) == {}


def test_the_full_report_is_at_an_address():
    assert errors(a_report(full_report=[{"id": "fulltext", "language": "en"}])) == {"/full_report/0/url": "required"}


def test_the_year_of_a_report_is_that_of_its_period():
    assert registry.by_code("REP").option("years") == ("period_starts_on", "period_ends_on")
