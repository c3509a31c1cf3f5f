"""Records of the Global Partnership on Marine Litter: what is taken, what is only told, and what stays out."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.mapped.mapping import mapping
from exchange.reading.row import Row
from tests.exchange.gpml import OFFER, PROJECT, RESOURCE, offer, project, read, resource, told, without_ids

ORGANISATION, ON_BEHALF_OF = 43374842, 43374845
INVESTED, CURRENCY, IN_KIND, CURRENCY_IN_KIND, FUNDERS = 43374826, 43374846, 43374827, 43374836, 43374844
AS_A_PERSON, FOR_AN_ORGANISATION = 105885247, 105885313
PERSONAL = {
    43374797: "Jane Example",
    43374799: "Chief of Shores",
    43374798: "jane@example.org",
    43374820: "+254 1 234567",
}


def reasons(points):
    return [(point.field, point.value) for point in points]


def test_a_project_becomes_a_document():
    document = project((ON_BEHALF_OF, "The Shore Society"), (INVESTED, "5000.0"), (CURRENCY, "USD")).document

    assert document["title"] == {"und": "A clean shore"}
    assert document["description"] == {"und": "Schools clean a shore. They count what they find."}
    assert (document["scope"], document["countries"]) == ("national", ["KE"])
    assert without_ids(document["partners"]) == [{"name": "The Shore Society"}]
    assert {row["value"] for row in document["identifiers"]} == {"7", "111111-222222-33333333"}
    assert "languages" not in document


def test_nothing_about_the_person_who_reports_is_published():
    mapped = project(*PERSONAL.items(), (99999999, "a question that nobody knows"))

    assert not mapped.refusals
    said = json.dumps(mapped.document)
    assert not any(words in said for words in (*PERSONAL.values(), "nobody knows"))


@pytest.mark.parametrize(
    ("codes", "expected"),
    [([FOR_AN_ORGANISATION], ["Reporting organisation: A University"]), ([AS_A_PERSON], []), ([106054616], [])],
)
def test_the_employer_of_a_person_who_reports_as_such_stays_out(codes, expected):
    assert told(project((ORGANISATION, "A University"), action_codes=codes)) == expected


@pytest.mark.parametrize("words", ["not applicable", "Not applicable.", "N/A", " "])
def test_words_for_no_organisation_name_none(words):
    assert "partners" not in project((ON_BEHALF_OF, words)).document


def test_an_answer_too_long_for_a_name_is_told():
    mapped = project((ON_BEHALF_OF, long := "The society that " + "cleans and " * 60 + "rests"))

    assert not mapped.refusals
    assert told(mapped) == [f"Reported on behalf of: {long}"]


@pytest.mark.parametrize(
    "contact",
    ["Write to jane@example.org.", "Ask Jane Example ([email removed]) for it.", "Call Jane, tel.: +254 20 123 4567."],
)
def test_a_sentence_that_tells_how_to_reach_a_person_is_left_out(contact):
    mapped = project((FUNDERS, f"Members. {contact}"), summary=f"A shore is cleaned. {contact} All may come.")

    assert mapped.document["description"] == {"und": "A shore is cleaned. All may come."}
    assert told(mapped) == ["Sources of funding: Members."]
    assert ("summary", "") in reasons(mapped.notes)


def test_money_is_taken_in_the_currency_that_is_answered():
    answers = [(INVESTED, "5000.0"), (CURRENCY, "USD"), (IN_KIND, "250.5"), (CURRENCY_IN_KIND, "eur")]
    cash, in_kind = project(*answers, funds=5000, contribution=250.5).document["funding"]

    assert (cash["amount"], cash["currency"], cash["stage"]) == ("5000.00", "USD", "disbursed")
    assert (in_kind["amount"], in_kind["currency"], in_kind["in_kind"]) == ("250.50", "EUR", True)
    assert "in_kind" not in cash


@pytest.mark.parametrize("currency", [[], [(CURRENCY, "our money")]])
def test_money_without_a_currency_is_told_and_never_guessed(currency):
    mapped = project((INVESTED, "5000.0"), *currency, funds=5000)

    assert "funding" not in mapped.document
    assert told(mapped)[0].startswith("Money invested so far: 5000.0")
    assert mapped.notes


def test_an_amount_that_the_answers_do_not_give_is_told():
    mapped = project(funds=123)

    assert told(mapped) == ["Money invested so far (funds): 123"]
    assert reasons(mapped.notes) == [("funds", "123")]


def test_a_zero_is_no_line_of_the_funding():
    assert "funding" not in project((INVESTED, "0.0"), (CURRENCY, "USD")).document


def test_an_amount_that_is_none_refuses_the_project():
    mapped = project((INVESTED, "a lot"), (CURRENCY, "USD"))

    assert [point.field for point in mapped.refusals] == ["action_details"]


def test_boxes_that_mean_a_term_are_that_term_and_others_are_told_or_left_out():
    mapped = project(action_codes=[105885180, 105885487, 105885255, 105885467, 105885232])

    assert mapped.document["categories"] == ["awareness-raising", "workshop"]
    assert told(mapped) == ["Kind of funding: Public funds", "Duration: A single event"]


@pytest.mark.parametrize(
    ("word", "places", "expected"),
    [
        ("national", ["Kenya"], "national"),
        ("sub-national", ["Kenya"], "sub-national"),
        ("transnational", ["Kenya", "Togo"], "regional"),
        ("transnational", [], "regional"),
        ("global", [], "global"),
        ("national", ["Africa"], "regional"),
        (None, ["Kenya", "Togo"], "regional"),
        (None, [], None),
    ],
)
def test_the_scope_is_that_of_the_source_unless_its_places_say_otherwise(word, places, expected):
    mapped = project(countries=places, geo_coverage_type=word)

    assert not mapped.refusals
    assert mapped.document.get("scope") == expected


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("United Kingdom of Great Britain & Northern Ireland", "GB"),
        ("Congo (Brazzaville)", "CG"),
        ("India ", "IN"),
        ("Korea, Republic of", "KR"),
    ],
)
def test_countries_are_known_by_the_names_of_the_source(name, code):
    assert project(countries=[name]).document["countries"] == [code]


def test_names_that_share_one_entry_are_told_apart_where_all_are_known():
    mapped = resource(
        geo_coverage=["China", "Japan, Philippines", "Atlantis, Japan"], geo_coverage_type="transnational"
    )

    assert mapped.document["countries"] == ["CN", "JP", "PH"]
    assert without_ids(mapped.document["places_as_given"]) == [{"text": "Atlantis, Japan"}]


def test_conventions_and_seas_are_kept_as_text_and_noted():
    mapped = resource(country="Basel Convention", geo_coverage=["Basel Convention", "Baltic Sea", "ASEAN"])

    assert [row["text"] for row in mapped.document["places_as_given"]] == ["Basel Convention", "Baltic Sea"]
    assert mapped.document["groups"] == ["asean"]
    assert reasons(mapped.notes) == [("geo_coverage", "Basel Convention"), ("geo_coverage", "Baltic Sea")]
    assert told(mapped) == []


def test_the_country_of_a_resource_counts_where_no_coverage_is_given():
    assert resource(country="Brazil").document["countries"] == ["BR"]
    with_both = resource(country="Germany", geo_coverage=["Algeria"])
    assert with_both.document["countries"] == ["DZ"]
    assert told(with_both) == ["Country, or convention: Germany"]


def test_a_resource_becomes_a_document():
    document = resource().document

    assert document["types"] == ["other", "toolkit"]
    assert document["types_other"] == {"und": "Technical Resource"}
    assert [row["text"]["und"] for row in document["key_words"]] == ["toolkit", "training"]
    assert without_ids(document["organizations"]) == [{"name": "A Ministry of the Sea"}, {"name": "A University"}]
    assert document["published_on"] == "2019"
    assert document["resource_languages"] == ["en"]
    assert without_ids(document["copies"]) == [{"url": "https://example.org/guide", "language": "en"}]
    assert "links" not in document
    assert "licence" not in document


def test_an_offer_becomes_a_document():
    document = offer(geo_coverage=["Pakistan"], country="India ").document

    assert document["type"] == "grant"
    assert document["amount_available"] == {"amount": "25000.00", "currency": "EUR"}
    assert (document["starts_on"], document["open_until_withdrawn"]) == ("2019", True)
    assert document["countries"] == ["PK"]
    assert without_ids(document["offered_by"]) == [{"name": "A Ministry of the Sea"}, {"name": "A University"}]
    assert "Country, or convention: India" in told(offer(country="India "))
    assert "deadline" not in document


def test_a_row_of_the_other_kind_is_refused_and_its_source_is_named():
    (of_resources,), (of_offers,) = resource(type="Financing Resource ").refusals, offer(type="Action Plan").refusals

    assert "gpml-financing" in of_resources.reason
    assert "gpml-resources" in of_offers.reason
    assert offer(type=None).refusals
    assert not offer(type="financing resource ").refusals


def test_each_kind_of_row_is_taken_by_one_source_at_most():
    for kind in ("Action Plan", "Technical Resource", "Financing Resource", "Something new", "", None):
        assert bool(resource(type=kind).refusals) != bool(offer(type=kind).refusals)


@pytest.mark.parametrize("amount", ["Not Specified", "Not  Specified", None])
def test_an_amount_that_is_not_specified_is_none(amount):
    assert "amount_available" not in offer(value_amount=amount).document


def test_an_amount_on_offer_without_a_currency_is_told():
    mapped = offer(value_currency=None)

    assert "amount_available" not in mapped.document
    assert "Amount, without a currency: 25000" in told(mapped)


def test_words_where_a_year_is_expected_are_told():
    mapped = offer(valid_from="As long as there is money", valid_to="2022")

    assert not mapped.refusals
    assert mapped.document["ends_on"] == "2022"
    assert "Valid from: As long as there is money" in told(mapped)


def test_years_that_contradict_each_other_are_told_and_not_taken():
    mapped = offer(valid_from="2018", valid_to="2015")

    assert not {"starts_on", "ends_on"} & mapped.document.keys()
    assert any("2018" in line for line in told(mapped))


@pytest.mark.parametrize(
    ("tags", "expected"),
    [(["grants"], "grant"), (["loans", "blue bond"], "other"), (["grants", "loans"], None), (["bilateral"], None)],
)
def test_an_offer_of_several_forms_has_no_one_type(tags, expected):
    assert offer(tags=tags).document.get("type") == expected


@pytest.mark.parametrize("source", ["gpml-projects", "gpml-resources", "gpml-financing"])
def test_the_source_states_no_licence_and_no_address_of_a_record(source):
    item = {"gpml-projects": PROJECT, "gpml-resources": RESOURCE, "gpml-financing": OFFER}[source]

    assert mapping(source).licence == ""
    assert read(source, item).address == ""


VALUES = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(allow_nan=False),
        st.text(max_size=30),
        st.sampled_from(["Kenya", "Global", "USD", "Ongoing", "https://example.org", "English", "Financing Resource"]),
        st.sampled_from([ON_BEHALF_OF, INVESTED, CURRENCY, 43374810]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.sampled_from(["action_detail_code", "value", "url", "language"]), inner, max_size=3),
    ),
    max_leaves=8,
)
CELLS = st.one_of(st.text(max_size=40), VALUES.map(lambda value: json.dumps(value, ensure_ascii=False)))


@pytest.mark.slow
@pytest.mark.parametrize("source", ["gpml-projects", "gpml-resources", "gpml-financing"])
@given(st.data())
@settings(max_examples=40, deadline=None)
def test_every_row_is_accepted_or_refused(source, data):
    made = mapping(source)
    cells = data.draw(st.fixed_dictionaries(dict.fromkeys(made.columns, CELLS)))
    if data.draw(st.booleans()):
        cells |= {"id": "7", "title": "A shore", "type": "Financing Resource"}

    mapped = made.apply(Row(1, cells))

    assert bool(mapped.refusals) or mapped.document["title"]["und"]
    assert mapped.digest == made.apply(Row(1, cells)).digest


def test_words_in_brackets_are_words():
    assert "Remarks: [sic" in told(offer(remarks="[sic"))
