"""IATI activities of every version: what their elements become, and what is refused, noted or only told."""

import pytest

from exchange import readers
from exchange.iati import codes, reader
from exchange.reading.row import Row
from reference import countries
from reference.vocabularies import vocabulary
from tests.exchange.activities import IDENTIFIER, document, notes, read, refusals, row, rows_of, told

ORG = '<participating-org role="{}" type="{}">{}</participating-org>'


def a_country(code="", name="", more=""):
    return f'<recipient-country code="{code}" {more}>{name}</recipient-country>'


def test_the_registry_knows_the_reader():
    assert readers.reader("iati") is reader


def test_activities_of_a_file_are_rows_and_what_stands_between_them_is_not():
    rows = rows_of(
        "<iati-activities version='9.9'><query/><iati-activity><title>a</title></iati-activity>"
        "<iati-activity/></iati-activities>"
    )

    assert [one.number for one in rows] == [1, 2]
    assert rows[0].cells == {"record": "<iati-activity><title>a</title></iati-activity>"}


# Identity


def test_an_activity_is_called_by_its_iati_identifier():
    mapped = read(identifier="\n GB-1-\t103662 ")

    assert (mapped.identifier, mapped.subject) == ("GB-1- 103662", "iati:GB-1- 103662")
    assert mapped.document["identifiers"][0]["scheme"] == "IATI"


@pytest.mark.parametrize(
    ("content", "identifier"),
    [
        ('<other-identifier owner-name="World Bank" owner-ref="44000">P1</other-identifier>', "World Bank:P1"),
        ('<other-identifier owner-ref="44000">P1</other-identifier>', "44000:P1"),
        (
            '<other-identifier ref="P1" type="A1"><owner-org ref="44"><narrative>Bank</narrative></owner-org>'
            "</other-identifier>",
            "Bank:P1",
        ),
        ('<other-identifier ref="P1"><owner-org ref="44"/></other-identifier>', "44:P1"),
        ('<reporting-org ref="44">Bank</reporting-org><other-identifier>P1</other-identifier>', "Bank:P1"),
        ('<reporting-org ref="44"/><other-identifier>P1</other-identifier>', "44:P1"),
        (
            "<iati-identifier> </iati-identifier><iati-identifier>n/a</iati-identifier>"
            '<other-identifier owner-name="Bank">-</other-identifier>'
            '<other-identifier owner-name="Bank" ref="X" type="B9"/>'
            '<other-identifier owner-name="Bank">P2</other-identifier>',
            "Bank:P2",
        ),
    ],
)
def test_without_one_it_is_called_by_its_owner_s_number_and_the_owner(content, identifier):
    mapped = read(content, identifier="")

    assert mapped.identifier == identifier
    assert mapped.document["number"] in ("P1", "P2")


@pytest.mark.parametrize(
    "content", ["", "<other-identifier>P1</other-identifier>", "<reporting-org>Bank</reporting-org>"]
)
def test_an_activity_that_nobody_can_tell_from_others_is_refused(content):
    assert refusals(content, identifier="") == [("iati-identifier", "")]


def test_an_identifier_too_long_to_keep_is_refused():
    assert refusals(identifier="x" * 201) == [("iati-identifier", "x" * 201)]


@pytest.mark.parametrize("record", ["", "words", "<iati-activity>", "<organisation/>", "<a>\udc80</a>", "<a>\x00</a>"])
def test_what_is_no_activity_is_refused(record):
    mapped = reader.apply(Row(1, {"record": record}))

    assert [one.field for one in mapped.refusals] == ["record"]
    assert mapped.document is None


def test_other_identifiers_keep_their_owners_and_those_of_organizations_are_only_told():
    content = (
        '<other-identifier ref="A" type="A2"/><other-identifier ref="B" type="A3"/>'
        '<other-identifier ref="C" type="B1"/><other-identifier owner-name="GEF">4207</other-identifier>'
        f'<other-identifier owner-name="{"long " * 20}" ref="D"/>'
    )

    found = [(one["scheme"], one["value"]) for one in document(content)["identifiers"]]

    assert found[:4] == [("IATI", IDENTIFIER), ("CRS", "A"), ("IATI (former)", "B"), ("GEF", "4207")]
    assert len(found[4][0]) == 40
    assert "- Identifier of the organization: C" in told(content)


def test_related_activities_are_told_and_are_no_identifiers_of_this_one():
    lines = told(
        '<related-activity ref="XX-1" type="1"/><related-activity ref="XX-2" type="sibling">Two</related-activity>'
    )

    assert "- Related activity (parent): XX-1" in lines
    assert "- Related activity (sibling): XX-2 Two" in lines


# Texts and languages


