"""Addresses behind sign-in, and signing in itself: /{language}/desk/, /{language}/account/, /api/v1/drafts/."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from records import api

urlpatterns = [
    path("api/v1/drafts/", api.Drafts.as_view(), name="drafts"),
    path("api/v1/drafts/<str:uid>/", api.OneDraft.as_view(), name="draft"),
    path("api/v1/drafts/<str:uid>/steps/", api.DraftSteps.as_view(), name="draft_steps"),
    *i18n_patterns(
        path("account/", include("accounts.urls")),
        path("account/", include("allauth.account.urls")),
        path("account/2fa/", include("allauth.mfa.urls")),
        path("desk/", include("delivery.urls")),
        path("desk/sources/", include("exchange.desk.urls")),
        path("desk/", include("records.urls")),
    ),
]
