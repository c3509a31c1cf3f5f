"""What an answer of a repository says, beside its records."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BufferedReader

from lxml import etree

from exchange.fetching.fetch import Answer
from exchange.files import elements
from exchange.files.mending import Mended
from exchange.files.opening import UnreadableFile
from exchange.protocols.pages import MOST_KNOWN
from exchange.protocols.peeking import refuse_a_web_page
from exchange.protocols.salvage import salvaged
from exchange.reading.row import Row

ROOT = ("OAI-PMH",)
IDENTITY = ("responseDate", "baseURL", "granularity", "deletedRecord", "error")
LIST = ("record", "resumptionToken", "error")
EMPTY_LIST = re.compile(rb"<(?:[\w.-]{1,50}:)?ListRecords[\s/>]")
MOST_ERRORS = 10
CHUNK = 64 * 1024


@dataclass
class Said:
    """What one answer of a repository says, beside its records."""

    values: dict[str, str] = field(default_factory=dict)
    records: int = 0
    announced: int | None = None
    errors: dict[str, str] = field(default_factory=dict)
    names: set[int] = field(default_factory=set)  # of the records: hashes of their identifiers
    broken: UnreadableFile | None = None
    has_more: bool = False  # behind its end
    is_a_list: bool = True

    @property
    def token(self) -> str:
        return self.values.get("resumptionToken", "")


@contextmanager
def listed(answer: Answer) -> Iterator[tuple[Said, Callable[[], BufferedReader], Sequence[Row]]]:
    """What a list says, the list itself for its reader, and the records that nobody can read. FetchFailed."""
    refuse_a_web_page(answer)
    said = heard(answer.stream(), LIST)
    said.is_a_list = bool(said.records or said.values or said.errors or _holds_an_empty_list(answer))
    is_malformed = said.broken is not None and isinstance(said.broken.__cause__, etree.XMLSyntaxError)
    if not (is_malformed or said.has_more):
        yield said, answer.stream, ()
        return
    with salvaged(answer.stream(), ROOT) as rest:
        of_rest = heard(rest.stream(), LIST) if rest else said
        if rest is None or of_rest.broken:
            yield said, answer.stream, ()
        else:
            of_rest.records += len(rest.broken)
            yield of_rest, rest.stream, rest.broken


def _holds_an_empty_list(answer: Answer) -> bool:
    """Many answer so where nothing matches. An answer without even that is none."""
    return bool(EMPTY_LIST.search(answer.stream().read(CHUNK)))


def heard(stream: BufferedReader, wanted: tuple[str, ...]) -> Said:
    """What stands in an answer; where it breaks off, what stood before."""
    said, mended = Said(), Mended(stream)
    try:
        for element in elements.walk(mended, ROOT, wanted):
            _hear(said, element)
        said.has_more = mended.another()
    except UnreadableFile as error:
        said.broken = error
    return said


def _hear(said: Said, element) -> None:
    name, text = elements.name(element), " ".join("".join(element.itertext()).split())
    if name == "record":
        said.records += 1
        called = (child for child in element.iterfind("{*}header/{*}identifier") if child.text)
        said.names.update(hash(child.text.strip()) for child in called if len(said.names) < MOST_KNOWN)
    elif name == "error":
        if len(said.errors) < MOST_ERRORS:
            said.errors[element.get("code", "")[:50] or "error"] = text[:200]
    else:
        said.values.setdefault(name, text)
        size = element.get("completeListSize", "")
        if re.fullmatch(r"[0-9]{1,12}", size):
            said.announced = int(size)
