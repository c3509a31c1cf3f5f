"""What the Secretariat does about sources. Each change that the worker has to know of wakes it."""

import structlog
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from exchange.harvesting import schedule, trial
from exchange.importing import making
from exchange.importing import run as importing
from exchange.models import Harvest, ImportRun, Source, Statement
from exchange.pages import publish_source
from publishing.log import LOCK_WAIT

SOURCE = ("name", "about", "home", "licence", "reader", "mapping")
HARVEST = ("protocol", "address", "options", "every", "most_per_minute")

log = structlog.get_logger()


class StepRefused(Exception):
    """What was asked for cannot be done now. Safe to show."""


@transaction.atomic
def save_source(*, by: User, source: Source | None, **given) -> Source:
    """Keep a new or changed source. What was not tried yet as it is now is paused until it was."""
    making.take_turns(LOCK_WAIT)
    source = source or Source(key=given["key"])
    shown_before = (source.name, source.licence)
    is_new = source.pk is None
    for name in SOURCE:
        if name in given:
            setattr(source, name, given[name])
    source.save()
    if given.get("protocol"):
        _save_harvest(source, {name: given[name] for name in HARVEST})
    if not is_new and shown_before != (source.name, source.licence):
        # Beside each of its records stand its name and its licence: they are made anew by the worker.
        Statement.objects.filter(source=source).update(waits=True)
    schedule.wake()
    log.info("source_saved", source=source.key, by=by.pk)
    _tell_readers(source)
    return source


def _save_harvest(source: Source, columns: dict) -> None:
    harvest = Harvest.objects.filter(source=source).first() or Harvest(source=source)
    for name, value in columns.items():
        setattr(harvest, name, value)
    if harvest.pk is None:
        harvest.save()
        return
    harvest.save(update_fields=HARVEST)
    if not trial.passed(harvest):
        # The turn that is under way, if one is, asks what is not to be asked any more: it loses its lease.
        Harvest.objects.filter(pk=harvest.pk).update(is_paused=True, lease=None, leased_until=None)


@transaction.atomic
def pause(*, by: User, source: Source) -> str:
    """A turn that is under way ends after its batch."""
    _update(source, is_paused=True)
    log.info("harvest_paused", source=source.key, by=by.pk)
    _tell_readers(source)
    return _("Paused: it is not harvested until you resume it.")


@transaction.atomic
def resume(*, by: User, source: Source) -> str:
    """Let it be harvested by itself, from now on."""
    if not trial.passed(source.harvest):
        raise StepRefused(_("Try it first: it can be resumed once a trial could read a row with these settings."))
    _update(source, is_paused=False, failures=0, next_at=timezone.now())
    schedule.wake()
    log.info("harvest_resumed", source=source.key, by=by.pk)
    _tell_readers(source)
    return _("Resumed: the first harvest begins within a minute.")


@transaction.atomic
def harvest_now(*, by: User, source: Source) -> str:
    """Do not wait for the hour."""
    if source.harvest.is_paused:
        raise StepRefused(_("It is paused: resume it, and it is harvested at once."))
    _update(source, next_at=timezone.now())
    schedule.wake()
    log.info("harvest_hastened", source=source.key, by=by.pk)
    return _("The harvest begins within a minute.")


def ask_for_trial(*, by: User, source: Source) -> str:
    """Leave word for the worker: a trial is a run that waits until the worker has made it."""
    harvest = Harvest.objects.get(source=source)
    try:
        with importing.one_at_a_time(source.key), transaction.atomic():
            if ImportRun.objects.filter(source=source, state="running", trigger="trial").exists():
                raise StepRefused(_("A trial is under way already."))
            importing.start(source, [harvest.address], trigger=ImportRun.Trigger.TRIAL)
            schedule.wake()
    except importing.ImportBusy as busy:
        raise StepRefused(_("This source is being read: try it when that has ended.")) from busy
    log.info("trial_asked_for", source=source.key, by=by.pk)
    return _("The trial begins in a moment: this page shows what it finds.")


def _update(source: Source, **columns) -> None:
    Harvest.objects.filter(source=source).update(**columns)


def _tell_readers(source: Source) -> None:
    """Bring its page in the catalogue up to date, if it has one already; the last write of a transaction."""
    now = Source.objects.select_related("harvest").get(pk=source.pk)
    if now.uid:
        publish_source(now)


STEPS = {"pause": pause, "resume": resume, "now": harvest_now, "try": ask_for_trial}
