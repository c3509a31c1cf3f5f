"""The change feed of another portal of this kind: everything once, and later what changed."""

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlencode, urlsplit, urlunsplit

from django.utils.translation import gettext as _

from exchange.fetching.budget import Budget
from exchange.fetching.fetch import Answer, Fetcher, FetchFailed, fetch
from exchange.protocols.pages import MOST_PAGES, Novelty, Page, now, taken_up
from exchange.protocols.peeking import Top, refuse_a_web_page, top

PATH = "/api/v1/changes/"
LIMIT = 500
START_AGAIN = 409
LONGEST_LOG = 60


def walk(address: str, options: dict, state: dict, budget: Budget, fetch: Fetcher = fetch) -> Iterator[Page]:
    """The changes after the last position; see `pages.Walk`. `address` is that of the portal, or of its feed."""
    state = taken_up(state, address, options)
    try:
        yield from _pages(feed_of(address), state, budget, fetch)
    except _AnotherLog:
        try:
            yield from _pages(feed_of(address), {"about": state["about"]}, budget, fetch)
        except _AnotherLog as again:
            raise FetchFailed(_("The portal says “start again” to a walk that has just begun.")) from again


class _AnotherLog(Exception):
    """The portal was restored from a backup: its positions are others."""


def feed_of(address: str) -> str:
    """The address of the feed, where that of the portal is given."""
    parts = urlsplit(address)
    path = parts.path if parts.path.rstrip("/").endswith(PATH.rstrip("/")) else parts.path.rstrip("/") + PATH
    return urlunsplit((parts.scheme, parts.netloc, path, "", ""))


def _pages(feed: str, state: dict, budget: Budget, fetch: Fetcher) -> Iterator[Page]:
    """Page after page up to the head. `began` stands in the state while a walk from position 0 is under way."""
    if "log" not in state:
        state = state | {"log": "", "after": 0, "began": now(), "seen": 0}
    started, novelty = now(), Novelty()
    for _number in range(MOST_PAGES):
        with _asked(feed, state, budget, fetch) as answer:
            if not answer.is_modified:
                yield Page(_name(state), None, state, is_whole=False, began_at=datetime.fromisoformat(started))
                return
            refuse_a_web_page(answer)
            said = top(answer.stream())
            if said.fault:
                began = datetime.fromisoformat(started)
                page = Page(_name(state), answer.stream(), state, False, began, address=answer.address)
                if "changes" in said.lists:  # what stands before the break is good
                    yield page
                raise FetchFailed(f"{page.where}: {said.fault}")
            position, head = _checked(said, state)
            before = state
            state = _after(state, said, answer, position)
            is_over = position >= head
            if novelty.is_over(said.names) and not is_over:
                began = datetime.fromisoformat(started)
                yield Page(_name(before), None, {"about": state["about"]}, is_whole=False, began_at=began)
                raise FetchFailed(_("The change feed has no end: it brings the same records again and again."))
            is_whole = "began" in state and state["seen"] > 0
            began = datetime.fromisoformat(state.get("began") or started)
            stream = answer.stream() if said.lists["changes"] else None
            kept = _without_walk(state) if is_over else state
            yield Page(_name(before), stream, kept, is_whole=is_whole, began_at=began)
            if is_over:
                return
    raise FetchFailed(_("The change feed has no end: %(number)d pages were read.") % {"number": MOST_PAGES})


def _asked(feed: str, state: dict, budget: Budget, fetch: Fetcher) -> Answer:
    query = urlencode({"log": state["log"], "after": state["after"], "limit": LIMIT})
    headers = {"Accept": "application/json"}
    if state.get("etag"):
        headers["If-None-Match"] = state["etag"]
    try:
        return fetch(f"{feed}?{query}", headers=headers, budget=budget)
    except FetchFailed as failure:
        if failure.status == START_AGAIN:
            raise _AnotherLog from failure
        raise


def _checked(said: Top, state: dict) -> tuple[int, int]:
    """Position and head of an answer. FetchFailed if it is no change feed, or one that goes in circles."""
    log, position, head = (said.values.get(name) for name in ("log", "position", "head"))
    is_feed = isinstance(log, str) and 0 < len(log) <= LONGEST_LOG and "changes" in said.lists
    if not is_feed or not isinstance(position, int) or not isinstance(head, int):
        message = _("This is not the change feed of a portal of this kind (log, position, head, changes).")
        raise FetchFailed(message, is_permanent=True)
    if state["log"] not in ("", log):
        raise _AnotherLog
    is_stuck = position <= state["after"] and (position < head or said.lists["changes"])
    if is_stuck or position < state["after"] or position > head:
        raise FetchFailed(_("The change feed goes back to a position that was read before."))
    return position, head


def _after(state: dict, said: Top, answer: Answer, position: int) -> dict:
    """Where to go on. An answer that brought nothing can be asked for again, with its ETag, to hear just that."""
    is_same = position == state["after"] and state["log"]
    return {
        **{name: value for name, value in state.items() if name != "etag"},
        **({"etag": answer.headers["etag"]} if is_same and answer.headers.get("etag") else {}),
        "log": said.values["log"],
        "after": position,
        "seen": state.get("seen", 0) + said.lists["changes"],
    }


def _without_walk(state: dict) -> dict:
    return {name: value for name, value in state.items() if name not in ("began", "seen")}


def _name(state: dict) -> str:
    return f"changes-{state['after']}.json"
