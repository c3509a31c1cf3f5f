"""The address at which a source shows a record, made of the cells of its row."""

import re
from collections.abc import Collection, Mapping
from urllib.parse import quote

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

PLACE = re.compile(r"\{([^{}]*)\}")
# A place right behind the name of the site: a whole path, as the web sites themselves write them (`/projects/maize`).
SITE = re.compile(r"https?://[^/{}]+", re.IGNORECASE)
PATH = re.compile(r"/(?!/)")
LONGEST = 2000
IDENTIFIER = "identifier"

_is_an_address = URLValidator(schemes=["http", "https"])


def check(template: str, known: Collection[str]) -> None:
    """ValueError for an address that is none, or that names what no rule reads. It may be empty."""
    if unknown := [name for name in PLACE.findall(template) if name not in known and name != IDENTIFIER]:
        raise ValueError(f"the address names “{unknown[0]}”, which is not a column of the mapping")
    if set("{}") & set(PLACE.sub("", template)):
        raise ValueError("the address has a brace without its other half")
    is_a_cell = PLACE.fullmatch(template)
    if template and not is_a_cell and not is_web_address(PLACE.sub(_example, template)):
        raise ValueError(f"“{template[:100]}” is no web address")


def fill(template: str, cells: Mapping[str, str]) -> str:
    """The address of one row; nothing where a part is missing, or what comes out is no web address."""
    if not all(cells[name].strip() for name in PLACE.findall(template)):
        return ""
    if whole := PLACE.fullmatch(template):
        address = cells[whole[1]].strip()
    else:
        address = PLACE.sub(lambda place: _part(place, cells[place[1]].strip()), template)
    return address if is_web_address(address) else ""


def _is_a_path(place: re.Match) -> bool:
    return SITE.fullmatch(place.string, 0, place.start()) is not None


def _example(place: re.Match) -> str:
    return "/1" if _is_a_path(place) else "1"


def _part(place: re.Match, cell: str) -> str:
    """A cell as a part of an address. Behind the name of the site it must be a path: it may not name another site."""
    is_a_path = _is_a_path(place)
    part = quote(cell, safe="/" if is_a_path else "", errors="replace")
    return f"/{part.lstrip('/')}" if is_a_path and not PATH.match(part) else part


def is_web_address(text: str) -> bool:
    """Whether it is a whole address that begins with http or https, fit for a link."""
    if len(text) > LONGEST:
        return False
    try:
        _is_an_address(text)
    except ValidationError:
        return False
    return True
