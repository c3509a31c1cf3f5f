"""When a harvest comes next, who is told when it does not, and how fast it publishes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from delivery.models import Message
from exchange.harvesting import lease as leases
from exchange.harvesting import pacing, schedule
from exchange.models import Harvest
from tests.exchange.harvesting.making import a_source

MINUTE = timedelta(minutes=1)


def waits(harvest):
    """How long the harvest waits now."""
    harvest.refresh_from_db()
    return harvest.next_at - timezone.now()


@pytest.mark.django_db
def test_due_is_what_is_not_paused_not_leased_and_whose_time_has_come():
    due = a_source(key="due")
    a_source(key="paused", paused=True)
    a_source(key="later", next_at=timezone.now() + MINUTE)
    leases.take(a_source(key="leased").pk)
    left = a_source(key="left", next_at=timezone.now() - MINUTE)
    leases.take(left.pk)
    Harvest.objects.filter(pk=left.pk).update(leased_until=timezone.now() - MINUTE)

    assert [harvest.source.key for harvest in schedule.due()] == ["left", due.source.key]


@pytest.mark.parametrize(
    ("failures", "minutes"),
    [(1, 5), (2, 10), (3, 20), (4, 40), (5, 80), (6, 160), (7, 320), (8, 640), (9, 1280), (10, 1440), (1000, 1440)],
)
def test_each_failure_doubles_the_wait_up_to_a_day(failures, minutes):
    for _time in range(50):
        wait = schedule.wait_after(failures)
        assert min(minutes * 0.8, 1440) * MINUTE <= wait <= min(minutes * 1.2, 1440) * MINUTE


def test_harvests_that_failed_together_do_not_come_back_together():
    assert len({schedule.wait_after(3) for _time in range(20)}) > 1


def test_what_the_source_asks_for_is_the_least_and_a_day_the_most_that_is_obeyed():
    assert schedule.wait_after(1, timedelta(hours=20)) == timedelta(hours=20)
    assert schedule.wait_after(1, timedelta(days=10_000)) == timedelta(days=1)
    assert schedule.wait_after(10, timedelta(seconds=1)) > timedelta(hours=19)


@pytest.mark.django_db
def test_a_success_forgets_the_failures_and_comes_back_after_its_hours():
    harvest = a_source(every=6, failures=4)

    schedule.succeeded(leases.take(harvest.pk), harvest)

    assert timedelta(hours=5, minutes=59) < waits(harvest) <= timedelta(hours=6)
    assert (harvest.failures, harvest.lease) == (0, None)


@pytest.mark.django_db
def test_what_is_not_finished_goes_on_after_a_minute():
    harvest = a_source()

    schedule.goes_on(leases.take(harvest.pk))

    assert timedelta(seconds=50) < waits(harvest) <= MINUTE


@pytest.mark.django_db
def test_after_ten_failures_in_a_row_it_is_paused_and_the_secretariat_is_told(secretariat, stranger):
    harvest = a_source()
    for number in range(1, 11):
        assert not harvest.is_paused
        schedule.failed(leases.take(harvest.pk), harvest, f"No answer, {number}.")
        harvest.refresh_from_db()

    assert harvest.is_paused
    assert (harvest.failures, harvest.lease) == (10, None)
    letter = Message.objects.get()
    assert letter.to == secretariat.email
    assert letter.subject == "Harvesting is paused: GEF of the tests"
    assert "10 times in a row" in letter.text
    assert "No answer, 10." in letter.text
    assert "/en/desk/sources/gef/" in letter.text


@pytest.mark.django_db
def test_what_will_fail_again_anyway_is_paused_after_three(secretariat):
    harvest = a_source()
    for _time in range(3):
        assert not harvest.is_paused
        schedule.failed(leases.take(harvest.pk), harvest, "Gone.", is_permanent=True)
        harvest.refresh_from_db()

    assert harvest.is_paused
    assert Message.objects.count() == 1


@pytest.mark.django_db
def test_each_pause_is_told_once_and_the_next_one_again(secretariat):
    harvest = a_source(failures=9)
    schedule.failed(leases.take(harvest.pk), harvest, "No answer.")
    Harvest.objects.update(is_paused=False, failures=9)
    harvest.refresh_from_db()
    schedule.failed(leases.take(harvest.pk), harvest, "No answer.")

    assert Message.objects.count() == 2


@pytest.mark.django_db
def test_a_failure_does_not_resume_what_a_person_paused_meanwhile():
    harvest = a_source()
    lease = leases.take(harvest.pk)
    Harvest.objects.update(is_paused=True)

    schedule.failed(lease, harvest, "No answer.")

    harvest.refresh_from_db()
    assert harvest.is_paused


class Clock:
    """Time that passes by sleeping only."""

    def __init__(self):
        self.now, self.slept = 100.0, []

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.now += seconds


def a_pacer(most_per_minute):
    clock = Clock()
    return clock, pacing.Pacer(most_per_minute, clock=clock, sleep=clock.sleep)


def test_a_pacer_publishes_no_more_than_so_many_a_minute():
    clock, pacer = a_pacer(600)

    for published in range(100, 1001, 100):
        pacer.after(published)

    assert clock.now - 100 == pytest.approx(100)


def test_rows_that_publish_nothing_are_not_waited_for():
    clock, pacer = a_pacer(1)

    for _batch in range(50):
        pacer.after(0)

    assert clock.slept == []


def test_a_turn_ends_where_the_pace_would_outlast_it_and_says_how_long_to_wait():
    _clock, pacer = a_pacer(10)

    with pytest.raises(pacing.TurnOver) as over:
        pacer.after(100)

    assert over.value.wait == timedelta(minutes=10)


def test_a_turn_ends_with_its_time():
    clock, pacer = a_pacer(600)
    clock.now += pacing.TURN

    with pytest.raises(pacing.TurnOver) as over:
        pacer.after(1)

    assert over.value.wait == timedelta()


def test_whether_a_turn_has_time_is_a_question_too():
    clock, pacer = a_pacer(60)

    assert pacer.has_time_after(10)
    assert clock.slept == [10]
    assert not pacer.has_time_after(1000)
