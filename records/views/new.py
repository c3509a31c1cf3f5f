"""Starting a record: for which database, and in whose name."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from accounts.models import Organization
from formats import registry
from records import actions
from reference import countries


def choose(request):
    """The databases, and what belongs in each."""
    return render(
        request,
        "records/new.html",
        {"desk_section": "records", "formats": registry.databases(), "owners": owners(request.user)},
    )


def start(request, database):
    """Choose the owner and start; the only owner there is needs no choosing."""
    try:
        fmt = registry.by_slug(database)
    except KeyError as missing:
        raise Http404 from missing
    if fmt.option("made_by_the_portal"):
        raise Http404
    choices = [owner for owner in owners(request.user) if owner["kind"] == "government" or not fmt.option("national")]
    existing = None
    if request.method == "POST":
        kind, _colon, who = request.POST.get("owner", "").partition(":")
        owner = {"country": who} if kind == "government" else {"organization": who} if kind == "organization" else {}
        try:
            record = actions.create(database=fmt.slug, by=request.user, owner_kind=kind, **owner)
            return redirect("desk:edit", uid=record.uid)
        except actions.CreationRefused as refusal:
            messages.error(request, str(refusal))
            existing = refusal.existing
    context = {"desk_section": "records", "declaration": fmt, "owners": choices, "existing": existing}
    return render(request, "records/start.html", context, status=409 if request.method == "POST" else 200)


def owners(user) -> list[dict]:
    """In whose name the person may write: values and names for a choice."""
    language = get_language()
    found = [
        {"value": f"government:{code}", "kind": "government", "name": countries.country_name(code, language)}
        for code in sorted(user.countries)
    ]
    found += [
        {"value": f"organization:{item.uid}", "kind": "organization", "name": item.name}
        for item in Organization.objects.filter(uid__in=user.organizations).order_by("name", "uid")
    ]
    return found + ([{"value": "secretariat:", "kind": "secretariat", "name": ""}] if user.is_secretariat else [])
