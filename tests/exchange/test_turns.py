"""Imports, people and the desk at once, on one record: nobody waits for somebody who waits for them."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from django.db import OperationalError, connection, transaction

from exchange.desk import actions as desk
from exchange.importing import making
from exchange.models import Source, Statement
from publishing.log import LogBusy
from publishing.models import Publication
from records import actions
from records.erasure import erase
from records.models import Record
from tests.exchange.telling import DAY, a_row, a_source, tell
from tests.people import person

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

ROUNDS, ROWS = 12, 30


def together(*jobs):
    """Do these at once, each in a thread and a connection of its own; what went wrong in them."""
    gate = threading.Barrier(len(jobs))

    def work(job):
        try:
            gate.wait()
            for number in range(ROUNDS):
                job(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        faults = [done.exception() for done in [pool.submit(work, job) for job in jobs]]
    return [fault for fault in faults if fault]


def edited(uid, by):
    """The record with a number that a person gave it, however often an import was faster."""
    while True:
        seen = Record.objects.get(uid=uid)
        try:
            document = {**seen.document, "number": "7"}
            return actions.save(record=seen, document=document, rows=[], by=by, based_on=seen.digest)
        except actions.EditConflict:
            continue


def an_import(source, backwards):
    """Tell of the same things in other words each time, and in the other order than the other source."""

    def tell_all(number):
        rows = [a_row(str(row), title=f"Number {row}", acronym=f"{source.key} {number}") for row in range(1, ROWS)]
        tell(source, *(reversed(rows) if backwards else rows), is_whole=True)

    return tell_all


def test_two_imports_people_and_the_desk_at_once_end_with_every_record_whole():
    gef, sheet = a_source("gef-portal"), a_source("gef-pmis")
    tell(gef, *(a_row(str(row), title=f"Number {row}") for row in range(1, ROWS)))
    secretary, uids = person(secretariat=True), list(Record.objects.order_by("-uid").values_list("uid", flat=True))

    def a_person(number):
        record = edited(uids[number], secretary)
        actions.apply_transition(name="submit", record=record, by=secretary)
        actions.apply_transition(name="publish", record=record, by=secretary, seen=record.digest)

    def the_desk(number):
        with suppress(LogBusy):
            desk.save_source(by=secretary, source=Source.objects.get(pk=gef.pk), name=f"GEF {number}")

    def an_eraser(number):
        erase(record=Record.objects.get(uid=uids[-1 - number]), reason="legal")

    imports = [an_import(gef, False), an_import(sheet, True), lambda number: making.take_up()]
    faults = together(*imports, a_person, the_desk, an_eraser)

    making.take_up()
    assert faults == []
    assert not Statement.objects.filter(waits=True).exists()
    assert Statement.objects.values("uid").distinct().count() == Record.objects.count() == ROWS - 1
    standing = Publication.objects.exclude(document=None)
    assert standing.count() == ROWS - 1 - ROUNDS
    assert standing.filter(document__number="7").count() == ROUNDS
    for one in standing:
        record = Record.objects.get(uid=one.uid)
        assert one.document["acronym"] == record.document["acronym"] == f"gef-portal {ROUNDS - 1}"
        assert one.envelope["provenance"]["source"] == Source.objects.get(pk=gef.pk).name
    positions = sorted(Publication.objects.values_list("position", flat=True))
    assert len(set(positions)) == len(positions)


@pytest.mark.parametrize("step", ["_remember", "store"])
def test_a_batch_that_breaks_off_leaves_nothing_half_done(step, monkeypatch):
    gef = a_source("gef-portal")
    tell(gef, a_row(acronym="OLD"))
    before = list(Statement.objects.values()), list(Record.objects.values()), list(Publication.objects.values())
    whole = getattr(making, step)

    def broken(*args, **kwargs):
        whole(*args, **kwargs)
        raise OperationalError("the machine went down")

    monkeypatch.setattr(making, step, broken)
    with pytest.raises(OperationalError):
        tell(gef, a_row(acronym="NEW"), a_row("2"))
    monkeypatch.undo()

    assert (
        list(Statement.objects.values()),
        list(Record.objects.values()),
        list(Publication.objects.values()),
    ) == before
    assert tell(gef, a_row(acronym="NEW"), a_row("2")) == {"created": 1, "updated": 1}


def test_what_was_marked_before_the_machine_went_down_is_taken_up_by_the_next():
    gef = a_source("gef-portal")
    tell(gef, a_row(), a_row("2"))
    Statement.objects.filter(identifier="2").update(gone_since=DAY, waits=True)

    making.take_up()

    gone = Publication.objects.get(uid=Statement.objects.get(identifier="2").uid)
    assert gone.envelope["provenance"]["gone_since"] == DAY.isoformat()


def test_the_desk_says_that_it_is_busy_and_does_not_wait_for_ever(monkeypatch):
    gef, secretary = a_source("gef-portal"), person(secretariat=True)
    monkeypatch.setattr(desk, "LOCK_WAIT", "100ms")
    held, done = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            making.take_turns()
            held.set()
            done.wait(10)
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(10)
    began = time.monotonic()
    with pytest.raises(LogBusy):
        desk.save_source(by=secretary, source=gef, name="Another")
    done.set()
    holder.join()

    assert time.monotonic() - began < 3
    assert Source.objects.get().name == "Gef-Portal"
