"""Timing the same piece of work often enough to say how long it usually takes, and how long when it goes badly."""

import statistics
import time
from collections.abc import Callable
from typing import NamedTuple


class Times(NamedTuple):
    """Seconds."""

    median: float
    p95: float


def times(work: Callable[[], object], runs: int) -> list[float]:
    """Seconds of each run; one run before them warms up."""
    work()
    return [seconds(work) for _run in range(runs)]


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def summary(measured: list[float]) -> Times:
    return Times(statistics.median(measured), statistics.quantiles(measured, n=20)[-1])


def timed(work: Callable[[], object], runs: int) -> Times:
    return summary(times(work, runs))
