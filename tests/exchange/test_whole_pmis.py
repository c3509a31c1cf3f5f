"""The real project management sheet, where it is at hand: every row read, every document what its row says."""

import csv
import gzip
import re
from datetime import datetime
from decimal import Decimal

import pytest

from exchange.mapped.mapping import mapping
from reference import countries
from tests.exchange.real_data import DATA, needs

SHEET, PORTAL = (DATA / "projects" / name for name in ("gef_pmis_master_2016.csv.gz", "gef_portal_2023.csv.gz"))
PMIS = mapping("gef-pmis")
CODES = "Countries listed by Code (ISO 3166-1 alpha-2)"
FIRST_AMOUNT, LAST_AMOUNT = "(Sum of all) Approved PPG(s)", "Cofinance CEO endorse stage"
FIRST_DATE, LAST_DATE = "Date of receipt or first PMIS entry", "Date of mid term review"
CAME_TO_NOTHING = {"dropped", "rejected", "withdrawn"}
MEANT = {"BU": "MM", "TP": "TL", "ZR": "CD", "PU": "PW", "YF": "RS"}

pytestmark = [
    pytest.mark.slow,
    needs(SHEET),
]


@pytest.fixture(scope="module")
def raw():
    with gzip.open(SHEET, "rt", encoding="utf-8-sig", newline="") as file:
        return {row["GEF_ID"]: row for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def mapped():
    return {one.identifier: one for one in applied("gef-pmis", SHEET)}


def applied(source, path):
    made = mapping(source)
    with gzip.open(path) as stream:
        yield from (made.apply(row) for row in made.rows(stream))


def test_every_row_is_accepted_or_came_to_nothing(raw, mapped):
    assert mapped.keys() == raw.keys()
    refused = [one for one in mapped.values() if one.refusals]
    reasons = {re.sub("^.* was (.*) never .*$", r"\1", finding.reason) for one in refused for finding in one.refusals}

    assert reasons <= CAME_TO_NOTHING
    assert all(len(one.refusals) == 1 for one in refused)
    assert all(raw[one.identifier]["Status"] or finding_is_a_date(one) for one in refused)


def finding_is_a_date(one):
    return one.refusals[0].field.startswith("Date of")


def accepted(raw, mapped):
    return [(raw[identifier], one) for identifier, one in mapped.items() if not one.refusals]


def between(row, first, last):
    columns = list(row)
    return {column: row[column] for column in columns[columns.index(first) : columns.index(last) + 1] if row[column]}


def test_every_amount_is_there_once_for_its_column(raw, mapped):
    for row, one in accepted(raw, mapped):
        amounts = [Decimal(cell.replace(",", "")) for cell in between(row, FIRST_AMOUNT, LAST_AMOUNT).values()]
        given = [Decimal(line["amount"]) for line in one.document.get("funding", [])]

        assert sorted(amount for amount in given if amount) == sorted(amount for amount in amounts if amount)
        assert all(line["stage"] and line["source"] and line["purpose"] for line in one.document.get("funding", []))
        assert one.lines.keys() == {line["id"] for line in one.document.get("funding", [])}


def test_every_date_is_told_and_the_fields_hold_only_dates_of_the_row(raw, mapped):
    for row, one in accepted(raw, mapped):
        told = one.document["other_information"]["en"]
        days = {column: day(cell) for column, cell in between(row, FIRST_DATE, LAST_DATE).items()}

        assert all(f": {date}" in told for date in days.values())
        if started := one.document.get("starts_on"):
            kind = "Actual" if one.document["status"] in ("ongoing", "completed", "cancelled") else "Expected"
            actual = days.get("Actual date of implementation start")
            assert started == (actual or days[f"{kind} date of implementation start"])
        if one.document["status"] in ("completed", "cancelled"):
            assert one.document.get("ends_on") in (None, days.get("Actual date of closure"))


def day(cell):
    date = datetime.strptime(cell, "%d-%b-%y").date()  # noqa: DTZ007
    return date.isoformat()


def test_the_countries_are_those_of_the_codes_unless_the_difference_is_reported(raw, mapped):
    for row, one in accepted(raw, mapped):
        codes = {code for code in map(str.strip, row[CODES].split(",")) if code}
        known = {MEANT.get(code, code) for code in codes}
        if not any(note.field in (CODES, "Country") for note in one.notes):
            assert set(one.document.get("countries", [])) == {code for code in known if countries.country(code)}

    reported = [one for _row, one in accepted(raw, mapped) if any(note.field == CODES for note in one.notes)]
    assert len(reported) < len(raw) / 100


def test_titles_agencies_and_numbers_are_those_of_the_row(raw, mapped):
    for row, one in accepted(raw, mapped):
        document = one.document
        numbers = {row[column] for column in ("GEF_ID", "UNDP Project ID", "World Bank Project ID") if row[column]}

        assert document["title"]["en"] in " ".join(row["Title"].split())
        assert numbers <= {other["value"] for other in document["identifiers"]}
        assert len(document["implementing_agencies"]) == len({*re.split(r"\s*[/,]\s*", row["Agency"])})
        assert not [note for note in one.notes if note.field in ("Status", "Type", "Lead agency")]


@needs(PORTAL)
def test_both_sheets_give_the_same_subject_for_the_same_number(raw, mapped):
    public = {one.identifier: one for one in applied("gef-portal", PORTAL)}
    both = public.keys() & mapped.keys()

    assert len(both) > len(raw) / 2
    assert all(public[identifier].subject == f"GEF:{identifier}" for identifier in both)
    assert all(mapped[identifier].subject == f"GEF:{identifier}" for identifier in both if mapped[identifier].document)
    lines = {line for identifier in both for line in public[identifier].lines.values()}
    assert lines <= {line for identifier in both for line in mapped[identifier].lines.values()}
