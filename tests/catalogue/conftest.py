"""Indexes for the tests of pages and API, and a reader who is nobody."""

import pytest

CODES = {
    "projects": "PRJ",
    "opportunities": "OPP",
    "needs": "NED",
    "resources": "RES",
    "reports": "REP",
    "organizations": "ORG",
}


@pytest.fixture
def library(settings, tmp_path):
    """An empty place for the index of this test."""
    from tests.catalogue.library import Library

    settings.PORTAL_DATA = tmp_path
    return Library(tmp_path)


@pytest.fixture(scope="session")
def _one_of_each(tmp_path_factory):
    """One complete record of each format, indexed once for all tests that only read."""
    from tests.catalogue.library import Library

    place = tmp_path_factory.mktemp("published")
    library = Library(place)
    made = {database: library.made(code, number) for number, (database, code) in enumerate(CODES.items(), 1)}
    library.take(*made.values())
    return place, {database: one.uid for database, one in made.items()}


@pytest.fixture
def records(settings, _one_of_each):
    """One complete record of each format, published; the uids by database."""
    settings.PORTAL_DATA, uids = _one_of_each
    return uids


@pytest.fixture
def reader():
    from django.test import Client

    return Client()
