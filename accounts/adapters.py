"""What allauth asks of the portal: its mails go through the outbox, its secrets are kept sealed."""

import base64
import hashlib
import uuid
from types import SimpleNamespace
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts import second_factor
from delivery import outbox

SITE_NAME = _("Biosafety Capacity-Building Portal")


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in by e-mail. A slow mail server holds no request up: mails are queued."""

    def send_mail(self, template_prefix, email, context):
        site = SimpleNamespace(name=SITE_NAME, domain=urlsplit(settings.SITE_ADDRESS).netloc)
        letter = {
            "request": allauth_context.request,
            "email": email,
            "current_site": site,
            "site_address": settings.SITE_ADDRESS,
            "name": getattr(context.get("user"), "name", ""),
            **context,
        }
        message = self.render_mail(template_prefix, email, letter)
        outbox.queue(
            key=f"account-{uuid.uuid4()}",
            to=email,
            subject=message.subject,
            text=message.body,
            language=translation.get_language(),
        )

    def format_email_subject(self, subject):
        return str(subject)

    def get_login_redirect_url(self, request):
        """The reader's own language decides where work goes on."""
        with translation.override(request.user.language):
            return super().get_login_redirect_url(request)


class SecondFactorAdapter(DefaultMFAAdapter):
    """The secrets of authenticator apps and recovery codes are worth nothing without the SECRET_KEY."""

    def get_totp_issuer(self):
        return str(SITE_NAME)

    def encrypt(self, text):
        return _seal().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        return _seal().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator):
        return not second_factor.is_required(authenticator.user) or second_factor.has_another(authenticator)


def _seal():
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest())) for key in keys])
