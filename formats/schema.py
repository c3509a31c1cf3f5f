"""The JSON Schema of a format and of each field type, as the OpenAPI document carries them."""

from functools import singledispatch

from formats import fields
from formats.format import CommonFormat
from formats.groups import MOST_ROWS, Group

ROW_ID = {"type": "string", "pattern": "^[a-z0-9]{4,16}$"}


def format_schema(declaration: CommonFormat) -> dict:
    """The schema of a document. `required` holds what both profiles demand; `x-mandatory` the rest."""
    schema = group_schema(declaration)
    schema["properties"] = {"format": {"type": "string", "const": declaration.tag}} | schema["properties"]
    return {"title": str(declaration.singular), **schema, "required": ["format", "title"]}


def group_schema(group: Group) -> dict:
    """The schema of a group's values; the registered profile's demands stand in `x-mandatory`."""
    mandatory = [name for name, field in group.fields.items() if field.required]
    conditions = {name: field.required_if.as_json() for name, field in group.fields.items() if field.required_if}
    schema = {
        "type": "object",
        "additionalProperties": False,
        "properties": {name: described(field) for name, field in group.fields.items()},
    }
    return (
        schema
        | ({"x-mandatory": mandatory} if mandatory else {})
        | ({"x-mandatory-if": conditions} if conditions else {})
    )


def described(field) -> dict:
    """The schema of a field with its label, as a list where the field is one."""
    schema = field_schema(field)
    if field.many:
        if isinstance(field, Group | fields.ReferenceField):
            schema["properties"] = {"id": ROW_ID} | schema["properties"]
            schema = {"type": "array", "items": schema, "maxItems": MOST_ROWS}
        else:
            schema = {"type": "array", "items": schema, "maxItems": fields.MOST_CHOICES}
    texts = {"title": str(field.label or ""), "description": str(field.help_text or "")}
    marks = {"x-from-sources": True} if field.from_sources else {}
    return schema | {key: text for key, text in texts.items() if text} | marks


@singledispatch
def field_schema(field) -> dict:
    raise TypeError(f"no schema for {type(field).__name__}")


@field_schema.register
def _(field: Group) -> dict:
    return group_schema(field)


@field_schema.register
def _(field: fields.PlainField) -> dict:
    return {"type": "string", "maxLength": field.max_length}


@field_schema.register
def _(field: fields.TextField) -> dict:
    texts = {"type": "string", "maxLength": fields.LONGEST_TEXT}
    schema = {"type": "object", "additionalProperties": texts, "propertyNames": {"pattern": f"^{fields.TAG.pattern}$"}}
    return schema | ({"x-words": field.words} if field.words else {})


@field_schema.register
def _(field: fields.CodeField) -> dict:
    return {"type": "string"}


@field_schema.register
def _(field: fields.TermField) -> dict:
    return {"type": "string", "enum": list(field.vocabulary.terms), "x-vocabulary": field.vocabulary_name}


@field_schema.register
def _(field: fields.CountryField) -> dict:
    return {"type": "string", "pattern": "^[A-Z]{2}$", "x-vocabulary": "countries"}


@field_schema.register
def _(field: fields.NumberField) -> dict:
    return {"type": "integer", "minimum": field.min_value, "maximum": field.max_value}


@field_schema.register
def _(field: fields.YesNoField) -> dict:
    return {"type": "boolean"}


@field_schema.register
def _(field: fields.AmountField) -> dict:
    return {"type": "string", "pattern": "^[0-9]{1,15}([.][0-9]{1,2})?$"}


@field_schema.register
def _(field: fields.PartialDateField) -> dict:
    return {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"}


@field_schema.register
def _(field: fields.DeadlineField) -> dict:
    return {"type": "string", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}\[[A-Za-z0-9_+/-]+\])?$"}


@field_schema.register
def _(field: fields.AddressField) -> dict:
    return {"type": "string", "format": "uri", "maxLength": field.max_length}


@field_schema.register
def _(field: fields.EmailField) -> dict:
    return {"type": "string", "format": "email"}


@field_schema.register
def _(field: fields.ReferenceField) -> dict:
    schema = {
        "type": "object",
        "additionalProperties": False,
        "properties": {"uid": {"type": "string"}, "name": {"type": "string"}},
    }
    return (
        schema
        | ({"required": ["uid"]} if field.uid_is_mandatory else {})
        | ({"x-databases": list(field.to)} if field.to else {})
    )
