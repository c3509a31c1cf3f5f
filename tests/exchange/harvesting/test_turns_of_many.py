"""Turns as they follow each other: sources that wait, sites that ask to wait, records that come again."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from exchange.harvesting import pacing
from exchange.models import Harvest, Source, Statement
from exchange.protocols.oai_pmh import _earlier
from publishing.models import Publication
from tests.exchange.harvesting.making import a_list, a_repository, a_source, an_answer, harvested

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

OTHER = "11111111-1111-1111-1111-111111111111"
FIRST = "/oai?verb=ListRecords&metadataPrefix=oai_dc"
SECOND, THIRD = ("/oai?verb=ListRecords&resumptionToken=" + token for token in ("second", "third"))


@pytest.fixture
def site(a_site_with_a_sheet):
    return a_site_with_a_sheet


class TestGivingWay:
    def test_where_others_wait_a_source_that_had_its_share_goes_on_after_them(self, site, monkeypatch):
        harvest, other = a_repository(site), a_source(site.at("/sheet.csv"), paused=True)
        Source.objects.filter(pk=other.source_id).update(reader="gef-portal")
        monkeypatch.setattr(pacing, "SHARE", 0)
        Harvest.objects.filter(pk=other.pk).update(is_paused=False)

        first = harvested(harvest)

        assert (first.state, first.read, harvest.failures) == ("stopped", 1, 0)
        assert timedelta(seconds=50) < harvest.next_at - timezone.now() <= timedelta(minutes=1)
        Harvest.objects.filter(pk=other.pk).update(is_paused=True)
        then = harvested(harvest)
        assert (then.state, then.read) == ("finished", 2)
        assert Statement.objects.count() == 3

    def test_alone_or_before_its_share_it_goes_on(self, site, monkeypatch):
        harvest = a_repository(site)
        monkeypatch.setattr(pacing, "SHARE", 0)
        assert harvested(harvest).read == 3

        a_source(site.at("/sheet.csv"))
        Harvest.objects.filter(pk=harvest.pk).update(state={})
        monkeypatch.undo()
        assert harvested(harvest).read == 3

    def test_a_walk_that_gave_way_on_every_page_still_marks_what_is_gone(self, site, monkeypatch):
        harvest = a_repository(site)
        harvested(harvest)
        Harvest.objects.filter(pk=harvest.pk).update(state={})
        site.files[FIRST] = a_list(2, "third")
        a_source(site.at("/sheet.csv"))
        monkeypatch.setattr(pacing, "SHARE", 0)

        runs = [harvested(harvest), harvested(harvest)]

        assert [(run.state, run.gone) for run in runs] == [("stopped", 0), ("finished", 1)]


class TestSitesThatSayHowFast:
    def test_one_that_asks_to_wait_after_each_page_is_no_failing_one(self, site):
        harvest = a_repository(site)
        Harvest.objects.update(failures=9)
        site.refusals[SECOND] = (503, {"Retry-After": "600"})

        run = harvested(harvest)

        assert (run.state, run.read, harvest.failures, harvest.is_paused) == ("stopped", 1, 0, False)
        assert "503" in run.message
        assert timedelta(minutes=9) < harvest.next_at - timezone.now() <= timedelta(minutes=10)
        site.refusals.clear()
        assert harvested(harvest).state == "finished"

    def test_one_that_gives_nothing_before_it_asks_to_wait_fails(self, site):
        harvest = a_repository(site)
        site.refusals["/oai?verb=Identify"] = (503, {"Retry-After": "600"})

        harvested(harvest)

        assert harvest.failures == 1

    def test_one_that_says_nothing_of_waiting_fails_half_way(self, site):
        harvest = a_repository(site)
        site.refusals[SECOND] = (503, {})

        harvested(harvest)

        assert harvest.failures == 1


def test_a_record_that_a_repository_took_back_and_lists_again_is_published_again(site):
    harvest = a_repository(site, deleted="persistent")
    harvested(harvest)
    assert harvested_on(site, harvest, an_answer(deleted(2))) == {"read": 1, "updated": 1}
    statement = Statement.objects.get(identifier="oai:example.org:2")
    assert (Publication.objects.get(uid=statement.uid).document, statement.is_deleted) == (None, True)

    assert harvested_on(site, harvest, a_list(2)) == {"read": 1, "updated": 1}

    statement.refresh_from_db()
    assert (statement.is_deleted, statement.gone_since) == (False, None)
    again = Publication.objects.get(uid=statement.uid)
    assert again.document["title"] == {"und": "Living modified maize"}
    assert Publication.objects.filter(database="resources").exclude(document=None).count() == 3


def deleted(number):
    header = f'<header status="deleted"><identifier>oai:example.org:{number}</identifier></header>'
    return f"<ListRecords><record>{header}</record></ListRecords>"


def harvested_on(site, harvest, answer):
    """A harvest of what changed: what came of it."""
    harvest.refresh_from_db()
    site.files[f"{FIRST}&from={_earlier(harvest.state['from'])}"] = answer
    run = harvested(harvest)
    assert run.state == "finished"
    return {name: count for name, count in run.counts.items() if count}


def test_with_another_mapping_a_file_that_was_not_modified_is_read_anew(site):
    harvest = a_source(site.at("/sheet.csv"))
    harvested(harvest)
    assert harvested(harvest).read == 0

    Source.objects.update(mapping="# mended")

    assert harvested(harvest).read == 3
    assert harvested(harvest).read == 0


class TestADatabaseThatBreaksOff:
    """The connection of the harvester is ended from outside, as when its backend is killed."""

    pytestmark = pytest.mark.django_db(transaction=True)

    @pytest.fixture
    def breaks(self, monkeypatch):
        """Between two batches the connection breaks, once; meanwhile another may take over."""

        def start(another=None):
            def after(pacer, published):
                monkeypatch.undo()
                other, pid = connection.copy(), connection.connection.info.backend_pid
                with other.cursor() as cursor:
                    cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
                    cursor.execute("UPDATE exchange_harvest SET lease = COALESCE(%s, lease)", [another])
                other.close()

            monkeypatch.setattr(pacing.Pacer, "after", after)

        return start

    def test_the_run_is_closed_at_once_and_the_harvest_tried_again_soon(self, site, breaks):
        harvest = a_source(site.at("/sheet.csv"))
        breaks()

        run = harvested(harvest)

        assert (run.state, run.read) == ("stopped", 3)
        assert "database" in run.message
        assert (harvest.lease, harvest.failures) == (None, 1)
        assert harvest.next_at - timezone.now() < timedelta(minutes=7)
        assert harvested(harvest).state == "finished"

    def test_what_another_worker_took_over_is_left_to_it(self, site, breaks):
        harvest = a_source(site.at("/sheet.csv"))
        breaks(another=OTHER)

        run = harvested(harvest)

        assert (str(harvest.lease), harvest.failures) == (OTHER, 0)
        assert run.state == "running"
