"""The text of a mapping, which a person may write: read, or refused with a reason, whatever stands there."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.mapped import mapping
from exchange.mapped.identity import check_pattern
from exchange.reading.row import Row

TEXT = """
name = "N"
licence = "L"
address = "https://example.org/{identifier}"
database = "opportunities"
language = "en"
form = "items"
lists = ["data"]
[subject]
column = "No"
scheme = "X"
pattern = "[0-9]+"
[[columns]]
column = "T"
kind = "text"
to = "title"
[[columns]]
column = "W"
kind = "links"
to = "links"
[[columns]]
column = "C"
kind = "date"
to = "deadline"
formats = ["%Y"]
"""


def read(old="", new="", **cells):
    return mapping.parse(TEXT.replace(old, new) if old else TEXT, "another").apply(
        Row(1, {"No": "5", "T": "A"} | cells)
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        *(('form = "items"', 'form = "sheet"'), ('form = "items"', ""), ('["data"]', '"data"'), ('["data"]', "[1]")),
        *(('language = "en"', 'language = "English"'), ('name = "N"', "name = 5"), ('licence = "L"', "licence = []")),
        *(("{identifier}", "{identifier.__class__}"), ("{identifier}", "{identifier!r}"), ("{identifier}", "{0}")),
        *(("{identifier}", "{}"), ("{identifier}", "}{identifier}"), ("https://", "javascript://"), ("https://", "")),
        *(('column = "No"', "columns = []"), ('column = "No"', 'columns = "No"'), ('column = "No"', "column = 5")),
        *(
            ("[0-9]+", "(a+)+"),
            ("[0-9]+", "(a|a)*"),
            ("[0-9]+", "a*a*a*a*a*b"),
            ("[0-9]+", "\\\\1"),
            ("[0-9]+", "[0-9"),
        ),
        *(("[0-9]+", "x{1,99999999999999}"), ("[0-9]+", "(?=x)"), ("[0-9]+", "a++"), ("[0-9]+", "x" * 201)),
        *(
            ('to = "title"', 'to = ["title"]'),
            ('kind = "text"', "kind = 5"),
            ('kind = "text"', 'kind = "text"\nwithout = 5'),
        ),
        *(
            ('formats = ["%Y"]', "formats = []"),
            ('["%Y"]', '["%H"]'),
            ('["%Y"]', '["%Y", 5]'),
            ('["%Y"]', '["%d-%b-%y"]'),
        ),
        ('["%Y"]', '["%Y"]\nvalues = { "Open" = { field = "opens", value = true } }'),
        ('["%Y"]', '["%Y"]\nvalues = { "Open" = "yes" }'),
        ('kind = "text"\nto = "title"', 'kind = "term"\nto = "type"\nvalues = { "A" = "a gift" }'),
        ("[[columns]]", "[columns]"),
        ("[subject]", "[[subject]]"),
        ('name = "N"', 'name = "N"\nsource = "gef-portal"\nkinds = []'),
        ('name = "N"', "name = " + "[" * 50_000),
        ('name = "N"', 'name = "' + "x" * 300_000 + '"'),
    ],
)
def test_a_text_that_is_no_mapping_is_refused_with_a_short_reason(old, new):
    assert old in TEXT

    with pytest.raises(mapping.MappingError, match=r"^another: .") as refusal:
        mapping.parse(TEXT.replace(old, new), "another")

    assert len(str(refusal.value)) < 400


@given(st.text(max_size=200), st.integers(0, len(TEXT)), st.integers(0, 30))
@settings(max_examples=300, deadline=None)
def test_whatever_is_typed_into_a_mapping_it_is_one_or_is_refused(typed, position, cut):
    try:
        made = mapping.parse(TEXT[:position] + typed + TEXT[position + cut :], "another")
    except mapping.MappingError:
        return
    mapped = made.apply(Row(1, {"No": "5", "T": "A", "W": "x", "C": "2026"}))

    assert mapped.document is not None or mapped.refusals


@pytest.mark.parametrize(
    "pattern", ["[0-9]+", "[A-Z]{2}-[0-9]+(-[a-z]+)?", ".*[0-9].*[a-z].*", "(?:GEF|XM)-[^ ]+", "a{2,9}"]
)
def test_a_pattern_never_takes_long(pattern):
    check_pattern(pattern)
    made = mapping.parse(TEXT.replace('"[0-9]+"', f"'{pattern}'"), "another")
    started = time.perf_counter()

    for sign in "0aA-G":
        made.apply(Row(1, {"No": sign * 1_000_000, "T": "A"}))
        made.apply(Row(1, {"No": sign * 199 + "!", "T": "A"}))

    assert time.perf_counter() - started < 5


def test_an_identifier_is_short():
    assert read(No="5" * 200).refusals == []
    assert read(No="5" * 201).refusals[0].field == "No"


def test_an_address_is_made_of_the_cells_of_the_row_and_is_always_a_web_address():
    at, cell = "https://example.org/{identifier}", "{W}"

    assert (
        read(at, "https://example.org/{T}?n={identifier}", T="a/b c&d").address
        == "https://example.org/a%2Fb%20c%26d?n=5"
    )
    assert read(at, cell, W="https://example.org/x?y=z").address == "https://example.org/x?y=z"
    assert read(at, cell, W="javascript:alert(1)").address == ""
    assert read(at, cell, W="").address == ""
    assert read(at, "").address == ""


def test_what_a_row_is_about_may_stand_in_several_columns():
    made = mapping.parse(TEXT.replace('column = "No"', 'columns = ["No", "T"]'), "another")

    one, same, other = (made.apply(Row(1, {"No": "5", "T": title})) for title in ("Café", "CAFE!", "Tea"))

    assert one.identifier == same.identifier != other.identifier
    assert [mapped.shown for mapped in (one, same, other)] == ["5", "5", "5"]
    assert made.key == "No"
    assert made.columns == ("No", "T", "W", "C")
    assert len(made.apply(Row(1, {"No": "5" * 200, "T": "x" * 5000})).identifier) == 200
    assert [finding.field for finding in made.apply(Row(1, {"No": "", "T": "x"})).refusals] == ["No"]


def test_files_are_found_by_the_form_of_the_source():
    assert mapping.parse(TEXT, "another").endings[:2] == (".json", ".json.gz")
    assert mapping.mapping("gef-portal").endings[:2] == (".csv", ".csv.gz")
