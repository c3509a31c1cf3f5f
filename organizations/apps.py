"""Registers the format of the database."""

from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    name = "organizations"

    def ready(self):
        from formats import registry
        from organizations.format import OrganizationProfile

        registry.register(OrganizationProfile)
