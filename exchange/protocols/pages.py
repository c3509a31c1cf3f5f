"""What a walk over a source brings: one page after the other, each with the state to go on from."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BufferedReader
from typing import Protocol

import orjson

from exchange.fetching.budget import Budget
from exchange.reading.row import Row

MOST_PAGES = 10_000  # of one walk; no source that is sound comes near
MOST_AGAIN = 2  # pages in a row that only repeat, before it is asked how many brought something
MOST_KNOWN = 300_000  # names that are remembered
LONGEST_SHOWN = 500  # of an address


@dataclass(frozen=True)
class Page:
    """One answer of a source, on its way to the reader of the source.

    `stream` is good until the next page is asked for; it is None where there is nothing new, and only the state
    is to be kept. `state` is to be stored once the page is imported: with it a harvest that was killed, or whose
    budget was spent, goes on after this page. `is_whole` says that the walk, once it has ended by itself, has
    shown all that the source holds: what was not seen since `began_at` is gone. A walk that was taken up again
    began in an earlier harvest. A source that shows nothing at all never makes a whole walk: it is more likely
    out of order than empty. `broken` are rows that nobody can read, left out of the stream: they are to be refused.
    `address` is given where the page cannot be read to its end.
    """

    name: str
    stream: BufferedReader | None
    state: dict
    is_whole: bool
    began_at: datetime
    broken: Sequence[Row] = ()
    address: str = ""

    @property
    def where(self) -> str:
        """What a person needs to know to fetch it by hand."""
        return f"{self.name} ({self.address[:LONGEST_SHOWN]})" if self.address else self.name


class Novelty:
    """Whether the pages of a walk still bring what it has not seen: some repeat themselves under ever-new addresses.

    A list that changes while it is read may repeat itself once. What is remembered ends with the turn.
    """

    def __init__(self) -> None:
        self.known: set[int] = set()
        self.new = self.again = 0

    def is_over(self, names: set[int]) -> bool:
        """Take in a page, as what its rows are called. Whether by now more pages in a row repeat than ever did not."""
        if names and names <= self.known:
            self.again += 1
        elif names:
            self.new, self.again = self.new + 1, 0
            if len(self.known) < MOST_KNOWN:
                self.known |= names
        return self.again > self.new + MOST_AGAIN


class Walk(Protocol):
    """A protocol of harvesting: the pages of a source that are new since `state`.

    It ends by itself when all is read. FetchFailed where the source fails, BudgetSpent where this harvest has
    used what it may: what was yielded before is good, and its state is where to go on.
    """

    def __call__(self, address: str, options: dict, state: dict, budget: Budget) -> Iterator[Page]: ...


def taken_up(state: dict, address: str, options: dict) -> dict:
    """The state to go on from: none if it is of another address, or of other options."""
    return dict(state) if state.get("about") == about(address, options) else {"about": about(address, options)}


def about(address: str, options: dict) -> str:
    """What tells the state of one address and its options from that of another."""
    return hashlib.sha256(orjson.dumps([address, options], option=orjson.OPT_SORT_KEYS)).hexdigest()[:16]


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
