"""What the pages about sources show: where each stands, its settings in words, what a run or a trial found."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from exchange.desk.choices import reader_label
from exchange.harvesting import trial
from exchange.importing import keeping
from exchange.models import Harvest, ImportRun, Source
from formats import registry
from formats.presentation import present
from records.actions import title_of

MOST_REASONS = 20


@dataclass(frozen=True)
class Standing:
    """The word, how it looks, and when the harvest comes next."""

    word: str
    tone: str = "quiet"
    next_at: datetime | None = None


def standing(source: Source, last: ImportRun | None) -> Standing:
    harvest, now = harvest_of(source), timezone.now()
    if last and last.state == ImportRun.State.RUNNING:
        return Standing(_("Being tried") if last.trigger == ImportRun.Trigger.TRIAL else _("Being read"), "good")
    if harvest is None:
        stopped = last and last.state == ImportRun.State.STOPPED
        return Standing(_("Stopped before its end"), "bad") if stopped else Standing(_("Read by hand"))
    if harvest.is_paused:
        return Standing(_("Paused, failing"), "bad") if harvest.failures else Standing(_("Paused"), "warm")
    if harvest.failures:
        return Standing(_("Failing"), "bad", harvest.next_at)
    return Standing(_("Due") if harvest.next_at <= now else _("In order"), "good", harvest.next_at)


def harvest_of(source: Source) -> Harvest | None:
    """How the source is harvested, if it is."""
    return getattr(source, "harvest", None)


def listed() -> list[dict]:
    """All sources by name, each with its last run."""
    last = ImportRun.objects.filter(source=OuterRef("key")).order_by("-started_at", "-pk").values("pk")[:1]
    found = list(Source.objects.select_related("harvest").annotate(last=Subquery(last)).order_by("name", "pk"))
    # What a trial showed may be megabytes.
    runs = ImportRun.objects.defer("preview").in_bulk([source.last for source in found if source.last])
    return [
        {
            "source": source,
            "harvest": harvest_of(source),
            "run": runs.get(source.last),
            "standing": standing(source, runs.get(source.last)),
        }
        for source in found
    ]


def settings_of(source: Source) -> list[dict]:
    """The settings, as rows of a summary list."""
    nothing = _("Not given")
    rows: list[dict] = [
        {"label": _("What it holds"), "value": source.about, "missing": "" if source.about else nothing},
        {
            "label": _("Its own page"),
            "value": source.home,
            "href": source.home,
            "missing": "" if source.home else nothing,
        },
        {
            "label": _("Licence"),
            "value": source.licence,
            "missing": "" if source.licence else _unlicensed(),
        },
        {"label": _("Format"), "value": reader_label(source.reader)},
    ]
    return rows + (_harvest_rows(source.harvest) if harvest_of(source) else [])


def _unlicensed() -> str:
    if settings.DEMONSTRATION:
        return _("None: its records are shown in this demonstration only.")
    return _("None: its records are kept and not published.")


def _harvest_rows(harvest: Harvest) -> list[dict]:
    rows = [
        {"label": _("Protocol"), "value": harvest.get_protocol_display()},
        {"label": _("Address"), "value": harvest.address, "lang": "und", "dir": "ltr"},
    ]
    if asked := ", ".join(f"{name}: {value}" for name, value in sorted(harvest.options.items())):
        rows.append({"label": _("Asked besides"), "value": asked, "lang": "und", "dir": "ltr"})
    pace = _("Every %(hours)d hours; at most %(most)d records a minute are published.")
    rows.append({"label": _("Pace"), "value": pace % {"hours": harvest.every, "most": harvest.most_per_minute}})
    return rows


def run_page(run: ImportRun) -> dict:
    """One run in full."""
    reasons = sorted(run.reasons.items(), key=lambda item: (-item[1], item[0]))
    context = {
        "run": run,
        "source": run.source,
        "reasons": reasons[:MOST_REASONS],
        "report": keeping.report_of(run),
        "report_elsewhere": keeping.elsewhere(run),
        "notes": keeping.notes_of(run),
        "days": keeping.KEPT_FOR.days,
    }
    if run.trigger == ImportRun.Trigger.TRIAL:
        rows = run.preview.get("rows", []) if isinstance(run.preview, dict) else []
        context["passed"] = trial.passed(run.source.harvest)
        context["documents"] = [_document(row) for row in rows if row.get("document")]
        context["findings"] = [row | finding for row in rows for finding in row.get("findings", [])]
    return context


def _document(row: dict) -> dict:
    """A document of a trial as its record would show it."""
    fmt = registry.by_slug(row["database"])
    document = fmt.lift(row["document"])
    return row | {
        "title": title_of(document),
        "singular": fmt.singular,
        "parts": present(fmt, document, get_language()),
    }
