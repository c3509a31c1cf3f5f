"""The GEF's project management sheet: what each rule of its mapping makes of a row."""

import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.reading.row import Row
from tests.exchange.pmis import (
    CATEGORY,
    CO_FINANCED,
    ENDED,
    PMIS,
    STARTED,
    TO_END,
    TO_START,
    figures,
    read,
    told,
)


def test_a_row_becomes_a_project_about_the_same_subject_as_in_the_public_database():
    mapped = read()

    assert (mapped.identifier, mapped.subject, mapped.refusals, mapped.notes) == ("4207", "GEF:4207", [], [])
    assert mapped.document["type"] == "project"
    assert mapped.document["status"] == "ongoing"
    assert [agency["name"] for agency in mapped.document["implementing_agencies"]] == [
        "United Nations Environment Programme"
    ]
    assert told(mapped)["GEF status (PMIS)"] == "Under Implmentation"


@pytest.mark.parametrize(
    ("status", "term"),
    [
        ("Pending", "proposed"),
        ("P.M. Recommended", "proposed"),
        ("PIF Cleared", "proposed"),
        ("PIF Approved", "proposed"),
        ("PPG Approved", "proposed"),
        ("Deferred", "proposed"),
        ("Council Approved", "approved"),
        ("CEO Approved", "approved"),
        ("CEO Endorsed", "approved"),
        ("IA Approved", "approved"),
        ("Under Implementation", "ongoing"),
        ("Project Completion", "completed"),
        ("Project Closure", "completed"),
        ("Suspended", "suspended"),
        ("Cancelled", "cancelled"),
        ("canceled", "cancelled"),
    ],
)
def test_the_words_for_the_status_are_known(status, term):
    assert read(Status=status).document["status"] == term


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("Dropped", "dropped"),
        ("CEO PIF Rejection", "rejected"),
        ("CEO Endorsement Rejection", "rejected"),
        ("Rejected", "rejected"),
        ("Not Recommended", "rejected"),
        ("Withdrawn", "withdrawn"),
    ],
)
def test_a_proposal_that_came_to_nothing_is_refused_with_that_reason(status, reason):
    [finding] = read(Status=status).refusals

    assert (finding.field, finding.value) == ("Status", status)
    assert reason in finding.reason


def test_a_date_of_dropping_or_rejection_refuses_only_where_the_status_is_silent():
    dropped = {"Date of dropping (before project approval)": "9-Oct-09"}

    assert [finding.field for finding in read(Status="", **dropped).refusals] == list(dropped)
    assert told(read(Status="Pending", **dropped))["Dropped before approval"] == "2009-10-09"
    assert not read(Status="Dormant", **dropped).refusals


def test_a_status_that_is_not_known_is_told_and_reported():
    mapped = read(Status="Dormant", **{"Final Grant": "5"})

    assert "status" not in mapped.document
    assert told(mapped)["GEF status (PMIS)"] == "Dormant"
    assert [(note.field, note.value) for note in mapped.notes] == [("Status", "Dormant")]
    assert figures(mapped) == [("grant", "final grant", None, 5)]


@pytest.mark.parametrize(
    ("category", "kind"),
    [("", "project"), ("Child", "project"), ("Sibling", "project"), ("Parent", "programme")],
)
def test_a_parent_is_a_programme_and_all_else_a_project(category, kind):
    assert read(**{CATEGORY: category}).document["type"] == kind


@pytest.mark.parametrize(
    ("lead", "secondary", "names"),
    [
        ("UNDP", "UNEP", ["United Nations Development Programme", "United Nations Environment Programme"]),
        ("World Bank", "IFC", ["The World Bank", "International Finance Corporation"]),
        ("ADB", "FAO/ World Bank", ["Asian Development Bank", "Food and Agriculture Organization", "The World Bank"]),
        ("GEFSEC", "IFAD,GEFSEC", ["GEF Secretariat", "International Fund for Agricultural Development"]),
    ],
)
def test_agencies_are_named_in_full_the_lead_first_each_once(lead, secondary, names):
    document = read(**{"Lead agency": lead, "Secondary agency(ies)": secondary}).document

    assert [agency["name"] for agency in document["implementing_agencies"]] == names


