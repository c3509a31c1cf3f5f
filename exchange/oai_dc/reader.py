"""Records of OAI-PMH responses: from the bytes to rows, and from a row to a resource."""

import re
from collections.abc import Iterator
from io import BufferedReader
from typing import NamedTuple

from django.utils.translation import gettext as _
from lxml import etree

from exchange.files import elements
from exchange.files.elements import RECORD, name
from exchange.files.mending import LOST, TAKEN_OUT, Mended
from exchange.files.opening import UnreadableFile
from exchange.oai_dc.draft import OaiDraft, Value
from exchange.oai_dc.fields import FIELDS
from exchange.oai_dc.identifiers import address
from exchange.oai_dc.marks import with_marked_languages
from exchange.oai_dc.tongues import tag
from exchange.reading import markup
from exchange.reading.mapped import Mapped
from exchange.reading.report import Finding
from exchange.reading.row import Row, is_sound, readable
from exchange.reading.text import clean
from formats import registry
from formats.fields.declared import CONTROL
from reference.languages import UN_LANGUAGES

ROOTS = ("OAI-PMH", "ListRecords", "GetRecord", "records", "record", "dc")
RECORDS = ("record", "dc")
# What answers to the other questions of the protocol are made of.
NO_RECORDS = ("Identify", "header", "set", "metadataFormat")
ANSWERS = ("OAI-PMH", "ListIdentifiers", "ListSets", "ListMetadataFormats")
NOTHING_NEW = "noRecordsMatch"

DUBLIN_CORE = re.compile(r"https?://purl\.org/(dc|DC)/elements/1\.[01]/?")
WRAPPED = ("", "http://www.openarchives.org/OAI/2.0/oai_dc/", "http://www.openarchives.org/OAI/2.0/")
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

COUNTED = ("date",)  # elements of which it matters how often they say the same
LONGEST_IDENTIFIER = 200
LONGEST_WORDS = 300  # of a server
MOST_SIGNS = 100_000  # of one element: far more than can be kept of it
MOST_NAMES = 10  # of elements that are not read
MOST_SHOWN = 60
NEAR = 30  # signs before and after a fault


class Header(NamedTuple):
    """What identifies a record, and whether the repository took it back."""

    identifier: str
    is_deleted: bool


class OaiDc:
    """The reader of OAI-PMH responses, of whatever repository."""

    source = "oai-dc"
    name = "OAI-PMH repositories"  # each repository's own name and licence are given with its source
    licence = ""
    database = "resources"
    endings: tuple[str, ...] = (".xml", ".xml.gz", ".tar.gz", ".tgz")
    columns: tuple[str, ...] = (RECORD,)
    key = RECORD
    is_collected_by_file = False

    def rows(self, stream: BufferedReader) -> Iterator[Row]:
        """The records of a response, or of several one after the other; the deleted ones are among them."""
        responses, number, is_more = Mended(stream), 0, True
        while is_more:
            for element in elements.walk(responses, ROOTS, (*RECORDS, *NO_RECORDS, "error"), number):
                if name(element) in RECORDS:
                    number += 1
                    _take_along_the_language(element)
                    yield Row(number, {RECORD: etree.tostring(element, encoding="unicode", with_tail=False)})
                elif name(element.getparent()) in ANSWERS:
                    _refuse_an_answer_without_records(element)
            is_more = responses.another()

    def apply(self, row: Row) -> Mapped:
        """The resource that a record describes. Never raises for what a row may hold."""
        text = row.cells.get(RECORD, "")
        try:
            element = _parsed(row, text)
            header = _header(element)
        except ValueError as error:
            return Mapped("", refusals=[Finding(RECORD, readable(text), str(error))])
        if header.is_deleted:
            return Mapped(header.identifier, subject=_subject(header.identifier), is_deleted=True)
        return self._mapped(header.identifier, element, text)

    def _mapped(self, identifier: str, element: etree._Element, text: str) -> Mapped:
        values, others = _values(element)
        draft = OaiDraft(self.source, identifier, values)
        _note_what_was_mended(draft, text)
        draft.add("identifiers", "OAI", {"scheme": "OAI", "value": identifier}, RECORD)
        for field, read in FIELDS.items():
            if field in draft.values:
                read(draft.values[field], draft)
        document = self._document(draft, values, others)
        return Mapped(
            identifier,
            subject=_subject(identifier),
            document=document,
            refusals=draft.refusals,
            notes=draft.notes,
            address=address(identifier, *(draft.values.get(field, ()) for field in ("identifier", "relation"))),
        )

    def _document(self, draft: OaiDraft, values: dict, others: dict[str, str]) -> dict | None:
        if not values:
            told = ", ".join(f"{one}: {text}" for one, text in list(others.items())[:MOST_NAMES])
            reason = _("The record holds no Dublin Core (oai_dc): ask the repository for that format.")
            draft.refusals.append(Finding(RECORD, told, reason))
            return None
        if "title" not in draft.document:
            draft.refuse("dc:title", _("The record has no title: a record needs one."))
            return None
        if any(_is_lost(text) for text in draft.document["title"].values()):
            draft.refuse("dc:title", _("This is not UTF-8: save the file in UTF-8, or mend the signs."))
            return None
        if others:
            told = ", ".join(list(others)[:MOST_NAMES])
            draft.note(RECORD, told, _("These elements are not of Dublin Core: they were not read."))
        draft.put("languages", _languages(draft.document), RECORD)
        return draft.read(registry.by_slug(self.database), column_of=lambda path: RECORD)


