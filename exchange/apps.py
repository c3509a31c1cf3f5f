"""Registers the format of the sources, the rules about them, and what is to be forgotten with a record."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "exchange"
    verbose_name = "Foreign formats"

    def ready(self):
        from exchange import rules  # noqa: F401
        from exchange.format import Source
        from exchange.importing import forgetting
        from formats import registry
        from records import erasure

        registry.register(Source)
        erasure.KEEPERS.append(erasure.Keeper(forgetting.forget, forgetting.replace))
