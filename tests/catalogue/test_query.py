"""Reading an address: every parameter known, every code checked, the rest refused with a reason."""

import base64
import contextlib

import orjson
import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from catalogue.search.bad_query import BadQuery
from catalogue.search.cursors import Cursor
from catalogue.search.query import SearchQuery


def parsed(address, **how):
    return SearchQuery.parse(QueryDict(address), **how)


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("colour=red", "colour"),
        ("database=genes", "database"),
        ("country=XX", "country"),
        ("country=Kenya", "country"),
        ("group=nowhere", "group"),
        ("area=nothing", "area"),
        ("theme=nothing", "theme"),
        ("language=xx", "language"),
        ("profile=secret", "profile"),
        ("sample=maybe", "sample"),
        ("covers=ldc", "covers"),
        ("eligible=ZZ", "eligible"),
        ("state=gone", "state"),
        ("year=20", "year"),
        ("year=2026-2024", "year"),
        ("modified_after=yesterday", "modified_after"),
        ("modified_after=99999-01-01", "modified_after"),
        ("sort=colour", "sort"),
        ("page_size=0", "page_size"),
        ("page_size=201", "page_size"),
        ("page_size=-1", "page_size"),
        ("page_size=²", "page_size"),
        ("cursor=zzz", "cursor"),
        ("cursor=bnVsbA", "cursor"),
        ("facets=colour", "facets"),
        ("q=a&q=b", "q"),
        ("q=" + "x" * 1001, "q"),
        (
            "&".join(f"country={code}" for code in ["KE"]) + "&" + "&".join(f"year={y}" for y in range(1950, 2001)),
            "year",
        ),
    ],
)
def test_what_is_not_known_is_refused_and_named(address, parameter):
    with pytest.raises(BadQuery) as refusal:
        parsed(address)

    assert refusal.value.parameter == parameter
    assert str(refusal.value.message)


def test_a_database_page_has_no_database_parameter():
    with pytest.raises(BadQuery):
        parsed("database=projects", database="projects")


def test_a_code_of_another_database_is_refused_on_a_database_page():
    assert parsed("type=grant", database="opportunities").values("type") == ("grant",)
    with pytest.raises(BadQuery):
        parsed("type=grant", database="projects")


def test_identifiers_and_small_letters_are_taken_for_the_code():
    query = parsed("country=ke&country=KE&area=risk-assessment")

    assert query.values("country") == ("KE",)
    assert ("country", "KE") in query.parameters


@pytest.mark.parametrize(
    ("address", "how", "sort"),
    [
        ("", {}, "modified"),
        ("q=maize", {}, "relevance"),
        ("q=maize&sort=year", {}, "year"),
        ("sort=relevance", {}, "modified"),
        ("q=-maize", {}, "modified"),
        ("", {"database": "needs"}, "country"),
        ("", {"database": "needs", "entries": False}, "modified"),
    ],
)
def test_each_search_has_an_order(address, how, sort):
    assert parsed(address, **how).sort == sort


def test_empty_parameters_are_left_out():
    assert parsed("q=&country=&area=").parameters == ()


def test_addresses_keep_the_search_and_drop_the_page():
    query = parsed("q=maize&country=KE&cursor=&page_size=50")

    assert query.address(sort="year") == "q=maize&page_size=50&country=KE&sort=year"
    assert query.address(q=None) == "page_size=50&country=KE"


def test_a_parameter_of_the_caller_is_let_through_and_kept():
    assert parsed("lang=fr", also=["lang"]).address() == "lang=fr"


def test_facets_are_those_asked_for_or_those_that_fit():
    assert parsed("facets=country,area&facets=area").facets == ("country", "area")
    assert "eligible" in parsed("", database="opportunities").facets
    assert "eligible" not in parsed("").facets
    assert parsed("", facets=()).facets == ()


@given(st.dictionaries(st.sampled_from(["q", "cursor", "year", "page_size", "modified_after", "sort"]), st.text()))
def test_no_text_whatever_breaks_the_reading(given_texts):
    params = QueryDict(mutable=True)
    params.update(given_texts)

    with contextlib.suppress(BadQuery):
        assert SearchQuery.parse(params).page_size <= 200


def test_a_cursor_belongs_to_its_order():
    cursor = str(Cursor("modified", 7))

    assert parsed(f"cursor={cursor}").cursor == Cursor("modified", 7)
    with pytest.raises(BadQuery, match="begin again"):
        parsed(f"cursor={cursor}&sort=year")


BROKEN = [
    ["modified", -1, [], 0, 0, 0],
    ["modified", 1, 5, 0, 0, 0],
    ["modified", 1, ["x"], 0, 0, 0],
    ["modified", 1, {}, 0, 0, 0],
    {},
]


@pytest.mark.parametrize("packed", BROKEN)
def test_a_cursor_of_another_shape_is_refused(packed):
    text = base64.urlsafe_b64encode(orjson.dumps(packed)).decode()

    with pytest.raises(BadQuery, match="begin again"):
        parsed(f"cursor={text}")
