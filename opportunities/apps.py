"""Registers the format of the database."""

from django.apps import AppConfig


class OpportunitiesConfig(AppConfig):
    name = "opportunities"

    def ready(self):
        from formats import registry
        from opportunities.format import Opportunity

        registry.register(Opportunity)
