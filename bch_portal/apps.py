"""The project itself as an application: its commands and start-up checks."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "bch_portal"
    verbose_name = "Biosafety capacity-building portal"
