"""What of an activity has no field: conditions, hierarchy, indicators, traces of money, and what is not read."""

import pytest

from exchange.iati import codes
from tests.exchange.activities import FULL, document, notes, read, told, transaction

USD = 'default-currency="USD" xml:lang="en"'


def an_indicator(content, title="Laboratories", measure="1"):
    return (
        f'<result type="1"><title><narrative>Training</narrative></title><indicator measure="{measure}">'
        f"<title><narrative>{title}</narrative></title>{content}</indicator></result>"
    )


# The whole that it is part of


@pytest.mark.parametrize("kind", ["1", "parent", "Parent"])
def test_the_one_parent_of_an_activity_is_what_it_is_part_of(kind):
    content = f'<related-activity ref=" XX-0 " type="{kind}"/><related-activity ref="XX-0" type="1"/>'

    assert read(content).part_of == "iati:XX-0"
    assert read(content).digest != read(content.replace("XX-0", "XX-9")).digest


@pytest.mark.parametrize(
    "content",
    [
        '<related-activity ref="XX-0" type="2"/><related-activity ref="XX-9"/>',
        '<related-activity ref="XX-0" type="1"/><related-activity ref="XX-9" type="1"/>',
        '<related-activity ref="" type="1"/>',
        '<related-activity ref="XX-1-7" type="1"/>',
        f'<related-activity ref="{"X" * 201}" type="1"/>',
    ],
    ids=["a child", "two parents", "no reference", "itself", "too long"],
)
def test_what_is_no_parent_or_not_the_only_one_is_told_alone(content):
    assert read(content).part_of == ""


def test_the_level_in_a_hierarchy_is_told_where_it_is_not_the_first():
    assert "- Level in the hierarchy of its reporter: 2" in told(attributes=f'{USD} hierarchy="2"')
    assert not any("Level" in line for line in told("<tag code='1'/>", attributes=f'{USD} hierarchy="1"'))


# Indicators


def test_indicators_are_told_with_their_figures():
    content = an_indicator(
        '<baseline year="2014" value="3"/><period><period-start iso-date="2015-01-01"/>'
        '<period-end iso-date="2015-12-31"/><target value="20"><dimension name="sex" value="female"/></target>'
        '<actual value="12"/></period><period><target><comment><narrative>many</narrative></comment></target></period>'
    )

    assert (
        "- Indicator: Training – Laboratories: baseline 3 (2014); 2015-01-01 to 2015-12-31: target (female) 20, "
        "actual 12; target many"
    ) in told(content)


def test_percentages_bear_their_sign_and_an_indicator_without_figures_is_told_too():
    assert "- Indicator: Training – Share: baseline 10%" in told(
        an_indicator('<baseline value="10"/>', "Share", measure="2")
    )
    assert "- Indicator: Training" in told(an_indicator("", title="Training"))


def test_indicators_that_are_too_many_are_left_with_the_source_and_noted():
    content = "".join(an_indicator('<baseline value="1"/>', f"Number {'x' * 90} {n}") for n in range(50))

    assert "- Indicators, see the source: 50" in told(content)
    assert ("result/indicator", "50") in notes(content)


# Money, conditions, the rest


def test_what_money_comes_from_and_goes_to_is_told():
    provider = "<provider-org provider-activity-id='XM-7-1'><narrative>A</narrative></provider-org>"
    receiver = "<receiver-org receiver-activity-id='XX-8'><narrative>Farm</narrative></receiver-org>"
    own = "<receiver-org receiver-activity-id='XX-1-7'><narrative>Farm</narrative></receiver-org>"

    lines = told(transaction(1, 5, more=provider + own) + transaction(3, 5, more=receiver))

    assert {"- Money from the activity: XM-7-1", "- Money to the activity: XX-8", "- Paid to: Farm"} <= set(lines)


def test_of_very_many_receivers_the_first_are_told():
    content = "".join(
        transaction(3, 1, more=f"<receiver-org><narrative>Farm {n}</narrative></receiver-org>") for n in range(40)
    )

    assert any(line.endswith("Farm 29; and 10 more") for line in told(content))


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (
            "<conditions attached='1'><condition type='1'><narrative>Ask ann@example.org first</narrative></condition>"
            "<condition><narrative>Report</narrative></condition></conditions>",
            "- Conditions: Ask first (policy); Report",
        ),
        ("<conditions attached='true'/>", "- Conditions: attached, but not told"),
        (
            "<country-budget-items vocabulary='1'><budget-item code='5.1' percentage='100.00'><description>"
            "<narrative>Health</narrative></description></budget-item></country-budget-items>",
            "- Items of the country’s budget: 5.1 Health (100%)",
        ),
        ("<capital-spend percentage='12.50'/>", "- Capital spending: 12.5%"),
        ("<legacy-data name='Phase' value='II'/>", "- Legacy data: Phase: II"),
        ("<collaboration-type code='2'/>", "- Collaboration: Multilateral, inflows"),
        ("<default-tied-status code='5'/>", "- Tied: Untied"),
        ("<tied-status>Partly</tied-status>", "- Tied: Partly"),
    ],
)
def test_what_has_no_field_is_told_in_words(content, line):
    assert line in told(content)


def test_what_is_too_long_to_tell_leaves_room_for_the_rest():
    long = f"<conditions attached='1'><condition><narrative>{'word ' * 4000}</narrative></condition></conditions>"

    assert told(long + "<capital-spend percentage='5'/>") == ["- Capital spending: 5%"]
    assert [field for field, _value in notes(long)] == ["Conditions"]


@pytest.mark.parametrize("content", ["<conditions attached='0'/>", "<conditions attached='false'/>", "<legacy-data/>"])
def test_what_says_nothing_is_not_told(content):
    assert "other_information" not in document(content)


def test_an_activity_that_is_humanitarian_says_so():
    assert "- Humanitarian: yes" in told(attributes=f'{USD} humanitarian="1"')


def test_elements_that_nothing_reads_are_named_and_extensions_pass():
    content = "<fss/><crs-add/><fss/><x:more xmlns:x='urn:x'/>"

    assert "- Not read here, see the source: crs-add, fss" in told(content)
    assert notes(content) == [("iati-activity", "crs-add, fss")]


def test_all_that_stands_in_a_full_activity_is_read():
    content = FULL[FULL.index("<reporting-org") : FULL.index("</iati-activity>")]

    assert not [value for field, value in notes(content, title="") if field == "iati-activity"]


def test_every_country_that_was_renamed_is_one_of_ours():
    assert codes.tables()["renamed_countries"].keys().isdisjoint(codes.tables()["former_countries"])
    for code, country in codes.tables()["renamed_countries"].items():
        assert document(f"<recipient-country code='{code.lower()}'/>")["countries"] == [country]
