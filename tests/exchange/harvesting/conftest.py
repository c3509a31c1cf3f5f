"""Sites on this machine, asked within bounds that a test can wait for."""

from contextlib import ExitStack

import pytest

from exchange.fetching.budget import Budget, Limits
from tests.exchange.harvesting import hostile
from tests.exchange.harvesting.site import a_site

SOON = Limits(
    connect_seconds=0.7, read_seconds=0.7, request_seconds=1.4, packed_bytes=2 * 1024**2, unpacked_bytes=32 * 1024**2
)


@pytest.fixture
def this_machine(settings):
    settings.HARVEST_PRIVATE_ADDRESSES = True


@pytest.fixture
def site(this_machine):
    """Start a site that behaves as told; all of them end with the test."""
    with ExitStack() as stack:
        yield lambda behave, tls=None: stack.enter_context(hostile.site(behave, tls))


@pytest.fixture
def a_site_with_a_sheet(this_machine, data_of_its_own):
    """A small site with a sheet of three projects; reports of what is read there lie where only this test looks."""
    from tests.exchange.harvesting.making import a_sheet_of  # it needs models, which are not there yet

    with a_site() as site:
        site.files["/sheet.csv"] = a_sheet_of(1, 2, 3)
        yield site


@pytest.fixture
def budget():
    return Budget(seconds=30, requests=100, bytes=8 * 1024**2, limits=SOON)
