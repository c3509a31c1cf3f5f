"""One file at an address: IATI, CSV, JSON, XML."""

from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import unquote, urlsplit

from exchange.harvesting.budget import Budget
from exchange.harvesting.fetch import Fetcher, fetch
from exchange.harvesting.pages import Page, taken_up
from exchange.harvesting.peeking import refuse_a_web_page

# What is kept of an answer, and how it is said at the next question.
CONDITIONS = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}


def walk(address: str, options: dict, state: dict, budget: Budget, fetch: Fetcher = fetch) -> Iterator[Page]:
    """The file, if it was modified; see `pages.Walk`. There are no options."""
    state, began_at = taken_up(state, address, options), datetime.now(UTC)
    headers = {said: state[kept] for kept, said in CONDITIONS.items() if kept in state}
    with fetch(address, headers=headers, budget=budget) as answer:
        if not answer.is_modified:
            yield Page(name_of(address), None, state, is_whole=False, began_at=began_at)
            return
        refuse_a_web_page(answer)
        kept = {name: answer.headers[name] for name in CONDITIONS if answer.headers.get(name)}
        yield Page(
            name_of(address), answer.stream(), {"about": state["about"], **kept}, is_whole=True, began_at=began_at
        )


def name_of(address: str) -> str:
    """The name of the file, as reports tell it."""
    parts = urlsplit(address)
    return unquote(parts.path.rstrip("/").rpartition("/")[2])[:100] or parts.hostname or address[:100]
