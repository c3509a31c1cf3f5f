"""A list of a repository that is no well-formed XML: the records that are, and those that are not, for the report."""

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BufferedReader, BytesIO
from typing import BinaryIO
from xml.sax.saxutils import quoteattr

from django.utils.translation import gettext as _
from lxml import etree

from exchange.files import elements, opening
from exchange.files.mending import Mended
from exchange.files.opening import UnreadableFile
from exchange.reading.row import Row

# Where a record begins, and where one ends: in the namespace of the protocol, under whatever prefix.
TAG = rb"<(?:[\w.-]{1,50}:)?"
START = re.compile(TAG + rb"record(?:\s[^<>]{0,500})?>\s{0,200}" + TAG + rb"header[\s/>]")
LONGEST_START = 1_000
END = re.compile(rb"</(?:[\w.-]{1,50}:)?record\s{0,9}>")
REST = re.compile(TAG + rb"resumptionToken[\s/>]|</(?:[\w.-]{1,50}:)?ListRecords\s{0,9}>")
MOST_HEAD = 8 * 1024  # of what stands before the first record
MOST_BROKEN, MOST_SIGNS = 1_000, 8_000_000  # of the records that are told of
MOST_RECORDS = 200_000  # of a list that is worth the trouble
CHUNK = 64 * 1024


@dataclass
class Salvaged:
    """What is left of the list, well-formed again, and the records that had to be left out of it."""

    file: BinaryIO
    broken: list[Row] = field(default_factory=list)
    signs: int = 0

    def stream(self) -> BufferedReader:
        self.file.seek(0)
        return opening.unpacked(self.file)

    def refuse(self, row: Row) -> bool:
        """Tell of a record that was left out; whether that was not one too many."""
        self.broken.append(row)
        self.signs += len(row.cells[elements.RECORD])
        return len(self.broken) <= MOST_BROKEN and self.signs <= MOST_SIGNS


@contextmanager
def salvaged(stream: BufferedReader, roots: tuple[str, ...]) -> Iterator[Salvaged | None]:
    """The list without what is not well-formed of its records, and without what stands behind its end.

    None if it cannot be cut into records, or too many are broken. A list that breaks off before its end still does.
    """
    with tempfile.TemporaryFile() as file:
        made = Salvaged(file)
        yield made if _is_sorted_out(Mended(stream), roots, made) else None


def _is_sorted_out(mended: Mended, roots: tuple[str, ...], made: Salvaged) -> bool:
    parts = _parts(mended)
    around = _Around.of(next(parts, b""), roots)
    if around is None:
        return False
    made.file.write(around.head)
    for number, part in enumerate(parts, start=1):
        record, rest = _cut(part)
        fault = around.fault(record)
        if fault and not made.refuse(Row(number, {elements.RECORD: around.standing_alone(record)}, fault)):
            return False
        if number > MOST_RECORDS:
            return False
        made.file.write(rest if fault else record + rest)
        around.pass_over(part)
    return bool(made.broken) or mended.another()


def _parts(stream: Mended) -> Iterator[bytes]:
    """What stands before the first record, then each record with what stands behind it; as one whole at the most."""
    kept = bytearray()
    while chunk := stream.read(CHUNK):
        searched = max(len(kept) - LONGEST_START, 1)
        kept += chunk
        while match := START.search(kept, searched):
            yield bytes(kept[: match.start()])
            del kept[: match.start()]
            searched = 1
        if len(kept) > elements.MOST_RECORD_BYTES:
            break
    yield bytes(kept)


def _cut(part: bytes) -> tuple[bytes, bytes]:
    """A record, and what stands behind it."""
    ends, rest = [match.end() for match in END.finditer(part)], REST.search(part)
    end = ends[-1] if ends else rest.start() if rest else len(part)
    return part[:end], part[end:]


@dataclass
class _Around:
    """What stands around each record of a list, and where in it we are."""

    head: bytes
    roots: tuple[str, ...]
    tail: bytes
    spaces: dict[str | None, str]  # the namespaces by prefix
    line: int
    column: int

    @classmethod
    def of(cls, head: bytes, roots: tuple[str, ...]) -> "_Around | None":
        """None if it is too long, or itself not well-formed."""
        if len(head) > MOST_HEAD:
            return None
        parser = etree.XMLPullParser(("start", "end"), resolve_entities=False, no_network=True, load_dtd=False)
        opened: list[etree._Element] = []
        try:
            parser.feed(head)
        except etree.XMLSyntaxError:
            return None
        for event, element in parser.read_events():
            opened = [*opened, element] if event == "start" else opened[:-1]
        inner = opened[::-1]
        names = (f"{one.prefix}:{elements.name(one)}" if one.prefix else elements.name(one) for one in inner)
        tail = "".join(f"</{name}>" for name in names).encode()
        return cls(head, roots, tail, inner[0].nsmap if inner else {}, *_moved(1, 1, head))

    def fault(self, record: bytes) -> str:
        """Why the record cannot be read, if so."""
        whole = opening.unpacked(BytesIO(self.head + record + self.tail))
        try:
            found = len(list(elements.walk(whole, self.roots, (elements.RECORD,))))
        except UnreadableFile as problem:
            return self._told(problem)
        return "" if found == 1 else _("This is not well-formed XML (%(error)s).") % {"error": "</record>"}

    def _told(self, problem: UnreadableFile) -> str:
        """The fault with its place in the whole list."""
        error = problem.__cause__
        if not isinstance(error, etree.XMLSyntaxError):
            return str(problem)
        (line, column), (first, begins) = error.position, _moved(1, 1, self.head)
        column += self.column - begins if line == first else 0
        told = f"{str(error.msg).rpartition(', line ')[0]}, line {line - first + self.line}, column {column}"
        return _("This is not well-formed XML (%(error)s).") % {"error": told}

    def standing_alone(self, record: bytes) -> str:
        """The record with the namespaces that it has from around it: mended, it can be read by itself."""
        text = record.decode("utf-8", "replace")
        start = text[: text.find(">")]
        given = {f"xmlns:{prefix}" if prefix else "xmlns": uri for prefix, uri in self.spaces.items()}
        added = "".join(f" {name}={quoteattr(uri)}" for name, uri in given.items() if f"{name}=" not in start)
        return start + added + text[len(start) :]

    def pass_over(self, part: bytes) -> None:
        self.line, self.column = _moved(self.line, self.column, part)


def _moved(line: int, column: int, over: bytes) -> tuple[int, int]:
    """Line and column behind these bytes."""
    lines = over.count(b"\n")
    return line + lines, len(over) - over.rfind(b"\n") if lines else column + len(over)
