"""IATI activities: who takes part, where, in which sectors, with which results and documents."""

import pytest

from tests.exchange.activities import document, notes, read, told

ORG = '<participating-org role="{}" type="{}">{}</participating-org>'


def a_country(code="", name="", more=""):
    return f'<recipient-country code="{code}" {more}>{name}</recipient-country>'


# Organizations


def test_organizations_stand_where_their_role_puts_them():
    found = document(
        ORG.format("1", "", "A")
        + ORG.format("Accountable", "", "B")
        + ORG.format("3", "", "<narrative>C</narrative><narrative xml:lang='fr'>Cé</narrative>")
        + ORG.format("implementing", "", "D")
        + ORG.format("un-ocha-implementing-partner", "", "E")
        + ORG.format("4", "", "d")
        + ORG.format("implementing", "", "")
        + ORG.format("4", "", "N/A")
        + '<participating-org role="4" ref="XM-1"/>'
    )

    assert found["partners"] == [{"name": "A"}]
    assert found["implementing_agencies"] == [{"name": "B"}, {"name": "C"}]
    assert found["executing_agencies"] == [{"name": "D"}, {"name": "E"}, {"name": "XM-1"}]


def test_a_beneficiary_is_told_and_an_unknown_role_makes_a_partner_and_a_note():
    content = ORG.format("beneficiary", "", "Farmers") + ORG.format("Sponsor", "", "A")

    assert document(content)["partners"] == [{"name": "A"}]
    assert notes(content) == [("participating-org", "Sponsor")]
    assert "- Beneficiary: Farmers" in told(content)


def test_who_reports_is_told_and_is_no_partner():
    content = '<reporting-org ref="XM-1" type="21"><narrative>Data house</narrative></reporting-org>'

    assert "- Reported by: Data house (XM-1)" in told(content)
    assert "partners" not in document(content)


def test_more_organizations_than_a_list_holds_are_noted_one_by_one():
    content = "".join(ORG.format("4", "", f"Partner {number}") for number in range(502))

    assert len(document(content)["executing_agencies"]) == 500
    assert notes(content) == [("participating-org", "Partner 500"), ("participating-org", "Partner 501")]


# Places


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (a_country("KE"), {"countries": ["KE"], "scope": "national"}),
        (a_country("ke", "Uganda"), {"countries": ["KE"], "scope": "national"}),
        ("<recipient-country ref='KE'/>", {"countries": ["KE"], "scope": "national"}),
        (a_country("KEN"), {"countries": ["KE"], "scope": "national"}),
        (a_country("", "Kenya"), {"countries": ["KE"], "scope": "national"}),
        (a_country("", "Korea, Republic of"), {"countries": ["KR"], "scope": "national"}),
        (a_country("", "<narrative xml:lang='fr'>Tchad</narrative>"), {"countries": ["TD"], "scope": "national"}),
        (a_country("KE") + a_country("UG"), {"countries": ["KE", "UG"], "scope": "regional"}),
        (a_country("", "Africa"), {"groups": ["africa"], "scope": "regional"}),
        (a_country("", "Global"), {"scope": "global"}),
        (a_country("298"), {"groups": ["africa"], "scope": "regional"}),
        (a_country(""), {}),
        (a_country("ZZ", "Atlantis"), {"places_as_given": [{"text": "Atlantis"}]}),
        (a_country("ZZ"), {"places_as_given": [{"text": "ZZ"}]}),
        ("<recipient-region code='298' vocabulary='1'/>", {"groups": ["africa"], "scope": "regional"}),
        ("<recipient-region code='998'/>", {"scope": "global"}),
        (
            "<recipient-region code='589'/>",
            {"places_as_given": [{"text": "Middle East"}]},
        ),
        ("<recipient-region code='2' vocabulary='2'/>", {"groups": ["africa"], "scope": "regional"}),
        ("<recipient-region code='001' vocabulary='2'/>", {"scope": "global"}),
        (
            "<recipient-region code='X1' vocabulary='99'><narrative>Caribbean</narrative></recipient-region>",
            {"groups": ["caribbean"], "scope": "regional"},
        ),
        ("<recipient-region code='X1' vocabulary='99'/>", {"places_as_given": [{"text": "X1"}]}),
        (
            "<transaction><recipient-country code='KE'/></transaction>"
            "<transaction><recipient-country code='KE'/><recipient-region code='298'/></transaction>",
            {"countries": ["KE"], "groups": ["africa"], "scope": "regional"},
        ),
        (
            a_country("UG") + "<transaction><recipient-country code='KE'/></transaction>",
            {"countries": ["UG"], "scope": "national"},
        ),
        (a_country("KE") + "<activity-scope code='6'/>", {"countries": ["KE"], "scope": "sub-national"}),
        (a_country("KE") + "<activity-scope code='1'/>", {"countries": ["KE"], "scope": "global"}),
        ("<recipient-region code='298'/><activity-scope code='4'/>", {"groups": ["africa"], "scope": "regional"}),
    ],
)
def test_places_are_countries_groups_or_words(content, found):
    places = document(content)

    assert {
        name: places[name] for name in ("countries", "groups", "scope", "places_as_given") if name in places
    } == found


def test_a_place_that_no_list_knows_or_that_is_not_named_is_noted():
    assert notes(a_country("ZZ", "Atlantis") + a_country("")) == [
        ("recipient-country", ""),
        ("recipient-country", "Atlantis"),
    ]


