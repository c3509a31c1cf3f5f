"""How the rows of a group stand on a record page: by what they hold."""

import pytest

from catalogue.pages.shapes import shaped
from formats import registry
from formats.presentation import shown_field


def shape_of(code, name, value):
    declaration = registry.by_code(code)
    return shaped(declaration.fields[name], shown_field(declaration, name, {name: value}, "en"))


@pytest.mark.parametrize(
    ("code", "name", "value", "kind"),
    [
        ("RES", "key_words", [{"text": {"en": "maize"}}], "list"),
        ("PRJ", "places_as_given", [{"text": "West of the lake"}], "list"),
        ("PRJ", "links", [{"url": "https://example.org/"}], "links"),
        ("PRJ", "links", [{"url": "javascript:alert(1)"}], "list"),
        ("PRJ", "outputs", [{"record": {"uid": "CMB-RES-UG-1", "name": "A manual"}}], "record"),
        ("PRJ", "outputs", [{"url": "https://example.org/"}, {"title": {"en": "A film"}}], "tables"),
        ("PRJ", "identifiers", [{"scheme": "GEF", "value": "1"}], "tables"),
        ("SRC", "reasons", [{"reason": "There is no title.", "count": 2}], "tables"),
        ("SRC", "last_reading", {"read": 7, "refused": 2}, "tables"),
        ("PRJ", "activities", [{"description": {"en": "Training"}}], "cards"),
        ("PRJ", "people_trained", [{"number": 3, "year": "2020", "country": "KE", "mode": "online"}], "cards"),
        ("PRJ", "activities", ["no row at all"], "cards"),
        ("PRJ", "activities", [{"countries": ["KE", "UG", "PE", "MX"]}], "cards"),
        ("PRJ", "countries", ["KE"], "terms"),
    ],
)
def test_rows_take_the_shape_of_what_they_hold(code, name, value, kind):
    assert shape_of(code, name, value).kind == kind


def test_a_link_bears_its_title_and_says_the_rest_beside():
    rows = [{"id": "page0001", "url": "https://example.org/", "title": "The project", "language": "fr"}]

    [line] = shape_of("PRJ", "links", rows).values

    assert (line.anchor, line.link, line.text) == ("links-page0001", "https://example.org/", "The project")
    assert [one.values for one in line.cells] == [["French"]]


def test_the_address_stands_where_a_link_has_no_title():
    [line] = shape_of("RES", "files", [{"url": "https://example.org/", "licence": "cc-by-4.0"}]).values

    assert line.text == "https://example.org/"


def test_key_words_in_other_languages_are_offered_together():
    rows = [{"text": {"en": "maize", "fr": "maïs"}}, {"text": {"und": "risk"}}, {"text": {"en": "law", "fr": "loi"}}]

    shown = shape_of("RES", "key_words", rows)

    assert [str(line.cells[0].values[0]) for line in shown.values] == ["maize", "risk", "law"]
    assert [text["lang"] for text in shown.translations] == ["fr", "fr"]


def test_money_stands_in_a_table_for_each_stage_with_the_columns_that_are_filled():
    paid = {"currency": "USD", "stage": "committed"}
    lines = [
        paid | {"id": "a", "amount": "5", "starts_on": "2016", "ends_on": "2019"},
        paid | {"id": "b", "amount": "6", "starts_on": "2019", "purpose": {"en": "Fee"}},
        paid | {"id": "c", "amount": "7", "ends_on": "2016", "stage": "disbursed"},
    ]

    committed, disbursed = shape_of("PRJ", "funding", lines).values

    assert [str(label) for label in committed.columns] == ["Amount", "What for", "Period"]
    assert [[[str(value) for value in cell.values] for cell in line.cells] for line in committed.lines] == [
        [["USD\u00a05"], [], ["2016 to 2019"]],
        [["USD\u00a06"], ["Fee"], ["2019"]],
    ]
    assert [str(label) for label in disbursed.columns] == ["Amount", "Last day of the period"]