def test_an_agency_that_the_mapping_does_not_know_is_kept_as_written_and_reported():
    mapped = read(**{"Secondary agency(ies)": "UNESCO"})

    assert [agency["name"] for agency in mapped.document["implementing_agencies"]][1:] == ["UNESCO"]
    assert [(note.field, note.value) for note in mapped.notes] == [("Secondary agency(ies)", "UNESCO")]


def test_an_executing_agency_is_one_name_unless_it_is_too_long_for_one():
    column, name = "Executing partner / agency", "Ministry of Energy; UNEP/DTIE, \tand others "
    long = "Ministry of the Environment and " * 20

    assert [row["name"] for row in read(**{column: name}).document["executing_agencies"]] == [
        "Ministry of Energy; UNEP/DTIE, and others"
    ]
    assert "executing_agencies" not in read(**{column: long}).document
    assert told(read(**{column: long}))["Executing agencies"] == long.strip()


def test_the_agencies_own_numbers_are_other_identifiers():
    document = read(**{"UNDP Project ID": "4561", "World Bank Project ID": "87411"}).document

    assert [(row["scheme"], row["value"]) for row in document["identifiers"]] == [
        ("GEF", "4207"),
        ("UNDP", "4561"),
        ("World Bank", "87411"),
    ]


@pytest.mark.parametrize(
    ("status", "dates", "starts_on", "ends_on"),
    [
        ("Project Closure", {STARTED: "3-Apr-01", ENDED: "31-Dec-05"}, "2001-04-03", "2005-12-31"),
        ("Project Closure", {STARTED: "3-Apr-98", TO_END: "31-Dec-05"}, "1998-04-03", None),
        ("Project Completion", {TO_START: "3-Apr-01", ENDED: "31-Dec-05"}, None, "2005-12-31"),
        ("Under Implmentation", {TO_START: "1-Jan-10", STARTED: "1-Mar-10", TO_END: "1-Jan-19"}, "2010-03-01", "2019-01-01"),  # noqa: E501
        ("Under Implmentation", {TO_START: "1-Jan-10", TO_END: "1-Jan-19"}, None, "2019-01-01"),
        ("CEO Endorsed", {TO_START: "1-Jan-10", TO_END: "1-Jan-19"}, "2010-01-01", "2019-01-01"),
        ("Pending", {TO_START: "1-Jan-10"}, "2010-01-01", None),
        ("Cancelled", {TO_START: "1-Jan-10", TO_END: "1-Jan-19"}, None, None),
        ("Dormant", {TO_START: "1-Jan-10", STARTED: "1-Mar-10", TO_END: "1-Jan-19"}, "2010-03-01", None),
    ],
)  # fmt: skip
def test_what_was_expected_is_never_shown_as_what_happened(status, dates, starts_on, ends_on):
    mapped = read(Status=status, **dates)

    assert (mapped.document.get("starts_on"), mapped.document.get("ends_on")) == (starts_on, ends_on)


def test_every_date_is_told_with_what_it_is():
    lines = told(read(**{TO_START: "1-Jan-10", STARTED: "1-Mar-10", "Date of project approval": "7-Jun-09"}))

    assert lines["Start of implementation, expected"] == "2010-01-01"
    assert lines["Start of implementation, actual"] == "2010-03-01"
    assert lines["Project approved"] == "2009-06-07"


@pytest.mark.parametrize(
    ("ended", "reason"), [("1-Jun-96", "before the start"), ("1-Sep-97", "too soon after the start")]
)
def test_dates_that_contradict_each_other_are_told_and_not_taken(ended, reason):
    mapped = read(Status="Project Closure", **{STARTED: "22-Jul-97", ENDED: ended})

    assert not {"starts_on", "ends_on"} & mapped.document.keys()
    assert [(note.field, reason in note.reason) for note in mapped.notes] == [(STARTED, True), (ENDED, True)]
    assert told(mapped)["Start of implementation, actual"] == "1997-07-22"


@pytest.mark.parametrize("cell", ["31-Jun-09", "soon", "13/02/2009", "2009-13-01", "0-Jan-00"])
def test_what_is_no_date_is_refused(cell):
    [finding] = read(**{"Date of effectiveness": cell}).refusals

    assert (finding.field, finding.value) == ("Date of effectiveness", cell)