def _is_lost(text: str) -> bool:
    """Whether so much of a text could not be read that nobody can."""
    return text.count(LOST) > 2 and 4 * text.count(LOST) >= len(text)


def _refuse_an_answer_without_records(element: etree._Element) -> None:
    """Stop at what a server says instead of records, unless it says that there are none."""
    if name(element) != "error":
        message = _("This is an answer to another question (%(found)s): records come with ListRecords or GetRecord.")
        raise UnreadableFile(message % {"found": f"<{name(element)}>"})
    code = clean(element.get("code") or "")
    if code != NOTHING_NEW:
        said = clean("".join(element.itertext()))
        message = _("The repository answered with an error: %(said)s")
        raise UnreadableFile(message % {"said": f"{code}: {said}"[:LONGEST_WORDS]})


def _parsed(row: Row, text: str) -> etree._Element:
    """The element of a row; ValueError says why there is none."""
    if row.fault:
        raise ValueError(row.fault)
    if not is_sound(text):
        raise ValueError(_("This is not UTF-8: save the file in UTF-8, or mend the signs."))
    return elements.parse(text)


def _note_what_was_mended(draft: OaiDraft, text: str) -> None:
    """Tell of each kind of fault in the bytes of a record, and show the first place."""
    told = {
        LOST: _("Some of this could not be read: � stands in its place."),
        TAKEN_OUT: _("Control characters, which no text may hold, were left out."),
    }
    for sign, reason in told.items():
        if (place := text.find(sign)) >= 0:
            draft.note(RECORD, text[max(place - NEAR, 0) : place + NEAR], reason)


def _header(element: etree._Element) -> Header:
    """The header of a record; one that stands alone is called by its own first identifier. ValueError if by none."""
    header = next((child for child in element if name(child) == "header"), None)
    within = element.iter() if header is None else header
    found = (child for child in within if name(child) == "identifier")
    given = next((text for text in ("".join(child.itertext()) for child in found) if clean(text)), "")
    identifier = clean(given)
    if not identifier:
        raise ValueError(_("The record has no identifier of its own."))
    if len(identifier) > LONGEST_IDENTIFIER:
        message = _("The identifier of the record is longer than %(most)d characters.")
        raise ValueError(message % {"most": LONGEST_IDENTIFIER})
    if LOST in identifier:
        raise ValueError(_("This is not UTF-8: save the file in UTF-8, or mend the signs."))
    if CONTROL.search(identifier) or TAKEN_OUT in given:
        raise ValueError(_("The identifier of the record holds control characters."))
    status = "" if header is None else header.get("status") or ""
    return Header(identifier, status.strip().lower() == "deleted")


def _subject(identifier: str) -> str:
    return identifier if identifier.startswith("oai:") else f"oai-dc:{identifier}"


def _values(element: etree._Element) -> tuple[dict[str, list[Value]], dict[str, str]]:
    """The Dublin Core of a record by element, and the other elements that hold text: name and beginning."""
    values: dict[str, list[Value]] = {}
    others: dict[str, str] = {}
    walker = etree.iterwalk(element, events=("start",))
    for _event, child in walker:
        if name(child) in ("header", "about"):
            walker.skip_subtree()
        elif _is_dublin_core(child):
            values.setdefault(name(child), []).append(_value(child))
            walker.skip_subtree()
        elif text := clean((child.text or "")[:LONGEST_WORDS]):
            others.setdefault(name(child), text[:MOST_SHOWN])
    found = {field: [one for one in given if one.text or one.had_email] for field, given in values.items()}
    once = {field: given if field in COUNTED else list(dict.fromkeys(given)) for field, given in found.items()}
    return with_marked_languages({field: given for field, given in once.items() if given}), others


def _is_dublin_core(element: etree._Element) -> bool:
    """Whether it is one of the fifteen elements; some repositories forget their namespace."""
    if name(element) not in FIELDS:
        return False
    parent, space = element.getparent(), etree.QName(element).namespace or ""
    is_within = space in WRAPPED and parent is not None and name(parent) == "dc"
    return is_within or bool(DUBLIN_CORE.fullmatch(space))


def _value(element: etree._Element) -> Value:
    """What an element says, markup and all, and in which language, if that is said."""
    text = markup.paragraphs(_text(element)[:MOST_SIGNS])
    told = markup.without_emails(text)
    return Value(told, tag(_language(element)), told != text)


def _text(element: etree._Element) -> str:
    """What stands in an element and in those within, which some use to set paragraphs."""
    if not len(element):
        return element.text or ""
    pieces = []
    for event, one in etree.iterwalk(element, events=("start", "end")):
        tail = "" if one is element else one.tail
        apart = "\n\n" if one is not element and markup.PARTS.fullmatch(name(one)) else ""
        pieces += [apart, (one.text if event == "start" else tail) or ""]
    return "".join(pieces)


def _language(element: etree._Element) -> str:
    """The language that is stated for an element, by itself or by the nearest around it."""
    return next((given for one in (element, *element.iterancestors()) if (given := one.get(XML_LANG))), "")


def _take_along_the_language(record: etree._Element) -> None:
    """Write on a record the language that was stated for the whole response, which it leaves."""
    if language := _language(record):
        record.set(XML_LANG, language)


def _languages(document: dict) -> list[str]:
    """The languages of the record: those of its title and abstract that a record can have."""
    tags = (tag for field in ("title", "abstract") for tag in document.get(field, {}))
    codes = dict.fromkeys(one.partition("-")[0] for one in tags)
    return [code for code in codes if code in UN_LANGUAGES]
