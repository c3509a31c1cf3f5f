"""Invented records in the shape of the lists of the Global Partnership on Marine Litter."""

import io
import json

from exchange.files import opening
from exchange.mapped.mapping import mapping

PROJECT = {
    "id": 7,
    "uuid": "111111-222222-33333333",
    "phase": 1,
    "funds": 0,
    "contribution": 0,
    "action_codes": [105885313],
    "action_details": [],
    "countries": ["Kenya"],
    "image": None,
    "url": None,
    "title": "A clean shore",
    "summary": "Schools clean a shore. They count what they find.",
    "geo_coverage_type": "national",
}
RESOURCE = {
    "id": 7,
    "title": "How to count litter",
    "organisation": ["A Ministry of the Sea", "A University"],
    "type": "Technical Resource",
    "year": 2019,
    "summary": "A guide.",
    "country": None,
    "url": ["https://example.org/guide"],
    "value_amount": None,
    "value_currency": None,
    "value_remaks": None,
    "image": None,
    "valid_from": None,
    "valid_to": None,
    "tags": ["toolkit", "training ", "training"],
    "languages": "English",
    "resource_language_url": [{"language": "English", "url": "https://example.org/guide"}],
    "geo_coverage": None,
    "geo_coverage_type": None,
    "attachments": [],
    "remarks": None,
}
OFFER = RESOURCE | {
    "title": "A fund for shores",
    "type": "Financing Resource",
    "tags": ["grants", "bilateral"],
    "value_amount": "25000",
    "value_currency": "EUR",
    "valid_from": "2019",
    "valid_to": "Ongoing",
}


def read(source, item):
    """What the source makes of one item, by way of a file."""
    stream = io.BufferedReader(io.BytesIO(json.dumps([item]).encode()))
    (row,) = mapping(source).rows(stream)
    return mapping(source).apply(row)


def project(*answers, **values):
    """What becomes of a project with these answers: pairs of a code and the words."""
    details = [{"action_detail_code": code, "value": words} for code, words in answers]
    return read("gpml-projects", PROJECT | {"action_details": details} | values)


def resource(**values):
    return read("gpml-resources", RESOURCE | values)


def offer(**values):
    return read("gpml-financing", OFFER | values)


def told(mapped):
    """The lines of the other information."""
    text = mapped.document.get("other_information", {}).get("und", "")
    return [line.removeprefix("- ") for line in text.splitlines()]


def rows_of(source, path):
    """The rows of a file, as the importer opens it."""
    made = mapping(source)
    return [row for member in opening.members(path, made.endings) for row in made.rows(member.stream)]


def without_ids(rows):
    return [{key: value for key, value in row.items() if key != "id"} for row in rows]
