"""Addresses that anybody may read. They run in the public chain: no session, no person, no database."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import path

from bch_portal import gallery, health, public

urlpatterns = [
    path("", public.front_door),
    path("health", health.health, name="health"),
    path("health/ready", health.ready, name="ready"),
    *i18n_patterns(path("gallery/", gallery.gallery, name="gallery")),
]
