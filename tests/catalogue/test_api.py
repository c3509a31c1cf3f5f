"""The public API: records, vocabularies, countries, schemas. No test here may open the database."""

import orjson
import pytest

from bch_portal import openapi
from formats import registry
from tests import documents
from tests.catalogue.conftest import CODES

ADDRESSES = (
    "records/",
    "records/CMB-PRJ-UG-1/",
    "changes/",
    "vocabularies/",
    "vocabularies/area/",
    "countries/",
    "schemas/",
    "schemas/projects.json",
    "openapi.json",
)
MEMBERS = {
    "uid", "version", "database", "profile", "sample", "state", "url", "languages", "published_at", "modified_at",
    "confirmed_at", "owner", "contacts", "provenance", "also_from", "possibly_same", "replaced_by", "document",
}  # fmt: skip


def get(reader, address, status=200, **headers):
    response = reader.get(f"/api/v1/{address}", headers=headers)
    assert response.status_code == status, response.content
    return orjson.loads(response.content)


def uids(answer):
    return [record["uid"] for record in answer["results"]]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_read_is_open_to_all_sites_and_kept_only_while_it_is_true(reader, records, address):
    first = reader.get(f"/api/v1/{address}", headers={"accept": "text/html"})

    again = reader.get(f"/api/v1/{address}", headers={"if-none-match": first["ETag"]})
    head = reader.head(f"/api/v1/{address}")

    assert first["Access-Control-Allow-Origin"] == "*"
    assert first["Content-Type"] == "application/json"
    assert first["Cache-Control"] == "public, no-cache"
    assert not first.cookies
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert (head.status_code, head.content) == (200, b"")


@pytest.mark.parametrize("address", ADDRESSES)
def test_who_asks_changes_nothing(reader, records, address):
    without = reader.get(f"/api/v1/{address}").content

    reader.cookies.load({"portal_session_8000": "x" * 32})

    assert reader.get(f"/api/v1/{address}", headers={"authorization": "Bearer x"}).content == without


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_can_be_written(reader, records, address):
    assert reader.post(f"/api/v1/{address}").status_code == 405
    assert reader.options(f"/api/v1/{address}").status_code == 204


@pytest.mark.parametrize(("database", "code"), CODES.items())
def test_a_record_is_the_same_object_in_the_list_and_by_itself(reader, records, database, code):
    listed = get(reader, f"records/?database={database}")

    record = get(reader, f"records/{records[database]}/")

    assert listed["results"] == [record]
    assert set(record) == MEMBERS
    assert record["document"] == documents.COMPLETE[code]()


def test_the_list_counts_narrows_and_counts_facets(reader, library):
    for number, country in enumerate(("KE", "KE", "UG"), 1):
        library.put("PRJ", number, countries=[country])

    answer = get(reader, "records/?country=KE&facets=country,status&page_size=1&lang=fr")

    assert answer["count"] == 2
    assert len(answer["results"]) == 1
    assert answer["facets"]["country"] == [
        {"value": "KE", "count": 2, "label": "Kenya"},
        {"value": "UG", "count": 1, "label": "Ouganda"},
    ]


def test_records_are_narrowed_and_counted_by_who_tells_of_them(reader, library):
    library.put("PRJ", 1)
    library.put_bare("PRJ", 2, title={"en": "Of one source"})
    library.put_bare("PRJ", 3, title={"en": "Of two"}, envelope={"also_from": [{"source": "A list: 2016"}]})

    every = get(reader, "records/?facets=source")
    narrowed = get(reader, "records/?source=A+list:+2016")

    assert {one["value"]: one["count"] for one in every["facets"]["source"]} == {"GEF portal": 2, "A list: 2016": 1}
    assert [one["uid"] for one in narrowed["results"]] == ["CMB-PRJ-SCBD-3"]
    assert get(reader, "records/?source=nobody")["count"] == 0


def test_without_asking_no_facet_is_counted(reader, records):
    assert get(reader, "records/")["facets"] == {}


