"""One file at an address: IATI, CSV, JSON, XML."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote, urlsplit

from exchange.fetching.budget import Budget
from exchange.fetching.fetch import Answer, Fetcher, fetch
from exchange.protocols.pages import Page, taken_up
from exchange.protocols.peeking import refuse_a_web_page

# What is kept of an answer, and how it is said at the next question.
CONDITIONS = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
MARKED = (b"<", b"{", b"[")
BLANKS, BOM, CHUNK = b" \t\r\n", b"\xef\xbb\xbf", 1024
BELIEVED_FOR = timedelta(days=30)  # that nothing was modified: some say so for ever


def walk(address: str, options: dict, state: dict, budget: Budget, fetch: Fetcher = fetch) -> Iterator[Page]:
    """The file, if it was modified, or was not read for long; see `pages.Walk`. There are no options."""
    state, began_at = taken_up(state, address, options), datetime.now(UTC)
    is_believed = state.get("read_at", "") > (began_at - BELIEVED_FOR).isoformat()
    headers = {said: state[kept] for kept, said in CONDITIONS.items() if kept in state and is_believed}
    with fetch(address, headers=headers, budget=budget) as answer:
        if not answer.is_modified:
            yield Page(name_of(address), None, state, is_whole=False, began_at=began_at)
            return
        refuse_a_web_page(answer)
        kept = {name: answer.headers[name] for name in CONDITIONS if answer.headers.get(name)}
        state = {"about": state["about"], "read_at": began_at.isoformat(), **kept}
        yield Page(name_of(address), answer.stream(), state, is_whole=_has_an_end(answer), began_at=began_at)


def _has_an_end(answer: Answer) -> bool:
    """Whether a file that was cut off would be known by it: by what was sent around it, or as it is written itself."""
    told = answer.headers
    is_packed = told.get("content-encoding", "identity") != "identity"
    is_measured = is_packed or "content-length" in told or "chunked" in told.get("transfer-encoding", "").lower()
    return is_measured or answer.stream().peek(CHUNK).lstrip(BOM + BLANKS)[:1] in MARKED


def name_of(address: str) -> str:
    """The name of the file, as reports tell it."""
    parts = urlsplit(address)
    return unquote(parts.path.rstrip("/").rpartition("/")[2])[:100] or parts.hostname or address[:100]
