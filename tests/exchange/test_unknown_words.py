"""Words that no mapping has ever seen: each is kept in the record, or refuses its row, and nothing else is lost."""

import io
import json

import pytest

from exchange.mapped.mapping import mapping
from exchange.reading.row import Row
from tests.exchange.every_source import ITEMS, TABLES, a_document, a_record
from tests.exchange.gpml import offer, resource, told

WORD = "Quuxland Zorbling"
# Codes of a questionnaire: what no rule names may be about a person, and is left out.
LEFT_OUT = {"gpml-projects": {"action_codes", "action_details"}}


def the_cells(source):
    document = a_document(source, a_record(source, 7, "A sound record")).encode()
    (row,) = mapping(source).rows(io.BufferedReader(io.BytesIO(document)))
    return row.cells


@pytest.mark.parametrize("source", [*TABLES, *ITEMS])
def test_a_word_that_nobody_expects_is_in_the_record_or_refuses_the_row_by_its_name(source):
    made, cells, lost = mapping(source), the_cells(source), []

    for column in set(made.columns) - LEFT_OUT.get(source, set()):
        mapped = made.apply(Row(2, cells | {column: WORD}))
        is_kept = mapped.document and WORD in json.dumps(mapped.document)
        if not is_kept and [point.field for point in mapped.refusals] != [column]:
            lost.append(column)

    assert lost == []


@pytest.mark.parametrize(
    ("source", "column"),
    [
        ("gef-portal", "Status"),
        ("gef-portal", "Type"),
        ("gef-portal", "Countries"),
        ("gef-pmis", "Status"),
        ("gef-pmis", "Type"),
        ("gef-pmis", "Category (empty: standalone, parent, child)"),
        ("gef-pmis", "Country"),
        ("gef-pmis", "Countries listed by Code (ISO 3166-1 alpha-2)"),
        ("gef-pmis", "Lead agency"),
        ("gef-pmis", "Secondary agency(ies)"),
        ("gpml-projects", "geo_coverage_type"),
        ("gpml-projects", "countries"),
        ("gpml-resources", "type"),
        ("gpml-resources", "languages"),
        ("gpml-resources", "country"),
        ("gpml-resources", "image"),
        ("gpml-financing", "value_amount"),
        ("gpml-financing", "geo_coverage_type"),
        ("horizon", "link"),
        ("grants-gov", "URL"),
    ],
)
def test_a_word_where_a_known_one_is_expected_is_kept_and_noted_and_no_term_is_chosen(source, column):
    mapped = mapping(source).apply(Row(2, the_cells(source) | {column: WORD}))

    assert mapped.refusals == []
    assert WORD in json.dumps(mapped.document)
    assert [point.value for point in mapped.notes if point.field == column]


@pytest.mark.parametrize("amount", ["Up to €50,000", "5 million", "1.500.000", "25000-50000", "a lot"])
def test_a_sum_in_words_is_told_and_no_amount(amount):
    mapped = offer(value_amount=amount, value_currency="EUR")

    assert not mapped.refusals
    assert "amount_available" not in mapped.document
    assert f"Amount, without a currency: {amount} EUR" in told(mapped)
    assert [(point.field, point.value) for point in mapped.notes] == [("value_amount", f"{amount} EUR")]


@pytest.mark.parametrize(("written", "amount"), [("25,000,000", "25000000.00"), ("1500.0", "1500.00"), (7, "7.00")])
def test_a_sum_with_commas_or_noughts_is_an_amount(written, amount):
    assert offer(value_amount=written).document["amount_available"] == {"amount": amount, "currency": "EUR"}


@pytest.mark.parametrize("currency", ["US Dollars", "€", "XXX?", "eur/usd"])
def test_a_currency_that_is_no_code_is_told_with_its_sum(currency):
    mapped = offer(value_currency=currency)

    assert "amount_available" not in mapped.document
    assert f"Amount, without a currency: 25000 {currency}" in told(mapped)


@pytest.mark.parametrize("nothing", ["not specified", "NOT  SPECIFIED", "n/a", "N/A ", "-", "–"])
def test_a_word_for_nothing_is_known_in_whatever_way_it_is_written(nothing):
    mapped = offer(value_amount=nothing, value_remaks=nothing, year=nothing)

    assert not mapped.refusals
    assert not mapped.notes
    assert "amount_available" not in mapped.document
    assert not [line for line in told(mapped) if line.startswith(("About the amount", "Year"))]


def test_lists_in_lists_are_read_and_what_is_no_text_is_kept():
    mapped = resource(
        geo_coverage=[["Kenya", ["Uganda"]], {"name": "Togo"}, None, 7],
        organisation=[["A Ministry"], "A University"],
        tags=[["toolkit"], "shores"],
        url=[["https://example.org/a"], "https://example.org/b"],
    ).document

    assert mapped["countries"] == ["KE", "UG"]
    assert [row["text"] for row in mapped["places_as_given"]] == ['{"name":"Togo"}', "7"]
    assert [row["name"] for row in mapped["organizations"]] == ["A Ministry", "A University"]
    assert [row["text"]["und"] for row in mapped["key_words"]] == ["toolkit", "shores"]
    assert {row["url"] for row in mapped["links"]} == {"https://example.org/a", "https://example.org/b"}


def test_lists_as_deep_as_can_be_are_read():
    assert (
        resource(organisation="[" * 900 + '"A Ministry"' + "]" * 900).document["organizations"][0]["name"]
        == "A Ministry"
    )


def test_half_a_sign_in_a_text_is_noted():
    mapped = resource(title="A film \ud83d")

    assert mapped.document["title"] == {"und": "A film \ufffd"}
    assert [(point.field, point.value) for point in mapped.notes] == [("title", "A film \ufffd")]
