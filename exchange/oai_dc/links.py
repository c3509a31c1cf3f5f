"""The identifiers of a work, where to get it, and the works that it is related to."""

from django.utils.translation import gettext as _

from exchange.oai_dc import shared_words
from exchange.oai_dc.identifiers import (
    DOI,
    address,
    home,
    identified,
    is_address,
    is_form,
    is_of_nobody_else,
    is_own_page,
    pages,
)

LONGEST_IDENTIFIER = 200
MOST_ADDRESSES = 100
APART = "\x1f"


def identifiers(values, draft):
    """Known schemes, and addresses where to get the work; all others (shelf marks, citations) are only told.

    Where no address is given, a DOI or a handle is one.
    """
    rows, copies = {}, {}
    for text in dict.fromkeys(one.line for one in values):
        known = identified(text)
        if known and len(known[1]) <= LONGEST_IDENTIFIER:
            rows[APART.join(known)] = {"scheme": known[0], "value": known[1]}
        if is_address(text):
            copies[text] = {"url": text}
        elif is_of_nobody_else(text):
            draft.note("dc:identifier", text, _("Only the computer of the repository knows this address."))
            draft.tell("Identifier", text)
        elif text != draft.identifier and (not known or len(known[1]) > LONGEST_IDENTIFIER):
            draft.tell("Identifier", text)
    if not copies and (resolved := address(draft.identifier, values)):
        copies[resolved] = {"url": resolved}
    draft.add_all("identifiers", "dc:identifier", rows.items(), MOST_ADDRESSES)
    draft.add_all("copies", "dc:identifier", copies.items(), MOST_ADDRESSES)


def relations(values, draft):
    """Other works: where they have addresses, links. Here too stand a page and names of this one, and who paid."""
    links, rows, copies = {}, {}, {}
    lines = [one.line for one in draft.values.get("identifier", ())]
    repository, shown = home(draft.identifier, lines), pages(lines)[:MOST_ADDRESSES]
    told = {(one["scheme"], one["value"].lower()) for one in draft.document.get("identifiers", ())}
    for text in dict.fromkeys(one.line for one in values):
        scheme, value = shared_words.alternative(text)
        known = identified(value) if scheme in shared_words.OF_THE_WORK else None
        if known and len(known[1]) <= LONGEST_IDENTIFIER:
            rows[APART.join(known)] = {"scheme": known[0], "value": known[1]}
        elif scheme:
            draft.tell("Related", f"{scheme.upper()} {value}")
        elif paid := shared_words.grant(text):
            draft.tell("Grant", paid)
        elif is_own_page(text, repository) or is_form(text, shown) or (is_address(text) and _key(text) in told):
            copies[text] = {"url": text}
        elif found := text if is_address(text) else _of_a_doi(text):
            links[found] = {"url": found}
        else:
            draft.tell("Related", text)
    more = ((key, row) for key, row in rows.items() if (row["scheme"], row["value"].lower()) not in told)
    draft.add_all("identifiers", "dc:relation", more, MOST_ADDRESSES)
    known = {one["url"] for one in draft.document.get("copies", ())}
    unknown = ((key, row) for key, row in copies.items() if key not in known)
    draft.add_all("copies", "dc:relation", unknown, MOST_ADDRESSES - len(known))
    draft.add_all("links", "dc:relation", links.items(), MOST_ADDRESSES)


def _key(text: str) -> tuple[str, str] | None:
    """An identifier as it is compared: DOIs differ in no capital letters."""
    known = identified(text)
    return (known[0], known[1].lower()) if known else None


def _of_a_doi(text: str) -> str:
    found = DOI.fullmatch(text)
    resolved = f"https://doi.org/{found[1]}" if found else ""
    return resolved if is_address(resolved) else ""
