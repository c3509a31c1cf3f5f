"""One request to another site, within bounds: whatever the site does, it ends in time, with an answer or a reason."""

from dataclasses import dataclass
from io import BufferedReader
from typing import Protocol

from exchange.harvesting.budget import Budget


class FetchFailed(Exception):
    """The other site did not give what was asked for. Safe to show.

    `retry_after` are the seconds that the site asks us to wait, if it does. `is_permanent` says that the same
    request will fail again until a person changes something. `status` is what the site answered, if it did.
    """

    def __init__(
        self, message: str, *, retry_after: float | None = None, is_permanent: bool = False, status: int | None = None
    ):
        super().__init__(message)
        self.retry_after, self.is_permanent, self.status = retry_after, is_permanent, status


@dataclass
class Answer:
    """What a site answered: the body unpacked in a temporary file, or none where nothing was modified.

    A context manager: at its end the body is gone.
    """

    address: str  # the last one, after redirects
    headers: dict[str, str]  # names in small letters
    stream: BufferedReader | None

    @property
    def is_modified(self) -> bool:
        return self.stream is not None

    def __enter__(self) -> "Answer":
        return self

    def __exit__(self, *error) -> None:
        if self.stream is not None:
            self.stream.close()


class Fetcher(Protocol):
    """Asks for an address. FetchFailed or BudgetSpent if it gets no answer. `headers` may make it conditional."""

    def __call__(self, address: str, *, headers: dict[str, str] | None = None, budget: Budget) -> Answer: ...


def fetch(address: str, *, headers: dict[str, str] | None = None, budget: Budget) -> Answer:
    """Ask for an address, once; redirects are followed, each looked at like the first."""
    raise NotImplementedError
