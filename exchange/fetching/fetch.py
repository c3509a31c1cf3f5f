"""One request to another site, within bounds: whatever the site does, it ends in time, with an answer or a reason."""

import errno
import re
import ssl
import tempfile
from collections.abc import Collection, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from io import BufferedReader
from typing import BinaryIO, NoReturn, Protocol
from urllib.parse import urljoin

from django.conf import settings
from django.utils.translation import gettext as _
from urllib3.exceptions import NewConnectionError
from urllib3.exceptions import TimeoutError as TimedOut
from urllib3.response import BaseHTTPResponse

from exchange.fetching import addresses
from exchange.fetching.addresses import AddressRefused, Place, Resolve
from exchange.fetching.body import PIECE, BrokenBody, Unpacker
from exchange.fetching.budget import Budget, BudgetSpent
from exchange.fetching.connection import Failures, Watchdog, ask, connect, within
from exchange.files import opening

MOST_REDIRECTS = 5
REDIRECTS = (301, 302, 303, 307, 308)
NOT_MODIFIED = 304
CONDITIONAL = ("if-none-match", "if-modified-since")
LONGEST_WAIT = 24 * 3600
LONGEST_HEADER = 1_000
WAIT = (429, 503)
# Of 4xx, those that pass: time over, too early, too many.
PASSING = (408, 425, 429)


class FetchFailed(Exception):
    """The other site did not give what was asked for. Safe to show.

    `retry_after` are the seconds that the site asks us to wait, if it does. `is_permanent` says that the same
    request will fail again until a person changes something. `status` is what the site answered, if it did.
    """

    def __init__(
        self, message: str, *, retry_after: float | None = None, is_permanent: bool = False, status: int | None = None
    ):
        super().__init__(message)
        self.retry_after, self.is_permanent, self.status = retry_after, is_permanent, status


@dataclass
class Answer:
    """What a site answered: the body unpacked in a temporary file, or none where nothing was modified.

    A context manager: at its end the body is gone.
    """

    address: str  # the last one, after redirects
    headers: dict[str, str]  # names in small letters
    file: BinaryIO | None
    refusal: FetchFailed | None = (
        None  # what the status means, where an answer was wanted though it is none of success
    )

    @property
    def is_modified(self) -> bool:
        return self.file is not None

    def stream(self) -> BufferedReader:
        """The body from its beginning; unpacked where the file itself is gzipped."""
        if self.file is None:
            raise ValueError("there is no body")
        self.file.seek(0)
        return opening.unpacked(self.file)

    def __enter__(self) -> "Answer":
        return self

    def __exit__(self, *error: object) -> None:
        if self.file is not None:
            self.file.close()


class Fetcher(Protocol):
    """Asks for an address. FetchFailed or BudgetSpent if it gets no answer.

    `headers` may make it conditional. `also` are statuses, besides that of success, with which an answer may come.
    """

    def __call__(
        self, address: str, *, headers: dict[str, str] | None = None, budget: Budget, also: Collection[int] = ()
    ) -> Answer: ...


def fetch(
    address: str,
    *,
    headers: dict[str, str] | None = None,
    budget: Budget,
    also: Collection[int] = (),
    resolve: Resolve = addresses.resolved,
) -> Answer:
    """Ask for an address, once; redirects are followed, each looked at like the first."""
    request = _Request(budget, dict(headers or {}), also, resolve)
    with request.watchdog:
        return request.follow(_parsed(address))


