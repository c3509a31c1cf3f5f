"""Calls of Horizon Europe: JSON with lists that repeat each other, and codes that stand for several calls."""

import csv
import gzip
import json
from collections import defaultdict
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.mapped.mapping import mapping
from exchange.reading.row import Row
from tests.exchange.opportunities import OPPORTUNITIES, applied, import_records, published, whole

HORIZON = mapping("horizon")
CALLS = OPPORTUNITIES / "eu_horizon_calls_2026.json.gz"
LISTS = ("newCalls", "missionCalls", "allCalls")
CALL = {
    "name": "Seeds for biosafety &amp; trade",
    "code": "HORIZON-CL6-2027-01-1",
    "openDate": "2027-01-05",
    "closeDate": "2027-04-18 00:00:00",
    "budget": "7500000.0",
    "link": "https://ec.europa.eu/calls/horizon-cl6-2027-01-1",
}


def read(**cells):
    return HORIZON.apply(Row(1, CALL | cells))


def a_file(folder, *calls, **lists):
    """A file with these calls in the last of its lists."""
    path = folder / "calls.json"
    path.write_text(json.dumps({"lastUpdated": "1.2.2027", **{name: [] for name in LISTS}, "allCalls": calls} | lists))
    return path


def test_a_call_becomes_an_opportunity():
    mapped = read()

    for row in (*mapped.document["links"], *mapped.document["identifiers"]):
        assert len(row.pop("id")) == 8
    assert mapped.document == {
        "format": "OPP/1",
        "languages": ["en"],
        "title": {"en": "Seeds for biosafety & trade"},
        "type": "grant",
        "opens_on": "2027-01-05",
        "deadline": "2027-04-18",
        "amount_available": {"amount": "7500000.00", "currency": "EUR"},
        "links": [{"url": CALL["link"]}],
        "identifiers": [{"scheme": "Horizon Europe", "value": "HORIZON-CL6-2027-01-1"}],
    }
    assert (mapped.refusals, mapped.notes, mapped.address) == ([], [], CALL["link"])


def test_a_call_is_one_thing_by_its_code_and_its_name_however_they_are_written():
    one = read()

    assert one.shown == "HORIZON-CL6-2027-01-1"
    assert one.identifier.startswith("HORIZON-CL6-2027-01-1-")
    assert one.subject == f"Horizon Europe:{one.identifier}"
    assert read(name=" seeds for Biosafety &amp;  trade").identifier == one.identifier
    assert read(budget="1", openDate="", link="").identifier == one.identifier
    assert read(name="Another call").identifier != one.identifier
    assert read(code="HORIZON-CL6-2027-01-2").identifier != one.identifier


@pytest.mark.parametrize("budget", ["7500000", "7500000.0", "7500000.00", "7500000.000", "7,500,000", " 7500000 "])
def test_a_budget_written_in_another_way_says_the_same(budget):
    assert read(budget=budget).digest == read().digest


@pytest.mark.parametrize("budget", ["7.500.000", "about 5 million", "1E+6", "-5", "7500000.005", "NaN", "1 000"])
def test_what_is_no_budget_refuses_the_row(budget):
    assert [(finding.field, finding.value) for finding in read(budget=budget).refusals] == [("budget", budget)]


def test_what_is_not_given_stays_not_given():
    document = read(budget="", openDate="", closeDate="", link="").document

    assert document.keys() == {"format", "languages", "title", "type", "identifiers"}


def test_a_prize_is_not_called_a_grant():
    assert "type" not in read(name="EIC Horizon Prize: clean seeds").document
    assert read(name="Open call for EIC Awardees").document["type"] == "grant"


def test_a_call_that_closes_before_it_opens_has_neither_date():
    mapped = read(openDate="2027-05-01")

    assert not {"opens_on", "deadline"} & mapped.document.keys()
    told = "- openDate: 2027-05-01\n- closeDate: 2027-04-18 00:00:00"
    assert mapped.document["other_information"] == {"en": told}
    assert [note.field for note in mapped.notes] == ["openDate", "closeDate"]


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://example.org/a", "https://", "//example.org", "a mail"])
def test_what_is_no_web_address_is_never_one(link):
    mapped = read(link=link)

    assert mapped.address == ""
    assert "links" not in mapped.document
    assert [note.field for note in mapped.notes] == ["link"]


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        ({"code": ""}, "code"),
        ({"code": "<script>"}, "code"),
        ({"code": "H" * 300}, "code"),
        ({"name": ""}, "name"),
        ({"name": "A\x00name"}, "name"),
        ({"closeDate": "2027-02-30"}, "closeDate"),
        ({"openDate": "soon"}, "openDate"),
    ],
)
def test_a_call_that_cannot_be_read_is_refused_and_the_column_told(cells, field):
    assert [finding.field for finding in read(**cells).refusals] == [field]