@pytest.mark.parametrize("order", ["", "&sort=published", "&sort=year", "&sort=country", "&q=project"])
def test_the_walk_along_next_sees_every_record_once(reader, library, order):
    made = [library.made("PRJ", number) for number in range(1, 12)]
    library.take(*made)

    address, seen = f"records/?page_size=4{order}", []
    while address:
        answer = get(reader, address)
        seen += uids(answer)
        address = answer["next"] and answer["next"].partition("/api/v1/")[2]

    assert sorted(seen) == sorted(one.uid for one in made)


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("records/?colour=red", "colour"),
        ("records/?area=astrology", "area"),
        ("records/?country=XX", "country"),
        ("records/?page_size=201", "page_size"),
        ("records/?page_size=0", "page_size"),
        ("records/?facets=colour", "facets"),
        ("records/?cursor=abc", "cursor"),
        ("records/?sort=luck", "sort"),
        ("records/?lang=de", "lang"),
        ("records/?q=" + "x" * 2000, "q"),
        ("records/?modified_after=yesterday", "modified_after"),
        ("records/CMB-PRJ-UG-1/?colour=red", "colour"),
        ("vocabularies/?page=2", "page"),
        ("changes/?after=-1", "after"),
        ("changes/?after=1.5", "after"),
        ("changes/?limit=1001", "limit"),
        ("changes/?since=1", "since"),
    ],
)
def test_a_parameter_that_cannot_be_read_is_named(reader, records, address, parameter):
    response = reader.get(f"/api/v1/{address}")

    problem = orjson.loads(response.content)
    assert response.status_code == problem["status"] == 400
    assert response["Content-Type"] == "application/problem+json"
    assert problem["parameter"] == parameter
    assert problem["detail"]


def test_a_tombstone_tells_a_program_what_took_its_place(reader, library):
    library.bury(1, action="merged", reason="merged", replaced_by="CMB-PRJ-UG-2")

    problem = get(reader, "records/CMB-PRJ-UG-1/", status=410)

    assert problem["uid"] == "CMB-PRJ-UG-1"
    assert problem["reason"] == "merged"
    assert problem["replaced_by"] == "CMB-PRJ-UG-2"


@pytest.mark.parametrize("address", ["records/CMB-PRJ-KE-404/", "vocabularies/colours/", "schemas/colours.json", "x/"])
def test_what_there_is_not_is_a_problem_too(reader, records, address):
    response = reader.get(f"/api/v1/{address}")

    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"


def test_a_record_keeps_its_tag_while_others_change(reader, library):
    library.put("PRJ", 1)
    before = reader.get("/api/v1/records/CMB-PRJ-UG-1/")["ETag"]

    library.put("PRJ", 2)
    same = reader.get("/api/v1/records/CMB-PRJ-UG-1/")["ETag"]
    library.put("PRJ", 1)
    changed = reader.get("/api/v1/records/CMB-PRJ-UG-1/")["ETag"]

    assert before == same != changed


def test_without_an_index_the_api_asks_to_come_again(reader, settings, tmp_path):
    settings.PORTAL_DATA = tmp_path

    response = reader.get("/api/v1/records/")

    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert response["Content-Type"] == "application/problem+json"


def test_the_vocabularies_carry_their_labels_in_six_languages(reader, records):
    listed = get(reader, "vocabularies/")["vocabularies"]
    area = get(reader, "vocabularies/area/")

    assert "area" in {one["name"] for one in listed}
    assert all(set(term["labels"]) == {"ar", "zh", "en", "fr", "ru", "es"} for term in area["terms"])


def test_the_countries_come_with_their_groups(reader, records):
    answer = get(reader, "countries/")

    kenya = next(one for one in answer["countries"] if one["iso2"] == "KE")
    assert kenya["iso3"] == "KEN"
    groups = {one["code"]: one for one in answer["groups"]}
    assert all("KE" in groups[code]["members"] for code in kenya["groups"])


@pytest.mark.parametrize("database", CODES)
def test_each_schema_is_part_of_the_openapi_document(reader, records, database):
    schema = get(reader, f"schemas/{database}.json")

    known = openapi.document()["components"]["schemas"][type(registry.by_slug(database)).__name__]
    assert {key: schema[key] for key in known} == known
    assert schema["$id"].endswith(f"/api/v1/schemas/{database}.json")
