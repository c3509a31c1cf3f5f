"""The mapping of the GEF portal's sheet: one row in, one document out."""

import pytest

from exchange.mapped import mapping
from exchange.mapped.kinds.base import Lookup
from exchange.mapped.kinds.money import Amount, FiscalYear
from exchange.mapped.kinds.terms import Term
from exchange.reading.row import Row
from formats import registry
from reference.vocabularies import vocabulary
from tests.exchange.sheets import a_row

GEF = mapping.mapping("gef-portal")


def read(**cells):
    return GEF.apply(Row(2, a_row(**cells)))


def refusals(**cells):
    return [(finding.field, finding.value, finding.reason) for finding in read(**cells).refusals]


@pytest.mark.parametrize("source", mapping.sources())
def test_every_mapping_names_only_terms_and_fields_that_exist(source):
    made = mapping.mapping(source)
    fields = registry.by_slug(made.database).fields

    unknown = [
        (kind.column, code)
        for kind in made.kinds
        if isinstance(kind, Term)
        for code in kind.values.values()
        if vocabulary(fields[kind.to].vocabulary_name).resolve(code) is None
    ]

    stages = [
        (kind.column, code)
        for kind in made.kinds
        if isinstance(kind, Amount) and kind.stage
        for code in kind.stage.values.values()
        if vocabulary("funding-stage").resolve(code) is None
    ]

    assert unknown + stages == []


def test_a_row_becomes_a_document_of_the_format():
    document = read(cofinancing="200,000.50").document

    for row in (*document["funding"], *document["identifiers"], *document["implementing_agencies"]):
        assert len(row.pop("id")) == 8
    assert document == {
        "format": "PRJ/1",
        "languages": ["en"],
        "title": {"en": "Supporting the development of a biosafety framework"},
        "scope": "national",
        "countries": ["KE"],
        "type": "project",
        "status": "completed",
        "identifiers": [{"scheme": "GEF", "value": "4207"}],
        "implementing_agencies": [{"name": "United Nations Environment Programme"}],
        "funding": [
            {
                "funder": {"name": "Global Environment Facility"},
                "type": "gef",
                "amount": "1233000.00",
                "currency": "USD",
                "stage": "committed",
                "starts_on": "2011-07-01",
                "ends_on": "2012-06-30",
                "purpose": {"en": "Project grant"},
                "source": "GEF project database: GEF Grant",
            },
            {
                "funder": {"name": "Co-financing (funders not named by the source)"},
                "amount": "200000.50",
                "currency": "USD",
                "stage": "committed",
                "purpose": {"en": "Co-financing"},
                "source": "GEF project database: Cofinancing",
            },
        ],
        "other_information": {
            "en": "- GEF status: Completed\n"
            "- GEF type: Medium-size Project\n"
            "- GEF focal areas: Biodiversity\n"
            "- Trust fund: GEF Trust Fund\n"
            "- GEF period: GEF - 4\n"
            "- GEF fiscal year of approval: 2012"
        },
    }


def test_the_same_row_gives_the_same_document_and_row_ids_every_time():
    assert read() == read()


def test_rows_of_different_projects_have_different_row_ids():
    one, other = read(id="1").document, read(id="2").document

    assert one["funding"][0]["id"] != other["funding"][0]["id"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Project Title: \tLebanon’s report", "Lebanon’s report"),
        ("Child Project Title: Marrakech", "Marrakech"),
        ("Chains\xa0in  Peru\r\nand\tChile ", "Chains in Peru and Chile"),
        ("\ufeffBio\u200bsafety", "Biosafety"),
        ("A note on the Project Title: itself", "A note on the Project Title: itself"),
        ("=1+1", "=1+1"),
    ],
)
def test_titles_are_freed_of_labels_and_stray_blanks(given, kept):
    assert read(title=given).document["title"] == {"en": kept}


