"""The change feed: everything that was published, changed or withdrawn after a position of the log."""

import orjson
from django.db import DatabaseError, InterfaceError
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema

from catalogue.api import describing
from catalogue.api.answers import PublicRead
from catalogue.api.refusals import start_again
from catalogue.index import reader as index
from catalogue.index.reader import MOST_CHANGES, Reader
from catalogue.search.bad_query import BadQuery
from publishing import log

USUAL = 100
LOOK_AGAIN = "10"  # seconds after which a reader who has seen everything may ask again
AHEAD = 10_000  # positions that another host may reasonably have seen before this one
GREATEST = 2**63 - 1


class Changes(PublicRead):
    """The changes after a position, in order; whoever follows them ends with exactly the published set."""

    @extend_schema(**describing.CHANGES)
    def get(self, request):
        given = self.take("log", "after", "limit")
        after, limit = number(given, "after", 0, GREATEST, 0), number(given, "limit", 1, MOST_CHANGES, USUAL)
        published = index.reader()
        if given.get("log") not in (None, "", published.log):
            raise start_again(published.log)
        if after > published.position and not was_given_out(published, after):
            raise start_again(published.log)
        tag = self.tag(published.log, published.position, after, limit)
        headers = {"Retry-After": LOOK_AGAIN} if after >= published.position else {}
        return self.conditional(tag, lambda: window(published, after, limit), headers)


def window(published: Reader, after: int, limit: int) -> dict:
    """One page of the feed. `position` is where to go on; the last change there is stands at the head itself."""
    changes = published.changes_after(after, limit)
    return {
        "log": published.log,
        "position": changes[-1].position if changes else max(after, published.position),
        "head": max(after, published.position),
        "changes": [orjson.Fragment(change.line) for change in changes],
    }


def was_given_out(published: Reader, position: int) -> bool:
    """Whether the log itself has come this far: another host, a moment ahead of this one, may have said so."""
    if position > published.position + AHEAD:
        return False
    try:
        head = log.head()
    except (DatabaseError, InterfaceError):
        return False
    return head.log == published.log and position <= head.position


def number(given: dict[str, str], name: str, least: int, most: int, usual: int) -> int:
    text = given.get(name, "").strip() or str(usual)
    if not (text.isascii() and text.isdecimal()) or len(text) > len(str(most)) or not least <= int(text) <= most:
        message = _("“%(name)s” is a whole number from %(least)d to %(most)d.")
        raise BadQuery(name, message % {"name": name, "least": least, "most": most})
    return int(text)
