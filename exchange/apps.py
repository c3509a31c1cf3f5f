"""Registers the format of the sources, and the rules about them."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "exchange"
    verbose_name = "Foreign formats"

    def ready(self):
        from exchange import rules  # noqa: F401
        from exchange.format import Source
        from formats import registry

        registry.register(Source)
