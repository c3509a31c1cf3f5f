"""A record is a pure function of its statements."""

import itertools
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from exchange.importing import consolidate
from exchange.models import ImportRun, Source, Statement
from formats.groups import MOST_ROWS
from tests.exchange.telling import a_source


def a_statement(key, identifier="1", lines=(), **values):
    return Statement(
        source=Source(key=key, name=key.title(), reader=key, licence="CC0"),
        identifier=identifier,
        subject="GEF:1",
        database="projects",
        values={"format": "PRJ/1", "languages": ["en"], **values},
        lines=dict(lines),
        address="https://example.org/1",
        retrieved_on=date(2026, 1, 2),
        uid="CMB-PRJ-SCBD-1",
    )


def in_every_order(statements):
    made = [consolidate.document(order) for order in itertools.permutations(statements)]
    assert made == [made[0]] * len(made)
    return made[0]


def test_one_statement_is_the_record():
    statement = a_statement("gef-portal", title={"en": "A title"})

    assert consolidate.document([statement]) == statement.values
    assert consolidate.provenances([statement]) == [
        {
            "source": "Gef-Portal",
            "identifier": "1",
            "address": "https://example.org/1",
            "retrieved_on": "2026-01-02",
            "licence": "CC0",
        }
    ]


def test_a_field_is_told_by_the_source_believed_first_whatever_the_order_of_import():
    statements = [
        a_statement("zeta", acronym="Z", number="7"),
        a_statement("alpha", acronym="A"),
        a_statement("gef-portal", title={"en": "Believed first"}),
    ]

    assert in_every_order(statements) == {
        "format": "PRJ/1",
        "languages": ["en"],
        "title": {"en": "Believed first"},
        "acronym": "A",
        "number": "7",
    }
    for order in itertools.permutations(statements):
        assert [one["source"] for one in consolidate.provenances(order)] == ["Gef-Portal", "Alpha", "Zeta"]


def test_fields_that_belong_together_come_from_one_source():
    made = in_every_order(
        [
            a_statement("gef-portal", scope="national", countries=["KE"], ends_on="2012"),
            a_statement("gef-pmis", scope="regional", groups=["AFRICA"], starts_on="2015", ends_on="2019"),
        ]
    )

    assert (made["scope"], made["countries"], made["ends_on"]) == ("national", ["KE"], "2012")
    assert not {"groups", "starts_on"} & made.keys()


def test_a_source_that_agrees_on_the_scope_may_name_the_countries():
    made = in_every_order(
        [
            a_statement("gef-portal", scope="regional"),
            a_statement("gef-pmis", scope="regional", countries=["KE", "UG"]),
        ]
    )

    assert (made["scope"], made["countries"]) == ("regional", ["KE", "UG"])


def test_two_rows_of_one_source_about_one_thing_are_told_by_their_identifiers():
    made = in_every_order(
        [a_statement("iati", "XM-2", acronym="B", number="7"), a_statement("iati", "XM-1", acronym="A")]
    )

    assert (made["acronym"], made["number"]) == ("A", "7")


def test_a_part_of_a_block_is_not_completed_by_a_source_that_does_not_tell_its_first_field_either():
    made = in_every_order(
        [
            a_statement("gef-portal", countries=["KE"], ends_on="2012"),
            a_statement("gef-pmis", groups=["AFRICA"], ends_on="2019", duration=8, duration_unit="years"),
        ]
    )

    assert (made["countries"], made["ends_on"]) == (["KE"], "2012")
    assert not {"groups", "duration", "duration_unit"} & made.keys()


def test_when_it_opens_and_closes_comes_from_one_source():
    made = in_every_order(
        [a_statement("alpha", deadline="2026-05-01"), a_statement("zeta", opens_on="2025", open_until_withdrawn=True)]
    )

    assert made["deadline"] == "2026-05-01"
    assert not {"opens_on", "open_until_withdrawn"} & made.keys()


def test_of_what_all_sources_list_no_more_is_kept_than_a_document_holds():
    def named(scheme):
        rows = [{"id": f"{scheme}{number}", "scheme": scheme, "value": str(number)} for number in range(MOST_ROWS - 1)]
        return a_statement(scheme, identifiers=rows)

    made = in_every_order([named("alpha"), named("zeta")])

    assert [row["scheme"] for row in made["identifiers"]] == ["alpha"] * (MOST_ROWS - 1) + ["zeta"]


def test_identifiers_links_languages_and_other_information_of_all_sources_are_kept():
    gef, aid = {"scheme": "GEF", "value": "1"}, {"scheme": "IATI", "value": "XM-1"}
    made = in_every_order(
        [
            a_statement("gef-portal", identifiers=[{"id": "a", **gef}], other_information={"en": "- GEF type: FSP"}),
            a_statement(
                "iati",
                languages=["fr"],
                identifiers=[{"id": "b", **gef}, {"id": "c", **aid}],
                links=[{"id": "d", "url": "https://example.org"}],
                other_information={"en": "- Sector: seeds"},
            ),
        ]
    )

    assert made["identifiers"] == [{"id": "a", **gef}, {"id": "c", **aid}]
    assert made["links"] == [{"id": "d", "url": "https://example.org"}]
    assert made["languages"] == ["en", "fr"]
    assert made["other_information"] == {"en": "Gef-Portal:\n\n- GEF type: FSP\n\nIati:\n\n- Sector: seeds"}


def test_figures_of_several_sources_name_the_one_that_counts():
    def grant(identifier, amount):
        return {"id": identifier, "amount": amount, "currency": "USD", "stage": "committed"}

    made = in_every_order(
        [
            a_statement("gef-portal", funding=[grant("a", "90")], lines={"a": "grant"}),
            a_statement("gef-pmis", funding=[grant("b", "100")], lines={"b": "grant"}),
        ]
    )

    assert made["funding"] == [grant("a", "90"), {**grant("b", "100"), "counted_in": "a"}]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "columns",
    [
        {"read": 2, "created": 1},
        {"state": "finished", "ended_at": None},
        {"state": "running", "ended_at": "2026-01-01T00:00Z"},
    ],
)
def test_a_run_that_does_not_account_for_itself_is_refused(columns):
    with pytest.raises(IntegrityError), transaction.atomic():
        ImportRun.objects.create(source=a_source(), **columns)


@pytest.mark.django_db
def test_a_source_states_a_thing_once_and_about_something():
    statement = a_statement("gef-portal")
    statement.source = a_source()
    statement.first_run = statement.last_run = ImportRun.objects.create(source=statement.source)
    statement.save()

    for column, value in {"pk": None, "subject": ""}.items():
        setattr(statement, column, value)
        with pytest.raises(IntegrityError), transaction.atomic():
            statement.save()
