"""JSON:API, as Drupal sites offer it: a list in pages, each naming the next."""

from collections.abc import Iterator

from exchange.harvesting.budget import Budget
from exchange.harvesting.fetch import Fetcher, fetch
from exchange.harvesting.pages import Page


def walk(address: str, options: dict, state: dict, budget: Budget, fetch: Fetcher = fetch) -> Iterator[Page]:
    """The pages of a source; see `pages.Walk`."""
    raise NotImplementedError
