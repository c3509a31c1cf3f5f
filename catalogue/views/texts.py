"""The pages of text: about, help, contact, terms, privacy, accessibility."""

from django.conf import settings
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from formats import registry
from formats.fields import UID
from publishing.record import address

TITLES = {
    "about": _("About this portal"),
    "help": _("Help"),
    "contact": _("Contact"),
    "terms": _("Terms and licence"),
    "privacy": _("Privacy"),
    "accessibility": _("Accessibility"),
}


def page(request, name):
    beside = [
        {"label": label, "url": reverse(f"catalogue:{other}"), "current": other == name}
        for other, label in TITLES.items()
    ]
    context = {
        "heading": TITLES[name],
        "beside": beside,
        "section": name,
        "databases": registry.databases(),
        "made": [one for one in registry.all_formats() if one.option("made_by_the_portal")],
        "contact_address": settings.CONTACT_ADDRESS,
        **about_a_record(request),
    }
    return render(request, f"catalogue/pages/{name}.html", context)


def about_a_record(request) -> dict[str, str]:
    """The record that a reader comes from to write about, if the address names one."""
    uid = request.GET.get("record", "")
    return {"uid": uid, "uid_address": address(uid)} if len(uid) <= 60 and UID.fullmatch(uid) else {}
