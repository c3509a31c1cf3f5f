"""Registers the format of the database."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"

    def ready(self):
        from formats import registry
        from reports.format import Report

        registry.register(Report)
