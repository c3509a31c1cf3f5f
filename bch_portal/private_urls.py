"""Addresses behind sign-in, and signing in itself: /{language}/desk/, /{language}/account/, /api/v1/drafts/."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = [
    *i18n_patterns(
        path("account/", include("accounts.urls")),
        path("account/", include("allauth.account.urls")),
        path("account/2fa/", include("allauth.mfa.urls")),
        path("desk/", include("delivery.urls")),
        path("desk/", include("records.urls")),
    )
]
