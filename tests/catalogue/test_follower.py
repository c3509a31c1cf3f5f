"""The follower: the index equals the published set, whatever is published, restored or killed."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from catalogue.index import follower as follower_module
from catalogue.index import reader as index
from catalogue.index.follower import Copy, Follower
from catalogue.index.shelf import Shelf
from publishing import log
from publishing.log import Entry
from publishing.models import Log, Publication
from publishing.record import as_change
from tests import documents

END_THE_OTHERS = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
)
ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.PORTAL_DATA = tmp_path


@pytest.fixture
def follower():
    one = Follower(Shelf())
    yield one
    one.close()


def entry(number, action="published", **changes):
    envelope = {"profile": "registered", "modified_at": "2026-11-01T00:00:00Z"}
    return Entry(f"CMB-PRJ-KE-{number}", "projects", documents.a_project(**changes), envelope, action)


def assert_the_index_equals_the_published_set():
    reader = index.reader()
    published = {one.uid: as_change(one) for one in Publication.objects.all()}
    lines = reader.changes_after(0, 1000)
    assert {line.uid: reader.change(line.uid) for line in lines} == published
    assert len(lines) == len(published)
    assert (reader.log, reader.position) == log.head()


@pytest.mark.django_db
def test_the_index_equals_what_is_published_after_every_kind_of_move(follower):
    log.publish([entry(1), entry(2), entry(3)])
    follower.catch_up()
    log.publish([entry(1, "updated", acronym="NEW")])
    log.withdraw("CMB-PRJ-KE-2", "mistake")
    log.amend("CMB-PRJ-KE-3", {"profile": "registered"}, "confirmed")

    follower.catch_up()

    assert_the_index_equals_the_published_set()
    assert index.reader().record("CMB-PRJ-KE-1")["document"]["acronym"] == "NEW"


@pytest.mark.django_db
def test_an_empty_log_gives_an_empty_index_that_is_ready(follower):
    Publication.objects.all().delete()
    Log.objects.all().delete()

    assert follower.catch_up() == 0
    assert index.reader().position == 0


@pytest.mark.django_db
def test_a_long_log_is_read_in_windows(follower, monkeypatch):
    monkeypatch.setattr(follower_module, "WINDOW", 3)
    monkeypatch.setattr(follower_module, "MOST_UNCOMMITTED", 5)
    log.publish([entry(number) for number in range(1, 12)])

    follower.catch_up()

    assert_the_index_equals_the_published_set()


@pytest.mark.django_db
def test_a_follower_that_starts_again_goes_on_where_it_was(follower):
    log.publish([entry(1), entry(2)])
    reached = follower.catch_up()
    follower.close()
    log.publish([entry(3)])

    again = Copy(Shelf().folder(log.head().log))

    assert again.position == reached
    again.close()
    follower.catch_up()
    assert_the_index_equals_the_published_set()


@pytest.mark.django_db
def test_a_restored_log_gets_an_index_of_its_own_and_the_old_one_goes(follower):
    log.publish([entry(1)])
    follower.catch_up()
    old = index.reader()

    log.renew()
    follower.catch_up()

    assert index.reader().log == log.head().log != old.log
    assert_the_index_equals_the_published_set()
    follower.catch_up()
    assert len([one for one in Shelf().place.iterdir() if one.is_dir()]) == 1


@pytest.mark.django_db
def test_a_log_that_went_back_is_read_again_from_its_beginning(follower):
    log.publish([entry(1), entry(2), entry(3)])
    follower.catch_up()
    Publication.objects.filter(uid="CMB-PRJ-KE-3").delete()
    Log.objects.update(head=log.head().position - 1)

    follower.catch_up()

    assert_the_index_equals_the_published_set()
    assert index.reader().record("CMB-PRJ-KE-3") is None


@pytest.mark.django_db
def test_only_one_follower_writes(follower):
    with Shelf().alone() as alone:
        assert alone
        with pytest.raises(CommandError, match="Another follower"):
            call_command("follow", once=True)


@pytest.mark.django_db
def test_the_command_catches_up_once_and_ends(capsys):
    log.publish([entry(1)])

    call_command("follow", once=True)

    assert f"position {log.head().position}" in capsys.readouterr().out
    assert_the_index_equals_the_published_set()


def started():
    """A real follower process on the database of the tests."""
    from django.conf import settings

    address = os.environ["DATABASE_URL"].rpartition("/")[0]
    places = {
        "DATABASE_URL": f"{address}/{connection.settings_dict['NAME']}",
        "PORTAL_DATA": str(settings.PORTAL_DATA),
    }
    command = [sys.executable, "manage.py", "follow"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(command, cwd=ROOT, env=os.environ | places, **quiet)


def wait_for(position, seconds=30):
    """The time it took until the index had this position."""
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        try:
            if index.reader().position >= position:
                return time.monotonic() - began
        except index.IndexNotReady:
            pass
        time.sleep(0.005)
    raise AssertionError(f"the index did not reach {position}")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_what_is_published_is_visible_within_a_second():
    log.publish([entry(1)])
    process = started()
    try:
        wait_for(log.head().position)
        took = []
        for number in range(2, 8):
            log.publish([entry(number)])
            took.append(wait_for(log.head().position))
    finally:
        process.terminate()

    assert process.wait(10) == 0
    assert sorted(took)[len(took) // 2] < 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_follower_that_loses_the_database_waits_and_goes_on():
    log.publish([entry(1)])
    process = started()
    try:
        wait_for(log.head().position)
        with connection.cursor() as cursor:
            cursor.execute(END_THE_OTHERS)
            assert cursor.rowcount
        log.publish([entry(2)])
        wait_for(log.head().position)
    finally:
        process.terminate()

    assert process.wait(10) == 0
    assert_the_index_equals_the_published_set()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_follower_killed_at_any_moment_loses_and_doubles_nothing():
    dice = random.Random(11)  # noqa: S311 - dice, not secrets
    for _round in range(6):
        process = started()
        until = time.monotonic() + dice.uniform(0.8, 2.5)
        while time.monotonic() < until:
            publish_something(dice)
        process.send_signal(signal.SIGKILL)
        process.wait()

    call_command("follow", once=True)

    assert_the_index_equals_the_published_set()


def publish_something(dice):
    number = dice.randint(1, 40)
    present = Publication.objects.filter(uid=f"CMB-PRJ-KE-{number}").first()
    if present and present.document and dice.random() < 0.2:
        log.withdraw(present.uid, "mistake")
    else:
        log.publish([entry(number, "updated" if present else "published", acronym=str(dice.random()))])
