"""The pages about sources. Everything here is the Secretariat's."""

from functools import wraps
from pathlib import Path

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exchange.desk import actions, showing
from exchange.desk.forms import SourceForm
from exchange.harvesting import schedule, trial
from exchange.importing import keeping
from exchange.models import ImportRun, Source
from publishing.log import LogBusy

RUNS_ON_A_PAGE = 20


def for_the_secretariat(view):
    """Nobody else sees anything of it."""

    @wraps(view)
    def asked(request, *args, **kwargs):
        if not request.user.has_perm("exchange.manage_sources"):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return asked


@require_safe
@for_the_secretariat
def sources(request):
    return render(request, "exchange/sources.html", {"rows": showing.listed(), "desk_section": "sources"})


@require_safe
@for_the_secretariat
def source(request, key):
    found = _source(key)
    history = found.runs.defer("preview").order_by("-started_at", "-pk")
    harvest = showing.harvest_of(found)
    context = {
        "source": found,
        "harvest": harvest,
        "standing": showing.standing(found, history.first()),
        "passed": harvest is not None and trial.passed(harvest),
        "trial": history.filter(trigger=ImportRun.Trigger.TRIAL).first(),
        "page": Paginator(history, RUNS_ON_A_PAGE).get_page(request.GET.get("page")),
        "settings": showing.settings_of(found),
        "desk_section": "sources",
    }
    return render(request, "exchange/source.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_secretariat
def new(request):
    return _form(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_secretariat
def edit(request, key):
    return _form(request, _source(key))


@require_POST
@for_the_secretariat
def step(request, key):
    """Pause, resume, harvest now, try: what the button says."""
    found = _source(key)
    action = actions.STEPS.get(request.POST.get("step", ""))
    if action is None or showing.harvest_of(found) is None:
        raise Http404
    try:
        messages.success(request, action(by=request.user, source=found))
    except (actions.StepRefused, LogBusy) as refusal:
        messages.error(request, str(refusal))
    waiting = schedule.trials().filter(source=found).last()
    if waiting and action is actions.ask_for_trial:
        return redirect("sources:run", key=key, pk=waiting.pk)
    return redirect("sources:source", key=key)


@require_safe
@for_the_secretariat
def run(request, key, pk):
    found = _run(key, pk)
    return render(request, "exchange/run.html", showing.run_page(found) | {"desk_section": "sources"})


@require_safe
@for_the_secretariat
def report(request, key, pk):
    """The rows that were refused, as the file that can be corrected and imported again."""
    return _given(key, keeping.report_of(_run(key, pk)))


@require_safe
@for_the_secretariat
def notes(request, key, pk):
    """What was kept as the source gives it, as a file of the same shape."""
    return _given(key, keeping.notes_of(_run(key, pk)))


def _given(key: str, path: Path | None) -> FileResponse:
    if path is None:
        raise Http404(_("The report is not on this host, or was removed."))
    return FileResponse(path.open("rb"), as_attachment=True, filename=f"{key}-{path.name}", content_type="text/csv")


def _form(request, found: Source | None):
    form = SourceForm(request.POST or None, source=found)
    if form.is_valid():
        try:
            saved = actions.save_source(by=request.user, source=found, **form.given())
        except LogBusy as busy:
            form.add_error(None, str(busy))
        else:
            messages.success(request, _("The source is saved."))
            return redirect("sources:source", key=saved.key)
    context = {"parts": form.parts(), "problems": form.problems(), "source": found, "desk_section": "sources"}
    return render(request, "exchange/form.html", context)


def _source(key: str) -> Source:
    return get_object_or_404(Source.objects.select_related("harvest"), key=key)


def _run(key: str, pk: int) -> ImportRun:
    return get_object_or_404(ImportRun.objects.select_related("source__harvest"), source=key, pk=pk)
