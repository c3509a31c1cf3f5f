"""What mappings and their kinds do at their bounds: the last value that is taken, and the first that is not."""

import pytest

from exchange.mapped import addresses, mapping
from exchange.mapped.kinds.dates import Date, parse
from exchange.mapped.kinds.milestones import Milestones
from exchange.mapped.kinds.money import plain
from exchange.reading.draft import Draft
from exchange.reading.row import Row

HEAD = """
name = "N"
licence = "L"
address = "https://example.org/{T}"
database = "projects"
language = "en"
[subject]
column = "No"
scheme = "X"
pattern = "[0-9]+"
"""
TITLE = {"column": "T", "kind": '"text"', "to": '"title"'}


def columns(*kinds):
    """The columns of a mapping, each of these settings as they stand in TOML."""
    return "".join(
        f'[[columns]]\ncolumn = "{kind["column"]}"\n'
        + "".join(f"{name} = {value}\n" for name, value in kind.items() if name != "column")
        for kind in kinds
    )


def made(*kinds, head=HEAD):
    return mapping.parse(head + columns(*kinds), "another")


def applied(mapped_by, **cells):
    return mapped_by.apply(Row(1, dict.fromkeys(mapped_by.columns, "") | {"No": "5", "T": "A"} | cells))


def test_a_start_after_its_end_is_not_taken_whatever_the_mapping_says():
    day = {"kind": '"date"', "formats": '["%Y-%m-%d"]'}
    reads = made(TITLE, {"column": "S", "to": '"starts_on"', **day}, {"column": "E", "to": '"ends_on"', **day})

    mapped = applied(reads, S="2026-05-02", E="2026-05-01")

    assert not {"starts_on", "ends_on"} & mapped.document.keys()
    assert [note.field for note in mapped.notes] == ["S", "E"]
    assert applied(reads, S="2026-05-01", E="2026-05-01").document["ends_on"] == "2026-05-01"


def test_a_number_that_is_the_identifier_itself_is_not_kept_twice():
    assert applied(made(TITLE)).shown == ""


def test_a_title_that_no_column_gives_is_missing_by_its_own_name():
    reads = made({"column": "A", "kind": '"text"', "to": '"acronym"'}, head=HEAD.replace("{T}", "{No}"))

    assert [refusal.field for refusal in applied(reads).refusals] == ["title"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('language = "en"', 'language = "en"\nform = "sheets"', "there is no form “sheets”: table, items"),
        ('language = "en"', 'language = "en"\nneeds = ["id"]', "only items"),
        ('language = "en"', 'language = "en"\nlists = ["data"]', "only items"),
    ],
)
def test_what_a_form_does_not_have_is_refused(old, new, told):
    with pytest.raises(mapping.MappingError, match=told):
        made(TITLE, head=HEAD.replace(old, new))


AT = {"column": "W"}
ANSWERS = {"question": '"q"', "answer": '"a"', "tell": '["1"]'}
MONEY = {"kind": '"amount"', "line": '"grant"', "currency": '"USD"', "funder": '"F"'}


@pytest.mark.parametrize(
    "kind",
    [
        # Rows of a field that holds none.
        AT | {"kind": '"links"', "to": '"title"'},
        AT | {"kind": '"key-words"', "to": '"title"'},
        AT | {"kind": '"answers"', "label": '"L"', "party": '"title"'} | ANSWERS,
        AT | {"kind": '"answered-links"', "to": '"title"'} | ANSWERS,
        # Fields that there are not.
        AT | {"kind": '"answers"', "label": '"L"', "party": '"nobody"'} | ANSWERS,
        AT | {"kind": '"links"', "to": '"nothing"'},
        # Settings of another type, and months that no year has.
        AT | {"kind": '"languages"', "to": '"languages"', "names": "{ Suomi = 5 }"},
        AT | {"kind": '"milestones"', "formats": '["%Y"]', "told": '{ "A" = "Begun" }', "shortest": "true"},
        AT | MONEY | {"year": '{ column = "Y", begins = 13 }'},
    ],
)
def test_what_cannot_work_with_any_row_is_refused_with_the_mapping(kind):
    with pytest.raises(mapping.MappingError, match=r"^another: ."):
        made(TITLE, kind)


def test_a_mapping_has_so_many_columns_and_no_more():
    many = [{"column": f"C{number}", "kind": '"information"', "label": '"L"'} for number in range(499)]
    assert len(made(TITLE, *many).kinds) == 500

    with pytest.raises(mapping.MappingError, match="at most 500 columns"):
        made(TITLE, TITLE, *many)


