"""Columns of money: which line, which stage, which figure; what is none and what cannot be read."""

import pytest

from exchange.mapped.kinds.money import Amount
from exchange.reading.draft import Draft

BY_STATUS = {"field": "status", "values": {"proposed": "planned", "ongoing": "committed"}}


def a_draft(**cells):
    return Draft("a-sheet", "7", "en", cells)


def an_amount(column="Grant", line="grant", **settings):
    return Amount(column=column, line=line, currency="USD", funder="A fund", **settings)


def rows(kind, cell="5", **document):
    draft = a_draft(**{kind.column: cell})
    draft.document.update(document)
    kind.read(cell, draft)
    return draft.document.get("funding", [])


def test_a_figure_says_of_which_line_what_for_and_according_to_whom():
    draft = a_draft()

    an_amount(type="gef", stage="planned", purpose="Project grant", source="A sheet: asked for").read("5", draft)

    [row] = draft.document["funding"]
    assert draft.lines == {row.pop("id"): "grant"}
    assert row == {
        "funder": {"name": "A fund"},
        "type": "gef",
        "amount": "5",
        "currency": "USD",
        "stage": "planned",
        "purpose": {"en": "Project grant"},
        "source": "A sheet: asked for",
    }


def test_several_figures_of_one_line_are_rows_of_their_own_with_a_key_each():
    draft = a_draft()

    an_amount(key="grant-final").read("5", draft)
    an_amount(key="grant-asked").read("6", draft)
    an_amount(line="fee").read("1", draft)

    assert list(draft.lines.values()) == ["grant", "grant", "fee"]
    assert len({row["id"] for row in draft.document["funding"]}) == 3


def test_the_key_of_a_row_is_its_line_unless_the_mapping_says_another():
    assert rows(an_amount())[0]["id"] == rows(an_amount(key="grant"))[0]["id"]
    assert rows(an_amount())[0]["id"] != rows(an_amount(key="other"))[0]["id"]


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("1,233,000", "1233000"),
        ("1,233,000.50", "1233000.50"),
        ("1233000.5", "1233000.5"),
        ("\xa01 233\t", "1 233"),
        ("12,33,000", "12,33,000"),
        ("-5", "-5"),
        ("$5", "$5"),
    ],
)
def test_thousands_may_have_commas_and_nothing_else_is_repaired(cell, amount):
    assert rows(an_amount(), cell)[0]["amount"] == amount


@pytest.mark.parametrize("cell", ["0", "00", "0.0", "0.00", " 0 "])
def test_zero_is_an_amount_unless_the_source_writes_it_for_nothing(cell):
    assert len(rows(an_amount(), cell)) == 1
    assert rows(an_amount(zero="skip"), cell) == []


@pytest.mark.parametrize("cell", ["0.01", "10", "-0", "0,0", "O", "٠"])
def test_what_is_not_plainly_zero_is_never_skipped(cell):
    assert len(rows(an_amount(zero="skip"), cell)) == 1


@pytest.mark.parametrize(
    ("stage", "status", "told"),
    [
        ("planned", "ongoing", "planned"),
        ("planned", None, "planned"),
        (BY_STATUS, "proposed", "planned"),
        (BY_STATUS, "ongoing", "committed"),
        (BY_STATUS, "completed", None),
        (BY_STATUS, None, None),
        (BY_STATUS, ["ongoing"], None),
        (None, "ongoing", None),
    ],
)
def test_the_stage_is_fixed_or_follows_a_field_and_is_never_guessed(stage, status, told):
    document = {"status": status} if status else {}

    assert rows(an_amount(stage=stage), **document)[0].get("stage") == told


@pytest.mark.parametrize("settings", [{"zero": "none"}, {"to": "title"}, {"stage": {"field": "status"}}])
def test_a_setting_that_means_nothing_is_refused(settings):
    with pytest.raises((ValueError, TypeError)):
        an_amount(**settings)
