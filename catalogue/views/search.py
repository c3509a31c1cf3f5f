"""Searching: everything, or one database. Whole without scripts; `#results` alone for htmx. Reads the index only."""

import re

from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from catalogue.conditional import from_the_index, is_part
from catalogue.index.reader import Reader
from catalogue.pages import shown_hits, tickets
from catalogue.pages.listing import EVERY_VALUE, Listing
from catalogue.search.bad_query import BadQuery
from catalogue.search.query import RELEVANCE, SearchQuery
from catalogue.search.searching import search
from formats import choosing, registry

INDENTATION = re.compile(rb"\n\s+")
OWN = (tickets.PARAMETER, EVERY_VALUE)


@from_the_index
def everything(request, published: Reader):
    return results(request, published, None, {"heading": _("Search"), "section": "search"})


@from_the_index
def database(request, published: Reader, database):
    declaration = registry.by_slug(database)
    heading = {"heading": declaration.name, "intro": declaration.help, "section": database}
    return results(request, published, database, heading)


def results(request, published: Reader, slug: str | None, heading: dict):
    try:
        query = asked(request, slug)
    except BadQuery as wrong:
        response = not_understood(request, wrong, heading)
    else:
        template = "catalogue/search.html#results" if is_part(request) else "catalogue/search.html"
        response = squeezed(render(request, template, heading | context(request, query, published)))
    patch_vary_headers(response, ["HX-Request", "HX-History-Restore-Request"])
    return response


def asked(request, slug: str | None) -> SearchQuery:
    """The search of the address; a forged ticket is dropped, so that no link carries it on."""
    parameters = request.GET.copy()
    if not tickets.held(request):
        parameters.pop(tickets.PARAMETER, None)
    return SearchQuery.parse(parameters, slug, request.LANGUAGE_CODE, also=OWN)


def context(request, query: SearchQuery, published: Reader) -> dict:
    ticket = tickets.held(request)
    page = search(query, published)
    opened = tuple(dict.fromkeys(request.GET.getlist(EVERY_VALUE)))
    return {
        "q": query.wanted.typed,
        "listing": Listing(query, page, request.path, opened),
        "page": page,
        "groups": shown_hits.groups(
            page.hits, request.LANGUAGE_CODE, ticket, query.entries and query.sort in ("country", RELEVANCE)
        ),
        "form_to_fill": choosing.opened(ticket)["address"] if ticket else "",
    }


def squeezed(response):
    """Without the indentation of the templates: a page of results must be small on a slow line."""
    response.content = INDENTATION.sub(b"\n", response.content)
    return response


def not_understood(request, wrong: BadQuery, heading: dict):
    """The form as it was sent, with the parameter that is wrong; a script is led to the whole page."""
    typed = request.GET.get("q", "")[:300]
    response = render(request, "catalogue/search.html", heading | {"q": typed, "wrong": wrong}, status=400)
    if is_part(request):
        response["HX-Redirect"] = request.get_full_path()
    return response
