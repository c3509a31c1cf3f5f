"""Looking into the elements of an activity: children, attributes, words in their languages, days, numbers."""

import html
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache

from babel.core import get_global
from lxml import etree

from exchange.files.elements import LANGUAGE, name
from exchange.iati import codes
from exchange.reading.markup import ENTITY
from exchange.reading.text import clean
from formats import dates
from formats.fields import TAG
from reference import languages

UNKNOWN = "und"
LONGEST_TAG = 35
# A day as IATI writes it, whose time and zone say nothing here.
DAY = re.compile(r"(\d{4}(?:-\d{2}(?:-\d{2})?)?)(?:(?<=-\d\d-\d\d)(?:[T ].*|Z|[+-]\d{2}:?\d{2}))?", re.ASCII)
NO_DAYS = ("0000-00-00", "0001-01-01")
LAST_YEAR = 2200  # of the days that the common format knows; what lies beyond stands for no day at all
NUMBER = re.compile(
    r"[+-]?(?:(?:\d{1,15}|\d{1,3}(?:,\d{3}){1,4})(?:\.\d{0,20})?|\.\d{1,20})(?:[eE][+-]?\d{1,2})?", re.ASCII
)
SHARE = re.compile(r"\d{1,3},\d{1,2}", re.ASCII)  # of a hundred: there are no thousands to part off
LARGEST = Decimal(10) ** 15
MARKUP = re.compile(r"</?(?:p|br|ul|ol|li|b|i|u|em|strong|span|div|font|a|h[1-6])(?:\s[^<>]*)?/?>", re.IGNORECASE)
LINE_END = re.compile("_x000[dD]_")  # as spreadsheets write one that was pasted into a cell
BREAKS = re.compile(r"<(?:br|/p|/div|/li|/h[1-6])\s*/?>", re.IGNORECASE)


def unqualified(activity: etree._Element) -> etree._Element:
    """The activity with plain names, where its file puts IATI's own elements into a namespace."""
    space = etree.QName(activity).namespace
    for element in activity.iter(f"{{{space}}}*") if space else ():
        element.tag = name(element)
    return activity


def every(parent: etree._Element | None, *path: str) -> list[etree._Element]:
    """The elements at a path of names."""
    found = [] if parent is None else [parent]
    for step in path:
        found = [child for element in found for child in element.iterchildren(step)]
    return found


def first(parent: etree._Element | None, *path: str) -> etree._Element | None:
    return next(iter(every(parent, *path)), None)


def attribute(element: etree._Element | None, *names: str) -> str:
    """The first of these attributes that says something."""
    given = (clean(element.get(one, "")) for one in names) if element is not None else ()
    return next((text for text in given if text), "")


def code(element: etree._Element | None) -> str:
    """The code of an element; the earliest files call it a reference."""
    return attribute(element, "code", "ref")


def own(element: etree._Element | None) -> str:
    """The text of an element without that of its children, on one line."""
    if element is None:
        return ""
    return clean(" ".join([element.text or "", *(child.tail or "" for child in element)]))


def told(elements: Iterable[etree._Element]) -> Iterator[tuple[str, str]]:
    """What elements say, each text with its language: that of narratives, or of the elements themselves."""
    for element in elements:
        for spoken in every(element, "narrative") or [element]:
            text = prose("".join(spoken.itertext()))
            if not codes.says_nothing(text):
                yield language(spoken), text


def texts(elements: Iterable[etree._Element]) -> dict[str, str]:
    """What elements say, by language; several texts of one language follow each other as paragraphs."""
    found: dict[str, dict[str, None]] = {}
    for tag, text in told(elements):
        found.setdefault(tag, {})[text] = None
    return {tag: "\n\n".join(paragraphs) for tag, paragraphs in found.items()}


def words(element: etree._Element | None) -> str:
    """What an element says, on one line: in English, or in the language that comes first."""
    given: dict[str, str] = {}
    for tag, text in told([] if element is None else [element]):
        given.setdefault(tag, text)
    return clean(given.get("en") or next(iter(given.values()), ""))


def prose(text: str) -> str:
    """Paragraphs without the marks of a web page that some publishers leave in them."""
    text = LINE_END.sub("\n", text)
    text = ENTITY.sub(lambda found: html.unescape(found[0]), text) if "&" in text else text
    if MARKUP.search(text):
        text = html.unescape(MARKUP.sub(" ", BREAKS.sub("\n\n", text)))
    lines = [clean(line) for line in text.splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def language(element: etree._Element) -> str:
    """The language that an element has from itself or from what stands around it; `und` if none is given."""
    around = (element, *element.iterancestors())
    given = (*(one.get(LANGUAGE) for one in around), around[-1].get("default-language"))
    return tag(next((one for one in given if one and one.strip()), ""))


def tag(given: str) -> str:
    """A BCP 47 tag, or `und`. A UN language keeps no country: who reads French finds what is `fr-CA`."""
    return _tag(given) if len(given) <= LONGEST_TAG else UNKNOWN


@lru_cache(maxsize=1000)
def _tag(given: str) -> str:
    primary, *rest = given.strip().replace("_", "-").split("-")
    primary = primary.lower()
    if len(primary) == 3:
        primary = get_global("language_aliases").get(primary, primary)
    found = "-".join([primary, *rest])
    if not (languages.is_tag(found) and TAG.fullmatch(found)):
        found = primary
    if primary in languages.UN_LANGUAGES and re.fullmatch(r"..-([A-Za-z]{2}|\d{3})", found):
        found = primary
    return found if languages.is_tag(found) and TAG.fullmatch(found) else UNKNOWN


def day_told(element: etree._Element | None, *names: str) -> str:
    """The words of a day: of an attribute, or of the text that some files write instead."""
    given = attribute(element, *(names or ("iso-date", "iso_date")))
    given = given or (own(element) if not names else "")
    return "" if given[:10] in NO_DAYS else given


def day(given: str) -> str | None:
    """A day, month or year; None if the words are none."""
    if not (match := DAY.fullmatch(given)):
        return None
    try:
        dates.first_day(match[1])
    except ValueError:
        return None
    return match[1]


def is_far(given: str) -> bool:
    """Whether it is a day such as 9999-12-31, which stands for none."""
    return DAY.fullmatch(given) is not None and int(given[:4]) > LAST_YEAR


def share(given: str) -> Decimal | None:
    """A percentage, with or without its sign; None if the words are none."""
    given = given.rstrip("% ")
    return number(given.replace(",", ".") if SHARE.fullmatch(given) else given)


def share_told(given: str) -> str:
    """A percentage for readers, without needless noughts; what is none as it was written."""
    found = share(given)
    return given if found is None else f"{found.normalize():f}%"


def number(given: str) -> Decimal | None:
    """An amount; None if the words are none that can mean one number only."""
    if not NUMBER.fullmatch(given):
        return None
    found = Decimal(given.replace(",", ""))
    return found + 0 if abs(found) < LARGEST else None
