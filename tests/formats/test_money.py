"""Money adds up within a stage and a currency, and never across them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formats.money import Total, headlines, totals

LINES = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "amount": st.one_of(
                st.decimals(0, 10**12, places=2).map(str), st.sampled_from(["", "ten", "NaN", "1e999"])
            ),
            "currency": st.sampled_from(["USD", "EUR", ""]),
            "stage": st.sampled_from(["planned", "committed", "disbursed"]),
        },
    ),
    max_size=20,
)


@given(LINES, st.randoms())
def test_the_order_of_lines_does_not_change_a_total(lines, random):
    shuffled = random.sample(lines, len(lines))

    assert totals(shuffled) == totals(lines)


@pytest.mark.slow
@given(LINES, LINES)
def test_the_totals_of_a_whole_are_those_of_its_parts(one, other):
    def sums(lines):
        return {(total.stage, total.currency): total.amount for total in totals(lines)}

    parts = sums(one)
    for key, amount in sums(other).items():
        parts[key] = parts.get(key, Decimal(0)) + amount

    assert sums(one + other) == parts


def test_stages_and_currencies_stay_apart():
    lines = [
        {"amount": "100", "currency": "USD", "stage": "committed"},
        {"amount": "40.50", "currency": "USD", "stage": "disbursed"},
        {"amount": "7", "currency": "EUR", "stage": "committed"},
        {"amount": "1", "currency": "USD", "stage": "committed"},
        {"amount": "5", "currency": "USD"},
    ]

    assert totals(lines) == [
        Total("committed", "EUR", Decimal(7)),
        Total("committed", "USD", Decimal(101)),
        Total("disbursed", "USD", Decimal("40.50")),
        Total("", "USD", Decimal(5)),
    ]


def a_figure(key, amount, stage="committed", counted_in=None):
    line = {"id": key, "amount": amount, "currency": "USD", "stage": stage}
    return line | ({"counted_in": counted_in} if counted_in else {})


def test_money_that_several_figures_tell_counts_once():
    lines = [a_figure("other001", "90", counted_in="head0001"), a_figure("head0001", "100"), a_figure("more0001", "5")]

    assert totals(lines) == [Total("committed", "USD", Decimal(105))]


def test_a_figure_counts_where_nothing_stands_for_it():
    removed = a_figure("alone001", "1", counted_in="gone0001")
    another_stage = a_figure("paid0001", "20", "disbursed", counted_in="head0001")
    one, other = (
        a_figure("circle01", "300", counted_in="circle02"),
        a_figure("circle02", "4000", counted_in="circle01"),
    )
    lines = [a_figure("head0001", "50000"), removed, another_stage, one, other]

    assert headlines(lines) == lines


def test_a_figure_counts_once_however_many_lines_pass_it_on():
    lines = [
        a_figure("part0001", "1", counted_in="whole001"),
        a_figure("more0001", "1", counted_in="part0001"),
        a_figure("whole001", "20", counted_in="top00001"),
    ]
    top = a_figure("top00001", "300")

    assert totals([*lines, top]) == [Total("committed", "USD", Decimal(300))]
    assert totals(lines) == [Total("committed", "USD", Decimal(20))]
    assert totals(lines[:2]) == [Total("committed", "USD", Decimal(1))]


def test_a_working_copy_may_hold_anything_in_place_of_an_id():
    lines = [
        {"id": ["x"], "amount": "1", "currency": "USD"},
        {"counted_in": {"y": []}, "amount": "2", "currency": "USD"},
    ]

    assert totals(lines) == [Total("", "USD", Decimal(3))]
