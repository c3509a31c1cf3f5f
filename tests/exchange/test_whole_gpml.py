"""The real lists of the Global Partnership on Marine Litter, where they are at hand."""

import gzip
import json
from decimal import Decimal

import pytest

from exchange.mapped.kinds.links import known
from exchange.mapped.mapping import mapping
from exchange.reading.markup import EMAIL
from exchange.reading.people import REMOVED
from reference import countries
from tests.exchange.gpml import rows_of
from tests.exchange.real_data import DATA, needs

GPML = DATA / "unep_gpml"
FILES = {"gpml-projects": "projects", "gpml-resources": "resources", "gpml-financing": "resources"}
PERSONAL = {43374797, 43374798, 43374799, 43374820, 43374788}
INVESTED, IN_KIND = 43374826, 43374827

pytestmark = [
    pytest.mark.slow,
    needs(GPML),
]


def path_of(source):
    return GPML / f"{FILES[source]}.json.gz"


def items_of(source):
    with gzip.open(path_of(source), "rt", encoding="utf-8") as file:
        return json.load(file)


@pytest.fixture(scope="module")
def read():
    """Each source: its items, and what they become."""
    return {
        source: list(zip(items_of(source), map(mapping(source).apply, rows_of(source, path_of(source))), strict=True))
        for source in FILES
    }


@pytest.mark.parametrize("source", FILES)
def test_every_row_is_taken_or_belongs_to_the_other_source(source, read):
    for item, mapped in read[source]:
        belongs = source == "gpml-projects" or (item["type"].strip() == "Financing Resource") == (
            source == "gpml-financing"
        )
        assert mapped.identifier == str(item["id"])
        assert [point.field for point in mapped.refusals] == ([] if belongs else ["type"])
    assert len({mapped.subject for _item, mapped in read[source]}) == len(read[source])


@pytest.mark.parametrize("source", FILES)
def test_a_second_reading_says_the_same(source, read):
    again = map(mapping(source).apply, rows_of(source, path_of(source)))

    assert [mapped.digest for mapped in again] == [mapped.digest for _item, mapped in read[source]]


@pytest.mark.parametrize("source", FILES)
def test_no_document_says_how_to_reach_a_person(source, read):
    for _item, mapped in taken(read[source]):
        said = json.dumps(mapped.document, ensure_ascii=False)
        assert not EMAIL.search(said)
        assert not REMOVED.search(said)


def test_no_answer_about_the_reporter_is_in_a_document(read):
    for item, mapped in taken(read["gpml-projects"]):
        said = json.dumps(mapped.document, ensure_ascii=False)
        for answer in item["action_details"]:
            assert answer["action_detail_code"] not in PERSONAL or answer["value"] not in said


@pytest.mark.parametrize("source", FILES)
def test_every_place_is_a_country_a_group_or_kept_as_text(source, read):
    for item, mapped in taken(read[source]):
        document = mapped.document
        codes = {*document.get("countries", []), *document.get("groups", [])}
        kept = {row["text"] for row in document.get("places_as_given", [])}
        noted = {point.value for point in mapped.notes}
        told = document.get("other_information", {}).get("und", "")
        for name in (*(item.get("countries") or item.get("geo_coverage") or []), item.get("country") or ""):
            code = code_of(name)
            assert code in codes or {name} <= kept & noted or name in told or parts_are_known(name, codes)


def code_of(name):
    found = countries.find_country(name)
    return found.iso2 if found else getattr(countries.find_group(name), "code", None)


def parts_are_known(name, codes):
    return all(code_of(part) in codes for part in name.split(",") if part.strip())


def test_the_money_of_projects_is_what_their_reporters_answered(read):
    for item, mapped in taken(read["gpml-projects"]):
        answers = {answer["action_detail_code"]: answer["value"] for answer in item["action_details"]}
        lines = {line.get("in_kind", False): Decimal(line["amount"]) for line in mapped.document.get("funding", [])}
        told = mapped.document.get("other_information", {}).get("und", "")
        for code, in_kind in ((INVESTED, False), (IN_KIND, True)):
            amount = Decimal(answers.get(code) or 0)
            assert lines.get(in_kind, 0) == amount or str(answers[code]) in told


@pytest.mark.parametrize("source", ["gpml-resources", "gpml-financing"])
def test_every_address_of_a_resource_is_in_its_record_or_noted(source, read):
    for item, mapped in taken(read[source]):
        rows = [row for name in ("copies", "links", "files") for row in mapped.document.get(name, [])]
        given = {known(row["url"]) for row in rows} | {known(point.value) for point in mapped.notes}
        written = [*(item["url"] or []), *(entry["url"] for entry in item["resource_language_url"] or [])]
        for address in written:
            assert known(" ".join(address.split())) in given or all(known(part) in given for part in address.split())


def taken(pairs):
    return [(item, mapped) for item, mapped in pairs if not mapped.refusals]
