"""The money of IATI activities: which figures are counted, at which stage, and what is only told."""

import time
from decimal import Decimal

import pytest

from tests.exchange.activities import document, money, notes, provider, read, refusals, told, transaction

FUNDER = '<participating-org role="1">Fund</participating-org>'


def budget(amount, year="2015", kind="", status=""):
    return (
        f'<budget type="{kind}" status="{status}"><period-start iso-date="{year}-01-01"/>'
        f'<period-end iso-date="{year}-12-31"/><value value-date="{year}-01-01">{amount}</value></budget>'
    )


def planned(amount, year="2015"):
    return (
        f'<planned-disbursement><period-start iso-date="{year}-01-01"/><value>{amount}</value></planned-disbursement>'
    )


@pytest.mark.parametrize(
    ("kind", "stage"),
    [
        *dict.fromkeys(("2", "C", "Commitment", "commitment", "Engagement"), "committed").items(),
        *dict.fromkeys(("3", "D", "disbursment", "Décaissement"), "disbursed").items(),
        *dict.fromkeys(("4", "E", "expenditure", "7", "R", "8"), "disbursed").items(),
        *dict.fromkeys(("1", "IF", "Incoming Funds"), "disbursed").items(),
        ("11", "committed"),
        ("12", "planned"),
        ("13", "planned"),
    ],
)
def test_the_type_of_a_transaction_is_a_number_a_letter_or_a_word_and_gives_the_stage(kind, stage):
    assert money(transaction(kind, "100.50")) == [(stage, "100.50", "USD", "")]
    assert money(f'<transaction type="{kind}"><value>7</value></transaction>') == [(stage, "7.00", "USD", "")]


@pytest.mark.parametrize("kind", ["5", "IR", "6", "LR", "9", "10", "Loan Repayment"])
def test_what_flows_back_or_only_guarantees_is_told_and_not_counted(kind):
    content = transaction(kind, "100")

    assert money(content) == []
    assert "not counted: 100 USD, 2015-06-30" in told(content)[0]


@pytest.mark.parametrize("kind", ["", "99", "Gift"])
def test_a_transaction_of_unknown_type_is_told_and_noted(kind):
    content = transaction(kind, "100")

    assert money(content) == []
    assert notes(content) == [("transaction/transaction-type", kind)]
    assert "100 USD" in told(content)[0]


def test_the_states_of_the_earliest_files_are_stages_of_the_money_that_comes_in():
    content = "".join(
        f'<transaction flow="incoming" ref="{number}"><value currency="EUR">{number}</value>'
        f'<status ref="{number}">{state}</status><provider-org>Sweden</provider-org></transaction>'
        for number, state in ((20, "Pledge"), (30, "Commitment"), (40, "Paid contribution"))
    )

    assert money(content) == [
        ("planned", "20.00", "EUR", "Sweden"),
        ("committed", "30.00", "EUR", "Sweden"),
        ("disbursed", "40.00", "EUR", "Sweden"),
    ]


def test_money_that_comes_in_is_not_counted_beside_the_same_money_going_out():
    content = transaction("1", "70", more=provider("Fund")) + transaction("3", "40") + transaction("4", "20")

    assert money(content) == [("disbursed", "40.00", "USD", ""), ("disbursed", "20.00", "USD", "")]
    assert "- Incoming funds, not counted: 70 USD, from Fund, 2015-06-30" in told(content)


def test_money_that_comes_in_is_counted_where_nothing_else_tells_of_its_stage():
    content = transaction("11", "90", more=provider("Fund")) + transaction("3", "40")

    assert money(content) == [("committed", "90.00", "USD", "Fund"), ("disbursed", "40.00", "USD", "")]


def test_a_budget_is_planned_and_what_is_planned_within_it_is_not_counted_again():
    content = budget("100", "2015") + budget("200", "2016", status="2") + planned("60") + transaction("12", "300")

    assert money(content) == [("planned", "100.00", "USD", ""), ("planned", "200.00", "USD", "")]
    assert "- Planned disbursement, not counted: 60 USD, 2015-01-01" in told(content)
    assert "- Pledge, not counted: 300 USD, 2015-06-30" in told(content)
    assert money(planned("60")) == [("planned", "60.00", "USD", "")]


def test_a_revised_budget_takes_the_place_of_the_original_of_its_time():
    content = budget("100", "2015", "1") + budget("120", "2015", "2") + budget("300", "2016", "1")

    assert [amount for _stage, amount, *_rest in money(content)] == ["120.00", "300.00"]
    assert "- Budget, original, replaced by a revision, not counted: 100 USD, 2015-01-01 to 2015-12-31" in told(
        content
    )


