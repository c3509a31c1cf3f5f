"""Registers the format of the database."""

from django.apps import AppConfig


class NeedsConfig(AppConfig):
    name = "needs"

    def ready(self):
        from formats import registry
        from needs.format import CountryNeeds

        registry.register(CountryNeeds)
