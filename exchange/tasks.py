"""The worker's part of harvesting: what the clock starts, and what the desk asks for.

Every task may run twice, or be started while another works: the lease of the harvest decides.
"""

from contextlib import suppress

from celery import shared_task
from celery.exceptions import SoftTimeLimitExceeded
from celery.signals import worker_ready, worker_shutting_down

from delivery.listening import Listener
from exchange.harvesting import engine, schedule, trial
from exchange.harvesting.pacing import Pacer, end_turns
from exchange.importing import abandoned, keeping, making, sources
from exchange.models import Statement

QUEUE = "harvest"
# What waits in the queue for longer is queued again by the next start: a queue that nobody empties does not grow.
WAITS = 55
# Longer than a turn, shorter than a lease.
LIMITS = {"soft_time_limit": 280, "time_limit": 295}

MADE_ANEW_PER_MINUTE = 1200


@shared_task(ignore_result=True, expires=WAITS)
def start_due_harvests(**kwargs) -> None:
    """Queue what waits: trials that were asked for, harvests whose time has come, records to be made anew.

    And close the runs of imports that were killed: else the desk would call them under way until the next import.
    """
    abandoned.close()
    for pk in schedule.trials().values_list("pk", flat=True):
        try_source.apply_async(kwargs={"pk": pk}, expires=WAITS)
    for pk in schedule.due().values_list("pk", flat=True):
        harvest.apply_async(kwargs={"pk": pk}, expires=WAITS)
    if Statement.objects.filter(waits=True).exists():
        take_up_waiting.apply_async(expires=WAITS)


@shared_task(ignore_result=True, **LIMITS)
def harvest(*, pk: int, **kwargs) -> None:
    """One turn of a harvest."""
    engine.turn(pk)


@shared_task(ignore_result=True, **LIMITS)
def try_source(*, pk: int, **kwargs) -> None:
    """A trial that was asked for at the desk."""
    trial.run(pk)


@shared_task(ignore_result=True, **LIMITS)
def take_up_waiting(**kwargs) -> None:
    """Make anew the records of sources whose name or licence changed, and those that people were editing."""
    pacer, lots = Pacer(MADE_ANEW_PER_MINUTE), []

    def has_time_after(made: int) -> bool:
        lots.append(made)
        return pacer.has_time_after(sum(lots))

    with suppress(SoftTimeLimitExceeded):  # what is left waits for the next start
        making.take_up(has_time_after)


@shared_task(ignore_result=True)
def forget_old_reports(**kwargs) -> None:
    """Take away the words of rows that reports and trials have kept for long enough."""
    keeping.forget_old()


@shared_task(ignore_result=True)
def hold_back_unlicensed(**kwargs) -> None:
    """Take away what was shown in a demonstration only, where this is none any more."""
    sources.hold_back()
    take_up_waiting.apply_async(expires=WAITS)


_listener = Listener(channel=schedule.CHANNEL, wake=start_due_harvests.delay)


@worker_ready.connect
def start_listening(sender=None, **kwargs):
    """In the worker for harvests only: the others need not listen."""
    if QUEUE in sender.app.amqp.queues.consume_from:
        _listener.start()
        hold_back_unlicensed.delay()
        worker_shutting_down.connect(stop_listening)


def stop_listening(**kwargs):
    end_turns()
    _listener.stop()