@pytest.mark.parametrize(
    ("template", "cell", "address"),
    [
        ("https://example.org/{T}", "", ""),
        ("https://example.org/{T}", "  ", ""),
        ("https://example.org{T}", "/a/b", "https://example.org/a/b"),
        ("https://example.org{T}", "//other.example.org/b", "https://example.org/other.example.org/b"),
        ("{T}", f"https://example.org/{'a' * 1980}", f"https://example.org/{'a' * 1980}"),
        ("{T}", f"https://example.org/{'a' * 1981}", ""),
    ],
)
def test_an_address_is_whole_and_of_its_site_or_there_is_none(template, cell, address):
    assert addresses.fill(template, {"T": cell}) == address


@pytest.mark.parametrize(("pivot", "is_good"), [(0, True), (100, True), (101, False), (-1, False)])
def test_a_pivot_is_a_year_of_a_century_or_its_end(pivot, is_good):
    if is_good:
        assert Date("When", to="deadline", formats=("%d-%b-%y",), pivot=pivot).pivot == pivot
    else:
        with pytest.raises(ValueError, match="pivot"):
            Date("When", to="deadline", formats=("%d-%b-%y",), pivot=pivot)


def test_a_form_names_one_month():
    with pytest.raises(ValueError, match="no form of a date"):
        Date("When", to="deadline", formats=("%d %m %b %Y",))


@pytest.mark.parametrize("cell", ["2026-05-31 00:30 PM", "2026-05-31 13:00 am"])
def test_half_a_day_has_twelve_hours(cell):
    with pytest.raises(ValueError, match="no date"):
        parse(cell, ("%Y-%m-%d",))


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("2026-05-31 12:00 AM +05:30", "2026-05-30T18:30[UTC]"),
        ("2026-05-31 12:15 pm -0345", "2026-05-31T16:00[UTC]"),
    ],
)
def test_a_time_is_that_moment_to_the_minute(cell, kept):
    draft = Draft("a source", "1", "en", {"When": cell})
    Date("When", to="deadline", formats=("%Y-%m-%d",), keeps_time=True).read(cell, draft)

    assert draft.document["deadline"] == kept


STEPS = {"order": ("starts_on", "ends_on"), "formats": ("%Y-%m-%d",)}
TOLD = {"Begun": "Begun", "Ended": "Ended", "Expected": "Expected"}
FILLS = (
    {"to": "starts_on", "column": "Begun"},
    {"to": "ends_on", "column": "Ended"},
    {"to": "ends_on", "column": "Expected"},
)


def milestones(cells, document=(), **settings):
    """The document of a row of dates."""
    draft = Draft("a source", "1", "en", {"No": "1", **cells})
    draft.document.update(document)
    Milestones("No", told=TOLD, fills=FILLS, **{**STEPS, **settings}).read("1", draft)
    return draft.document


def test_the_surest_date_fills_a_field_and_one_that_is_filled_stays():
    both = {"Ended": "2026-05-31", "Expected": "2026-12-31"}

    assert milestones(both)["ends_on"] == "2026-05-31"
    assert milestones({"Expected": "2026-12-31"})["ends_on"] == "2026-12-31"
    assert milestones(both, {"ends_on": "2020"})["ends_on"] == "2020"


@pytest.mark.parametrize(("ended", "shortest", "is_taken"), [("01", 0, True), ("11", 10, True), ("11", 11, False)])
def test_an_end_may_come_so_many_days_after_its_start_and_not_sooner(ended, shortest, is_taken):
    document = milestones({"Begun": "2026-05-01", "Ended": f"2026-05-{ended}"}, shortest=shortest)

    assert ("ends_on" in document) == ("starts_on" in document) == is_taken


@pytest.mark.parametrize("wrong", [{"formats": ("%Y-%H",)}, {"formats": ("%y",)}, {"order": ("starts_on",)}])
def test_milestones_that_can_mean_nothing_are_refused(wrong):
    with pytest.raises(ValueError, match=r"form|pivot|order"):
        milestones({}, **wrong)


@pytest.mark.parametrize(
    ("cell", "amount"),
    [("7500000.000", "7500000.0"), ("1,200.50", "1200.5"), ("1.5.000", "1.5.000"), ("1200", "1200"), ("12.", "12.")],
)
def test_zeros_that_say_nothing_are_taken_off_and_nothing_else(cell, amount):
    assert plain(cell) == amount
