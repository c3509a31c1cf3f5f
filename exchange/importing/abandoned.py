"""Runs of imports that were killed: nobody ends them, so they are closed once their source is found free."""

from contextlib import suppress

from exchange.importing import run as importing
from exchange.models import ImportRun


def close() -> None:
    """Close the runs that are said to go on, and that nobody works on. A trial may wait: it is left alone."""
    running = ImportRun.objects.filter(state=ImportRun.State.RUNNING).exclude(trigger=ImportRun.Trigger.TRIAL)
    for source in running.values_list("source__key", flat=True):
        with suppress(importing.ImportBusy), importing.one_at_a_time(source):
            importing.end_killed(running.filter(source__key=source))