class _Request:
    """One request with its redirects: they share one time limit."""

    def __init__(self, budget: Budget, headers: dict[str, str], also: Collection[int], resolve: Resolve):
        budget.ask()
        self.also = also
        self.budget, self.limits, self.headers, self.resolve = budget, budget.limits, headers, resolve
        self.is_first = budget.asked == 1  # what it cannot do, no harvest can
        self.seconds = min(self.limits.request_seconds, budget.seconds_left)
        self.most_bytes = min(self.limits.packed_bytes, budget.bytes_left)
        self.watchdog = Watchdog(self.seconds, self.limits)

    def follow(self, place: Place) -> Answer:
        for hop in range(MOST_REDIRECTS + 1):
            if hop:
                self.budget.ask()
            answer = self.ask(place)
            if isinstance(answer, Answer):
                return answer
            if answer.origin != place.origin:
                self.headers = {name: value for name, value in self.headers.items() if name.lower() not in CONDITIONAL}
            place = answer
        message = _("“%(host)s” sends from one address to the next without end.")
        raise FetchFailed(message % {"host": place.host}, is_permanent=True)

    def ask(self, place: Place) -> Answer | Place:
        """Ask at one place: the answer, or the place where it sends us."""
        try:
            found = within(self.limits.connect_seconds, lambda: self.resolve(place.host, place.port))
            checked = addresses.looked_up(place, lambda host, port: found)
            with (
                closing(connect(place, checked, self.limits, self.watchdog)) as connection,
                closing(ask(connection, place, {**_said_of_us(), **self.headers})) as response,
            ):
                return self.take(place, response)
        except AddressRefused as refusal:
            raise FetchFailed(str(refusal), is_permanent=refusal.is_permanent) from refusal
        except BrokenBody as problem:
            self.fail_in_time(place)
            raise FetchFailed(f"“{place.host}”: {problem}") from problem
        except Failures as error:
            self.fail_in_time(place)
            raise FetchFailed(_said(place, error)) from error

    def take(self, place: Place, response: BaseHTTPResponse) -> Answer | Place:
        """The answer with its body, or where it sends us."""
        self.fail_in_time(place)  # headers that were cut off look like headers that are over
        if response.status in REDIRECTS and "location" in response.headers:
            return _sent_to(place, response.headers["location"])
        headers = _plain(response.headers)
        if response.status == NOT_MODIFIED and any(name.lower() in CONDITIONAL for name in self.headers):
            return Answer(str(place), headers, None)
        refusal = None if response.status == 200 else _refused(place, response.status, headers)
        if refusal and response.status not in self.also:
            raise refusal
        try:
            file = self.body(place, response, headers.get("content-encoding", ""))
        except BrokenBody:
            if refusal:
                raise refusal from None
            raise
        return Answer(str(place), headers, file, refusal)

    def body(self, place: Place, response: BaseHTTPResponse, encoding: str) -> BinaryIO:
        """The body in a temporary file."""
        unpacker = Unpacker(encoding, self.limits.unpacked_bytes)
        self.watchdog.expect_body()
        file: BinaryIO = tempfile.TemporaryFile()  # noqa: SIM115 — it outlives this function, or is closed below
        try:
            while data := response.read1(PIECE, decode_content=False):  # what has come, and not a whole piece
                self.watchdog.count(len(data))
                self.budget.receive(len(data))
                if unpacker.taken + len(data) > self.most_bytes:
                    self.end(place, self.most_bytes == self.limits.packed_bytes, _("The answer is far too large."))
                file.writelines(unpacker.feed(data))
            self.fail_in_time(place)  # so does a body
            file.writelines(unpacker.finish())
            if not file.tell():
                raise BrokenBody(_("The answer is empty."))
        except BaseException:
            file.close()
            raise
        return file

    def fail_in_time(self, place: Place) -> None:
        """Say that the time is over, or the site too slow, if that is what ended the request."""
        if self.watchdog.is_slow:
            message = _("Its answer comes too slowly: less than %(bytes)d bytes in %(seconds)d seconds.")
            told = message % {"bytes": self.limits.slow_bytes, "seconds": self.limits.slow_seconds}
            raise FetchFailed(f"“{place.host}”: {told}")
        if self.watchdog.has_struck:
            message = _("The answer did not end within %(seconds)d seconds.") % {"seconds": self.seconds}
            self.end(place, self.seconds == self.limits.request_seconds, message)

    def end(self, place: Place, is_limit: bool, message: str) -> NoReturn:
        """End what has met a limit of its own: it fails; or only what the harvest had left: it is put off."""
        if is_limit or self.is_first:
            raise FetchFailed(f"“{place.host}”: {message}")
        raise BudgetSpent(_("This harvest has used its time: it goes on another time where it stopped."))


def _parsed(address: str) -> Place:
    try:
        return addresses.parse(address)
    except AddressRefused as refusal:
        raise FetchFailed(str(refusal), is_permanent=refusal.is_permanent) from refusal


def _said_of_us() -> dict[str, str]:
    name = f"Biosafety-capacity-building-portal/{settings.RELEASE}"
    return {
        "User-Agent": f"{name} (+{settings.SITE_ADDRESS})",
        "Accept": "*/*",
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }


def _sent_to(place: Place, location: str) -> Place:
    """Where a redirect leads. AddressRefused."""
    location = location.encode("latin-1", "replace").decode("utf-8", "replace").strip()
    try:
        joined = urljoin(str(place), location)
    except ValueError:
        joined = location
    target = addresses.parse(joined)
    if place.scheme == "https" and target.scheme == "http":
        message = _("“%(host)s” sends from https to http: that is not followed.")
        raise AddressRefused(message % {"host": place.host})
    return target


def _plain(headers: Mapping[str, str]) -> dict[str, str]:
    """The header lines that are plain text of a usual length: they are kept, and sent back."""
    lines = {name.lower(): " ".join(value.split()) for name, value in headers.items()}
    return {name: value for name, value in lines.items() if value.isascii() and len(value) <= LONGEST_HEADER}


def _refused(place: Place, status: int, headers: Mapping[str, str]) -> FetchFailed:
    message = _("“%(host)s” answered with status %(status)d.") % {"host": place.host, "status": status}
    wait = _wait(headers.get("retry-after", "")) if status in WAIT else None
    is_permanent = status < 500 and status not in PASSING
    return FetchFailed(message, retry_after=wait, is_permanent=is_permanent, status=status)


def _wait(text: str) -> float | None:
    """The seconds that a site asks us to wait; never more than a day."""
    if re.fullmatch(r"[0-9]{1,9}", text):
        return float(min(int(text), LONGEST_WAIT))
    try:
        until = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    seconds = (until.replace(tzinfo=until.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
    return min(max(seconds, 0.0), LONGEST_WAIT)


def _said(place: Place, error: Exception) -> str:
    """What went wrong on the way, in words for people."""
    if isinstance(error, ssl.SSLCertVerificationError):
        message = _("The certificate of “%(host)s” is not good (%(reason)s).")
        return message % {"host": place.host, "reason": error.verify_message}
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _("This server has no room left for the answer of “%(host)s”.") % {"host": place.host}
    if isinstance(error, NewConnectionError):
        return _("“%(host)s” takes no connection.") % {"host": place.host}
    if isinstance(error, TimeoutError | TimedOut):
        return _("“%(host)s” does not answer.") % {"host": place.host}
    return _("The connection to “%(host)s” broke off before the end of the answer.") % {"host": place.host}
