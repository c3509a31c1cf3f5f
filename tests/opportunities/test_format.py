"""The fields of OPP: what is mandatory, and when."""

import pytest

from formats import registry
from tests.documents import PEOPLE_TRAINED, an_opportunity, errors, read

MANDATORY = [
    "languages",
    "title",
    "type",
    "offered_by",
    "description",
    "areas",
    "eligibility",
    "how_to_apply",
    "deadline",
    "scope",
]


@pytest.mark.parametrize("field", MANDATORY)
def test_an_opportunity_cannot_do_without(field):
    assert errors(an_opportunity(**{field: None}))[f"/{field}"] == "required"


def test_nothing_else_is_mandatory():
    document = {name: an_opportunity().get(name) for name in [*MANDATORY, "format", "groups"]}

    assert errors(document) == {}


@pytest.mark.parametrize(
    "code",
    [
        "grant",
        "technical-assistance",
        "training-course",
        "academic-course",
        "workshop",
        "scholarship",
        "internship",
        "scientific-cooperation",
        "partnership",
        "equipment",
    ],
)
def test_every_type_of_offer_can_be_chosen(code):
    assert errors(an_opportunity(type=code)) == {}


@pytest.mark.parametrize(("field", "code"), [("type", "other"), ("areas", ["other"]), ("targets", ["other"])])
def test_other_asks_for_words(field, code):
    assert errors(an_opportunity(**{field: code})) == {f"/{field}_other": "required"}
    assert errors(an_opportunity(**{field: code, f"{field}_other": {"en": "A prize"}})) == {}


def test_eligibility_is_a_facet_of_its_own_and_not_what_the_record_covers():
    fields = registry.by_code("OPP").fields

    assert fields["eligible_countries"].facet == fields["eligible_groups"].facet == "eligible"
    assert fields["countries"].facet == "country"


def test_it_may_be_given_in_any_language():
    assert read(an_opportunity(given_in=["sw", "pt"])).values["given_in"] == ["sw", "pt"]
    assert errors(an_opportunity(given_in=["Swahili"])) == {"/given_in/0": "unknown_code"}


def test_it_may_be_part_of_a_project_only():
    assert errors(an_opportunity(part_of={"uid": "CMB-PRJ-SCBD-1", "name": "Project"})) == {}
    assert errors(an_opportunity(part_of={"uid": "CMB-NED-UG-1", "name": "Needs"})) == {"/part_of": "database"}


def test_an_application_document_is_a_file_at_an_address():
    found = errors(an_opportunity(application_documents=[{"id": "document", "title": "Form"}]))

    assert found == {"/application_documents/0/url": "required"}


def test_those_who_took_part_can_be_told_once_it_is_over():
    assert errors(an_opportunity(people_trained=[PEOPLE_TRAINED])) == {}


def test_an_amount_available_has_its_currency():
    assert errors(an_opportunity(amount_available={"amount": "5"})) == {"/amount_available/currency": "required"}


def test_an_offer_opens_and_closes_by_its_dates():
    fmt = registry.by_code("OPP")

    assert (fmt.option("opens"), fmt.option("closes")) == ("opens_on", "deadline")
    assert fmt.option("years") == ("starts_on", "ends_on")