@pytest.mark.parametrize(
    ("status", "stage"),
    [
        ("Pending", "planned"),
        ("Council Approved", "committed"),
        ("Under Implmentation", "committed"),
        ("Project Closure", "committed"),
        ("Cancelled", "planned"),
    ],
)
def test_every_figure_of_the_grant_is_kept_the_surest_first(status, stage):
    mapped = read(
        Status=status,
        **{
            "GEF Project Grant PIF stage": "1,233,000",
            "GEF Project Grant CEO approve stage": "1100000",
            "GEF Project Grant CEO endorse stage": "1200000.50",
            "Final Grant": "1250000",
        },
    )

    assert figures(mapped) == [
        ("grant", "final grant", stage, 1250000),
        ("grant", "grant at CEO endorsement", stage, Decimal("1200000.50")),
        ("grant", "grant at CEO approval", stage, 1100000),
        ("grant", "grant in the concept (PIF)", "planned", 1233000),
    ]


def test_a_grant_of_zero_is_an_amount_and_an_empty_cell_is_none():
    assert figures(read(**{"Final Grant": "0"})) == [("grant", "final grant", "committed", 0)]
    assert figures(read(**{"Final Grant": ""})) == []


def test_cofinancing_and_fees_are_lines_of_their_own():
    mapped = read(**CO_FINANCED, **{"Agency Fee PIF stage": "3", "Agency fees paid separately for PPG": "2"})

    assert [(line, stage, int(amount)) for line, _figure, stage, amount in figures(mapped)] == [
        ("cofinancing", "committed", 7),
        ("cofinancing", "committed", 6),
        ("cofinancing", "planned", 5),
        ("fee", "planned", 3),
        ("preparation-fee", "committed", 2),
    ]
    assert "type" not in mapped.document["funding"][0]


def test_the_parts_of_the_preparation_come_after_their_sum():
    mapped = read(
        **{
            "(Sum of all) Approved PPG(s)": "375000",
            "Project Development Facility block A (PDF-A)": "25000",
            "Project Development Facility block B (PDF-B)": "350000",
            "Project Preparation Grant (PPG)": "0",
        }
    )

    assert [(line, int(amount)) for line, _figure, _stage, amount in figures(mapped)] == [
        ("preparation", 375000),
        ("preparation", 25000),
        ("preparation", 350000),
    ]


@pytest.mark.parametrize("cell", ["-5", "1.233.000", "12,33,000", "many"])
def test_an_amount_that_is_none_is_refused(cell):
    [finding] = read(**{"Final Grant": cell}).refusals

    assert (finding.field, finding.value) == ("Final Grant", cell)


def test_flags_and_lists_are_told_in_words():
    lines = told(
        read(
            **{
                "Biosafety project?": "1",
                "Targeted research project?": "0",
                "GEFNewRegionList": "AFR, SIDS, REG,",
                "List of project's focal areas": "M;B;L;M;",
                "GEF4 SP list": "BD-6;",
            }
        )
    )

    assert lines["GEF biosafety project"] == "yes"
    assert "GEF targeted research" not in lines
    assert lines["GEF regions"] == "Africa; Small island developing States; Regional"
    assert lines["GEF focal areas, list"] == "Multi Focal Area; Biodiversity; Land Degradation"
    assert lines["GEF-4 strategic programmes"] == "BD-6"


CELLS = st.one_of(
    st.text(max_size=30),
    st.binary(max_size=10).map(lambda data: data.decode("utf-8", "surrogateescape")),
    st.sampled_from(["0", "1", "1,233,000", "9-Oct-09", "Regional", "KE, 00", "UNDP/UNEP", "[", "{}", "-"]),
)


@pytest.mark.slow
@given(st.fixed_dictionaries(dict.fromkeys(PMIS.columns, CELLS)), st.booleans())
@settings(max_examples=40, deadline=None)
def test_every_row_is_accepted_or_refused_and_what_is_accepted_can_be_stored(cells, numbered):
    mapped = PMIS.apply(Row(2, cells | ({"GEF_ID": "7", "Title": "A title"} if numbered else {})))

    assert bool(mapped.refusals) or mapped.document["title"]["en"]
    if not mapped.refusals:
        assert json.dumps(mapped.document, ensure_ascii=False).encode()
        assert mapped.lines.keys() == {row["id"] for row in mapped.document.get("funding", [])}
