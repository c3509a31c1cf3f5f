"""Habits of publishers that IATI's own examples do not show."""

import pytest

from tests.exchange.activities import document, money, notes, rows_of, told, transaction

COUNTRY = "<recipient-country code='ID'/>"
A_THIRD = "<planned-disbursement><value currency='EUR' value-date='2015-01-01'>300</value></planned-disbursement>"


def places(content):
    found = document(content)
    return {name: found[name] for name in ("countries", "groups", "scope") if name in found}


def test_the_answer_of_the_first_datastore_is_read():
    rows = rows_of(
        "<result><ok>True</ok><iati-activities><query><start>0</start></query>"
        "<iati-activity><title>One</title></iati-activity></iati-activities></result>"
    )

    assert [row.number for row in rows] == [1]


@pytest.mark.parametrize(
    "content",
    [
        "<recipient-country code='ID' percentage='100'/><recipient-region code='789' vocabulary='1'/>",
        "<recipient-country code='ID' percentage='100'/><recipient-region code='589' percentage=''/>",
        COUNTRY + "<recipient-region code='798'/>",
        COUNTRY + "<recipient-region code='142' vocabulary='2'/>",
    ],
)
def test_a_region_that_only_says_where_the_country_lies_is_told_and_no_place(content):
    assert places(content) == {"countries": ["ID"], "scope": "national"}
    assert any(line.startswith("- Region of the country: ") for line in told(content))
    assert [field for field, _value in notes(content)] == ["recipient-region"]


@pytest.mark.parametrize(
    "content",
    [
        "<recipient-country code='ID' percentage='50'/><recipient-region code='798' percentage='50'/>",
        "<recipient-country code='ID' percentage='50'/><recipient-region code='798'/>",
        COUNTRY + "<recipient-region code='798'/><activity-scope code='2'/>",
        COUNTRY + "<recipient-country code='KE'/><recipient-region code='798'/>",
    ],
)
def test_a_region_that_is_a_place_of_its_own_is_taken(content):
    assert places(content)["groups"] == ["asia"]


def test_shares_of_regions_are_told_with_their_names():
    content = "<recipient-country code='ID' percentage='40'/><recipient-region code='298' percentage='60'/>"

    assert "- Shares of places: Indonesia 40%; Africa 60%" in told(content)


def test_a_marker_that_does_not_say_how_far_it_was_an_objective_is_left_out_with_a_note():
    content = '<policy-marker vocabulary="1" code="4" significance=""/>'

    assert not any("Policy markers" in line for line in told(content))
    assert notes(content) == [("policy-marker", "Trade development")]


def test_the_marker_on_health_has_a_scale_of_its_own():
    content = '<policy-marker code="9" significance="3"/><policy-marker code="8" significance="3"/>'

    assert (
        "- Policy markers: Reproductive, maternal, newborn and child health (most of the money); Convention to Combat"
        " Desertification (principal objective, in support of an action programme)"
    ) in told(content)


def test_kinds_of_money_are_told_of_transactions_too_and_of_codes_in_words():
    content = (
        '<default-finance-type code="110"/><default-aid-type code="C01"/><default-flow-type code="10"/>'
        '<default-aid-type code="B01" vocabulary="2"/>'
        + transaction(3, 100, "USD", more='<finance-type code="421"/>')
        + transaction(3, 100, "USD", more='<finance-type code="410"><narrative>Aid loan</narrative></finance-type>')
    )

    lines = told(content)

    assert "- Finance: Standard grant; Standard loan; Aid loan" in lines
    assert "- Type of aid: Project-type interventions" in lines
    assert "- Flow: Official development assistance" in lines


def test_a_tag_without_words_is_told_with_the_name_of_its_list():
    assert "- Tag: SDG goal 15; SDG target 8.8; T1" in told(
        '<tag vocabulary="2" code="15"/><tag vocabulary="3" code="8.8"/><tag vocabulary="99" code="T1"/>'
    )


def test_noughts_do_not_stand_for_the_money_that_another_view_tells():
    budget = "<budget><value currency='EUR' value-date='2015-01-01'>{}</value></budget>"

    assert money(budget.format(0) + A_THIRD) == [("planned", "300.00", "EUR", "")]
    assert money(budget.format(5) + A_THIRD) == [("planned", "5.00", "EUR", "")]
    assert money(budget.format(0)) == [("planned", "0.00", "EUR", "")]


def test_who_funds_with_amounts_that_nobody_gives_is_told_as_such():
    funders = "".join(
        f"<participating-org role='1'><narrative>{name}</narrative></participating-org>"
        for name in ("Fund A", "Fund B")
    )

    assert "- Funded by: Fund A; Fund B" in told(funders)


def test_an_owner_with_a_long_name_is_called_by_its_reference():
    owner = "<owner-org ref='XX-9'><narrative>Ministry of the Environment and of Rural Affairs</narrative></owner-org>"

    identifiers = document(f"<other-identifier ref='77' type='A1'>{owner}</other-identifier>")["identifiers"]

    assert {"scheme": "XX-9", "value": "77"} in identifiers


