"""OAI-PMH: the records of a repository, a list at a time, and later those that changed."""

from collections.abc import Iterator

from exchange.harvesting.budget import Budget
from exchange.harvesting.fetch import Fetcher, fetch
from exchange.harvesting.pages import Page


def walk(address: str, options: dict, state: dict, budget: Budget, fetch: Fetcher = fetch) -> Iterator[Page]:
    """The pages of a source; see `pages.Walk`."""
    raise NotImplementedError
