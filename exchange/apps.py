"""Registers the format of the sources and the rules about them; what is forgotten with a record, what is not shown."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "exchange"
    verbose_name = "Foreign formats"

    def ready(self):
        from exchange import rules  # noqa: F401
        from exchange.format import Source
        from exchange.importing import forgetting, sources
        from formats import registry
        from publishing.sources import CLOSED
        from records import erasure

        registry.register(Source)
        CLOSED.append(sources.closed)
        erasure.KEEPERS.append(erasure.Keeper(forgetting.forget, forgetting.replace))
