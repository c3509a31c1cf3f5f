"""Choosing a record for a field: the form links to the catalogue with a signed address to come back to."""

from urllib.parse import urlencode

from django.core import signing

SALT = "portal.choosing"
GOOD_FOR = 24 * 3600


def ticket(address: str, field: str) -> str:
    """What the form gives the catalogue: where to come back to, and for which field."""
    return signing.dumps({"address": address, "field": field}, salt=SALT)


def opened(text: str) -> dict | None:
    """The address and field of a ticket; None where it is forged, broken or too old."""
    try:
        return signing.loads(text, salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        return None


def way_back(text: str, uid: str) -> str | None:
    """The address that brings `uid` back to the form; None for a ticket that does not hold."""
    ticket_given = opened(text)
    return ticket_given and f"{ticket_given['address']}?{urlencode({'ticket': text, 'chosen': uid})}"
