"""Choosing a record for a form's field: the pages carry the form's ticket along, and lead back with the record."""

from urllib.parse import urlencode

from django.utils.http import url_has_allowed_host_and_scheme

from formats import choosing

PARAMETER = "ticket"


def held(request) -> str:
    """The ticket of the address, if it holds; a forged, broken or old one is as if it were not there."""
    given = request.GET.get(PARAMETER, "")
    return given if given and choosing.opened(given) else ""


def choice_address(ticket: str, uid: str) -> str:
    """Where choosing this record leads; nothing without a ticket that holds."""
    back = choosing.way_back(ticket, uid) if ticket else None
    return back if back and url_has_allowed_host_and_scheme(back, allowed_hosts=None) else ""


def carried(address: str, ticket: str) -> str:
    """The address with the ticket, so that looking at a record does not lose the form."""
    return f"{address}?{urlencode({PARAMETER: ticket})}" if ticket else address