@pytest.mark.parametrize(
    ("status", "code", "stage"),
    [
        ("Received by GEF Secretariat", "proposed", "planned"),
        ("Concept Approved", "proposed", "planned"),
        ("Project Approved", "approved", "committed"),
        ("Under Implmentation", "ongoing", "committed"),
        ("under  implementation", "ongoing", "committed"),
        ("Completed", "completed", "committed"),
        ("Cancelled", "cancelled", "planned"),
    ],
)
def test_the_sources_word_for_the_status_says_the_stage_of_the_money_too(status, code, stage):
    document = read(status=status).document

    assert (document["status"], document["funding"][0]["stage"]) == (code, stage)


def test_a_word_that_is_not_known_is_kept_as_given_and_reported():
    mapped = read(status="Dormant", type="Mega Project")

    assert not {"status", "type"} & mapped.document.keys()
    assert "stage" not in mapped.document["funding"][0]
    assert "- GEF status: Dormant" in mapped.document["other_information"]["en"]
    assert [(note.field, note.value) for note in mapped.notes] == [("Type", "Mega Project"), ("Status", "Dormant")]


@pytest.mark.parametrize("status", ["Dropped", "Rejected"])
def test_a_proposal_that_came_to_nothing_is_refused_with_that_reason(status):
    [(field, value, reason)] = refusals(status=status)

    assert (field, value) == ("Status", status)
    assert status.lower() in reason


def test_an_unknown_place_is_kept_as_text_and_reported():
    mapped = read(countries="Kosovo, Albania")

    assert mapped.document["countries"] == ["AL"]
    assert [row["text"] for row in mapped.document["places_as_given"]] == ["Kosovo"]
    assert [(note.field, note.value) for note in mapped.notes] == [("Countries", "Kosovo")]


def test_an_agency_is_named_once_and_a_comma_within_its_name_is_known():
    office = "Foreign Economic Cooperation Office, Ministry of Environmental Protection of China"

    document = read(agencies=f"The World Bank, {office}, The World Bank").document

    assert [row["name"] for row in document["implementing_agencies"]] == ["The World Bank", office]


def test_what_the_source_does_not_give_stays_absent():
    document = GEF.apply(Row(2, dict.fromkeys(GEF.columns, "") | {"ID": "7", "Title": "A title"})).document

    assert document.keys() == {"format", "languages", "title", "identifiers"}


@pytest.mark.parametrize("word", ["-", "N/A", " n/a "])
def test_a_word_for_nothing_is_nothing(word):
    assert "funding" not in read(gef_grant=word).document


@pytest.mark.parametrize(
    ("begins", "first", "last"),
    [(1, "2012-01-01", "2012-12-31"), (3, "2011-03-01", "2012-02-29"), (7, "2011-07-01", "2012-06-30")],
)
def test_a_fiscal_year_is_called_by_the_year_in_which_it_ends(begins, first, last):
    assert FiscalYear("FY", begins).period(" 2012 ") == {"starts_on": first, "ends_on": last}


@pytest.mark.parametrize("cell", ["", "soon", "FY12", "2012/13", "0012", "٢٠١٢"])
def test_what_is_no_year_gives_no_period(cell):
    assert FiscalYear("FY", 7).period(cell) == {}


def test_an_amount_of_zero_is_an_amount():
    assert read(gef_grant="0").document["funding"][0]["amount"] == "0.00"


