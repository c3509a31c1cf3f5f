"""The order of the log under concurrent publishers, and what every reader of it ends with."""

import threading
import time

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from publishing import log
from publishing.listen import listen, wait_for_publication
from publishing.log import Entry, LogBusy
from publishing.models import Publication

PUBLISHERS, ROUNDS = 6, 12


def entry(number, action="published"):
    return Entry(f"CMB-PRJ-KE-{number}", "projects", {"format": "PRJ/1", "title": {"en": str(number)}}, {}, action)


def in_thread(work, *args):
    def run():
        try:
            work(*args)
        finally:
            connection.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return thread


def publish_rounds(publisher, failures):
    """Each publisher has records of its own and records that all share; some transactions fail at the end."""
    for turn in range(ROUNDS):
        own = publisher * 1000 + turn
        try:
            with transaction.atomic():
                log.publish([entry(own), entry(own + 500)])
                time.sleep(0.002)
                if turn % 4 == 3:
                    raise InterruptedError
        except InterruptedError:
            failures.append(own)


def read_until(done, seen):
    """A reader that polls: what it has at a position must never change behind its back."""
    position = 0
    while True:
        finished = done.is_set()
        window = log.changes_after(position, 7)
        seen.extend((one.position, one.uid) for one in window)
        position = window[-1].position if window else position
        if finished and not window:
            return


@pytest.mark.django_db(transaction=True)
def test_concurrent_publishers_leave_no_gap_and_a_reader_never_misses_a_position():
    start, done, seen, failures = log.head().position, threading.Event(), [], []
    reader = in_thread(read_until, done, seen)

    publishers = [in_thread(publish_rounds, number, failures) for number in range(1, PUBLISHERS + 1)]
    for thread in publishers:
        thread.join()
    done.set()
    reader.join()

    published = (PUBLISHERS * ROUNDS - len(failures)) * 2
    assert failures
    assert log.head().position == start + published
    assert [position for position, _uid in seen] == list(range(start + 1, start + published + 1))
    assert {uid for _position, uid in seen} == set(Publication.objects.values_list("uid", flat=True))


@pytest.mark.django_db(transaction=True)
def test_a_position_is_given_in_the_order_of_the_commits():
    first_has_position, order = threading.Event(), []

    def slow():
        with transaction.atomic():
            order.append(("slow", log.publish([entry(1)])[0]))
            first_has_position.set()
            time.sleep(0.3)

    def quick():
        first_has_position.wait(10)
        order.append(("quick", log.publish([entry(2)])[0]))

    for thread in [in_thread(slow), in_thread(quick)]:
        thread.join()

    assert [name for name, _position in order] == ["slow", "quick"]
    assert order[0][1] < order[1][1]


@pytest.mark.django_db(transaction=True)
def test_a_log_that_is_held_too_long_answers_busy_and_nothing_is_lost(monkeypatch):
    monkeypatch.setattr(log, "LOCK_WAIT", "200ms")
    log.head()
    held, release = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            log.publish([entry(1)])
            held.set()
            release.wait(10)

    holder = in_thread(hold)
    held.wait(10)
    with pytest.raises(LogBusy, match="nothing is lost"):
        log.publish([entry(2)])
    release.set()
    holder.join()

    assert list(Publication.objects.values_list("uid", flat=True)) == ["CMB-PRJ-KE-1"]
    assert log.publish([entry(2)])


@pytest.mark.django_db(transaction=True)
def test_a_listener_is_woken_by_a_publication_and_not_by_silence():
    listen()

    assert not wait_for_publication(0.05)
    publisher = in_thread(log.publish, [entry(1)])
    assert wait_for_publication(5)
    publisher.join()


MOVES = st.lists(
    st.tuples(st.sampled_from(["publish", "confirm", "withdraw"]), st.integers(1, 6)), min_size=1, max_size=25
)


def move(name, number):
    """One move that the record's present state allows."""
    uid = f"CMB-PRJ-KE-{number}"
    present = Publication.objects.filter(uid=uid).first()
    if name == "publish" or present is None:
        log.publish([entry(number, "updated" if present else "published")])
    elif name == "withdraw":
        log.withdraw(uid, "mistake")
    elif present.document is not None:
        log.amend(uid, {"confirmed_at": "2026-11-21T00:00:00Z"}, "confirmed")


def follow(copy, position, limit):
    """Read one window into a copy of the published set."""
    for one in log.changes_after(position, limit):
        copy[one.uid] = (one.position, one.document is not None)
        position = one.position
    return position


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES, size=st.integers(1, 7), pause=st.integers(0, 25))
def test_a_reader_from_any_position_with_any_batch_ends_with_exactly_the_published_set(moves, size, pause):
    Publication.objects.all().delete()
    start, copy = log.head().position, {}
    for name, number in moves[:pause]:
        move(name, number)
    position = follow(copy, start, size)
    for name, number in moves[pause:]:
        move(name, number)

    while (reached := follow(copy, position, size)) != position:
        position = reached

    expected = {one.uid: (one.position, one.document is not None) for one in Publication.objects.all()}
    assert copy == expected
    assert position == log.head().position
