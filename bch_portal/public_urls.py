"""Addresses that anybody may read. They run in the public chain: no session, no person, no database."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from bch_portal import api, gallery, health, openapi, public
from catalogue import urls as catalogue

urlpatterns = [
    path("", public.front_door),
    path("health", health.health, name="health"),
    path("health/ready", health.ready, name="ready"),
    path("api/v1/", include((api.public, "api"))),
    path("", include((catalogue.plain, "plain"))),
    *i18n_patterns(
        path("gallery/", gallery.gallery, name="gallery"),
        path("api/", openapi.as_page, name="api"),
        path("", include(catalogue)),
    ),
]
