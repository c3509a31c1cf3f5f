"""Applications: written, withdrawn, decided."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import actions
from accounts.filters import ApplicationFilter
from accounts.forms import ApplicationForm, DecisionForm
from accounts.models import Application
from accounts.views import carry_out


@require_safe
def applications(request):
    """Those I may decide, the oldest first, and on request those that are answered."""
    if not request.user.has_perm("accounts.list_people"):
        raise PermissionDenied
    seen = Application.objects.visible_to(request.user).exclude(user=request.user)
    chosen = request.GET or {"state": Application.State.PENDING}
    found = ApplicationFilter(chosen, queryset=seen.select_related("user", "organization"), request=request)
    page = Paginator(found.qs.order_by("applied_at", "pk"), 50).get_page(request.GET.get("page"))
    return render(request, "accounts/applications.html", {"filter": found, "page": page, "desk_section": "people"})


@require_http_methods(["GET", "HEAD", "POST"])
def apply(request):
    form = ApplicationForm(request.POST or None, by=request.user)
    if form.is_valid() and carry_out(
        request, form, actions.apply_for_role, done=_("Your application is sent."), **form.cleaned_data
    ):
        return redirect("accounts:roles")
    return render(request, "accounts/apply.html", {"form": form, "desk_section": "account"})


@require_http_methods(["GET", "HEAD", "POST"])
def application(request, pk):
    """One application; for those who may decide it, with the two answers."""
    asked = _visible(request, pk)
    may_decide = request.user.has_perm("accounts.decide_application", asked)
    if request.method == "POST" and not may_decide:
        raise PermissionDenied
    form = DecisionForm(request.POST or None, application=asked) if may_decide else None
    if request.method == "POST" and form.is_valid():
        accept = request.POST.get("answer") == "accept"
        done = _("The application is accepted.") if accept else _("The application is refused.")
        answer = {"application": asked, "accept": accept, **form.cleaned_data}
        if carry_out(request, form, actions.decide_application, done=done, **answer):
            return redirect("accounts:applications")
    may_withdraw = request.user.has_perm("accounts.withdraw_application", asked)
    context = {"application": asked, "form": form, "may_withdraw": may_withdraw, "desk_section": "people"}
    return render(request, "accounts/application.html", context)


@require_POST
def withdraw(request, pk):
    try:
        actions.withdraw_application(by=request.user, application=_visible(request, pk))
    except actions.ActionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("accounts:roles")


def _visible(request, pk):
    seen = Application.objects.visible_to(request.user).select_related("user", "organization", "decided_by")
    return get_object_or_404(seen, pk=pk)
