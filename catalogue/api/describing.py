"""What the OpenAPI document says of the public reads: parameters, answers, refusals."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter

from catalogue.api import shapes

JSON, PROBLEM = "application/json", "application/problem+json"
TAGS = {"records": ["Records"], "changes": ["Change feed"], "reference": ["Reference"]}


def answers(schema: dict, *refusals: int) -> dict:
    """The answer, and the statuses with which the address may refuse."""
    every = {200: schema, 304: None} | {status: shapes.ref("Problem") for status in (400, *refusals)}
    return {(status, PROBLEM if status >= 400 else JSON) if body else status: body for status, body in every.items()}


def parameter(name: str, description: str, kind=OpenApiTypes.STR, **more) -> OpenApiParameter:
    return OpenApiParameter(name, kind, OpenApiParameter.QUERY, description=description, **more)


def several(name: str, description: str) -> OpenApiParameter:
    text = f"{description} May be repeated: any of the values."
    return parameter(name, text, many=True, explode=True)


def in_path(name: str, description: str, kind=OpenApiTypes.STR) -> OpenApiParameter:
    return OpenApiParameter(name, kind, OpenApiParameter.PATH, description=description)


SEARCH = [
    parameter("q", 'Words, "phrases", -without; the last word is also a prefix. All words must occur.'),
    several("database", "A database, such as `projects`."),
    several("country", "ISO 3166 alpha-2 code: records that name the country."),
    several("covers", "ISO 3166 alpha-2 code: records that name the country or one of its groups, and global ones."),
    several("group", "A group of countries: records that name it or one of its members."),
    several("area", "A term of the vocabulary `area`."),
    several("theme", "A term of the vocabulary `theme`."),
    several("language", "A UN language in which the record is written."),
    several("year", "A year the record is about (`2026`), or several (`2024-2026`)."),
    parameter("modified_after", "Changed at or after this day or time, such as `2026-01-31`, in UTC."),
    several("profile", "`registered` by people for this portal, or `harvested` from another source."),
    several("source", "The name of a source that tells of the record, as its provenance gives it."),
    several("sample", "`yes` for invented records of a demonstration, `no` for real ones."),
    parameter(
        "sort", "`relevance` (usual with `q`), `modified` (usual without), `published`, `year`, `deadline`, `country`."
    ),
    parameter("cursor", "Where to go on: take the whole address from `next`."),
    parameter("page_size", "Results on a page, 1 to 200; 20 if not given.", OpenApiTypes.INT),
    parameter("facets", "Facets to count, with commas between: `country,area`."),
    parameter(
        "lang", "The UN language of the labels in `facets`, which also weighs double in `q`; `en` if not given."
    ),
]
UID = in_path("uid", "The identifier of the record, such as `CMB-PRJ-KE-12`.")

RECORDS = {
    "operation_id": "list_records",
    "tags": TAGS["records"],
    "summary": "Search the published records",
    "description": "Values of one parameter are alternatives (OR), parameters narrow each other (AND). Besides those "
    "listed here every facet of a format is a parameter, such as `status`, `type`, `target`, `priority`, `state` or "
    "`eligible`. An unknown parameter or code is an error. By `relevance` the list ends after 1,000 results and says "
    "so (`ends_early`); every other order goes through to the end.",
    "parameters": SEARCH,
    "responses": answers(shapes.PAGE, 503),
}
RECORD = {
    "operation_id": "read_record",
    "tags": TAGS["records"],
    "summary": "Read one record",
    "parameters": [UID],
    "responses": answers(shapes.ref("Record"), 404, 410, 503),
}
VERSIONS = {
    "operation_id": "list_versions",
    "tags": TAGS["records"],
    "summary": "List the versions of a record",
    "parameters": [UID],
    "responses": answers(shapes.VERSIONS, 404, 410, 503),
}
VERSION = {
    "operation_id": "read_version",
    "tags": TAGS["records"],
    "summary": "Read one version of a record",
    "parameters": [UID, in_path("number", "The number of the version.", OpenApiTypes.INT)],
    "responses": answers(shapes.VERSION, 404, 410, 503),
}
CHANGES = {
    "operation_id": "list_changes",
    "tags": TAGS["changes"],
    "summary": "Follow what is published",
    "description": "Begin without parameters, then ask again with the `log` and `position` of the last answer until "
    "`position` equals `head`. Write each `record` under its `uid`; where it is null, remove it. 409 means: start "
    "again from position 0. `Retry-After` says when to ask again.",
    "parameters": [
        parameter("log", "The log that the position belongs to."),
        parameter("after", "The last position seen; 0 if not given.", OpenApiTypes.INT),
        parameter("limit", "Changes in one answer, 1 to 1,000; 100 if not given.", OpenApiTypes.INT),
    ],
    "responses": answers(shapes.CHANGES, 409, 503),
}
VOCABULARIES = {
    "operation_id": "list_vocabularies",
    "tags": TAGS["reference"],
    "summary": "List the vocabularies",
    "responses": answers(shapes.VOCABULARIES),
}
VOCABULARY = {
    "operation_id": "read_vocabulary",
    "tags": TAGS["reference"],
    "summary": "Read a vocabulary",
    "parameters": [in_path("name", "The name of the vocabulary, such as `area`.")],
    "responses": answers(shapes.VOCABULARY, 404),
}
COUNTRIES = {
    "operation_id": "list_countries",
    "tags": TAGS["reference"],
    "summary": "List countries and groups of countries",
    "responses": answers(shapes.COUNTRIES),
}
SCHEMAS = {
    "operation_id": "list_schemas",
    "tags": TAGS["reference"],
    "summary": "List the formats",
    "responses": answers(shapes.SCHEMAS),
}
SCHEMA = {
    "operation_id": "read_schema",
    "tags": TAGS["reference"],
    "summary": "Read the JSON Schema of a format",
    "parameters": [in_path("database", "A database, such as `projects`.")],
    "responses": answers({"type": "object"}, 404),
}