def test_shares_of_places_are_told_and_noted_where_they_do_not_come_to_a_hundred():
    third, half = 'percentage="33.33"', 'percentage="50"'

    assert "- Shares of places: Kenya 33.33%; Uganda 33.33%; Chad 33.33%" in told(
        a_country("KE", more=third) + a_country("UG", more=third) + a_country("TD", more=third)
    )
    assert notes("".join(a_country(code, more=third) for code in ("KE", "UG", "TD"))) == []
    assert notes("".join(a_country(code, more=half) for code in ("KE", "UG", "TD"))) == [("recipient-country", "150")]


def test_names_of_locations_are_places_and_never_countries():
    content = a_country("UG") + "".join(
        f"<location><name>{name}</name></location>" for name in ("Uganda", "Bakel", "Kenya", "Bakel", "n/a")
    )

    found = document(content)

    assert found["countries"] == ["UG"]
    assert found["places_as_given"] == [{"text": "Bakel"}, {"text": "Kenya"}]


def test_of_very_many_locations_the_first_are_kept_and_the_rest_is_told():
    content = "".join(f"<location><name>Place {number}</name></location>" for number in range(130))

    assert len(document(content)["places_as_given"]) == 100
    assert "- Further places, see the source: 30" in told(content)
    assert notes(content) == [("location/name", "130")]


# What has no field of its own


def test_sectors_are_told_in_words_each_once_with_its_shares():
    content = (
        '<sector code="31161" vocabulary="1" percentage="50"/><sector code="9" vocabulary="DAC" percentage="25"/>'
        '<sector code="9" vocabulary="DAC" percentage="25"/><sector vocabulary="WB" ref="LD">Power</sector>'
        '<sector type="cluster" ref="16">Health</sector><sector code="14" vocabulary="7"/>'
    )

    assert "- Sectors (DAC): 31161 Food crop production (50%)" in told(content)
    assert "- Sectors (DAC): 9 (25%, 25%)" in told(content)
    assert "- Sectors (WB): LD Power" in told(content)
    assert "- Sectors (cluster): 16 Health" in told(content)
    assert "- Sectors (SDG goal): 14" in told(content)


def test_shares_of_sectors_that_do_not_come_to_a_hundred_are_noted():
    assert notes('<sector code="1" percentage="60%"/><sector code="2" percentage="60"/>') == [("sector", "120")]
    assert notes('<sector code="1" percentage="most"/>') == [("sector", "0")]


def test_policy_markers_that_were_targeted_are_told():
    content = (
        '<policy-marker code="5" significance="2"/><policy-marker code="1" significance="0"/>'
        '<policy-marker code="9" vocabulary="99"><narrative>Our own</narrative></policy-marker>'
    )

    assert "- Policy markers: Convention on Biological Diversity (principal objective); Our own" in told(content)


def test_results_are_outcomes_if_they_are_short():
    result = '<result type="{}"><title><narrative>{}</narrative></title>{}</result>'
    long = "<description><narrative>" + "word " * 1200 + "</narrative></description>"

    assert document(result.format(1, "A map", "") + result.format(2, "Safety", ""))["outcomes"] == {
        "en": "- Output: A map\n- Outcome: Safety"
    }
    assert document(result.format(1, "A map", long))["outcomes"] == {"en": "- Output: A map"}
    assert notes(result.format(1, "word " * 1200, "")) == [("result", "")]


def test_people_in_the_contacts_are_never_stored():
    mapped = read(
        "<contact-info type='1'><person-name><narrative>Ada Example</narrative></person-name>"
        "<email>ada@example.org</email><telephone>0123</telephone><mailing-address>Street 7</mailing-address>"
        "<website>http://ada.example.org</website></contact-info>"
    )

    assert not any(word in str(mapped) for word in ("Ada", "ada", "0123", "Street"))


def test_what_has_no_room_in_the_other_information_is_noted():
    content = "".join(f'<related-activity ref="{"X" * 180}{number}"/>' for number in range(120))

    mapped = read(content)

    assert mapped.refusals == []
    assert len(mapped.document["other_information"]["en"]) < 20_000
    assert len(mapped.notes) + mapped.document["other_information"]["en"].count("Related") == 120


# Links


def test_web_pages_are_links_and_documents_are_files():
    mapped = read(
        "<activity-website>http://example.org/a b</activity-website>"
        '<document-link url="http://example.org/p" format="text/html"><title>Page</title></document-link>'
        '<document-link url="http://example.org/d.pdf" format="application/pdf"><title><narrative>Plan</narrative>'
        '</title><category code="A01"/><language code="FR"/></document-link>'
        '<document-link url="http://example.org/e.pdf" format="application/pdf"><language>Spanish</language>'
        "</document-link>"
    )

    def told_of(rows):
        return [{key: value for key, value in row.items() if key != "id"} for row in rows]

    assert mapped.address == "http://example.org/a%20b"
    assert told_of(mapped.document["links"]) == [
        {"url": "http://example.org/a%20b"},
        {"url": "http://example.org/p", "title": "Page"},
    ]
    assert told_of(mapped.document["files"]) == [
        {"url": "http://example.org/d.pdf", "title": "Plan", "language": "fr"},
        {"url": "http://example.org/e.pdf", "language": "es"},
    ]


@pytest.mark.parametrize(
    "address", ["www.example.org", "javascript:alert(1)", "ftp://example.org/x", "http://", "http://[", "n/a"]
)
def test_what_is_no_web_address_is_noted_and_left_out(address):
    mapped = read(f"<activity-website>{address}</activity-website>")

    assert "links" not in mapped.document
    assert mapped.address == ""
    assert [(one.field, one.value) for one in mapped.notes] == [("activity-website", address)]
