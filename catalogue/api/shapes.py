"""The shapes of the answers of the public API, as JSON Schema."""

from formats import registry

MOMENT, ADDRESS = {"type": "string", "format": "date-time"}, {"type": "string", "format": "uri"}
TEXT, WHOLE, YES_NO = {"type": "string"}, {"type": "integer", "minimum": 0}, {"type": "boolean"}
LABELS = {"type": "object", "additionalProperties": TEXT, "description": "Texts by language."}


def ref(name: str) -> dict:
    return {"$ref": f"#/components/schemas/{name}"}


def some(schema: dict) -> dict:
    """The schema, or null."""
    return {"oneOf": [schema, {"type": "null"}]}


def listed(schema: dict) -> dict:
    return {"type": "array", "items": schema}


def a(properties: dict, optional: tuple[str, ...] = ()) -> dict:
    """An object with these members, all of them given but the optional ones."""
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required}


VERSION_OUTLINE = {
    "version": WHOLE,
    "published_at": MOMENT,
    "digest": TEXT,
    "url": ADDRESS,
}
FACET_VALUE = a({"value": TEXT, "count": WHOLE, "label": TEXT})
PAGE = a(
    {
        "count": WHOLE,
        "next": some(ADDRESS),
        "results": listed(ref("Record")),
        "facets": {"type": "object", "additionalProperties": listed(FACET_VALUE)},
        "left_out": WHOLE | {"description": "By relevance: how many results changed since the walk began."},
        "ends_early": YES_NO | {"description": "By relevance: whether the walk ended before the last result."},
    },
    optional=("left_out", "ends_early"),
)
VERSIONS = a(
    {
        "uid": TEXT,
        "versions": listed(a(VERSION_OUTLINE)),
        "withheld": WHOLE
        | {"description": "How many versions are not shown: they were taken from a source that names no licence."},
    },
    optional=("withheld",),
)
VERSION = a({"uid": TEXT, "database": TEXT, **VERSION_OUTLINE, "document": ref("Document")})
CHANGES = a(
    {
        "log": {"type": "string", "format": "uuid"},
        "position": WHOLE | {"description": "Where to go on."},
        "head": WHOLE | {"description": "The last position of the log; equal to `position` when all is read."},
        "changes": listed(ref("Change")),
    }
)
VOCABULARIES = a({"vocabularies": listed(a({"name": TEXT, "source": TEXT, "count": WHOLE, "url": TEXT}))})
TERM = a(
    {
        "code": TEXT,
        "identifiers": listed(TEXT),
        "parent": some(TEXT),
        "labels": LABELS,
        "marks": LABELS | {"description": "By language: official, ours (translated for this portal) or provisional."},
        "provisional": YES_NO,
        "retired": YES_NO,
    }
)
VOCABULARY = a({"name": TEXT, "source": TEXT, "terms": listed(TERM)})
COUNTRY = a(
    {
        "iso2": TEXT,
        "iso3": TEXT,
        "m49": TEXT,
        "names": LABELS,
        "aliases": listed(TEXT),
        "groups": listed(TEXT),
        "parties": {"type": "object"},
    }
)
GROUP = a({"code": TEXT, "kind": TEXT, "names": LABELS, "identifiers": listed(TEXT), "members": listed(TEXT)})
COUNTRIES = a({"countries": listed(COUNTRY), "groups": listed(GROUP)})
SCHEMAS = a({"schemas": listed(a({"database": TEXT, "format": TEXT, "url": TEXT}))})

OWNER = a(
    {
        "kind": {"type": "string", "enum": ["government", "organization", "secretariat"]},
        "country": TEXT,
        "uid": TEXT,
        "name": TEXT,
    },
    optional=("country", "uid"),
)
CONTACT = a(
    {"name": TEXT, "organization": TEXT, "email": TEXT, "phone": TEXT}, optional=("organization", "email", "phone")
)
PROVENANCE = a(
    {
        "source": TEXT,
        "identifier": TEXT,
        "address": some(TEXT),
        "retrieved_on": some(TEXT),
        "licence": some(TEXT),
        "gone_since": TEXT | {"description": "The day since when the source no longer lists it."},
    },
    optional=("address", "retrieved_on", "licence", "gone_since"),
)
PROBLEM = a(
    {
        "type": TEXT,
        "title": TEXT,
        "status": WHOLE,
        "detail": TEXT,
        "parameter": TEXT | {"description": "The parameter that is wrong."},
        "uid": TEXT | {"description": "The record that is no longer published, or that there is not."},
        "reason": TEXT | {"description": "Why a record is no longer published."},
        "replaced_by": some(TEXT),
        "log": TEXT | {"description": "With 409: the log there is now."},
    },
    optional=("parameter", "uid", "reason", "replaced_by", "log"),
)


def record() -> dict:
    """The public object of a record: the same in the list, by itself and in the change feed."""
    return a(
        {
            "uid": TEXT,
            "version": WHOLE,
            "database": {"type": "string", "enum": [one.slug for one in registry.all_formats()]},
            "profile": {"type": "string", "enum": ["registered", "harvested"]},
            "sample": YES_NO,
            "state": {"type": "string", "const": "published"},
            "url": ADDRESS,
            "languages": listed(TEXT),
            "published_at": MOMENT,
            "modified_at": MOMENT,
            "confirmed_at": some(MOMENT),
            "owner": OWNER,
            "contacts": listed(CONTACT) | {"description": "Only those who consented."},
            "provenance": some(PROVENANCE),
            "also_from": listed(PROVENANCE) | {"description": "Other sources that tell of the same thing."},
            "possibly_same": listed(a({"uid": TEXT}))
            | {"description": "Records that may be about the same thing: a likeness, and no statement."},
            "replaced_by": some(TEXT),
            "document": ref("Document"),
        }
    )


CHANGE = a(
    {
        "position": WHOLE,
        "uid": TEXT,
        "database": TEXT,
        "action": TEXT | {"description": "Treat one that you do not know as: read the record again."},
        "version": WHOLE,
        "at": MOMENT,
        "record": some(ref("Record")) | {"description": "Null where the record is no longer published."},
        "reason": TEXT,
        "replaced_by": some(TEXT),
    },
    optional=("reason", "replaced_by"),
)
