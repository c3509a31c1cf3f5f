"""OAI-PMH: the records of a repository, a list at a time, and later those that changed."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode, urlsplit, urlunsplit

from django.utils.translation import gettext as _

from exchange.fetching.budget import Budget
from exchange.fetching.fetch import Answer, Fetcher, FetchFailed, fetch
from exchange.protocols.hearing import IDENTITY, LIST, Said, heard, listed
from exchange.protocols.pages import MOST_PAGES, Novelty, Page, now, taken_up
from exchange.protocols.peeking import refuse_a_web_page

MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d)(?:\.\d+)?Z?)?")
DAY = "YYYY-MM-DD"
MOST_EMPTY = 3  # lists in a row without a record, that yet name a next one
MARGIN = timedelta(days=2)
SINCE = 2001  # there is OAI-PMH
WHOLE_EVERY = 30  # days, where the repository does not tell for ever what it deleted
# Some tell the errors of the protocol, even that nothing is new, with a status; the protocol itself knows none.
WITH_STATUS = (400, 404, 409, 410, 422, 500)
# What repositories that do not keep to the protocol say of a token that is too old.
TOKEN_IS_GONE = (400, 404, 410, 422)


class _TokenRefused(Exception):
    """The repository does not know the list any more that was being read."""


def walk(address: str, options: dict, state: dict, budget: Budget, fetch: Fetcher = fetch) -> Iterator[Page]:
    """The lists of records that are new since the last walk; see `pages.Walk`.

    Options: `prefix` (oai_dc), `set`, `from` and `until` (days), `whole_every` (30 days: where the repository
    does not tell for ever what it deleted, only a walk over everything shows it).
    """
    state = taken_up(state, address, options)
    repository = _Repository(address, options, budget, fetch)
    for is_again in (False, True):
        try:
            yield from _lists(repository, state)
        except _TokenRefused as refused:
            if is_again:
                raise FetchFailed(_("The repository does not take its own resumption token.")) from refused
            state = _without_walk(state)
        else:
            return


@dataclass
class _Repository:
    """Asks one repository."""

    address: str
    options: dict
    budget: Budget
    fetch: Fetcher

    def ask(self, **arguments: str) -> Answer:
        parts = urlsplit(self.address)
        query = "&".join(part for part in (parts.query, urlencode(arguments)) if part)
        address = urlunsplit((*parts[:3], query, ""))
        answer = self.fetch(address, headers={"Accept": "text/xml"}, budget=self.budget, also=WITH_STATUS)
        if answer.refusal and not heard(answer.stream(), LIST).errors:
            with answer:
                raise answer.refusal
        return answer

    @property
    def whole_every(self) -> timedelta:
        days = str(self.options.get("whole_every", ""))
        return timedelta(days=int(days) if re.fullmatch(r"[1-9][0-9]{0,3}", days) else WHOLE_EVERY)

    def identify(self) -> Said:
        with self.ask(verb="Identify") as answer:
            refuse_a_web_page(answer)
            said = heard(answer.stream(), IDENTITY)
        if said.broken:
            raise FetchFailed(str(said.broken))
        _refuse_errors(said)
        return said

    def list(self, under_way: dict) -> Answer:
        """The list that is next. _TokenRefused."""
        if not under_way["token"]:
            return self.ask(verb="ListRecords", **self.limits(under_way))
        try:
            return self.ask(verb="ListRecords", resumptionToken=under_way["token"])
        except FetchFailed as failure:
            if failure.status in TOKEN_IS_GONE:
                raise _TokenRefused from failure
            raise

    def limits(self, under_way: dict) -> dict[str, str]:
        asked = {
            "metadataPrefix": self.options.get("prefix") or "oai_dc",
            "set": self.options.get("set"),
            "from": under_way["from"],
            "until": self.options.get("until"),
        }
        return {name: str(value) for name, value in asked.items() if value}


def _lists(repository: _Repository, state: dict) -> Iterator[Page]:
    """List after list. What is under way stands in the state as `walk`, until it has ended."""
    under_way = state.get("walk") or _begun(repository, state)
    tokens: set[bytes] = set()
    novelty = Novelty()
    while True:
        with repository.list(under_way) as answer, listed(answer) as (said, stream, broken):
            name = f"ListRecords-{under_way['page'] + 1}.xml"
            began_at = datetime.fromisoformat(under_way["began"])
            if said.broken:
                page = Page(name, stream(), state | {"walk": under_way}, False, began_at, address=answer.address)
                if said.records:  # what stands before the break is good
                    yield page
                raise FetchFailed(f"{page.where}: {said.broken}")
            if not said.is_a_list:
                raise FetchFailed(_("The answer holds neither a list of records nor an error."))
            if "badResumptionToken" in said.errors and under_way["token"]:
                raise _TokenRefused
            if "badArgument" in said.errors and _is_to_the_second(under_way):
                under_way = under_way | {"from": under_way["from"][: len(DAY)]}
                continue
            _refuse_errors(said)
            under_way = _further(under_way, said)
            if _has_no_end(under_way, said, tokens) or (novelty.is_over(said.names) and said.token):
                yield Page(name, None, _without_walk(state), False, began_at)  # the next one begins anew
                raise FetchFailed(
                    _("The lists of the repository have no end: a resumption token repeats, or brings nothing.")
                )
            kept = state | {"walk": under_way} if said.token else _ended(state, under_way)
            yield Page(
                name, stream() if said.records else None, kept, _shows_all(under_way, said), began_at, broken=broken
            )
        if not said.token:
            return


def _begun(repository: _Repository, state: dict) -> dict:
    """A new walk: over everything, or over what changed since the last began."""
    said = repository.identify().values
    is_whole = "from" not in state or said.get("baseURL", "") != state.get("base")
    if said.get("deletedRecord") != "persistent":
        is_whole = is_whole or state.get("whole_at", "") < (datetime.now(UTC) - repository.whole_every).isoformat()
    return {
        "token": "",
        "from": repository.options.get("from")
        if is_whole
        else _as_exact(_earlier(state["from"]), said, repository.options),
        "next_from": _moment(said.get("responseDate", ""), said.get("granularity", "")),
        "base": said.get("baseURL", ""),
        "is_whole": is_whole,
        "began": now(),
        "page": 0,
        "seen": 0,
        "announced": 0,
        "empty": 0,
    }


def _earlier(moment: str) -> str:
    """A moment with a margin: many repositories list a record in the night after the day that they name for it."""
    return f"{(datetime.fromisoformat(moment[:19]) - MARGIN).isoformat()}Z"[: len(moment)]


def _as_exact(moment: str, said: dict[str, str], options: dict) -> str:
    """A moment as the repository can understand it now: it may have been more exact, and both limits must be alike."""
    is_to_the_second = said.get("granularity", "").endswith("Z") and len(options.get("until") or moment) > len(DAY)
    return moment if is_to_the_second else moment[: len(DAY)]


def _is_to_the_second(under_way: dict) -> bool:
    """Whether a moment was asked for that a repository may refuse, though it promised to understand it."""
    return not under_way["token"] and len(under_way["from"] or "") > len(DAY)


def _moment(response_date: str, granularity: str) -> str:
    """When a walk began, by the repository's clock if that is not ahead of ours, as exact as it can tell."""
    ours = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    match = MOMENT.fullmatch(response_date.strip())
    theirs = f"{match[1]}T{match[2] or '00:00:00'}Z" if match else ""
    moment = min(theirs, ours) if _may_be(theirs) else ours[:10]
    return moment if granularity.endswith("Z") and "T" in moment else moment[:10]