def test_titles_stand_in_all_their_languages_and_the_languages_of_the_record_are_theirs():
    title = (
        "<title><narrative>Seeds</narrative><narrative xml:lang='fr_CA'>Semences</narrative>"
        "<narrative xml:lang='PT'>Sementes</narrative><narrative xml:lang='eng'>Seeds</narrative></title>"
    )

    found = document(title=title)

    assert found["title"] == {"en": "Seeds", "fr": "Semences", "pt": "Sementes"}
    assert found["languages"] == ["en", "fr"]


@pytest.mark.parametrize(
    ("attributes", "title", "expected"),
    [
        ("", "<title>Semillas</title>", {"und": "Semillas"}),
        ('xml:lang=""', "<title>Semillas</title>", {"und": "Semillas"}),
        ('xml:lang="Spanish"', "<title>Semillas</title>", {"und": "Semillas"}),
        ('xml:lang="es"', "<title>Semillas</title>", {"es": "Semillas"}),
        ('xml:lang="es"', '<title xml:lang="">Semillas</title>', {"es": "Semillas"}),
        (
            'xml:lang="en"',
            '<title xml:lang="es">Semillas</title><title>Seeds</title>',
            {"es": "Semillas", "en": "Seeds"},
        ),
        ('xml:lang="en"', "<title xml:lang='es'><narrative>Semillas</narrative></title>", {"es": "Semillas"}),
        ('xml:lang="zh-Hant"', "<title>種子</title>", {"zh-Hant": "種子"}),
        ('xml:lang="sr-Latn"', "<title>Seme</title>", {"sr-Latn": "Seme"}),
    ],
)
def test_a_text_has_the_language_of_itself_or_of_what_stands_around_it(attributes, title, expected):
    assert document(attributes=attributes, title=title)["title"] == expected


def test_a_second_title_of_one_language_is_noted():
    assert notes(title="<title>One</title><title>Two</title>") == [("title", "Two")]


@pytest.mark.parametrize("title", ["", "<title/>", "<title>n/a</title>", "<title><narrative>-</narrative></title>"])
def test_an_activity_without_a_title_is_refused(title):
    assert refusals(title=title) == [("title", "")]


def test_descriptions_go_where_their_kind_belongs_and_those_that_say_nothing_nowhere():
    found = document(
        "<description>All of it.</description><description type='2'><narrative>To learn.</narrative></description>"
        "<description type='3'><narrative>Farmers</narrative>"
        "<narrative xml:lang='fr'>Paysans</narrative></description>"
        "<description type='4'>n/a</description><description type='outputs'>Two maps</description>"
    )

    assert found["description"] == {"en": "All of it.\n\nTo learn."}
    assert found["background"] == {"en": "Target groups: Farmers\n\nOutputs: Two maps", "fr": "Paysans"}


def test_where_no_description_is_general_the_others_are_the_description():
    assert document("<description type='4'>Something</description>")["description"] == {"en": "Something"}


def test_the_marks_of_a_web_page_are_not_part_of_a_text():
    found = document("<description>&lt;p&gt;One &amp;amp; two&lt;/p&gt;&lt;br/&gt;three, 1 &lt; 2</description>")

    assert found["description"] == {"en": "One & two\n\nthree, 1 < 2"}


def test_a_text_too_long_for_the_common_format_is_noted():
    content = f"<description>{'word ' * 5000}</description>"

    assert "description" not in document(content)
    assert [field for field, _value in notes(content)] == ["description"]


# State and dates


@pytest.mark.parametrize(
    ("element", "status"),
    [
        ("<activity-status>Pipeline/identification</activity-status>", "proposed"),
        ("<activity-status ref='closed'/>", "completed"),
        ("<activity-status code='2'/>", "ongoing"),
        ("<activity-status code='3'>Completion</activity-status>", "completed"),
        ("<activity-status xml:lang='fr'>Mise en oeuvre</activity-status>", "ongoing"),
        ("<activity-status xml:lang='fr'>Annulé</activity-status>", "cancelled"),
        ("<activity-status code='6'/>", "suspended"),
        ("<activity-status code='7'/>", None),
        ("<activity-status/>", None),
    ],
)
def test_the_status_is_a_code_or_a_word(element, status):
    assert document(element).get("status") == status


def test_an_unknown_or_a_second_status_is_noted():
    assert notes("<activity-status code='7'/>") == [("activity-status", "7")]
    assert notes("<activity-status code='2'/><activity-status code='5'/>") == [("activity-status", "Cancelled")]


