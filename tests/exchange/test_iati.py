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
