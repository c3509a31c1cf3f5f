"""Invitations: written, withdrawn, answered."""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import actions
from accounts.forms import InvitationForm
from accounts.models import Invitation, User
from accounts.views import carry_out


@require_safe
def invitations(request):
    if not request.user.has_perm("accounts.list_people"):
        raise PermissionDenied
    written = Invitation.objects.visible_to(request.user).select_related("organization", "invited_by")
    page = Paginator(written.order_by("-invited_at", "-pk"), 50).get_page(request.GET.get("page"))
    return render(request, "accounts/invitations.html", {"page": page, "desk_section": "people"})


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request):
    if not request.user.has_perm("accounts.list_people"):
        raise PermissionDenied
    form = InvitationForm(request.POST or None, by=request.user)
    if form.is_valid() and carry_out(
        request, form, actions.invite, done=_("The invitation is on its way."), **form.cleaned_data
    ):
        return redirect("accounts:invitations")
    return render(request, "accounts/invite.html", {"form": form, "desk_section": "people"})


@require_POST
def withdraw(request, pk):
    invitation = get_object_or_404(Invitation.objects.visible_to(request.user), pk=pk)
    try:
        actions.withdraw_invitation(by=request.user, invitation=invitation)
    except actions.ActionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("accounts:invitations")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request, token):
    """Where the link of the mail leads. It proves the address; accepting is a button, after signing in."""
    invitation = actions.find_invitation(token)
    if invitation is None:
        return render(request, "accounts/invitation_closed.html", status=410)
    if request.method == "POST" and request.user.is_authenticated:
        return _accept(request, token)
    if not request.user.is_authenticated:
        request.session["invitation"] = token
        get_adapter().stash_verified_email(request, invitation.email)
    known = User.objects.filter(email=invitation.email).exists()
    return render(request, "accounts/invitation.html", {"invitation": invitation, "known": known})


def _accept(request, token):
    try:
        role = actions.accept_invitation(by=request.user, token=token)
    except actions.ActionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("accounts:accept_invitation", token=token)
    messages.success(request, _("You now have the role “%(role)s”.") % {"role": role})
    return redirect("accounts:roles")
