"""What one harvest may use of time, requests and bytes, and what one request may use of it."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _


class BudgetSpent(Exception):
    """The harvest has used what it may: it ends here, and goes on from its last state another time. Safe to show."""


@dataclass(frozen=True)
class Limits:
    """What one request may use. Tests have smaller ones."""

    connect_seconds: float = 10
    read_seconds: float = 20  # between two pieces of an answer
    slow_seconds: float = (
        30  # the headers must be whole within them, and of the body so much must come in each such span
    )
    slow_bytes: int = 10_000
    request_seconds: float = 900  # from the look-up of the name to the last byte, redirects and all
    packed_bytes: int = 200 * 1024**2
    unpacked_bytes: int = 1024**3


@dataclass
class Budget:
    """What is left to one harvest; all its requests share it. `gives_way` says that it ends here for others' sake."""

    seconds: float = 3600
    requests: int = 2_000
    bytes: int = 1024**3  # as sent
    limits: Limits = field(default_factory=Limits)
    gives_way: Callable[[], bool] = lambda: False

    asked: int = field(default=0, init=False)
    received: int = field(default=0, init=False)

    def __post_init__(self):
        self.ends_at = time.monotonic() + self.seconds

    @property
    def seconds_left(self) -> float:
        return max(0.0, self.ends_at - time.monotonic())

    @property
    def bytes_left(self) -> int:
        return max(0, self.bytes - self.received)

    def ask(self) -> None:
        """Count one request; BudgetSpent if none is left."""
        if self.asked >= self.requests or not self.seconds_left or not self.bytes_left or self.gives_way():
            raise BudgetSpent(_("This harvest has used its time: it goes on another time where it stopped."))
        self.asked += 1

    def receive(self, count: int) -> None:
        """Count bytes that came in, as they were sent."""
        self.received += count
