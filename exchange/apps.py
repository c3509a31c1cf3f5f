"""Registers the format of the sources."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "exchange"
    verbose_name = "Foreign formats"

    def ready(self):
        from exchange.format import Source
        from formats import registry

        registry.register(Source)
