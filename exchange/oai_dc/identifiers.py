"""Identifiers of works: web addresses, and those whose scheme is certain."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

from rest_framework.serializers import ValidationError

from exchange.oai_dc.draft import Value
from formats.fields import AddressField

LONGEST_ADDRESS = 2_000
WEB = re.compile(r"https?://\S+", re.IGNORECASE)
DOI = re.compile(r"(?:doi:?\s?|info:doi/|(?:https?://)?(?:dx\.|www\.)?doi\.org/(?:doi:)?)?(10\.[\d.]{4,20}/\S+)", re.I)
HANDLE = re.compile(r"(?:hdl:\s?|info:hdl/|https?://hdl\.handle\.net/)(\d[\d.]*/\S+)", re.I)
ISBN = re.compile(r"(?:(?:urn:)?isbn(?:-1[03])?[:\s]*([\dXx -]{10,17})|(97[89][\d -]{10,14}))", re.I | re.A)
ISSN = re.compile(r"(?:urn:)?[ep]?-?issn[:\s]*(\d{4}-?\d{3}[\dXx])", re.I | re.A)
# What DSpace writes where nobody set up an address or a handle: they lead nowhere, and others have the same.
NOWHERE = re.compile(
    r"https?://(?:(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+)(?:[:/].*)?"
    r"|hdl\.handle\.net/123456789/.*)",
    re.IGNORECASE,
)
EXAMPLE = "123456789/"  # the prefix of DSpace's own examples
# Addresses of a thing to be loaded, as DSpace, Digital Commons and journals write them, or by their ending.
FILE = re.compile(
    r"/bitstreams?/|/cgi/viewcontent\.cgi|/article/(?:download|viewfile)/"
    r"|\.(?:pdf|docx?|odt|rtf|txt|pptx?|xlsx?|ods|csv|epub|djvu|ps|zip|gz|jpe?g|png|gif|tiff?|mp[34]|wav|mov|avi)"
    r"(?:[?#].*)?$",
    re.IGNORECASE,
)
SITE = re.compile(r"https?://[^/?#]+/?", re.IGNORECASE)
NAMED = re.compile(r"oai:([^:/]{1,100}):(.{1,200})", re.IGNORECASE)
ARK, URN = re.compile(r"ark:/\S+", re.I), re.compile(r"urn:[a-z0-9-]{2,31}:\S+", re.I)


class Home(NamedTuple):
    """Where a record is kept: what it is called there, and the hosts that may show it."""

    record: str
    hosts: frozenset[str]


def address(identifier: str, values: Iterable[Value], relations: Iterable[Value] = ()) -> str:
    """Where the work is shown.

    An address of a resolver comes first, then the record's own page in the repository, any other page, a DOI or handle
    without an address, a file, and last what is the address of a whole site.
    """
    lines, related = ([one.line for one in given] for given in (values, relations))
    on_the_web = [line for line in lines if is_address(line)]
    resolved = [line for line in on_the_web if DOI.fullmatch(line) or HANDLE.fullmatch(line)]
    repository = home(identifier, lines)
    own = [line for line in (*on_the_web, *related) if is_own_page(line, repository)]
    files = [line for line in on_the_web if FILE.search(line)]
    dois = (f"https://doi.org/{found[1]}" for found in map(DOI.fullmatch, lines) if found)
    handles = (f"https://hdl.handle.net/{found[1]}" for found in map(HANDLE.fullmatch, lines) if found)
    handles = (one for one in handles if not is_of_nobody_else(one))
    ordered = (*resolved, *own, *pages(lines), *dois, *handles, *files, *on_the_web)
    return next((one for one in ordered if is_address(one)), "")


def home(identifier: str, lines: Iterable[str]) -> Home:
    """The repository of a record: by its name, as in `oai:eprints.example.org:7`, and by the addresses of the work."""
    named = NAMED.fullmatch(identifier)
    hosts = (urlsplit(line).hostname or "" for line in lines if is_address(line))
    return Home(named[2], frozenset([named[1].lower(), *hosts])) if named else Home("", frozenset())


def is_own_page(line: str, repository: Home) -> bool:
    """Whether an address is the page of the record there: its path ends in what the repository calls the record."""
    if not repository.record or not is_address(line):
        return False
    place = urlsplit(line)
    is_there = place.hostname in repository.hosts and not place.query
    return is_there and place.path.rstrip("/").endswith(f"/{repository.record}")


def is_form(line: str, pages: Iterable[str]) -> bool:
    """Whether an address lies under a page of the work: there journals have its forms, `view/7/12` of `view/7`."""
    return is_address(line) and any(line.startswith(f"{page.rstrip('/')}/") for page in pages)


def pages(lines: Iterable[str]) -> list[str]:
    """The addresses among these that show a work: neither a file nor a whole site."""
    return [line for line in lines if is_address(line) and not FILE.search(line) and not SITE.fullmatch(line)]


def is_address(text: str) -> bool:
    """Whether the text is a web address, and nothing else."""
    return len(text) <= LONGEST_ADDRESS and _is_address(text)


@lru_cache(maxsize=1_000)
def _is_address(text: str) -> bool:
    if not WEB.fullmatch(text) or is_of_nobody_else(text):
        return False
    try:
        AddressField().run_validation(text)
    except (ValidationError, ValueError):
        return False
    return True


def is_of_nobody_else(text: str) -> bool:
    """Whether it is an address that only the computer of the repository knows."""
    return bool(NOWHERE.fullmatch(text))


def identified(text: str) -> tuple[str, str] | None:
    """The scheme and the value of an identifier, if it surely is one."""
    for scheme, pattern in {"DOI": DOI, "Handle": HANDLE, "ISSN": ISSN}.items():
        if (found := pattern.fullmatch(text)) and not (scheme == "Handle" and found[1].startswith(EXAMPLE)):
            return scheme, found[1]
    if (found := ISBN.fullmatch(text)) and _is_isbn(value := (found[1] or found[2]).strip()):
        return "ISBN", value
    return next(((name, text) for name, own in {"ARK": ARK, "URN": URN}.items() if own.fullmatch(text)), None)


def _is_isbn(text: str) -> bool:
    """Whether the check digit is right."""
    signs = re.sub(r"[ -]", "", text).upper()
    digits = [10 if sign == "X" else int(sign) for sign in signs]
    if len(signs) == 10 and "X" not in signs[:9]:
        return sum(weight * digit for weight, digit in zip(range(10, 0, -1), digits, strict=True)) % 11 == 0
    if len(signs) != 13 or "X" in signs:
        return False
    return sum(digit * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10 == 0
