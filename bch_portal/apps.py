"""The project itself as an application: its commands, its queue, its start-up checks."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "bch_portal"
    verbose_name = "Biosafety capacity-building portal"

    def ready(self):
        from bch_portal import celery  # noqa: F401  (tasks belong to this queue, wherever they are called)
