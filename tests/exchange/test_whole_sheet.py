"""The real sheet of the GEF portal, where it is at hand: nothing lost, nothing guessed, nothing done twice."""

import csv
import gzip
from decimal import Decimal

import pytest

from publishing import log
from publishing.models import Publication
from tests.exchange.real_data import DATA, needs
from tests.exchange.sheets import import_records, report_of

SHEET = DATA / "projects" / "gef_portal_2023.csv.gz"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    needs(SHEET),
]


@pytest.fixture(scope="module")
def rows():
    with gzip.open(SHEET, "rt", encoding="utf-8", newline="") as file:
        return {row["ID"]: row for row in csv.DictReader(file)}


def test_every_row_of_the_real_sheet_is_in_and_a_second_run_changes_nothing(tmp_path, rows):
    _code, first, _said = import_records(SHEET, "--report", tmp_path / "r.refused.csv")
    head = log.head()
    _code, second, _said = import_records(SHEET, "--report", tmp_path / "again.refused.csv")

    assert first == {"read": len(rows), "created": len(rows), "updated": 0, "unchanged": 0, "refused": 0}
    assert second == first | {"created": 0, "unchanged": len(rows)}
    assert log.head() == head
    assert not (tmp_path / "r.refused.csv").exists()
    assert {row["value"] for row in report_of(tmp_path / "r.notes.csv") if row["field"] != "Countries"} == set()
    published = Publication.objects.filter(database="projects").values_list(
        "envelope__provenance__identifier", "document"
    )
    assert {identifier for identifier, _document in published} == rows.keys()
    for identifier, document in published:
        the_document_says_what_the_row_says(document, rows[identifier])


def the_document_says_what_the_row_says(document, row):
    told = document["other_information"]["en"]
    amounts = {line["funder"]["name"].split()[0]: Decimal(line["amount"]) for line in document.get("funding", [])}
    names = [agency["name"] for agency in document["implementing_agencies"]]

    assert amounts.get("Global") == amount(row["GEF Grant"])
    assert amounts.get("Co-financing") == amount(row["Cofinancing"])
    assert all(name in row["Agencies"] for name in names)
    assert len(names) == len(set(names))
    assert all(f": {row[column]}" in told for column in ("Type", "GEF Period", "Approval FY", "Status") if row[column])
    assert ("status" in document) == bool(row["Status"])
    assert document.get("scope") or document["places_as_given"]
    assert len(places_of(document)) == len({*parts(row["Countries"])} - {"Global", "Regional"})
    assert "  " not in document["title"]["en"]
    assert not document["title"]["en"].startswith("Project Title")


def places_of(document):
    return [place for name in ("countries", "groups", "places_as_given") for place in document.get(name, [])]


def parts(cell):
    return [part.strip() for part in cell.split(",")]


def amount(cell):
    return Decimal(cell.replace(",", "")) if cell else None
