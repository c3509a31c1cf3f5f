"""How fast a harvest may publish, and how long its turn is."""

import time
from collections.abc import Callable
from datetime import timedelta
from multiprocessing.sharedctypes import RawValue

TURN = 240  # seconds; a worker has other sources to ask
SHARE = 60  # after so many it lets those that wait go first, where a page has just ended


# Shared with the processes that a worker forks. Without a lock: one of them that was killed would keep it for ever.
_ending = RawValue("b", 0)


class WorkerEnds(Exception):
    """The worker was told to end: the turn ends after its batch, and is no failure."""


def end_turns(is_over: bool = True) -> None:
    """Tell the turns of this worker to end after their batch."""
    _ending.value = is_over


def pause(seconds: float) -> None:
    """Sleep, unless the worker is to end."""
    until = time.monotonic() + seconds
    while not _ending.value and (left := until - time.monotonic()) > 0:
        time.sleep(min(left, 0.5))


class TurnOver(Exception):
    """This turn ends before the way does: go on after `wait`."""

    def __init__(self, wait: timedelta = timedelta()):
        super().__init__(wait)
        self.wait = wait


class Pacer:
    """Sleeps so that no more than so many records a minute are published; ends a turn that is too short for it."""

    def __init__(self, most_per_minute: int, *, clock: Callable[[], float] = time.monotonic, sleep=pause):
        self.seconds_for_one = 60 / most_per_minute
        self.clock, self.sleep = clock, sleep
        self.began = clock()
        self.until = self.began + TURN

    @property
    def has_had_its_share(self) -> bool:
        return self.clock() >= self.began + SHARE

    def after(self, published: int) -> None:
        """Called with all that this turn has published so far."""
        if _ending.value:
            raise WorkerEnds
        now = self.clock()
        owed = self.began + published * self.seconds_for_one - now
        if now + max(owed, 0) >= self.until:
            raise TurnOver(timedelta(seconds=max(owed, 0)))
        if owed > 0:
            self.sleep(owed)
        if _ending.value:
            raise WorkerEnds

    def has_time_after(self, published: int) -> bool:
        """The same as a question: whether the turn goes on."""
        try:
            self.after(published)
        except (TurnOver, WorkerEnds):
            return False
        return True
