"""XML as sources give it: the elements that are records, streamed, with nothing from outside read in."""

from collections.abc import Collection, Iterator
from io import BufferedReader, RawIOBase

from django.utils.translation import gettext as _
from lxml import etree

from exchange.files.opening import UnreadableFile
from exchange.reading.row import Row

RECORD = "record"  # the one column of a row that is XML
MOST_RECORD_BYTES = 8 * 1024**2
MOST_PARTS = 200_000  # of a record: each takes far more memory than its bytes
CHUNK = 16 * 1024
BLANKS = b" \t\r\n"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def rows(stream: BufferedReader, roots: Collection[str], records: Collection[str]) -> Iterator[Row]:
    """A row for each record of a document whose root has one of these names (local names, in any namespace)."""
    for number, element in enumerate(walk(stream, roots, records), start=1):
        _take_along_the_language(element)
        yield Row(number, {RECORD: etree.tostring(element, encoding="unicode", with_tail=False)})


def parse(text: str) -> etree._Element:
    """The element of a row; ValueError says why it is none. A person may have edited it."""
    if text.count("<") > 2 * MOST_PARTS:  # each has a beginning, and most have an end
        raise ValueError(_("The record has more than %(most)d parts: cut it up.") % {"most": MOST_PARTS})
    try:
        element = etree.fromstring(text, _safe(etree.XMLParser))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ValueError(_("This is not well-formed XML (%(error)s).") % {"error": error}) from error
    _refuse_a_doctype(element, ValueError)
    return element


def walk(
    stream: BufferedReader | RawIOBase, roots: Collection[str], wanted: Collection[str], found: int = 0
) -> Iterator[etree._Element]:
    """The outermost elements with these names, each whole, and forgotten as soon as the next is asked for.

    `found` are those of the file that came before, where it holds several documents.
    """
    walker = _Walker(roots, wanted, found)
    chunk = (stream.read(CHUNK) or b"").lstrip(BLANKS)  # which some servers write before the declaration
    while chunk:
        yield from walker.feed(chunk)
        chunk = stream.read(CHUNK)
    yield from walker.close()


class _Walker:
    """Feeds a parser piece by piece, and keeps of the document only the record at hand."""

    def __init__(self, roots, wanted, found):
        self.roots, self.wanted, self.found = roots, wanted, found
        self.parser = _safe(etree.XMLPullParser, events=("start", "end"))
        self.depth = self.inside = self.parts = self.taken = 0
        self.begun = False

    def feed(self, chunk: bytes) -> Iterator[etree._Element]:
        self.taken += len(chunk)
        if self.taken > MOST_RECORD_BYTES + CHUNK:
            message = _("After record %(found)d comes a record of more than %(most)d bytes: cut it up.")
            raise UnreadableFile(message % {"found": self.found, "most": MOST_RECORD_BYTES})
        yield from self._after(lambda: self.parser.feed(chunk))

    def close(self) -> Iterator[etree._Element]:
        yield from self._after(self.parser.close)

    def _after(self, step) -> Iterator[etree._Element]:
        """The records that a step of the parser completed; where it failed, those before the failure."""
        fault = None
        try:
            step()
        except etree.XMLSyntaxError as error:
            fault = error
        yield from self._events()
        if fault:
            raise UnreadableFile(self._told(fault)) from fault

    def _told(self, fault) -> str:
        if not self.begun:
            return _("This is not an XML document (%(error)s).") % {"error": fault}
        message = _("After record %(found)d the file is no well-formed XML any more (%(error)s).")
        return message % {"found": self.found, "error": fault}

    def _events(self) -> Iterator[etree._Element]:
        for event, element in self.parser.read_events():
            if event == "start":
                self._begin(element)
            else:
                yield from self._end(element)

    def _begin(self, element):
        self.depth += 1
        if self.depth == 1:
            self.begun = True
            if name(element) not in self.roots:
                message = _("The document is a <%(found)s>, not a <%(expected)s>.")
                raise UnreadableFile(message % {"found": name(element), "expected": "> / <".join(sorted(self.roots))})
            _refuse_a_doctype(element, UnreadableFile)
        if not self.inside and name(element) in self.wanted:
            self.inside, self.parts = self.depth, 0
        self.parts += 1
        if self.inside and self.parts > MOST_PARTS:
            message = _("After record %(found)d comes a record of more than %(most)d parts: cut it up.")
            raise UnreadableFile(message % {"found": self.found, "most": MOST_PARTS})

    def _end(self, element) -> Iterator[etree._Element]:
        is_whole = self.inside == self.depth
        self.depth -= 1
        if is_whole:
            self.inside = 0
            self.found += 1
            yield element
        if not self.inside:
            self.taken = 0
            _forget(element)


def name(element: etree._Element) -> str:
    """The local name of an element; nothing for comments and instructions."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _take_along_the_language(element):
    """Write on a record the language that it has from the elements around it, which it leaves."""
    around = (parent.get(LANGUAGE) for parent in element.iterancestors())
    if element.get(LANGUAGE) is None and (language := next((one for one in around if one is not None), None)):
        element.set(LANGUAGE, language)


def _forget(element):
    """Let go of an element that was read, and of all that stood before it; the parser may yet write its tail."""
    element.clear(keep_tail=True)
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _safe(parser, **settings):
    """A parser that reads nothing but the bytes it is given."""
    return parser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        **settings,
    )


def _refuse_a_doctype(element, refusal):
    if element.getroottree().docinfo.internalDTD is not None:
        raise refusal(_("The document declares a document type or entities of its own: that is not read."))
