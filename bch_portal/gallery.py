"""The gallery: every component of the look on one page, in the demonstration only."""

import datetime

from django import forms
from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _


class ExampleForm(forms.Form):
    """One field of each kind, so that the form templates can be looked at."""

    name = forms.CharField(label=_("Your name"), help_text=_("As it should appear on the record."))
    email = forms.EmailField(label=_("E-mail address"))
    speaks_for = forms.ChoiceField(
        label=_("You speak for"),
        choices=[("country", _("A country")), ("organization", _("An organization"))],
        widget=forms.RadioSelect,
    )
    areas = forms.MultipleChoiceField(
        label=_("Areas"),
        choices=[("risk", _("Risk assessment")), ("detection", _("Detection and identification"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    comment = forms.CharField(label=_("Comment"), widget=forms.Textarea, required=False)
    agreed = forms.BooleanField(label=_("I agree that my name is shown with the record"))


STEPS = [
    {"label": _("Draft"), "state": "done"},
    {"label": _("Submitted"), "state": "now"},
    {"label": _("Checked"), "state": "later"},
    {"label": _("Published"), "state": "later"},
]
EVENTS = [
    {"what": _("Submitted"), "by": "Amina Otieno", "at": datetime.datetime(2026, 11, 20, 9, 12, tzinfo=datetime.UTC)},
    {
        "what": _("Returned with comments"),
        "by": _("Secretariat"),
        "at": datetime.datetime(2026, 11, 18, 15, 40, tzinfo=datetime.UTC),
        "reasons": [_("Something required is missing")],
        "note": _("Please add the licence of the manual."),
    },
]
CHANGES = [
    {"label": _("Title"), "old": "Laboratory networks", "new": "Strengthening laboratory networks"},
    {"label": _("Acronym"), "old": "", "new": "EALN"},
]
ROWS = [
    {"label": _("Status"), "value": _("Ongoing")},
    {"label": _("Lessons learned"), "missing": _("Not given by the source")},
]
TASKS = [
    {"label": _("Answer the comments"), "url": "#tasks", "status": _("Returned"), "tone": "bad"},
    {
        "label": _("Confirm your country’s needs"),
        "url": "#tasks",
        "status": _("Due in three weeks"),
        "tone": "warm",
        "help": _("Once a year; one click if nothing changed."),
    },
]
PROBLEMS = [{"id": "id_name", "label": _("Your name"), "message": _("This is required.")}]
CRUMBS = [{"label": _("Projects"), "url": "#steps"}, {"label": "CMB-PRJ-KE-12"}]
TONES = ["", "quiet", "good", "warm", "bad", "sample"]


def gallery(request):
    if not settings.DEMONSTRATION:
        raise Http404
    context = {
        "form": ExampleForm(),
        "faulty": ExampleForm({"email": "not an address"}),
        "steps": STEPS,
        "events": EVENTS,
        "changes": CHANGES,
        "rows": ROWS,
        "tasks": TASKS,
        "problems": PROBLEMS,
        "crumbs": CRUMBS,
        "tones": TONES,
        "icons": ["needs", "opportunities", "projects", "resources", "reports", "organizations", "search", "menu"],
        "shown": _("1–20 of 128 records"),
        "next_url": "#pages",
    }
    return render(request, "gallery.html", context)
