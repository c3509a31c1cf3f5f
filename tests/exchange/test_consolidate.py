"""A record is a pure function of its statements."""

import itertools
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from exchange.importing import consolidate
from exchange.models import ImportRun, Statement


def a_statement(source, identifier="1", **values):
    return Statement(
        source=source,
        source_name=source.title(),
        identifier=identifier,
        subject="GEF:1",
        database="projects",
        values={"format": "PRJ/1", "languages": ["en"], **values},
        address="https://example.org/1",
        licence="CC0",
        retrieved_on=date(2026, 1, 2),
        uid="CMB-PRJ-SCBD-1",
    )


def test_one_statement_is_the_record():
    statement = a_statement("gef-portal", title={"en": "A title"})

    assert consolidate.document([statement]) == statement.values
    assert consolidate.provenance([statement]) == {
        "source": "Gef-Portal",
        "identifier": "1",
        "address": "https://example.org/1",
        "retrieved_on": "2026-01-02",
        "licence": "CC0",
    }


def test_the_order_in_which_statements_come_in_does_not_matter():
    statements = [
        a_statement("zeta", acronym="Z", number="7"),
        a_statement("alpha", acronym="A"),
        a_statement("gef-portal", title={"en": "Believed first"}),
    ]

    made = [consolidate.document(order) for order in itertools.permutations(statements)]

    assert made == [made[0]] * 6
    assert made[0] == {
        "format": "PRJ/1",
        "languages": ["en"],
        "title": {"en": "Believed first"},
        "acronym": "A",
        "number": "7",
    }
    assert {consolidate.provenance(order)["source"] for order in itertools.permutations(statements)} == {"Gef-Portal"}


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
        ImportRun.objects.create(source="gef-portal", **columns)


@pytest.mark.django_db
def test_a_source_states_a_thing_once_and_about_something():
    run = ImportRun.objects.create(source="gef-portal")
    statement = a_statement("gef-portal")
    statement.first_run = statement.last_run = run
    statement.save()

    for column, value in {"pk": None, "subject": "", "uid": ""}.items():
        setattr(statement, column, value)
        with pytest.raises(IntegrityError), transaction.atomic():
            statement.save()
