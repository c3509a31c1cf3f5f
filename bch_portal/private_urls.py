"""Addresses behind sign-in, and signing in itself: /{language}/desk/, /{language}/account/, /api/v1/drafts/."""

from django.conf.urls.i18n import i18n_patterns

urlpatterns = [*i18n_patterns()]
