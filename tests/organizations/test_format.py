"""The fields of ORG: what is mandatory, and when."""

import pytest

from formats import registry
from tests.documents import an_organization, errors, read

MANDATORY = ["languages", "title", "type", "country", "scope"]


@pytest.mark.parametrize("field", MANDATORY)
def test_an_organization_cannot_do_without(field):
    assert errors(an_organization(**{field: None}))[f"/{field}"] == "required"


def test_nothing_else_is_mandatory():
    document = {name: an_organization()[name] for name in ["format", "groups", *MANDATORY]}

    assert errors(document) == {}


def test_its_title_is_called_its_name():
    assert str(registry.by_code("ORG").fields["title"].label) == "Name"


@pytest.mark.parametrize(("field", "code"), [("type", "other"), ("areas", ["other"])])
def test_other_asks_for_words(field, code):
    assert errors(an_organization(**{field: code})) == {f"/{field}_other": "required"}
    assert errors(an_organization(**{field: code, f"{field}_other": {"en": "A museum"}})) == {}


def test_its_seat_and_its_regions_feed_the_facet_of_countries():
    fields = registry.by_code("ORG").fields

    assert fields["country"].facet == fields["countries"].facet == "country"


def test_what_it_can_provide_names_a_kind_of_assistance_and_an_area():
    found = errors(an_organization(can_provide=[{"id": "provides", "groups": ["ldc"]}]))

    assert found == {"/can_provide/0/assistance": "required", "/can_provide/0/area": "required"}


def test_its_address_of_mail_is_one():
    assert read(an_organization()).values["email"] == "office@acbt.example.org"
    assert errors(an_organization(email="office")) == {"/email": "invalid"}
