"""How people read the money of a record: by stage, each sum once, with the other figures told for it."""

from formats import registry
from formats.presentation import shown_field

GEF = {"name": "Global Environment Facility"}


def a_line(key, amount, **more):
    return {"id": key, "funder": GEF, "amount": amount, "currency": "USD", "stage": "committed"} | more


def money(*lines, language="en"):
    return shown_field(registry.by_code("PRJ"), "funding", {"funding": list(lines)}, language)


def words(row):
    return {shown.name: shown.values for shown in row}


def test_lines_stand_by_stage_in_the_order_of_their_flow():
    paid, planned = a_line("paid0001", "5", stage="disbursed"), a_line("plan0001", "7", stage="planned")
    unknown = {"id": "kind0001", "funder": {"name": "A ministry"}}

    shown = money(unknown, paid, planned)

    assert shown.kind == "money"
    assert [stage.name for stage in shown.values] == ["Planned", "Disbursed", "No stage given"]
    assert [line.row.anchor for stage in shown.values for line in stage.lines] == [
        "funding-plan0001",
        "funding-paid0001",
        "funding-kind0001",
    ]


def test_a_line_begins_with_its_amount_and_says_the_rest_but_not_its_stage_again():
    [stage] = money(a_line("head0001", "1000000", purpose={"en": "Project grant"}, source="Sheet of 2016")).values

    row = words(stage.lines[0].row)

    assert list(row) == ["amount", "funder", "purpose", "source"]
    assert row["amount"] == ["USD\u00a01,000,000"]
    assert row["source"] == ["Sheet of 2016"]


def test_other_figures_for_the_same_money_stand_under_the_line_and_count_nothing():
    head = a_line("head0001", "1000000", source="Portal: approved", purpose={"en": "Grant"})
    same = a_line("same0001", "1000000.00", source="Sheet of 2019", purpose={"en": "Grant"}, counted_in="head0001")
    other = a_line(
        "other001", "975000", source="Sheet of 2016", purpose={"en": "Project grant"}, counted_in="head0001"
    )

    shown = money(other, head, same)

    [stage] = shown.values
    [line] = stage.lines
    assert [(one.amount, one.source, one.differs) for one in line.others] == [
        ("USD\u00a0975,000", "Sheet of 2016", True),
        ("USD\u00a01,000,000", "Sheet of 2019", False),
    ]
    assert [[(str(label), text) for label, text in one.more] for one in line.others] == [
        [("What for", "Project grant")],
        [],
    ]
    assert [one.anchor for one in line.others] == ["funding-other001", "funding-same0001"]
    assert shown.totals == ["Committed: USD\u00a01,000,000"]


def test_an_amount_in_another_currency_differs():
    head, other = a_line("head0001", "5"), a_line("other001", "5", currency="EUR", counted_in="head0001")

    [stage] = money(head, other).values

    assert stage.lines[0].others[0].differs


def test_what_a_working_copy_holds_in_place_of_money_is_shown_as_typed():
    shown = money({"id": "typed001", "amount": "five", "stage": ["planned"], "funder": "us"}, "no line at all")

    [stage] = shown.values
    assert stage.name == "['planned']"
    assert words(stage.lines[0].row)["amount"] == ["five"]


def test_a_line_that_is_counted_in_another_record_counts_here_and_says_so():
    shown = money(a_line("part0001", "5", counted_in="whole001"))

    [stage] = shown.values
    assert "part of" in words(stage.lines[0].row)["counted_in"][0]
    assert shown.totals == ["Committed: USD\u00a05"]
