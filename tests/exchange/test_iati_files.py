"""The real activity files, where they are at hand: every activity answered, every amount accounted for."""

import gzip
import tarfile
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from xml.etree import ElementTree

import pytest
from lxml import etree

from exchange.files import opening
from exchange.iati import reader
from exchange.reading.row import Row
from tests.exchange.real_data import DATA, needs

FILES = {
    "IATIfromGF.xml.gz": (7, 0),
    "gef_aiddata_iati_1.04.xml.gz": (472, 0),
    "ocha-test-data.xml.gz": (287, 10),
    "worldbank.xml.gz": (16, 0),
}
SCHEMA_TESTS = DATA / "standards" / "iati-2.03" / "xsd-tests.tar.gz"
# The stages by the words and letters of these files, written down here a second time.
STAGES = {"commitment": "committed", "c": "committed", "disbursement": "disbursed", "disbursment": "disbursed"}
STAGES |= {"d": "disbursed", "pledge": "planned", "paid contribution": "disbursed"}

pytestmark = [
    pytest.mark.slow,
    needs(DATA / "iati"),
]


@pytest.fixture(scope="module", params=FILES)
def file(request):
    """The name of a real file, its activities as a plain reader of XML sees them, and what our reader made of them."""
    path = DATA / "iati" / request.param
    with gzip.open(path) as stream:
        raw = list(ElementTree.parse(stream).getroot())  # noqa: S314  (the files are those of the folder of real data)
    rows = [row for one in opening.members(path, reader.endings) for row in reader.rows(one.stream)]
    return request.param, raw, [(row, reader.apply(row)) for row in rows]


def test_every_activity_is_accepted_or_refused(file):
    name, raw, made = file
    refused = [mapped for _row, mapped in made if mapped.refusals]

    assert (len(raw), len(refused)) == FILES[name]
    assert len(made) == len(raw)
    assert len({mapped.identifier for _row, mapped in made}) == len(made)
    assert {finding.field for mapped in refused for finding in mapped.refusals} <= {"activity-date"}


def test_the_totals_by_stage_and_currency_are_those_of_the_file(file):
    _name, raw, made = file
    expected, found = Counter(), Counter()
    for activity, (_row, mapped) in zip(raw, made, strict=True):
        if not mapped.refusals:
            for stage, currency, amount in amounts(activity):
                expected[stage, currency] += amount
            for line in mapped.document.get("funding", []):
                found[line["stage"], line["currency"]] += Decimal(line["amount"])

    assert found == expected
    assert found


def amounts(activity):
    """The stage, currency and amount, in cents, of each transaction."""
    for one in activity.iter("transaction"):
        value = one.find("value")
        type_of = one.find("transaction-type")
        kind = one.get("type") or (one.findtext("status") if type_of is None else type_of.get("code"))
        currency = value.get("currency") or activity.get("default-currency")
        yield STAGES[kind.lower()], currency, Decimal(value.text).quantize(Decimal("0.01"), ROUND_HALF_UP)


def test_no_country_is_guessed(file):
    _name, raw, made = file
    by_name = {"Malawi": "MW"}

    for activity, (_row, mapped) in zip(raw, made, strict=True):
        given = [one.get("code") or by_name.get(one.text, "") for one in activity.iter("recipient-country")]
        expected = list(dict.fromkeys(code for code in given if code))
        assert (mapped.document or {}).get("countries", []) == expected


def test_reading_again_gives_the_same_and_a_report_s_row_is_read_as_the_file_s(file):
    _name, _raw, made = file

    for row, mapped in made:
        again = reader.apply(Row(99, dict(row.cells)))
        assert (again.identifier, again.digest) == (mapped.identifier, mapped.digest)


def test_nobody_s_name_is_kept(file):
    _name, raw, made = file
    people = {one.text for activity in raw for one in activity.iter("person-name") if one.text}

    assert not any(name in str(mapped.document) for name in people for _row, mapped in made)


@needs(SCHEMA_TESTS)
def test_every_activity_of_the_standard_s_own_tests_is_accepted(tmp_path):
    """Their identifiers and titles are empty; with these filled, whatever the schema allows is read."""
    counts = Counter()
    with tarfile.open(SCHEMA_TESTS) as archive:
        for entry in archive:
            if entry.isfile() and "should-pass" in entry.name and entry.name.endswith(".xml"):
                path = tmp_path / f"{counts.total()}.xml"
                path.write_bytes(archive.extractfile(entry).read())
                counts[answer(path)] += 1

    assert counts == {"accepted": 215, "not of activities": 24}


def answer(path):
    try:
        rows = [row for one in opening.members(path, reader.endings) for row in reader.rows(one.stream)]
    except opening.UnreadableFile:
        return "not of activities"
    assert rows
    for row in rows:
        reader.apply(row)
        assert reader.apply(Row(1, {"record": filled(row.cells["record"])})).refusals == []
    return "accepted"


def filled(record):
    activity = etree.fromstring(record)
    activity.find("iati-identifier").text = "XX-1"
    for element in activity.find("title").iter("narrative"):
        element.text = "Title"
    return etree.tostring(activity, encoding="unicode")
