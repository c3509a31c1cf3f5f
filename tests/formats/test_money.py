"""Money adds up within a stage and a currency, and never across them."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from formats.money import Total, totals

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
