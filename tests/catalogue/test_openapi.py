"""The OpenAPI document: committed, true, and readable."""

import json

import pytest
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema
from jsonschema import Draft202012Validator

from bch_portal import openapi
from tests import documents
from tests.catalogue.test_api import ADDRESSES, get


def test_the_committed_document_is_the_one_the_code_makes():
    made = SchemaGenerator().get_schema(request=None, public=True)

    assert json.loads(json.dumps(made)) == openapi.document(), "run `make openapi`, and look at the difference"


def test_the_document_is_valid():
    validate_schema(openapi.document())


@pytest.mark.parametrize("code", documents.COMPLETE)
def test_a_complete_document_fits_its_schema(code):
    document = documents.COMPLETE[code]()
    schemas = openapi.document()["components"]["schemas"]

    name = type(documents.the_format_of(document)).__name__

    assert list(Draft202012Validator(schemas[name]).iter_errors(document)) == []


@pytest.mark.parametrize("address", [one for one in ADDRESSES if "openapi" not in one])
def test_the_answers_are_what_the_document_says(reader, records, address):
    answer = get(reader, address)

    schema = answer_schema(address)

    validator = Draft202012Validator({**schema, "components": openapi.document()["components"]})
    assert list(validator.iter_errors(answer)) == []


def answer_schema(address):
    path = (
        address.replace("CMB-PRJ-UG-1", "{uid}").replace("area", "{name}").replace("projects.json", "{database}.json")
    )
    answers = openapi.document()["paths"][f"/api/v1/{path}"]["get"]["responses"]
    return answers["200"]["content"]["application/json"]["schema"]


@pytest.mark.parametrize("path", ["/api/v1/", "/en/api/", "/ar/api/"])
def test_people_can_read_it_too(reader, path):
    page = reader.get(path).content.decode()

    assert page.count("<h1") == 1
    assert "/api/v1/changes/" in page
    assert "https://" not in page.replace("https://www.w3.org", "")
