"""The second factor: open to everybody, and required of the Secretariat outside a demonstration."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.translation import gettext as _

FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
OPEN_WITHOUT = ("mfa_", "account_")


def is_required(user) -> bool:
    return not settings.DEMONSTRATION and user.is_authenticated and user.is_secretariat


def is_active(user) -> bool:
    return Authenticator.objects.filter(user=user, type__in=FACTORS).exists()


def has_another(authenticator) -> bool:
    others = Authenticator.objects.filter(user=authenticator.user, type__in=FACTORS).exclude(pk=authenticator.pk)
    return authenticator.type == Authenticator.Type.RECOVERY_CODES or others.exists()


class SecondFactorMiddleware:
    """Sends a person of the Secretariat to set up the second factor first. The pages for that stay open."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        name = request.resolver_match.view_name or ""
        if name.startswith(OPEN_WITHOUT) or not is_required(request.user) or is_active(request.user):
            return None
        if request.path.startswith("/api/"):
            raise PermissionDenied(_("The Secretariat needs a second factor. Please set it up on the site first."))
        return redirect("mfa_activate_totp")