def test_a_line_says_when_what_for_and_which_figure_it_is():
    reporter = "<reporting-org ref='1'><narrative>Bank</narrative></reporting-org>"
    described = "<description><narrative>Seeds</narrative><narrative xml:lang='fr'>Semences</narrative></description>"

    line, plan = document(reporter + FUNDER + transaction("D", "5", more=described) + budget("9"))["funding"][::-1]

    assert line == {
        "funder": {"name": "Fund"},
        "amount": "5.00",
        "currency": "USD",
        "stage": "disbursed",
        "starts_on": "2015-06-30",
        "purpose": {"en": "Seeds", "fr": "Semences"},
        "source": "IATI (Bank): disbursement",
    }
    assert (plan["starts_on"], plan["ends_on"], plan["purpose"]) == ("2015-01-01", "2015-12-31", {"en": "Budget"})


@pytest.mark.parametrize(
    ("organizations", "more", "funder"),
    [
        ("", provider("Giver"), "Giver"),
        (FUNDER, provider("Giver"), "Giver"),
        (FUNDER, "", "Fund"),
        (FUNDER, "<provider-org ref='' provider-activity-id='IDA1'/>", "Fund"),
        (FUNDER, "<provider-org ref='XM-1'/>", "XM-1"),
        ('<participating-org role="4" ref="XM-1">Known</participating-org>', "<provider-org ref='XM-1'/>", "Known"),
        (FUNDER + '<participating-org role="1">Other</participating-org>', "", ""),
        ("<reporting-org ref='R'>Reporter</reporting-org>", "", "Reporter"),
        ("<reporting-org ref='R' secondary-reporter='1'>Reporter</reporting-org>", "", ""),
    ],
)
def test_the_funder_is_the_provider_else_the_one_that_funds_else_by_the_standard_who_reports(
    organizations, more, funder
):
    assert money(organizations + transaction("3", "1", more=more)) == [("disbursed", "1.00", "USD", funder)]


def test_who_reports_is_not_taken_for_the_giver_of_what_comes_in():
    content = "<reporting-org ref='R'>Reporter</reporting-org>" + transaction("1", "1") + budget("2")

    assert {funder for *_rest, funder in money(content)} == {""}


def test_a_funder_that_stands_in_the_funding_is_not_a_partner_besides():
    other = '<participating-org role="1">Other</participating-org>'

    assert "partners" not in document(FUNDER + transaction("3", "1"))
    assert document(FUNDER + other + transaction("3", "1", more=provider("FUND")))["partners"] == [{"name": "Other"}]


def test_what_kind_of_money_it_is_is_said_where_nothing_is_in_doubt():
    def kinds(organization):
        return document(organization + transaction("3", "1"))["funding"][0].get("type")

    assert kinds('<participating-org role="1">Global Environment Facility (GEF)</participating-org>') == "gef"
    assert kinds('<participating-org role="1" type="60">Seeds</participating-org>') == "foundation"
    assert kinds('<participating-org role="1" type="10">A ministry</participating-org>') is None


# Currencies and amounts


def test_the_currency_is_the_amount_s_own_else_the_activity_s():
    assert money(transaction("3", "1", "eur") + transaction("3", "2")) == [
        ("disbursed", "1.00", "EUR", ""),
        ("disbursed", "2.00", "USD", ""),
    ]


@pytest.mark.parametrize(("attributes", "currency"), [("", ""), ('default-currency=""', ""), ("", "US$"), ("", "XXX")])
def test_without_a_known_currency_an_amount_is_kept_as_text_and_never_taken_for_dollars(attributes, currency):
    content = transaction("3", "12.5", currency)

    assert money(content, attributes=attributes) == []
    assert notes(content, attributes=attributes) == [("transaction/value", f"12.5 {currency}".strip())]
    assert "- Disbursement, not counted: 12.5" in told(content, attributes=attributes)[0]


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("41751500", "41751500.00"),
        ("1,233,000.5", "1233000.50"),
        ("+7", "7.00"),
        (".5", "0.50"),
        ("1.2E3", "1200.00"),
        ("-0", "0.00"),
    ],
)
def test_an_amount_is_read_where_it_can_mean_one_number_only(written, amount):
    assert [one for _stage, one, *_rest in money(transaction("3", written))] == [amount]


@pytest.mark.parametrize(
    "written", ["1.234,56", "12,34", "$5", "NaN", "Infinity", "1e99", "5 million", "9" * 16, "٥", "1 000"]
)
def test_an_amount_that_cannot_be_read_is_refused(written):
    assert refusals(transaction("3", written)) == [("transaction/value", written)]


def test_decimals_beyond_two_are_rounded_with_a_note_and_not_before_they_are_added_up():
    assert [one for _stage, one, *_rest in money(transaction("3", "2229405.86534"))] == ["2229405.87"]
    assert notes(transaction("3", "2229405.86534")) == [("transaction/value", "2229405.86534")]
    assert [one for _stage, one, *_rest in money(transaction("3", "0.004") * 3 + transaction("3", "-0.001"))] == [
        "0.01"
    ]


