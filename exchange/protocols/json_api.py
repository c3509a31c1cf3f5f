"""JSON:API, as Drupal sites offer it: a list in pages, each naming the next."""

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urljoin, urlsplit, urlunsplit

from django.utils.translation import gettext as _

from exchange.fetching.budget import Budget
from exchange.fetching.fetch import Answer, Fetcher, FetchFailed, fetch
from exchange.protocols.pages import MOST_PAGES, Novelty, Page, now, taken_up
from exchange.protocols.peeking import Top, refuse_a_web_page, top

# What sites say of a page that was the next one yesterday: the walk has to begin anew.
PAGE_IS_GONE = (400, 404, 410, 422)
ACCEPT = {"Accept": "application/vnd.api+json, application/json"}


def walk(address: str, options: dict, state: dict, budget: Budget, fetch: Fetcher = fetch) -> Iterator[Page]:
    """The pages of a list, all of them each time; see `pages.Walk`. What is asked for stands in the address."""
    state = taken_up(state, address, options)
    about = {"about": state["about"]}
    state = about | {"next": address, "began": now(), "page": 0} | state
    visited: set[str] = set()
    novelty = Novelty()
    while state["next"]:
        current = state["next"]
        visited.add(current)
        name, began_at = f"page-{state['page'] + 1}.json", datetime.fromisoformat(state["began"])
        anew = Page(name, None, about, is_whole=False, began_at=began_at)
        try:
            asked = fetch(current, headers=ACCEPT, budget=budget)
        except FetchFailed as failure:
            if current != address and failure.status in PAGE_IS_GONE:
                yield anew
            raise
        with asked as answer:
            refuse_a_web_page(answer)
            said = top(answer.stream())
            if said.fault:
                page = Page(name, answer.stream(), state, False, began_at, address=answer.address)
                if "data" in said.lists:  # what stands before the break is good
                    yield page
                raise FetchFailed(f"{page.where}: {said.fault}")
            _refuse_what_is_no_list(said)
            following = _next(said, answer, address)
            if novelty.is_over(said.names) or _has_no_end(following, visited, state["page"], said):
                yield anew
                raise FetchFailed(
                    _("The pages of the list have no end: one leads back to another, or brings nothing new.")
                )
            state = state | {"next": following, "page": state["page"] + 1}
            is_whole = said.lists["data"] > 0  # a last page without entries is more likely out of order than the end
            yield Page(name, answer.stream(), state if following else about, is_whole=is_whole, began_at=began_at)


def _refuse_what_is_no_list(said: Top) -> None:
    if said.errors or said.lists.get("errors"):
        message = _("The site answers with an error: %(told)s.")
        raise FetchFailed(message % {"told": "; ".join(said.errors) or "errors"})
    if "data" not in said.lists:
        raise FetchFailed(_("The answer has no list “data”: it is no list of JSON:API."), is_permanent=True)


def _next(said: Top, answer: Answer, address: str) -> str:
    """The address of the next page, or nothing. It must be of the same site."""
    given = said.values.get("links.next.href") or said.values.get("links.next") or ""
    if not given:
        return ""
    try:
        following = urljoin(answer.address, str(given))
        sites = {urlsplit(one)[:2] for one in (answer.address, address)}
        parts = urlsplit(following)
        if parts.scheme == "http" and ("https", parts.netloc) in sites:  # sites behind a proxy often do not know
            following, parts = urlunsplit(("https", *parts[1:])), parts._replace(scheme="https")
        is_same = parts[:2] in sites
    except ValueError:
        is_same = False
    if not is_same:
        raise FetchFailed(_("The next page is said to be at another site: that is not followed."), is_permanent=True)
    return following


def _has_no_end(following: str, visited: set[str], page: int, said: Top) -> bool:
    is_loop = following in visited or bool(following and not said.lists["data"])
    return is_loop or page >= MOST_PAGES
