"""People and their roles: the Secretariat sees everybody, a focal point the people of the own country."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import actions
from accounts.filters import PeopleFilter
from accounts.forms import GrantForm, ReasonForm
from accounts.models import Role, User
from accounts.views import carry_out

PEOPLE_ON_A_PAGE = 50


@require_safe
def people(request):
    _require(request, "accounts.list_people")
    shown = Role.objects.in_force().visible_to(request.user).select_related("organization")
    everybody = User.objects.visible_to(request.user).prefetch_related(Prefetch("roles", shown, to_attr="roles_shown"))
    found = PeopleFilter(request.GET, queryset=everybody.order_by("name", "pk"), request=request)
    page = Paginator(found.qs, PEOPLE_ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/people.html", {"filter": found, "page": page, "desk_section": "people"})


@require_safe
def person(request, pk):
    somebody = _visible_person(request, pk)
    held = Role.objects.visible_to(request.user).filter(user=somebody).select_related("organization")
    roles = list(held.order_by("-starts_on", "-pk"))
    for role in roles:
        role.may_be_ended = role.ended_at is None and request.user.has_perm("accounts.end_role", role)
    context = {
        "person": somebody,
        "roles": roles,
        "events": _history(request, somebody),
        "may_grant": somebody != request.user and request.user.has_perm("accounts.list_people"),
        "desk_section": "people",
        "may_close": request.user.has_perm("accounts.close_account", somebody),
    }
    return render(request, "accounts/person.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def grant(request, pk):
    somebody = _visible_person(request, pk)
    _require(request, "accounts.list_people")
    form = GrantForm(request.POST or None, by=request.user)
    if form.is_valid() and carry_out(
        request, form, actions.grant_role, user=somebody, done=_("The role is granted."), **form.cleaned_data
    ):
        return redirect("accounts:person", pk=pk)
    return render(request, "accounts/grant.html", {"person": somebody, "form": form, "desk_section": "people"})


@require_http_methods(["GET", "HEAD", "POST"])
def end_role(request, pk):
    role = get_object_or_404(Role.objects.visible_to(request.user).select_related("user", "organization"), pk=pk)
    _require(request, "accounts.end_role", role)
    form = ReasonForm(request.POST or None)
    if form.is_valid() and carry_out(
        request, form, actions.end_role, role=role, done=_("The role has ended."), **form.cleaned_data
    ):
        return redirect("accounts:roles" if role.user == request.user else role.user)
    return render(request, "accounts/end_role.html", {"role": role, "form": form, "desk_section": "people"})


@require_http_methods(["GET", "HEAD", "POST"])
def close(request, pk):
    """Close an account, or open a closed one again."""
    somebody = _visible_person(request, pk)
    _require(request, "accounts.close_account", somebody)
    action = actions.close_account if somebody.is_active else actions.reopen_account
    done = _("The account is closed.") if somebody.is_active else _("The account is open again.")
    form = ReasonForm(request.POST or None)
    if form.is_valid() and carry_out(request, form, action, user=somebody, done=done, **form.cleaned_data):
        return redirect(somebody)
    return render(request, "accounts/close.html", {"person": somebody, "form": form, "desk_section": "people"})


def _visible_person(request, pk):
    return get_object_or_404(User.objects.visible_to(request.user), pk=pk)


def _history(request, somebody):
    if not request.user.has_perm("accounts.view_events"):
        return []
    return somebody.account_events.select_related("by").order_by("-at", "-pk")


def _require(request, permission, thing=None):
    if not request.user.has_perm(permission, thing):
        raise PermissionDenied
