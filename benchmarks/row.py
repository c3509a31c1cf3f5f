"""One line of the table that `make bench` prints."""

from typing import NamedTuple


class Row(NamedTuple):
    """A figure, and how many times the cost of the plain way it is."""

    name: str
    value: float
    unit: str
    ratio: float
    against: str
