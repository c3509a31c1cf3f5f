"""An index of its own for each test, and a reader who is nobody."""

import pytest

from tests.catalogue.library import Library


@pytest.fixture
def library(settings, tmp_path):
    """An empty place for the index of this test."""
    settings.PORTAL_DATA = tmp_path
    return Library()


@pytest.fixture
def reader():
    from django.test import Client

    return Client()


@pytest.fixture
def records(library):
    """One complete record of each format, published; the uids by database."""
    codes = {"projects": "PRJ", "opportunities": "OPP", "needs": "NED", "resources": "RES", "reports": "REP"}
    codes["organizations"] = "ORG"
    return {database: library.put(code, number) for number, (database, code) in enumerate(codes.items(), 1)}
