"""What an answer says of itself, read ahead of its records: which page is next, how many records there are."""

from dataclasses import dataclass, field
from io import BufferedReader

import ijson
from django.utils.translation import gettext as _

from exchange.fetching.fetch import Answer, FetchFailed
from exchange.files.escapes import Escapes
from exchange.files.items import BOM, ENDS, MOST_DEPTH, MOST_DIGITS, STARTS, TOO_MANY_DIGITS
from exchange.protocols.pages import MOST_KNOWN

CHUNK = 64 * 1024
MOST_SILENT = 8 * 1024**2  # bytes of one value
MOST_NAMES, LONGEST = 1_000, 10_000  # what is kept of an answer
NAMES = ("type", "id", "uid")  # what the entries of a list are called by
TELLING, MOST_ERRORS = ("title", "detail"), 4  # what an error says
WEB_PAGES = (b"<!doctype html", b"<html", b"<head", b"<body")


def refuse_a_web_page(answer: Answer) -> None:
    """Sites under repair, or behind a gate, answer all questions with a page for people, and call it a success."""
    start = answer.stream().peek(1024)[:1024].removeprefix(BOM).lstrip().lower()
    if start.startswith(WEB_PAGES):
        raise FetchFailed(_("The address answers with a web page, not with data."))


@dataclass
class Top:
    """The upper two levels of a JSON document: its values by path (`links.next.href`), the lengths of its lists.

    `names` are the entries of these lists, by what they are called: no more than their hashes. `errors` are the
    first words of what stands in a list of errors. A document that is no JSON has a `fault`, and what stood before it.
    """

    values: dict[str, object] = field(default_factory=dict)
    lists: dict[str, int] = field(default_factory=dict)
    names: set[int] = field(default_factory=set)
    errors: list[str] = field(default_factory=list)
    fault: str = ""


def top(stream: BufferedReader) -> Top:
    """Read through a JSON document."""
    reader, escapes = _TopReader(), Escapes()
    if stream.peek(len(BOM)).startswith(BOM):
        stream.read(len(BOM))
    try:
        while chunk := stream.read(CHUNK):
            reader.feed(escapes.mended(chunk))
        reader.close()
    except (ijson.JSONError, ArithmeticError, ValueError):
        reader.top.fault = _("The answer is no JSON, or breaks off.")
    return reader.top


class _TopReader:
    """Feeds the parser piece by piece, and keeps nothing but what stands at the top."""

    def __init__(self) -> None:
        self.top = Top()
        self.path: list[str | None] = []  # keys; None within a list
        self.events = ijson.sendable_list()
        self.parser = ijson.basic_parse_coro(self.events)
        self.end, self.silent = b"", 0
        self.called: list[object] = []  # what the entry at hand is called

    def feed(self, chunk: bytes) -> None:
        if TOO_MANY_DIGITS.search(self.end + chunk):
            raise ValueError("a number without end")
        self.end = (self.end + chunk)[-MOST_DIGITS:]
        self.silent += len(chunk)
        try:
            self.parser.send(chunk)
        finally:
            self._take_all()  # what stood before a fault
        if self.silent > MOST_SILENT:
            raise ValueError("a value without end")

    def close(self) -> None:
        self.parser.close()
        self._take_all()

    def _take_all(self) -> None:
        for event, value in self.events:
            self.silent = 0
            self._take(event, value)
        del self.events[:]

    def _take(self, event: str, value: object) -> None:
        if event in ENDS:
            self.path.pop()
            if len(self.path) == 2 and self.called:
                self._name()
        elif event == "map_key":
            self.path[-1] = str(value)
        else:
            self._begin(event, value)

    def _begin(self, event: str, value: object) -> None:
        if self.path and self.path[-1] is None:
            self._count()
        elif self.path and len(self.path) <= 3 and None not in self.path:
            name = ".".join(map(str, self.path))
            if len(self.top.values) + len(self.top.lists) < MOST_NAMES and len(name) < LONGEST:
                self._keep(name, event, value)
        elif len(self.path) == 3 and self.path[1] is None and self.path[2] in NAMES and event not in STARTS:
            self.called.append(value)
        elif self.path[:-1] == ["errors", None] and self.path[-1] in TELLING and len(self.top.errors) < MOST_ERRORS:
            self.top.errors.append(str(value)[:200])
        if event in STARTS:
            if len(self.path) == MOST_DEPTH:
                raise ValueError("nested without end")
            self.path.append("" if event == "start_map" else None)

    def _keep(self, name: str, event: str, value: object) -> None:
        if event == "start_array":
            self.top.lists.setdefault(name, 0)
        elif event not in STARTS and not (isinstance(value, str) and len(value) > LONGEST):
            self.top.values.setdefault(name, value)

    def _name(self) -> None:
        if len(self.top.names) < MOST_KNOWN:
            self.top.names.add(hash(frozenset(map(str, self.called))))
        self.called.clear()

    def _count(self) -> None:
        if len(self.path) == 2 and self.path[0] in self.top.lists:
            self.top.lists[self.path[0]] += 1
