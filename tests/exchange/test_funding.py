"""Figures of several sources for the same money: all kept, one counted."""

import itertools

from exchange.importing.funding import merged
from formats.money import totals


def figure(identifier, amount="100", stage="committed", **more):
    return {"id": identifier, "funder": {"name": "GEF"}, "amount": amount, "currency": "USD", "stage": stage, **more}


def counted(rows):
    return {row["id"]: row.get("counted_in") for row in rows}


def test_the_first_figure_of_a_line_and_stage_counts_and_the_others_name_it():
    told = [
        ([figure("a", "90")], {"a": "grant"}),
        ([figure("b", "100"), figure("c", "80"), figure("d", "70", "planned")], dict.fromkeys("bcd", "grant")),
    ]

    rows = merged(told)

    assert counted(rows) == {"a": None, "b": "a", "c": "a", "d": None}
    assert [(total.stage, int(total.amount)) for total in totals(rows)] == [("planned", 70), ("committed", 90)]


def test_lines_of_one_stage_are_added():
    told = [([figure("a", "90"), figure("b", "10")], {"a": "grant", "b": "cofinancing"})]

    assert counted(merged(told)) == {"a": None, "b": None}


def test_other_lines_of_a_later_source_are_added_too():
    told = [
        ([figure("a", "90")], {"a": "grant"}),
        ([figure("b", "10"), figure("c", "5")], {"b": "cofinancing", "c": "fee"}),
    ]

    assert counted(merged(told)) == {"a": None, "b": None, "c": None}


def test_an_account_without_lines_counts_by_itself_row_by_row():
    told = [([figure("a"), figure("b"), figure("c", stage="disbursed")], {})]

    assert counted(merged(told)) == {"a": None, "b": None, "c": None}


def test_an_account_without_lines_is_not_added_to_the_stages_that_an_earlier_source_told():
    told = [
        ([figure("a")], {"a": "grant"}),
        ([figure("b"), figure("c"), figure("d", stage="disbursed"), figure("e", stage="disbursed")], {}),
    ]

    assert counted(merged(told)) == {"a": None, "b": "a", "c": "a", "d": None, "e": None}


def test_a_line_is_not_added_to_an_earlier_account_of_the_whole_stage():
    told = [([figure("a"), figure("b")], {}), ([figure("c"), figure("d")], {"c": "grant", "d": "cofinancing"})]

    assert counted(merged(told)) == {"a": None, "b": None, "c": "a", "d": "a"}


def test_no_order_of_rows_counts_more_than_one_figure_of_a_line():
    rows = [figure("a", "1"), figure("b", "2"), figure("c", "3")]

    for order in itertools.permutations(rows):
        heads = [name for name, head in counted(merged([(order, dict.fromkeys("abc", "grant"))])).items() if not head]
        assert heads == [order[0]["id"]]


def test_what_names_no_amount_is_kept_and_counts_for_nothing():
    row = {"id": "a", "funder": {"name": "GEF"}, "stage": "committed"}

    assert merged([([row], {"a": "grant"}), ([figure("b")], {"b": "grant"})]) == [row, figure("b")]


def test_beyond_what_a_document_holds_figures_that_count_are_kept_before_those_that_repeat():
    first = [figure(f"a{number}", stage="") for number in range(300)]
    second = [figure(f"b{number}", stage="") for number in range(300)]
    third = [figure("last", stage="disbursed")]

    rows = merged([(first, {}), (second, {}), (third, {})])

    assert len(rows) == 500
    assert "last" in counted(rows)
    assert sum("counted_in" not in row for row in rows) == 301