@pytest.mark.parametrize(
    ("cells", "field", "value"),
    [
        ({"id": ""}, "ID", ""),
        ({"id": "12a"}, "ID", "12a"),
        ({"id": "0"}, "ID", "0"),
        ({"id": "٤٢"}, "ID", "٤٢"),
        ({"id": "4207.0"}, "ID", "4207.0"),
        ({"title": " \t"}, "Title", ""),
        ({"title": "Project Title:"}, "Title", "Project Title:"),
        ({"title": "A\x07title"}, "Title", "A\x07title"),
        ({"title": "A\x00title"}, "Title", "A\x00title"),
        ({"title": "x" * 20_001}, "Title", "x" * 20_001),
        ({"gef_grant": "1.233.000"}, "GEF Grant", "1.233.000"),
        ({"gef_grant": "12,33,000"}, "GEF Grant", "12,33,000"),
        ({"gef_grant": "-5"}, "GEF Grant", "-5"),
        ({"gef_grant": "1e9"}, "GEF Grant", "1e9"),
        ({"gef_grant": "NaN"}, "GEF Grant", "NaN"),
        ({"gef_grant": "9" * 400}, "GEF Grant", "9" * 400),
        ({"gef_grant": "١٢٣"}, "GEF Grant", "١٢٣"),
        ({"cofinancing": "USD 5"}, "Cofinancing", "USD 5"),
        ({"agencies": "x" * 501}, "Agencies", "x" * 501),
        ({"countries": "Atlan\x00tis"}, "Countries", "Atlan\x00tis"),
        ({"countries": "x" * 301}, "Countries", "x" * 301),
    ],
)
def test_a_row_that_cannot_be_read_is_refused_with_column_value_and_reason(cells, field, value):
    found = refusals(**cells)

    assert [(column, given) for column, given, _reason in found] == [(field, value)]
    assert all(reason for _field, _value, reason in found)


def test_every_fault_of_a_row_is_told():
    assert [field for field, _value, _reason in refusals(title="", gef_grant="many")] == ["GEF Grant", "Title"]


def test_a_cell_that_is_not_utf_8_is_refused_and_shown_readable():
    found = refusals(title=b"S\xe3o Tom\xe9".decode("utf-8", "surrogateescape"))

    assert [(field, value) for field, value, _reason in found] == [("Title", "S�o Tom�")]


def test_words_are_compared_as_names_are():
    assert Lookup({"Full-size Project": "project"}).get(" full size PROJECT ") == "project"


GOOD = """
name = "N"
licence = "L"
address = "https://example.org/{identifier}"
database = "projects"
language = "en"
[subject]
column = "No"
scheme = "X"
pattern = "[0-9]+"
[[columns]]
column = "T"
kind = "text"
to = "title"
"""


def test_a_mapping_needs_no_code():
    made = mapping.parse(GOOD, "another")

    document = made.apply(Row(2, {"No": "5", "T": "A title"})).document

    assert document["title"] == {"en": "A title"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('licence = "L"', ""),
        ('kind = "text"', 'kind = "texts"'),
        ('to = "title"', 'to = "titles"'),
        ('to = "title"', ""),
        ('to = "title"', 'to = "title"\nwithin = 3'),
        ("[[columns]]", "[[column]]"),
        ("{identifier}", "{identifier"),
        ("{identifier}", "{number}"),
        ('pattern = "[0-9]+"', ""),
        ('name = "N"', "name = N"),
        ('database = "projects"', 'database = "cooking"'),
        ('pattern = "[0-9]+"', 'pattern = "[0-9"'),
        ('kind = "text"', 'kind = "amount"\nyear = { column = "Y", begins = 13 }'),
    ],
)
def test_a_mapping_that_does_not_say_what_it_has_to_is_refused(old, new):
    with pytest.raises(mapping.MappingError, match="another"):
        mapping.parse(GOOD.replace(old, new), "another")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            'to = "title"',
            'to = "title"\nwithin = 3',
            "columns, number 1 “T”: there is no setting “within” here: ",
        ),
        ('to = "title"', "", "columns, number 1 “T”: “to” is missing"),
        ('kind = "text"', 'kind = "texts"', "columns, number 1 “T”: there is no kind of column “texts”: "),
        ("[[columns]]", "[[column]]", "“columns” is missing"),
        ('name = "N"', 'name = "N"\ncolour = "red"', "there is no setting “colour” here: "),
        ('licence = "L"', "", "“licence” is missing"),
    ],
)
def test_the_message_says_what_is_wrong_and_where(old, new, said):
    with pytest.raises(mapping.MappingError) as error:
        mapping.parse(GOOD.replace(old, new), "another")

    assert str(error.value).startswith(f"another: {said}")
