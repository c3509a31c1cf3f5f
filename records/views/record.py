"""The desk page of a record: where it stands, what it says, what may be done with it, and its history."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from formats import difference
from formats.presentation import present, shown_group
from publishing import waiting
from publishing.log import LogBusy
from publishing.models import Version
from records import actions, contacts, reasons, workflow
from records.forms.pointing import pointed
from records.models import Record
from records.views.changes import shown_changes
from records.workflow import TransitionRefused


def on_the_desk(request, uid: str) -> Record:
    """The record, if the person may open its page; 404 otherwise, as if there were none."""
    records = Record.objects.on_the_desk_of(request.user)
    return get_object_or_404(records.select_related("owner_organization", "created_by", "submitted_by"), uid=uid)


def record(request, uid):
    return render(request, "records/record.html", page(request, on_the_desk(request, uid)))


def page(request, record: Record) -> dict:
    """What the page shows; the working copy only to those who may read it."""
    context = {
        "desk_section": "records",
        "record": record,
        "declaration": actions.declaration(record),
        "moves": [(move, reasons.of(move.name)) for move in workflow.open_to(request.user, record)],
        "may_edit": request.user.has_perm("records.change_work", record),
        "may_read": request.user.has_perm("records.view_work", record),
        "events": history(record),
        "after": request.GET.get("after", ""),
    }
    return context | (working_copy(record) if context["may_read"] else {})


def working_copy(record: Record) -> dict:
    fmt, language = actions.declaration(record), get_language()
    reading = actions.read(record)
    document = fmt.lift(record.document)
    return {
        "parts": present(fmt, document, language),
        "contacts": [shown_group(contacts.Contact(), row, language) for row in record.contacts],
        "errors": pointed(fmt, document, record.contacts, reading.errors, language),
        "warnings": pointed(fmt, document, record.contacts, reading.warnings, language),
        "changes": changes(record, fmt, document if reading.errors else reading.values, language),
    }


def changes(record, fmt, document, language) -> list:
    """The difference between the published version and the working copy; none where there is only one of them.

    What is sound is compared as it would be published; where something is wrong, what was typed is shown.
    """
    if not record.version or record.work == Record.Work.CLEAN:
        return []
    published = Version.objects.get(uid=record.uid, number=record.version).document
    found = difference.difference(fmt, fmt.lift(published), fmt.public(document))
    return shown_changes(fmt, found, language)


def history(record):
    """The events, newest first, with the words of their reasons."""
    events = list(record.events.select_related("by").order_by("-at", "-pk"))
    for event in events:
        known = reasons.of(event.name)
        event.label = workflow.event_label(event.name)
        event.reason_labels = [known.get(code, code) for code in event.reasons]
    return events


@require_POST
def move(request, uid, name):
    """Make one step of the workflow; a refusal is said on the page, and nothing typed is lost."""
    record = on_the_desk(request, uid)
    if name in workflow.BY_NAME and not request.user.has_perm(workflow.BY_NAME[name].permission, record):
        raise PermissionDenied
    try:
        event = actions.apply_transition(record=record, name=name, by=request.user, **decision(request.POST))
    except (TransitionRefused, LogBusy) as refusal:
        messages.error(request, str(refusal))
        context = page(request, record) | {
            "typed": request.POST,
            "typed_reasons": request.POST.getlist("reasons"),
            "refused": name,
        }
        return render(request, "records/record.html", context, status=409)
    messages.success(request, said(event))
    response = redirect("desk:record", uid=uid)
    if event.position:
        response["Location"] += f"?after={waiting.token(event.position)}"
    return response


def decision(post) -> dict:
    """What was typed for a step; no database keeps a NUL."""
    note, letter, successor = (post.get(name, "").replace("\x00", "") for name in ("note", "letter", "successor"))
    return {
        "seen": post.get("seen"),
        "reasons": [code for code in post.getlist("reasons") if len(code) <= 40 and code.isprintable()][:20],
        "note": note[:5000],
        "letter": letter[:300],
        "successor": successor.strip()[:60],
    }


def said(event) -> str:
    """What happened, in a sentence."""
    sentences = {
        "submit": _("Submitted: you will be told by mail what is decided."),
        "take_back": _("Taken back: it is your draft again."),
        "return": _("Returned: the author has been told why."),
        "endorse": _("Endorsed and published: on the site in a moment."),
        "endorse_by_letter": _("Endorsed and published: on the site in a moment."),
        "publish": _("Published: on the site in a moment."),
        "confirm": _("Confirmed as current."),
        "discard": _("The changes are gone: the working copy is the published version again."),
        "abandon": _("The draft is deleted."),
        "ask_for_withdrawal": _("The focal point has been asked to withdraw it."),
        "withdraw": _("Withdrawn: readers find a notice in its place."),
        "restore": _("Published again."),
        "merge": _("Merged: readers are sent to the other record."),
    }
    return sentences[event.name]
