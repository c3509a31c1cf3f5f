"""How steady the machine was: the same short piece of work, timed again and again between the measurements."""

import hashlib
import statistics
import time

from benchmarks.row import Row

LOOKS = 15
BLOCK = b"x" * 4_000_000


class Steadiness:
    """Times of one piece of work that always costs the same."""

    def __init__(self) -> None:
        self.times: list[float] = []
        self.look()

    def look(self) -> None:
        for _look in range(LOOKS):
            began = time.perf_counter()
            hashlib.sha256(BLOCK).digest()
            self.times.append(time.perf_counter() - began)

    def rows(self) -> list[Row]:
        """How much longer the same work took at its worst tenth than at its best: what no ratio here can undercut."""
        slow = statistics.quantiles(self.times, n=10)[-1]
        return [Row("the same 4 MB hashed: slowest tenth", slow * 1000, "ms", slow / min(self.times), "its fastest")]
