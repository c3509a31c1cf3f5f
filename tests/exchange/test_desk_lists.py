"""The lists of sources and of their runs cost the same, however much was read and tried."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from exchange.models import ImportRun
from tests.exchange.harvesting.making import a_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, secretariat, settings):
    settings.DEMONSTRATION = True  # no second factor
    client.force_login(secretariat)
    return client


def tried(harvest, minutes):
    """A trial of a source, and what it showed."""
    at = timezone.now() + timedelta(minutes=minutes)
    given = {"trigger": "trial", "state": "finished", "started_at": at, "ended_at": at}
    ImportRun.objects.create(source=harvest.source, preview={"rows": [{"row": "shown"}]}, **given)


def test_the_lists_cost_the_same_for_many_runs_and_read_nothing_of_what_trials_showed(desk, django_assert_num_queries):
    def pages():
        return [desk.get(f"/en/desk/sources/{path}").status_code for path in ("", "gef/")]

    tried(first := a_source(), 0)
    pages()
    with CaptureQueriesContext(connection) as few:
        assert pages() == [200, 200]
    for number in range(5):
        tried(a_source(key=f"another-{number}"), number)
        tried(first, number)

    with django_assert_num_queries(len(few)) as many:
        pages()

    chosen = [query["sql"].partition(" FROM ")[0] for query in many.captured_queries]
    assert not [columns for columns in chosen if '"preview"' in columns]
