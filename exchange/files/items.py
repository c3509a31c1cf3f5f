"""JSON as sources give it: the items of its lists, streamed within stated bounds."""

import json
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from io import BufferedReader

import ijson
from django.utils.translation import gettext as _
from ijson.common import ObjectBuilder

from exchange.files.escapes import Escapes
from exchange.files.opening import UnreadableFile
from exchange.reading.row import Row

MOST_ITEM_BYTES = 1_000_000
MOST_DEPTH = 64
MOST_COLUMNS = 500
CHUNK = 64 * 1024
# Python turns no longer text into a whole number, and the parser does not survive being told so.
MOST_DIGITS = 4_000
MOST_PLACES = 30
TOO_MANY_DIGITS = re.compile(rb"[0-9]{%d}" % MOST_DIGITS)
# In the words of the parser: as where each line is a document of its own.
GOES_ON = "trailing garbage"

STARTS, ENDS = ("start_map", "start_array"), ("end_map", "end_array")
BOM = b"\xef\xbb\xbf"
# What stands in the path of the walk inside a list: that its entries are items, or that nobody asked for them.
ITEMS, PASSED_OVER = object(), object()


def rows(
    stream: BufferedReader, lists: Sequence[str], columns: Sequence[str], needs: Sequence[str] = ()
) -> Iterator[Row]:
    """A row for each item of the named lists (`data`, `result.items`), or of the document if it is a list itself.

    An item that lacks a key of `needs` is of another source. Items are counted through all lists, from 1.
    What was yielded before a break is good.
    """
    for number, item in enumerate(walk(stream, lists), start=1):
        yield _row(number, item, columns, needs)


def walk(stream: BufferedReader, lists: Sequence[str] = ()) -> Iterator[object]:
    """The items, each built whole, and forgotten as soon as the next is asked for."""
    _refuse_what_is_no_json(stream)
    walker, escapes = _Walker(lists), Escapes()
    while chunk := stream.read(CHUNK):
        yield from walker.feed(escapes.mended(chunk))
    if escapes.held:
        yield from walker.feed(escapes.held)
    yield from walker.close()


def _refuse_what_is_no_json(stream: BufferedReader) -> None:
    start = stream.peek(4)[:4]
    if not start:
        raise UnreadableFile(_("The file is empty."))
    if b"\x00" in start or start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableFile(_("This file is in UTF-16 or UTF-32: save it in UTF-8."))
    if start.startswith(BOM):
        stream.read(len(BOM))


