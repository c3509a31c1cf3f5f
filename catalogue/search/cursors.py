"""Where a walk through a list goes on: an opaque text in the address, of which nothing is believed."""

import base64
import binascii
from dataclasses import dataclass

import orjson
from django.utils.translation import gettext_lazy as _

from catalogue.search.bad_query import BadQuery

MOST = (1 << 64) - 1
MOST_NUMBERS = 10


@dataclass(frozen=True)
class Cursor:
    """The order walked in, and the sort value of the last entry seen.

    A walk by relevance carries instead the numbers of the last entries seen, the last one first, and that one's
    score; how many were seen; and the position it began at.
    """

    sort: str
    last: int = 0
    numbers: tuple[int, ...] = ()
    score: float = 0.0
    seen: int = 0
    position: int = 0

    def __str__(self) -> str:
        packed = orjson.dumps([self.sort, self.last, self.numbers, self.score, self.seen, self.position])
        return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def read(given: str, sort: str) -> Cursor | None:
    """The cursor of an address; BadQuery where it is broken or belongs to another order."""
    if not given:
        return None
    try:
        packed = base64.urlsafe_b64decode(given + "=" * (-len(given) % 4))
        name, last, numbers, score, seen, position = orjson.loads(packed)
        places = tuple(_whole(number) for number in numbers[:MOST_NUMBERS])
        cursor = Cursor(name, _whole(last), places, float(score), _whole(seen), _whole(position))
    except (ValueError, TypeError, LookupError, binascii.Error, OverflowError) as problem:
        raise _broken() from problem
    if cursor.sort != sort:
        raise _broken()
    return cursor


def _whole(number: object) -> int:
    if type(number) is not int or not 0 <= number <= MOST:
        raise ValueError(number)
    return number


def _broken() -> BadQuery:
    return BadQuery("cursor", _("This address of a page is broken: begin again at the first page."))
