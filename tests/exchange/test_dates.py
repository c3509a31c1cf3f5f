"""Columns of dates: what sources write, and what is made of it; what is no date is never made one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.mapped.kinds import dates
from exchange.mapped.kinds.dates import Date
from exchange.reading.draft import Draft

EVERY_FORM = ("%m%d%Y", "%Y-%m-%d", "%d-%b-%y", "%d %B %Y", "%Y-%m", "%Y", "%d.%m.%Y", "%b %Y")


def read(cell, *formats, **kind):
    """What a cell became: the draft after it."""
    draft = Draft("a source", "1", "en", {"When": cell})
    Date("When", to="deadline", formats=formats or ("%Y-%m-%d",), **kind).read(cell, draft)
    return draft


@pytest.mark.parametrize(
    ("cell", "form", "text"),
    [
        ("03212012", "%m%d%Y", "2012-03-21"),
        ("2026-05-31", "%Y-%m-%d", "2026-05-31"),
        (" 2026-05-31\xa0", "%Y-%m-%d", "2026-05-31"),
        ("2026-5-3", "%Y-%m-%d", "2026-05-03"),
        ("11.05.2026", "%d.%m.%Y", "2026-05-11"),
        ("9-Mar-91", "%d-%b-%y", "1991-03-09"),
        ("09-MAR-16", "%d-%b-%y", "2016-03-09"),
        ("1-Sept-50", "%d-%b-%y", "1950-09-01"),
        ("31-Dec-49", "%d-%b-%y", "2049-12-31"),
        ("29 February 2024", "%d %B %Y", "2024-02-29"),
        ("Mar 2024", "%b %Y", "2024-03"),
        ("2024-03", "%Y-%m", "2024-03"),
        ("2024", "%Y", "2024"),
    ],
)
def test_a_date_is_read_in_the_form_of_its_source(cell, form, text):
    assert read(cell, form, pivot=50).document["deadline"] == text


def test_the_first_form_that_fits_is_taken():
    assert read("2016", "%Y-%m-%d", "%Y").document["deadline"] == "2016"


@pytest.mark.parametrize(
    "cell",
    [
        *("13212012", "02302012", "3212012", "321201", "0321201200", "٠٣٢١٢٠١٢", "soon", "00000000", "0.3212012"),
        *("03212012 25:00", "03212012 10:61", "03212012 13:00 PM", "03212012T10:00+99:00", "9" * 5000),
    ],
)
def test_what_is_no_date_refuses_the_row_and_tells_the_form_it_expects(cell):
    [finding] = read(cell, "%m%d%Y", "%d-%b-%y", pivot=50).refusals

    assert finding.field == "When"
    assert finding.value == cell
    assert finding.reason == "This is no date of the form MMDDYYYY or DD-Jan-YY."


@pytest.mark.parametrize("cell", ["1-Foo-91", "31-Feb-91", "29-Feb-1991", "1-Mar", "Mar-91"])
def test_a_day_that_no_calendar_has_is_no_date(cell):
    assert read(cell, "%d-%b-%y", pivot=50).refusals


@pytest.mark.parametrize("time", [" 00:00:00", "T00:00", " 0:00", " 12:00:00 AM", " 00:00:00.000"])
def test_midnight_without_a_zone_is_no_time(time):
    draft = read("2026-05-31" + time)

    assert draft.document["deadline"] == "2026-05-31"
    assert draft.notes == []


@pytest.mark.parametrize("time", [" 17:00:00", "T17:00", " 5:00 PM", " 00:00:01", "T17:00+02:00", "T00:00Z"])
def test_any_other_time_is_left_out_with_a_note(time):
    draft = read("2026-05-31" + time)

    assert draft.document["deadline"] == "2026-05-31"
    assert [(note.field, note.value) for note in draft.notes] == [("When", "2026-05-31" + time)]


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2026-05-31T17:00:00+02:00", "2026-05-31T15:00[UTC]"),
        ("2026-05-31 00:00Z", "2026-05-31T00:00[UTC]"),
        ("2026-05-31T23:30-05:00", "2026-06-01T04:30[UTC]"),
    ],
)
def test_a_deadline_keeps_a_time_that_has_a_zone(cell, moment):
    assert read(cell, keeps_time=True).document["deadline"] == moment


def test_a_word_that_is_no_date_may_say_something_else():
    words = {"Ongoing": {"field": "open_until_withdrawn", "value": True}, "Unknown": {}}

    assert read("ongoing ", values=words).document["open_until_withdrawn"] is True
    assert "deadline" not in read("Ongoing", values=words).document
    assert read("unknown", values=words).document == {"languages": ["en"]}


@pytest.mark.parametrize(
    "kind",
    [
        {"formats": ()},
        {"formats": "%Y"},
        {"formats": ("%d-%b-%y",)},
        {"formats": ("%Y-%H",)},
        {"formats": ("%Y-%d",)},
        {"formats": ("%m-%d",)},
        {"formats": ("%Y%Y",)},
        {"formats": ("%Y" + "x" * 100,)},
        {"formats": ("%Y",), "values": {"Open": {"field": "open_until_withdrawn"}}},
    ],
)
def test_a_form_that_tells_no_date_is_refused_with_the_mapping(kind):
    with pytest.raises(ValueError, match=r"form|pivot|field"):
        Date("When", to="deadline", **kind)


@pytest.mark.slow
@given(st.one_of(st.text(max_size=70), st.from_regex(r"[0-9]{1,8}[-. /][0-9A-Za-z:. +-]{0,20}")))
@settings(max_examples=500, deadline=None)
def test_every_cell_is_a_date_or_refused(cell):
    draft = read(cell, *EVERY_FORM, pivot=30, keeps_time=True)

    assert bool(draft.refusals) != ("deadline" in draft.document)


def drafted(**document):
    draft = Draft("a source", "1", "en", {name: f"the cell {name}" for name in document})
    for name, value in document.items():
        draft.put(name, value, name)
    return draft


def test_of_two_dates_that_contradict_each_other_neither_is_taken_and_both_are_told():
    draft = drafted(opens_on="2026-05-02", deadline="2026-05-01")

    dates.drop_contradictions(draft, ("starts_on", "ends_on"), ("opens_on", "deadline"))

    assert not {"opens_on", "deadline"} & draft.document.keys()
    assert draft.document["other_information"]["en"] == "- opens_on: the cell opens_on\n- deadline: the cell deadline"
    assert [note.field for note in draft.notes] == ["opens_on", "deadline"]


@pytest.mark.parametrize(
    ("opens", "closes"),
    [("2026-05-01", "2026-05-01"), ("2026-05-02", "2026-05"), ("2026", "2026-01-01T10:00[UTC]"), ("2026", "0001")],
)
def test_dates_that_can_both_be_true_stay(opens, closes):
    draft = drafted(opens_on=opens, deadline=closes)

    dates.drop_contradictions(draft, ("opens_on", "deadline"))

    assert (draft.document["opens_on"], draft.document["deadline"]) == (opens, closes)