def test_no_amount_is_no_line():
    content = transaction("3", "") + '<transaction><transaction-type code="3"/></transaction>'

    assert money(content) == []
    assert notes(content) == [("transaction/value", ""), ("transaction/value", "")]


def test_days_of_money_that_cannot_be_read_are_refused_and_contradictory_ones_noted():
    backwards = (
        "<budget><period-start iso-date='2015-01-01'/><period-end iso-date='2014-01-01'/><value>1</value></budget>"
    )

    assert refusals(transaction("3", "1", day="30.6.2015")) == [("transaction/transaction-date", "30.6.2015")]
    assert notes(backwards) == [("budget", "2015-01-01, 2014-01-01")]
    assert "starts_on" not in document(backwards)["funding"][0]


# Corrections, and too many figures


def test_a_negative_amount_is_added_up_with_those_it_corrects():
    content = (
        transaction("C", "100", day="2010-01-01", more=provider("A"))
        + transaction("C", "-30", day="2012-01-01", more=provider("A"))
        + transaction("C", "5", more=provider("B"))
        + transaction("D", "9", more=provider("A"))
    )

    found = document(content)["funding"]

    assert [(one["stage"], one["amount"], one["funder"]["name"]) for one in found] == [
        ("committed", "70.00", "A"),
        ("committed", "5.00", "B"),
        ("disbursed", "9.00", "A"),
    ]
    assert (found[0]["starts_on"], found[0]["ends_on"]) == ("2010-01-01", "2012-01-01")
    assert found[0]["source"].endswith("commitment, 2 amounts added up")
    assert notes(content) == [("transaction/value", "70")]


def test_a_correction_larger_than_its_funder_s_money_is_added_up_with_the_whole_stage():
    content = transaction("3", "100", more=provider("A")) + transaction("3", "-30", more=provider("B"))

    assert money(content) == [("disbursed", "70.00", "USD", "A; B")]


def test_a_stage_of_less_than_nothing_is_kept_as_text():
    content = transaction("3", "10") + transaction("3", "-30")

    assert money(content) == []
    assert notes(content) == [("transaction/value", "-20")]
    assert "- Disbursement, not counted: -20 USD, 2015-06-30" in told(content)


def by_year(number):
    return transaction("3", "1.5", day=f"{2010 + number % 10}-01-01")


def by_kind(number):
    return transaction("34"[number % 2], "1.5", day=f"{1900 + number // 2}-01-01")


def by_funder(number):
    return transaction("34"[number % 2], "1.5", more=provider(f"Giver {number // 2}"))


def by_stage(number):
    return transaction("23"[number % 2], "1.5", more=provider(f"Giver {number}"))


@pytest.mark.parametrize(("figure", "lines"), [(by_year, 10), (by_kind, 2), (by_funder, 300), (by_stage, 2)])
def test_more_figures_than_a_record_holds_are_added_up_and_nothing_is_lost(figure, lines):
    content = "".join(figure(number) for number in range(600))

    found = money(content)

    assert len(found) == lines
    assert sum(Decimal(amount) for _stage, amount, *_rest in found) == 900
    assert notes(content) == [("transaction/value", "600")]


@pytest.mark.slow
def test_tens_of_thousands_of_figures_are_read_in_seconds():
    content = transaction("3", "1.5") * 30_000
    started = time.monotonic()

    assert money(content) == [("disbursed", "45000.00", "USD", "")]
    assert time.monotonic() - started < 30


def test_five_hundred_figures_stand_one_by_one():
    assert len(money(transaction("3", "1") * 500)) == 500


def test_ids_of_lines_are_their_own_and_stay_when_others_are_added():
    one, two = transaction("3", "1"), transaction("3", "1", day="2016-01-01")

    first = [line["id"] for line in read(one + one).document["funding"]]
    then = [line["id"] for line in read(two + one + one).document["funding"]]

    assert len(set(then)) == 3
    assert set(first) < set(then)


# The total


def test_the_total_cost_is_the_budget_only_where_there_are_no_lines():
    total = '<total-cost currency="EUR">1000.5</total-cost>'

    assert document(total)["total_budget"] == {"amount": "1000.50", "currency": "EUR"}
    assert "total_budget" not in document(total + transaction("3", "1"))
    assert "- Total cost: 1000.5 EUR" in told(total + transaction("3", "1"))


@pytest.mark.parametrize(("total", "value"), [("about 5", "about 5 USD"), ("-1", "-1 USD")])
def test_a_total_cost_that_is_no_amount_is_told_and_noted(total, value):
    content = f"<total-cost>{total}</total-cost>"

    assert "total_budget" not in document(content)
    assert notes(content) == [("total-cost", value)]
    assert f"- Total cost: {value}" in told(content)


def test_no_line_is_said_to_be_another_source_s_money():
    assert read(transaction("3", "1")).lines == {}
