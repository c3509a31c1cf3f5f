"""The fields of PRJ: what is mandatory, and when."""

import pytest

from formats import registry
from tests.documents import a_project, errors, read

MANDATORY = ["languages", "title", "status", "description", "categories", "areas", "scope"]
TWO_LANGUAGES = {"en": "Words", "fr": "Mots"}


@pytest.mark.parametrize("field", MANDATORY)
def test_a_project_cannot_do_without(field):
    assert errors(a_project(**{field: None}))[f"/{field}"] == "required"


def test_nothing_else_is_mandatory_of_a_proposed_project():
    kept = {name: a_project().get(name) for name in [*MANDATORY, "format", "categories_other", "groups", "partners"]}

    document = kept | {"status": "proposed", "starts_on": "2027"}

    assert errors(document) == {}


@pytest.mark.parametrize(
    ("status", "found"),
    [
        ("proposed", {"/starts_on": "required"}),
        ("approved", {"/starts_on": "required"}),
        ("cancelled", {"/starts_on": "required"}),
        ("suspended", {"/starts_on": "required"}),
        ("ongoing", {"/starts_on": "required", "/ends_on": "required"}),
        ("completed", {"/starts_on": "required", "/ends_on": "required"}),
    ],
)
def test_the_status_decides_which_dates_are_mandatory(status, found):
    assert errors(a_project(status=status, starts_on=None, ends_on=None)) == found


def test_a_project_that_has_not_started_may_give_its_duration_instead():
    document = a_project(status="approved", starts_on=None, ends_on=None, duration=3, duration_unit="years")

    assert errors(document) == {}


def test_a_duration_needs_its_unit():
    document = a_project(duration=18)

    assert errors(document) == {"/duration_unit": "required"}


@pytest.mark.parametrize(("field", "limit"), [("description", 150), ("outcomes", 200), ("lessons", 500)])
def test_prose_has_its_word_limit_in_each_language(field, limit):
    within = a_project(**{field: {"en": "word " * limit, "fr": "mot " * limit}})
    beyond = a_project(**{field: {"en": "word " * limit, "fr": "mot " * (limit + 1)}})

    assert errors(within) == {}
    assert errors(beyond) == {f"/{field}/fr": "too_long"}


@pytest.mark.parametrize("field", ["categories", "targets", "areas"])
def test_other_among_the_terms_asks_for_words(field):
    without = a_project(**{field: ["other"], f"{field}_other": None})
    with_words = a_project(**{field: ["other"], f"{field}_other": TWO_LANGUAGES})

    assert errors(without) == {f"/{field}_other": "required"}
    assert errors(with_words) == {}


def test_a_funding_line_names_its_funder_and_an_amount_its_currency_and_stage():
    line = {"id": "line0001", "type": "gef", "amount": "5000"}

    found = errors(a_project(funding=[line], total_budget=None))

    assert found == {
        "/funding/0/funder": "required",
        "/funding/0/currency": "required",
        "/funding/0/stage": "required",
    }


def test_a_funder_without_an_amount_is_a_funding_line():
    line = {"id": "line0001", "funder": {"name": "Ministry of Environment"}, "in_kind": True}

    assert errors(a_project(funding=[line])) == {}


@pytest.mark.parametrize("stage", ["planned", "committed", "disbursed"])
def test_money_stands_at_one_stage_of_its_flow(stage):
    line = {"id": "line0001", "funder": {"name": "Fund"}, "amount": "5000", "currency": "USD", "stage": stage}

    assert errors(a_project(funding=[line])) == {}


def test_an_output_is_a_link_or_a_record_of_the_library_or_the_reports():
    record = {"uid": "CMB-RES-SCBD-4", "name": "Manual"}
    project = {"uid": "CMB-PRJ-SCBD-4", "name": "Another project"}

    found = errors(
        a_project(
            outputs=[
                {"id": "output01", "record": record},
                {"id": "output02", "title": TWO_LANGUAGES},
                {"id": "output03", "record": project, "url": "https://example.org/"},
            ]
        )
    )

    assert found == {"/outputs/1/url": "required", "/outputs/2/record": "database"}


def test_people_trained_are_a_number_and_who_they_were():
    row = {"id": "trained1", "target": "other", "area": "other", "mode": "by post"}

    found = errors(a_project(people_trained=[row]))

    assert found == {
        "/people_trained/0/number": "required",
        "/people_trained/0/target_other": "required",
        "/people_trained/0/area_other": "required",
        "/people_trained/0/mode": "unknown_code",
    }


def test_cooperation_says_what_is_sought_or_offered():
    found = errors(a_project(cooperation=[{"id": "coop0001", "kind": "other"}]))

    assert found == {"/cooperation/0/kind_other": "required", "/cooperation/0/description": "required"}


def test_a_project_is_part_of_a_project():
    document = a_project(part_of={"uid": "CMB-PRJ-SCBD-1", "name": "Programme"})

    assert read(document).values["part_of"] == {"uid": "CMB-PRJ-SCBD-1", "name": "Programme"}
    assert errors(a_project(part_of={"uid": "CMB-OPP-SCBD-1", "name": "Course"})) == {"/part_of": "database"}


def test_the_years_a_project_is_about_are_those_of_its_dates():
    fmt = registry.by_code("PRJ")

    assert fmt.option("years") == ("starts_on", "ends_on")
    assert fmt.option("national", False) is False


def test_facets_of_projects():
    facets = {name: field.facet for name, field in registry.by_code("PRJ").fields.items() if field.facet}

    assert facets == {
        "languages": "language",
        "scope": "scope",
        "countries": "country",
        "groups": "group",
        "type": "type",
        "status": "status",
        "categories": "category",
        "targets": "target",
        "areas": "area",
        "themes": "theme",
    }
