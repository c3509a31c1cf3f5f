"""How fast a harvest may publish, and how long its turn is."""

import time
from collections.abc import Callable
from datetime import timedelta

TURN = 240  # seconds; a worker has other sources to ask


class TurnOver(Exception):
    """This turn ends before the way does: go on after `wait`."""

    def __init__(self, wait: timedelta = timedelta()):
        super().__init__(wait)
        self.wait = wait


class Pacer:
    """Sleeps so that no more than so many records a minute are published; ends a turn that is too short for it."""

    def __init__(self, most_per_minute: int, *, clock: Callable[[], float] = time.monotonic, sleep=time.sleep):
        self.seconds_for_one = 60 / most_per_minute
        self.clock, self.sleep = clock, sleep
        self.began = clock()
        self.until = self.began + TURN

    def after(self, published: int) -> None:
        """Called with all that this turn has published so far."""
        now = self.clock()
        owed = self.began + published * self.seconds_for_one - now
        if now + max(owed, 0) >= self.until:
            raise TurnOver(timedelta(seconds=max(owed, 0)))
        if owed > 0:
            self.sleep(owed)

    def has_time_after(self, published: int) -> bool:
        """The same as a question: whether the turn goes on."""
        try:
            self.after(published)
        except TurnOver:
            return False
        return True
