"""The difference between two documents: field by field, rows by their id, texts by language."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formats import registry
from formats.difference import ORDER, Change, apply, difference
from tests.documents import COMPLETE, a_need, a_project, a_resource

# Hundreds of invented documents.
pytestmark = pytest.mark.slow

PROJECT = registry.by_code("PRJ")
quick = settings(max_examples=100, deadline=None, database=None)


def changes(before, after):
    found = difference(registry.by_code(before["format"][:3]), before, after)
    return [(change.path, change.before, change.after) for change in found]


def test_equal_documents_do_not_differ():
    assert changes(a_project(), a_project()) == []


def test_a_plain_value_differs_as_a_whole():
    assert changes(a_project(), a_project(status="completed")) == [(("status",), "ongoing", "completed")]


def test_a_field_that_was_not_there_comes_from_nothing():
    assert changes(a_project(acronym=None), a_project()) == [(("acronym",), None, "DETECT")]
    assert changes(a_project(), a_project(acronym=None)) == [(("acronym",), "DETECT", None)]


def test_a_text_differs_language_by_language():
    before = a_project(lessons={"en": "One", "fr": "Un"})
    after = a_project(lessons={"en": "One", "ru": "Раз"})

    assert changes(before, after) == [(("lessons", "fr"), "Un", None), (("lessons", "ru"), None, "Раз")]


def test_a_row_is_followed_by_its_id_wherever_it_stands():
    first, second = {"id": "partner1", "name": "One"}, {"id": "partner2", "name": "Two"}
    renamed = {"id": "partner2", "name": "Second"}

    found = difference(PROJECT, a_project(partners=[first, second]), a_project(partners=[renamed, first]))

    assert [(change.path, change.kind) for change in found] == [
        (("partners", "partner2"), "value"),
        (("partners",), ORDER),
    ]
    assert found[1].after == ["partner2", "partner1"]


def test_a_field_of_a_row_differs_by_itself():
    before, after = a_project(), a_project()
    after["funding"][0]["amount"] = "900000.00"

    assert changes(before, after) == [(("funding", "gefgrant", "amount"), "850000.00", "900000.00")]


def test_rows_that_came_and_went_are_told_whole():
    kept, gone, new = ({"id": f"keyword{n}", "text": {"en": str(n)}} for n in range(3))

    found = changes(a_resource(key_words=[gone, kept]), a_resource(key_words=[kept, new]))

    assert found == [(("key_words", gone["id"]), gone, None), (("key_words", new["id"]), None, new)]


def test_rows_within_rows_are_followed_too():
    met = {"id": "project1", "uid": "CMB-PRJ-UG-2", "name": "Laboratories"}
    before, after = COMPLETE["NED"](needs=[a_need()]), COMPLETE["NED"](needs=[a_need(met_by=[met])])

    assert changes(before, after) == [(("needs", "riskteam", "met_by", "project1"), None, met)]


def test_a_change_carries_its_field_for_those_who_show_it():
    (change,) = difference(PROJECT, a_project(), a_project(ends_on="2028"))

    assert isinstance(change, Change)
    assert str(change.field.label) == "End"


def test_a_working_copy_with_nonsense_in_place_of_rows_still_differs():
    for nonsense in ("text", 5, ["text"], [{"id": "same"}, {"id": "same"}], [{"name": "no id"}], {"id": "x"}):
        before, after = a_project(), a_project(partners=nonsense)

        found = difference(PROJECT, before, after)

        assert apply(PROJECT, before, found) == after
        assert apply(PROJECT, after, difference(PROJECT, after, before)) == before


TEXTS = st.dictionaries(st.sampled_from(["en", "fr", "ru", "zh"]), st.sampled_from(["a", "b", "c"]), min_size=1)
PARTIES = st.fixed_dictionaries({"name": st.sampled_from(["A", "B"])}, optional={"uid": st.just("CMB-ORG-KE-1")})
AMOUNTS = st.sampled_from(["1.00", "2.00"])
MONEY = st.fixed_dictionaries({"amount": AMOUNTS, "currency": st.sampled_from(["USD", "EUR"])})


def rows(content):
    return st.lists(
        st.tuples(st.sampled_from(["row1", "row2", "row3", "row4"]), content), unique_by=lambda row: row[0], min_size=1
    ).map(lambda given: [{"id": key, **values} for key, values in given])


LINES = st.fixed_dictionaries({"funder": PARTIES}, optional={"amount": AMOUNTS})
DOCUMENTS = st.fixed_dictionaries(
    {"format": st.just("PRJ/1")},
    optional={
        "title": TEXTS,
        "status": st.sampled_from(["ongoing", "completed"]),
        "countries": st.lists(st.sampled_from(["KE", "UG", "TZ"]), min_size=1, unique=True).map(sorted),
        "partners": rows(PARTIES),
        "funding": rows(LINES),
        "outputs": rows(st.fixed_dictionaries({"title": TEXTS})),
        "total_budget": MONEY,
        "duration": st.integers(0, 9),
    },
)


@quick
@given(DOCUMENTS, DOCUMENTS)
def test_applying_the_difference_leads_from_one_document_to_the_other(before, after):
    found = difference(PROJECT, before, after)

    assert apply(PROJECT, before, found) == after


@quick
@given(DOCUMENTS)
def test_a_document_does_not_differ_from_itself(document):
    assert difference(PROJECT, document, document) == []


@quick
@given(DOCUMENTS, DOCUMENTS)
def test_no_change_says_that_nothing_changed(before, after):
    assert all(change.before != change.after for change in difference(PROJECT, before, after))


def test_the_order_of_codes_means_nothing():
    one, other = a_project(countries=["KE", "UG"]), a_project(countries=["UG", "KE"])

    assert difference(PROJECT, one, other) == []