class _Walker:
    """Feeds a parser piece by piece, and keeps of the document only the item at hand."""

    def __init__(self, lists: Sequence[str]):
        self.lists = tuple(lists)
        self.missing = dict.fromkeys(lists or [""])
        self.wanted = frozenset(self.missing)
        self.names: dict[str, None] = {}  # what the document has at its top, to tell in a message
        self.path: list[object] = []
        self.builder: ObjectBuilder | None = None
        self.level = self.found = self.taken = 0
        self.end = b""
        self.events = ijson.sendable_list()
        self.parser = ijson.basic_parse_coro(self.events)

    def feed(self, chunk: bytes) -> Iterator[object]:
        if found := TOO_MANY_DIGITS.search(self.end + chunk):
            before = chunk[: max(0, found.start() - len(self.end))]
            if before:  # nothing at all would be the end of the file
                yield from self._read(lambda: self.parser.send(before))
            message = _("After item %(found)d comes a number of more than %(most)d digits.")
            raise UnreadableFile(message % {"found": self.found, "most": MOST_DIGITS})
        self.end = (self.end + chunk)[-MOST_DIGITS:]
        self.taken += len(chunk)
        yield from self._read(lambda: self.parser.send(chunk))
        if self.taken > MOST_ITEM_BYTES + CHUNK:
            message = _("After item %(found)d comes an item of more than %(most)d bytes: cut it up.")
            raise UnreadableFile(message % {"found": self.found, "most": MOST_ITEM_BYTES})

    def close(self) -> Iterator[object]:
        yield from self._read(self.parser.close)
        if self.missing:
            raise UnreadableFile(self._what_is_missing())

    def _read(self, step) -> Iterator[object]:
        """The items that a step of the parser completed, also where it then broke off."""
        problem = None
        try:
            step()
        except (ijson.JSONError, ArithmeticError, ValueError) as error:
            problem = error
        for event, value in self.events:
            yield from self._take(event, value)
        del self.events[:]
        if problem:
            raise UnreadableFile(self._what_is_broken(problem)) from problem

    def _take(self, event: str, value) -> Iterator[object]:
        if event == "map_key" and not self.builder:
            self._name(value)
            return
        if not self.builder and self.path and self.path[-1] is ITEMS and event not in ENDS:
            self.builder, self.level = ObjectBuilder(), len(self.path)
        if self.builder:
            self.builder.event(event, value)
        else:
            self.taken = 0
        if event in STARTS:
            self._go_down(event)
        elif event in ENDS:
            self.path.pop()
        if self.builder and len(self.path) == self.level and event != "map_key":
            item, self.builder, self.taken = self.builder.value, None, 0
            self.found += 1
            yield item

    def _name(self, key: str) -> None:
        self.path[-1] = key
        if len(self.path) == 1 and len(self.names) < 20:
            self.names[key[:50]] = None

    def _go_down(self, event: str) -> None:
        if len(self.path) == MOST_DEPTH:
            message = _("After item %(found)d the document is nested more than %(most)d levels deep.")
            raise UnreadableFile(message % {"found": self.found, "most": MOST_DEPTH})
        place: object = PASSED_OVER
        if event == "start_array" and not self.builder and all(isinstance(key, str) for key in self.path):
            name = ".".join(map(str, self.path))
            if name in self.wanted:
                self.missing.pop(name, None)
                place = ITEMS
        self.path.append("" if event == "start_map" and not self.builder else place)

    def _what_is_broken(self, error: Exception) -> str:
        said = str(error) if isinstance(error, UnicodeError) else error.args[0] if error.args else ""
        said = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
        said = said.strip().removeprefix("b'").replace("\\n", "\n").partition("\n")[0]
        if not self.path and not self.found:
            if GOES_ON in said:
                return _("Behind its first document the file goes on: make one list of all, such as [{…}, {…}].")
            return _("This is not a JSON document (%(error)s).") % {"error": said}
        message = _("After item %(found)d the file is no JSON any more (%(error)s).")
        return message % {"found": self.found, "error": said}

    def _what_is_missing(self) -> str:
        names = ", ".join(self.names) or _("nothing")
        if not self.lists:
            return _("The document is no list. It has: %(names)s.") % {"names": names}
        message = _("These lists are missing: %(missing)s. The document has: %(names)s.")
        return message % {"missing": ", ".join(self.missing), "names": names}


def _row(number: int, item: object, columns: Sequence[str], needs: Sequence[str]) -> Row:
    if not isinstance(item, dict):
        fault = _("This item is not an object of named values, but: %(found)s.")
        return Row(number, dict.fromkeys(columns, ""), fault % {"found": _text(item)[:100] or "null"})
    cells = {column: _text(_at(item, column)) for column in columns}
    if missing := [name for name in needs if name not in item]:
        fault = _("The item has no “%(name)s”: is this a file of another source?")
        return Row(number, cells, fault % {"name": missing[0]})
    if len(item) > MOST_COLUMNS:
        fault = _("The item has %(count)d values; at most %(most)d can be read.")
        return Row(number, cells, fault % {"count": len(item), "most": MOST_COLUMNS})
    return Row(number, cells)


def _at(value: object, column: str) -> object:
    """What stands at a column: a key of the item, or a way into it, such as `attributes.title.value`."""
    if not isinstance(value, dict):
        return None
    if column in value:
        return value[column]
    first, point, rest = column.partition(".")
    return _at(value.get(first), rest) if point else None


def _text(value: object) -> str:
    """A value as the text of a cell: a string itself, null nothing, all else its JSON."""
    if value is None:
        return ""
    return value if isinstance(value, str) else _json(value)


def _json(value: object) -> str:
    """JSON with numbers as they were written: a float would change them."""
    match value:
        case dict():
            return "{" + ",".join(f"{_json(key)}:{_json(inner)}" for key, inner in value.items()) + "}"
        case list():
            return "[" + ",".join(map(_json, value)) + "]"
        case Decimal():
            # `5e5` is 500000; only what would be a row of noughts stays as it is.
            return f"{value:f}" if abs(value.adjusted()) <= MOST_PLACES else str(value)
        case _:
            return json.dumps(value, ensure_ascii=False)
