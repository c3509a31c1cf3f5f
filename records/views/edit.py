"""The web form: it saves whatever was typed, and every button of it posts the whole form."""

import re
from copy import deepcopy

from django.contrib import messages
from django.core.exceptions import PermissionDenied, TooManyFieldsSent
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from formats import choosing, registry
from formats.fields import UID
from formats.format import CommonFormat
from formats.problems import Reading
from publishing.models import Publication
from records import actions, contacts, storable
from records.forms import parsing, rows
from records.forms.controls import Drawing, FormSection
from records.forms.pointing import pointed
from records.forms.suggestions import suggestions
from records.models import Record
from records.views.record import on_the_desk


def edit(request, uid):
    """Show the form of the working copy, or save what it posted."""
    record = on_the_desk(request, uid)
    if not request.user.has_perm("records.change_work", record):
        raise PermissionDenied
    if request.method == "POST":
        return posted(request, record)
    document, filled = chosen(request, record)
    return form(request, record, document, record.contacts, filled=filled)


def posted(request, record: Record):
    fmt = actions.declaration(record)
    if rows.posted(fmt, request.POST) > storable.MOST_ROWS:
        raise TooManyFieldsSent
    typed = {"format": fmt.tag, **parsing.document_from(fmt, request.POST)}
    typed |= parsing.document_from(contacts.FORM, request.POST)
    typed.setdefault("languages", ["en"])
    anchor = pressed(fmt, request.POST, typed)
    people = typed.pop("contacts", [])
    based_on = request.POST.get("based_on")
    try:
        saved = actions.save(record=record, document=typed, rows=people, by=request.user, based_on=based_on)
    except actions.EditConflict as conflict:
        messages.error(request, str(conflict))
        record.refresh_from_db()
        return form(request, record, typed, people, conflict=True, status=409)
    except (actions.TransitionRefused, actions.DocumentRefused) as refusal:
        messages.error(request, str(refusal))
        return form(request, record, typed, people, status=409)
    return next_page(request, saved, anchor)


def pressed(fmt: CommonFormat, post, typed: dict) -> str:
    """Carry out what a row button asks of the typed document; return the anchor to come back to."""
    path = post.get("add", "")
    if any(rows.is_repeatable(known, path) for known in (fmt, contacts.FORM)):
        return f"f-{path}.{rows.add(typed, path)}"
    if path := post.get("remove"):
        rows.remove(typed, path)
        return f"f-{path.rpartition('.')[0]}"
    if path := post.get("up"):
        rows.move_up(typed, path)
        return f"f-{path}"
    return ""


def next_page(request, record: Record, anchor: str):
    """Where a button leads: back to the row, to the catalogue to choose a record, or to the record's page."""
    here = reverse("desk:edit", args=[record.uid])
    if path := request.POST.get("choose"):
        return redirect(catalogue_address(actions.declaration(record), here, path))
    if anchor:
        return redirect(f"{here}#{anchor}")
    if section := request.POST.get("save"):
        messages.success(request, _("Saved. Nothing is published or submitted yet."))
        return redirect(f"{here}#{section}" if re.fullmatch(r"section-\w{1,20}", section) else here)
    return redirect("desk:record", uid=record.uid)


def catalogue_address(fmt: CommonFormat, here: str, path: str) -> str:
    """The search page that lets a person choose a record for the field at `path`."""
    codes = declared_at(fmt, path).to or [item.code for item in registry.databases()]
    query = [("ticket", choosing.ticket(here, path)), *(("database", registry.by_code(code).slug) for code in codes)]
    return f"{reverse('catalogue:search')}?{urlencode(query)}"


def declared_at(fmt, path: str):
    """The reference field at a control's name; names that are none of ours lead nowhere."""
    declared = fmt
    for part in path.split("."):
        fields = getattr(declared, "fields", {})
        declared = fields.get(part, declared)
    if not hasattr(declared, "to") or rows.is_repeatable(fmt, path):
        raise PermissionDenied
    return declared


def chosen(request, record: Record) -> tuple[dict, str]:
    """The document with the record that the person chose in the catalogue in its field, and that field's name."""
    ticket = choosing.opened(request.GET.get("ticket", ""))
    uid = request.GET.get("chosen", "")
    if not ticket or not is_for(ticket, request.path) or not UID.fullmatch(uid):
        return record.document, ""
    publication = Publication.objects.filter(uid=uid, document__isnull=False).first()
    if not publication:
        return record.document, ""
    document = deepcopy(record.document)
    rows.put(document, ticket["field"], {"uid": publication.uid, "name": actions.title_of(publication.document)})
    return document, ticket["field"]


def is_for(ticket: dict, path: str) -> bool:
    """Whether a ticket was made for this form, in whatever language."""
    return ticket["address"].partition("/desk/")[2] == path.partition("/desk/")[2]


def is_touched(record: Record, fmt: CommonFormat) -> bool:
    """Whether anybody has filled in anything yet: a form that nobody has touched complains of nothing."""
    anew = actions.beginning(fmt, "", record.owner_country)
    return bool(record.contacts) or record.document | {"languages": None} != anew | {"languages": None}


def form(request, record, document, people, *, conflict=False, filled="", status=200):
    """The page with the form of a document that may hold anything."""
    fmt, language = actions.declaration(record), get_language()
    based_on = record.digest
    record.document, record.contacts = document, people
    reading = actions.read(record) if is_touched(record, fmt) else Reading({})
    drawing = Drawing(language, document.get("languages"), reading.problems)
    context = {
        "desk_section": "records",
        "record": record,
        "declaration": fmt,
        "sections": [*drawing.sections(fmt, document), contact_section(drawing, people)],
        "errors": pointed(fmt, document, people, reading.errors, language),
        "based_on": request.POST.get("based_on") if status == 409 and not conflict else based_on,
        "conflict": conflict,
        "filled": filled,
        "suggestions": suggestions(language),
    }
    return render(request, "records/form.html", context, status=status)


def contact_section(drawing: Drawing, people) -> FormSection:
    declared = contacts.FORM.fields["contacts"]
    control = drawing.control(declared, people, "contacts", "/contacts")
    return FormSection("section-contacts", _("Contacts"), "", [control])