def _may_be(moment: str) -> bool:
    """Whether there is such a moment, and the protocol was there already."""
    try:
        return datetime.fromisoformat(moment).year >= SINCE
    except ValueError:
        return False


def _further(under_way: dict, said: Said) -> dict:
    return under_way | {
        "token": said.token,
        "page": under_way["page"] + 1,
        "seen": under_way["seen"] + said.records,
        "announced": max(under_way["announced"], said.announced or 0),
        "empty": 0 if said.records else under_way["empty"] + 1,
    }


def _shows_all(under_way: dict, said: Said) -> bool:
    """Whether a walk that ends here has shown all. A last list without records is believed if the sum is right."""
    announced = under_way["announced"]
    return under_way["is_whole"] and under_way["seen"] >= max(announced, 1) and bool(said.records or announced)


def _ended(state: dict, under_way: dict) -> dict:
    """What is kept of a walk that has ended."""
    whole_at = under_way["began"] if under_way["is_whole"] else state.get("whole_at", "")
    return {
        "about": state["about"],
        "from": under_way["next_from"],
        "base": under_way["base"],
        "whole_at": whole_at,
    }


def _refuse_errors(said: Said) -> None:
    """FetchFailed for what a repository refuses; that nothing matches is an answer like another."""
    errors = {code: text for code, text in said.errors.items() if code != "noRecordsMatch"}
    if errors:
        told = "; ".join(f"{code} ({text})" if text else code for code, text in errors.items())
        message = _("The repository refuses the question: %(told)s.")
        raise FetchFailed(message % {"told": told}, is_permanent=True)


def _has_no_end(under_way: dict, said: Said, tokens: set[bytes]) -> bool:
    """Whether a repository would keep us for ever. The token is remembered."""
    if not said.token:
        return False
    digest = hashlib.sha256(said.token.encode()).digest()
    is_more_than_announced = said.announced is not None and under_way["seen"] > 2 * said.announced + 1_000
    is_known = digest in tokens
    tokens.add(digest)
    is_too_long = under_way["page"] >= MOST_PAGES or under_way["empty"] > MOST_EMPTY
    return is_known or is_more_than_announced or is_too_long


def _without_walk(state: dict) -> dict:
    return {name: value for name, value in state.items() if name != "walk"}