@pytest.mark.parametrize(
    ("content", "start", "end"),
    [
        (
            "<activity-date type='1' iso-date='2014-01-01'/><activity-date type='2' iso-date='2014-02-01'/>",
            "2014-02-01",
            None,
        ),
        ("<activity-date type='start' iso_date='2014-01-01'/>", "2014-01-01", None),
        ("<activity-date type='start-planned' iso-date='2014-01-01'/>", "2014-01-01", None),
        ("<activity-date type='start-actual'>\n 2014-01-01 \n</activity-date>", "2014-01-01", None),
        ("<activity-date type='start-actual'>2014</activity-date>", "2014", None),
        ("<activity-date type='4' iso-date='2014-01-01T00:00:00'/>", None, "2014-01-01"),
        ("<activity-date type='completion' iso-date='2014-01-01Z'/>", None, "2014-01-01"),
        ("<activity-date type='end-planned' iso-date='2014-01-01+03:00'/>", None, "2014-01-01"),
        ("<activity-date type='2' iso-date='0000-00-00'/><activity-date type='4' iso-date=''/>", None, None),
    ],
)
def test_actual_days_come_before_planned_ones(content, start, end):
    found = document(content)

    assert (found.get("starts_on"), found.get("ends_on")) == (start, end)


def test_which_day_it_is_is_told():
    content = "<activity-date type='1' iso-date='2014-01-01'/><activity-date type='2' iso-date='2014-02-01'/>"

    assert "- Start: 2014-02-01 (actual); 2014-01-01 (planned)" in told(content)


def test_of_days_that_contradict_each_other_none_is_taken():
    content = "<activity-date type='2' iso-date='2014-02-01'/><activity-date type='4' iso-date='2013-01-01'/>"

    assert not {"starts_on", "ends_on"} & document(content).keys()
    assert notes(content) == [("activity-date", "2014-02-01, 2013-01-01")]
    assert {"- Start: 2014-02-01 (actual)", "- End: 2013-01-01 (actual)"} <= set(told(content))


@pytest.mark.parametrize("day", ["01/02/2014", "2014-13-01", "2014-02-30", "soon", "14-02-01"])
def test_a_day_that_cannot_be_read_is_refused(day):
    assert refusals(f"<activity-date type='2' iso-date='{day}'/>") == [("activity-date", day)]


def test_words_in_place_of_a_day_and_a_day_of_unknown_kind_are_noted():
    assert notes("<activity-date type='1'>next spring</activity-date>") == [("activity-date", "next spring")]
    assert notes("<activity-date type='9' iso-date='2014-01-01'/>") == [("activity-date", "2014-01-01")]


def test_what_lasts_less_than_six_months_is_refused_with_its_days():
    content = "<activity-date type='2' iso-date='2014-02-01'/><activity-date type='4' iso-date='2014-03-01'/>"

    assert refusals(content) == [("activity-date", "2014-02-01 – 2014-03-01")]


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

    assert "- Sectors (DAC): 31161 Agriculture (50%)" in told(content)
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


# Shape


def test_the_activity_s_own_namespace_counts_and_others_are_extensions():
    record = (
        '<i:iati-activity xmlns:i="urn:iati" xmlns:x="urn:x"><i:iati-identifier>A-1</i:iati-identifier>'
        "<x:title>Not this</x:title><i:title><i:narrative>This</i:narrative></i:title></i:iati-activity>"
    )

    assert reader.apply(Row(1, {"record": record})).document["title"] == {"und": "This"}


def test_applying_a_row_twice_gives_the_same_digest_and_the_day_of_an_update_does_not_change_it():
    content = a_country("KE") + ORG.format("1", "", "A")
    later = 'default-currency="USD" xml:lang="en" last-updated-datetime="2020-01-01T00:00:00"'

    assert read(content).digest == read(content).digest == read(content, attributes=later).digest
    assert read(content).digest != read(content + a_country("UG")).digest


def test_a_row_that_cannot_be_read_says_so():
    assert reader.apply(Row(1, row().cells, fault="broken")).refusals[0].reason == "broken"


def test_every_term_group_and_scope_of_the_code_tables_exists():
    tables = codes.tables()
    groups = {group for name in ("dac_regions", "m49_regions") for found in tables[name].values() for group in found}
    scopes = {*tables["scope"], *tables["wide"], *tables["dac_wide"].values(), *tables["m49_wide"].values()}

    assert groups <= countries.groups().keys()
    assert scopes <= vocabulary("scope").terms.keys()
    assert tables["status"].keys() <= vocabulary("status").terms.keys()
    assert tables["stages"].keys() == vocabulary("funding-stage").terms.keys()
    assert {*tables["funding_type"], *tables["gef"]} <= vocabulary("funding-type").terms.keys()
    kinds = {kind for views in tables["stages"].values() for view in views for kind in view}
    assert kinds <= tables["transaction_names"].keys()
    assert {*tables["transaction"]} <= tables["transaction_names"].keys()


WORDS = ("status", "date", "role", "description", "transaction", "budget", "budget_status", "scope", "wide")


@pytest.mark.parametrize("name", WORDS)
def test_no_word_of_a_code_table_means_two_things(name):
    for meaning, words in codes.tables()[name].items():
        assert {codes.meaning(name, word) for word in words} == {meaning}
