"""Whatever stands in an address: an answer, quick and never an error of ours."""

from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import openapi as schemathesis_openapi

from bch_portal import openapi
from catalogue.index.facets import facets
from catalogue.search.query import PLAIN

QUIETLY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
HOSTILE = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            '"',
            "-",
            '-"',
            "a" * 499,
            "*",
            "title:x",
            "(",
            "AND",
            "../../etc/passwd",
            "%00",
            "1e999",
            "٣",
            "²",
            "-1",
            "KE,UG",
        ]
    ),
    st.integers(-(2**70), 2**70).map(str),
)
KNOWN = st.sampled_from(["q", "sort", "cursor", "page_size", "facets", "year", "modified_after", "covers", "country"])
WITHOUT_THE_DATABASE = [
    path for path in openapi.document()["paths"] if not any(part in path for part in ("drafts", "versions", "changes"))
]


@pytest.fixture
def quiet_reader():
    """Lets an error of ours become a 500, as a reader would see it."""
    from django.test import Client

    return Client(raise_request_exception=False)


def names():
    return st.one_of(KNOWN, st.sampled_from(sorted({*PLAIN, *facets()})), st.text(max_size=10))


@pytest.mark.slow
@QUIETLY
@given(data=st.data())
def test_no_parameters_break_a_search(quiet_reader, records, data):
    pairs = data.draw(st.lists(st.tuples(names(), HOSTILE), max_size=4))
    address = data.draw(st.sampled_from(["/api/v1/records/", "/en/search/", "/ar/needs/", "/en/search/feed/"]))

    response = quiet_reader.get(f"{address}?{urlencode(pairs)}")

    assert response.status_code in (200, 400)


@pytest.mark.slow
@QUIETLY
@given(text=HOSTILE)
def test_whatever_is_typed_can_be_searched_for(quiet_reader, records, text):
    response = quiet_reader.get(f"/en/search/?{urlencode({'q': text})}")

    assert response.status_code == 200 or len(text) > 400


@pytest.mark.slow
@QUIETLY
@given(data=st.data())
def test_no_parameters_break_the_change_feed(quiet_reader, records, data):
    pairs = data.draw(st.lists(st.tuples(st.sampled_from(["log", "limit", "x"]), HOSTILE), max_size=3))

    response = quiet_reader.get(f"/api/v1/changes/?{urlencode(pairs)}")

    assert response.status_code in (200, 400, 409)


@pytest.mark.slow
@QUIETLY
@given(text=HOSTILE)
def test_no_identifier_breaks_a_page(quiet_reader, records, text):
    from urllib.parse import quote

    for address in ("/records/{}", "/en/records/{}/", "/api/v1/records/{}/", "/api/v1/vocabularies/{}/"):
        response = quiet_reader.get(address.format(quote(text, safe="")))

        assert response.status_code in (200, 301, 302, 400, 404)


@pytest.mark.parametrize("path", WITHOUT_THE_DATABASE)
def test_a_read_answers_to_everything_its_own_description_allows(quiet_reader, records, path):
    operation = schemathesis_openapi.from_dict(openapi.document())[path]["GET"]

    @settings(max_examples=15, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def answers(case):
        response = quiet_reader.get(case.formatted_path, case.query or {})

        assert response.status_code in (200, 301, 400, 404)

    answers()