def test_texts_lose_what_spreadsheets_and_web_pages_left_in_them():
    content = "<description><narrative>Seed &amp;amp; farm&amp;rsquo;s rights_x000D_\nSecond</narrative></description>"

    assert document(content)["description"] == {"en": "Seed & farm’s rights\n\nSecond"}


def test_addresses_of_persons_are_left_out_of_texts_with_a_note():
    ask = "<description><narrative>Ask Ann (ann@example.org) for more.</narrative></description>"
    plan = "<title><narrative>Plan of ann@example.org</narrative></title>"
    content = (
        ask
        + transaction(3, 1, more=ask)
        + f"<document-link url='http://example.org/a' format='text/html'>{plan}</document-link>"
        + f"<result type='1'><title><narrative>Maps</narrative></title>{ask}</result>"
    )

    found = document(content)

    assert found["description"] == {"en": "Ask Ann for more."}
    assert found["funding"][0]["purpose"] == {"en": "Ask Ann for more."}
    assert found["links"][0]["title"] == "Plan of"
    assert found["outcomes"] == {"en": "- Output: Maps: Ask Ann for more."}
    assert sorted(notes(content)) == [
        ("description", ""),
        ("document-link/title", ""),
        ("result", ""),
        ("transaction/description", ""),
    ]


def test_shares_are_told_without_needless_noughts_or_doubled_signs():
    content = "<recipient-country code='ID' percentage='33,3'/><recipient-country code='KE' percentage='66.70000%'/>"

    assert "- Shares of places: Indonesia 33.3%; Kenya 66.7%" in told(content)
    assert notes(content) == []


def test_a_country_that_is_no_more_is_told_by_its_name_where_only_its_code_is_given():
    assert document("<recipient-country code='AN'/>")["places_as_given"] == [{"text": "Netherlands Antilles"}]
    assert document("<recipient-country code='YU'>Jugoslavija</recipient-country>")["places_as_given"] == [
        {"text": "Jugoslavija"}
    ]


def test_the_world_is_no_place_smaller_than_a_country():
    assert "places_as_given" not in document("<location><name><narrative>World</narrative></name></location>")


def test_budgets_of_the_earliest_files_are_budgets():
    content = (
        "<budget-planned type='original-budget' period='annual'><period-start>2009-04-01</period-start>"
        "<period-end>2010-03-31</period-end><value currency='GBP' value-date='2009-04-01'>422558</value>"
        "</budget-planned>"
    )

    (line,) = document(content)["funding"]

    assert (line["stage"], line["amount"], line["starts_on"]) == ("planned", "422558.00", "2009-04-01")


def test_noughts_beside_money_are_told_together_and_are_no_lines():
    content = "".join(transaction(3, "0.00", day=f"2019-{month:02}-01") for month in range(1, 13)) + transaction(3, 7)

    assert money(content) == [("disbursed", "7.00", "USD", "")]
    assert "- Disbursement, not counted: 0.00 USD, 2019-01-01 to 2019-12-01, 12 amounts" in told(content)


def test_a_document_without_a_title_is_called_by_its_kind():
    content = (
        "<document-link url='http://example.org/a.pdf' format='application/pdf'><category code='A07'/></document-link>"
    )

    assert document(content)["files"] == [{"url": "http://example.org/a.pdf", "title": "Review and evaluation"}]


def test_an_address_that_holds_one_of_a_person_is_left_out_with_a_note():
    content = "<activity-website>http://example.org/form?officer=ann@example.org</activity-website>"

    assert "links" not in document(content)
    assert notes(content) == [("activity-website", "")]


def test_the_default_language_of_an_activity_is_that_of_its_texts():
    assert document("<description>Semillas</description>", attributes="default-language='es'")["description"] == {
        "es": "Semillas"
    }


MIXED = (
    "<activity-date type='1' iso-date='2014-01-01'/><activity-date type='3' iso-date='{}'/>"
    "<activity-date type='2' iso-date='2015-11-01'/>"
)


def test_a_late_start_does_not_make_a_plan_of_years_one_of_weeks():
    found = document(MIXED.format("2015-12-31"))

    assert (found["starts_on"], found["ends_on"]) == ("2014-01-01", "2015-12-31")
    assert notes(MIXED.format("2015-12-31")) == [("activity-date", "2015-11-01, 2015-12-31")]


def test_where_the_days_go_together_the_actual_one_is_taken():
    found = document(MIXED.format("2017-12-31"))

    assert (found["starts_on"], found["ends_on"]) == ("2015-11-01", "2017-12-31")
    assert notes(MIXED.format("2017-12-31")) == []


@pytest.mark.parametrize("day", ["9999-12-31", "2999-12-31T00:00:00"])
def test_a_day_that_stands_for_none_is_told_and_not_taken(day):
    plan = f"<budget><period-start iso-date='2015-01-01'/><period-end iso-date='{day}'/><value>5</value></budget>"
    content = f"<activity-date type='3' iso-date='{day}'/>{plan}"

    assert "ends_on" not in document(content)
    assert "ends_on" not in document(content)["funding"][0]
    assert f"- End: {day} (planned)" in told(content)
    assert notes(content) == [("activity-date", day), ("budget/period-end", day)]