CELLS = st.one_of(
    st.text(max_size=40),
    st.binary(max_size=10).map(lambda data: data.decode("utf-8", "surrogateescape")),
    st.sampled_from(["2027-01-05", "2027-04-18 00:00:00Z", "5.0", "https://example.org", "&amp;#0;", "\ud800", "0"]),
)


@pytest.mark.slow
@given(st.sampled_from(["horizon", "grants-gov"]), st.lists(CELLS, min_size=8, max_size=8), st.booleans())
@settings(max_examples=300, deadline=None)
def test_every_row_is_accepted_or_refused_and_what_is_accepted_can_be_stored(source, cells, named):
    reader = mapping(source)
    known = {"code": "H-1", "name": "A call", "ID": "7", "Title": "A grant", "Source": "grants.gov"} if named else {}

    mapped = reader.apply(Row(1, dict(zip(reader.columns, cells, strict=False)) | known))

    assert bool(mapped.refusals) or mapped.document["title"]["en"]
    if not mapped.refusals:
        assert mapped.digest
        assert "\\u0000" not in json.dumps(mapped.document, ensure_ascii=False)


@pytest.mark.django_db
def test_a_call_repeated_in_another_list_is_unchanged_and_calls_of_one_code_are_several(tmp_path):
    again, other = CALL | {"budget": "7500000"}, CALL | {"name": "Another call"}
    path = a_file(tmp_path, again, other, newCalls=[CALL])

    _code, first = import_records("horizon", path)
    before = published()
    _code, second = import_records("horizon", path)

    assert first == {"read": 3, "created": 2, "updated": 0, "unchanged": 1, "refused": 0}
    assert second == {"read": 3, "created": 0, "updated": 0, "unchanged": 3, "refused": 0}
    assert published() == before


@pytest.mark.django_db
def test_what_was_refused_can_be_corrected_in_the_report_and_imported(tmp_path):
    path, report = a_file(tmp_path, CALL, CALL | {"code": "H-2", "budget": "much"}, 5), tmp_path / "refused.csv"
    code, counts = import_records("horizon", path, "--report", report)
    with report.open(newline="") as file:
        found = list(csv.DictReader(file))

    report.write_text(report.read_text().replace(",much,", ",5,"))
    _code, again = import_records("horizon", report, "--report", tmp_path / "again.csv", "--part")

    assert (code, counts["created"], counts["refused"]) == (0, 1, 2)
    assert [(row["row"], row["field"], row["value"]) for row in found] == [("2", "budget", "much"), ("3", "", "")]
    assert (again["created"], again["refused"]) == (1, 1)


@pytest.mark.django_db
def test_a_file_that_lacks_a_list_is_read_as_far_as_it_goes_and_not_called_whole(tmp_path):
    path = tmp_path / "calls.json"
    path.write_text(json.dumps({"newCalls": [CALL], "missionCalls": []}))

    code, counts = import_records("horizon", path)

    assert (code, counts["created"]) == (3, 1)


@pytest.fixture(scope="module")
def raw():
    with gzip.open(CALLS, "rt", encoding="utf-8") as file:
        document = json.load(file)
    return [call for name in LISTS for call in document[name]]


@whole(CALLS)
def test_every_call_says_what_stands_there(raw):
    rows = applied("horizon", CALLS)

    assert len(rows) == len(raw)
    for call, (_row, mapped) in zip(raw, rows, strict=True):
        assert mapped.refusals == []
        said = mapped.document
        assert said["deadline"] == call["closeDate"].removesuffix(" 00:00:00")
        assert said["opens_on"] == call["openDate"]
        assert ("amount_available" in said) == bool(call["budget"])
        if call["budget"]:
            assert Decimal(said["amount_available"]["amount"]) == Decimal(call["budget"])
        assert said["title"]["en"] == " ".join(call["name"].split())
        assert (mapped.shown, mapped.address) == (call["code"], call["link"])


@whole(CALLS)
def test_calls_are_told_apart_by_code_and_name(raw):
    named = defaultdict(set)
    for call, (_row, mapped) in zip(raw, applied("horizon", CALLS), strict=True):
        named[mapped.identifier].add((call["code"], call["name"]))

    assert all(len(calls) == 1 for calls in named.values())
    assert len(named) == len({(call["code"], call["name"]) for call in raw})


@whole(CALLS)
@pytest.mark.django_db
def test_every_call_is_in_once_and_a_second_run_changes_nothing(raw):
    calls = len({(call["code"], call["name"]) for call in raw})
    _code, first = import_records("horizon", CALLS)
    before = published()
    _code, second = import_records("horizon", CALLS)

    repeated = len(raw) - calls
    assert first == {"read": len(raw), "created": calls, "updated": 0, "unchanged": repeated, "refused": 0}
    assert second == {"read": len(raw), "created": 0, "updated": 0, "unchanged": len(raw), "refused": 0}
    assert published() == before
    assert len(before) == calls
