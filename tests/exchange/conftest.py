"""What tests of imports share: a data folder of their own, and sources that tell of the same things."""

import pytest


@pytest.fixture
def data_of_its_own(settings, tmp_path):
    """The reports of imports lie where only this test looks."""
    settings.PORTAL_DATA = tmp_path / "data"


@pytest.fixture
def gef():
    """The source that is believed first."""
    from tests.exchange.telling import a_source

    return a_source("gef-portal")


@pytest.fixture
def sheet():
    """A source that speaks of the same projects, and is believed after it."""
    from tests.exchange.telling import a_source

    return a_source("gef-pmis")
