"""The pages of a person's own: name, language, roles."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.forms import ProfileForm


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request):
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        with translation.override(request.user.language):
            messages.success(request, _("Your profile is saved."))
            return redirect("accounts:profile")
    return render(request, "accounts/profile.html", {"form": form, "desk_section": "account"})


@require_safe
def roles(request):
    """What I may speak for, what I spoke for, and what I applied for."""
    held = list(request.user.roles.select_related("organization").order_by("-starts_on", "-pk"))
    for role in held:
        role.may_be_ended = role.ended_at is None and request.user.has_perm("accounts.end_role", role)
    applications = request.user.applications.select_related("organization").order_by("-applied_at", "-pk")
    context = {"roles": held, "applications": applications, "desk_section": "account"}
    return render(request, "accounts/roles.html", context)
