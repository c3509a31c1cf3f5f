"""Registers the format of the database."""

from django.apps import AppConfig


class ResourcesConfig(AppConfig):
    name = "resources"

    def ready(self):
        from formats import registry
        from resources.format import Resource

        registry.register(Resource)
