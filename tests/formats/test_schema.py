"""The JSON Schema of each format: sound, and in agreement with reading."""

import jsonschema
import pytest
from rest_framework import serializers

from formats import fields, registry
from formats.groups import Group
from formats.schema import field_schema, format_schema
from tests.documents import COMPLETE, an_opportunity

FORMATS = sorted(COMPLETE)


def violations(document):
    schema = format_schema(registry.by_code(document["format"][:3]))
    return [list(error.absolute_path) for error in jsonschema.Draft202012Validator(schema).iter_errors(document)]


@pytest.mark.parametrize("code", FORMATS)
def test_the_schema_is_a_schema(code):
    schema = format_schema(registry.by_code(code))

    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["properties"]["format"]["const"] == f"{code}/1"


@pytest.mark.parametrize("code", FORMATS)
def test_a_complete_document_obeys_the_schema(code):
    assert violations(COMPLETE[code]()) == []


@pytest.mark.parametrize("code", FORMATS)
def test_what_is_read_obeys_the_schema(code):
    fmt = registry.by_code(code)

    values = fmt.read(COMPLETE[code](countries=["ke"], files=[{}])).values

    assert violations(values) == []


@pytest.mark.parametrize("code", FORMATS)
def test_both_profiles_demand_what_is_required_and_the_registered_one_the_rest(code):
    schema = format_schema(registry.by_code(code))

    assert schema["required"] == ["format", "title"]
    written = {"scope"} if registry.by_code(code) in registry.databases() else set()
    assert {"languages", "title", *written} <= set(schema["x-mandatory"])


def test_conditions_can_be_read_in_the_schema():
    schema = format_schema(registry.by_code("OPP"))

    assert schema["x-mandatory-if"]["type_other"] == {"field": "type", "in": ["other"]}
    assert schema["x-mandatory-if"]["deadline"] == {"field": "open_until_withdrawn", "absent": True}


def test_fields_carry_their_labels_limits_and_vocabularies():
    properties = format_schema(registry.by_code("PRJ"))["properties"]

    assert properties["description"]["title"] == "Short description"
    assert properties["description"]["x-words"] == 150
    assert properties["areas"]["items"]["x-vocabulary"] == "area"
    assert "risk-assessment" in properties["areas"]["items"]["enum"]
    assert properties["outputs"]["items"]["properties"]["record"]["x-databases"] == ["RES", "REP"]


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"deadline": "soon"}, ["deadline"]),
        ({"areas": ["astronomy"]}, ["areas", 0]),
        ({"number_of_places": -1}, ["number_of_places"]),
        ({"recurring": "yes"}, ["recurring"]),
        ({"amount_available": {"amount": 5, "currency": "EUR"}}, ["amount_available", "amount"]),
        ({"offered_by": [{"id": "UPPER", "name": "x"}]}, ["offered_by", 0, "id"]),
        ({"mascot": "panda"}, []),
    ],
)
def test_the_schema_refuses_what_reading_would_refuse_or_rewrite(change, where):
    assert violations(an_opportunity(**change)) == [where]


def every_field(group):
    for field in group.fields.values():
        yield field
        if isinstance(field, Group):
            yield from every_field(field)


@pytest.mark.parametrize("code", FORMATS)
def test_every_field_has_a_label_and_a_schema(code):
    for field in every_field(registry.by_code(code)):
        assert str(field.label or "")
        assert field_schema(field)["type"]


def test_a_field_type_without_a_schema_is_a_mistake_of_its_author():
    class NewField(fields.Declared, serializers.Field):
        pass

    with pytest.raises(TypeError, match="NewField"):
        field_schema(NewField())
