"""For machines that read pages: a feed of any search, the map of the site, and what robots may read."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from catalogue.conditional import from_the_index
from catalogue.index.reader import Reader
from catalogue.pages.record_page import shown_owner, title
from catalogue.search.bad_query import BadQuery
from catalogue.search.query import SearchQuery
from catalogue.search.searching import search
from publishing.record import address

IN_A_FEED = 50
IN_A_PART = 1000
XML = "application/xml; charset=utf-8"
PLAIN = "text/plain; charset=utf-8"
ATOM = "application/atom+xml; charset=utf-8"
PAGES = ("", "search/", "about/", "help/", "contact/", "terms/", "privacy/", "accessibility/", "api/")


@from_the_index
def feed(request, published: Reader):
    """The newest results of a search, as an Atom feed."""
    language = request.LANGUAGE_CODE
    try:
        parameters = request.GET.copy()
        parameters["sort"], parameters["page_size"] = "modified", str(IN_A_FEED)
        query = SearchQuery.parse(parameters, None, language, entries=False, facets=())
    except BadQuery as wrong:
        return HttpResponse(f"{wrong.parameter}: {wrong.message}", status=400, content_type=PLAIN)
    page = search(query, published)
    entries = [entry(hit, language) for hit in page.hits]
    context = {
        "address": f"{settings.SITE_ADDRESS}{request.get_full_path()}",
        "words": query.wanted.typed,
        "entries": entries,
        "updated": entries[0]["updated"] if entries else "1970-01-01T00:00:00Z",
    }
    return render(request, "catalogue/feed.xml", context, content_type=ATOM)


def entry(hit, language: str) -> dict:
    excerpt = hit.excerpt
    return {
        "address": address(hit.uid),
        "title": title(hit.record, language),
        "updated": hit.modified_at or hit.published_at,
        "published": hit.published_at,
        "owner": shown_owner(hit.record["owner"], language)["name"],
        "kind": hit.kind,
        "summary": "".join(text for text, _is_hit in excerpt.fragments) if excerpt else "",
    }


def robots(request):
    """Everything that is published may be read; the desk is nothing for robots."""
    private = [f"Disallow: /{code}/{part}/" for code, _name in settings.LANGUAGES for part in ("desk", "account")]
    lines = ["User-agent: *", *private, f"Sitemap: {settings.SITE_ADDRESS}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type=PLAIN)


@from_the_index
def sitemap_index(request, published: Reader):
    """The parts of the map: one of pages, then one for each stretch of positions of the log."""
    parts = range(published.position // IN_A_PART + 2)
    addresses = [f"{settings.SITE_ADDRESS}/sitemap-{number}.xml" for number in parts]
    return render(request, "catalogue/sitemap_index.xml", {"addresses": addresses}, content_type=XML)


@from_the_index
def sitemap(request, published: Reader, number):
    """The pages of the site (part 0), or the records whose last change lies in a stretch of the log."""
    if number > published.position // IN_A_PART + 1:
        raise Http404(_("The map of the site has no such part."))
    rows = pages() if number == 0 else records(published, (number - 1) * IN_A_PART)
    languages = [code for code, _name in settings.LANGUAGES]
    context = {"rows": rows, "languages": languages, "site": settings.SITE_ADDRESS}
    return render(request, "catalogue/sitemap.xml", context, content_type=XML)


def pages() -> list[dict]:
    return [{"path": path, "changed": ""} for path in PAGES]


def records(published: Reader, after: int) -> list[dict]:
    changes = published.changes_after(after, IN_A_PART)
    wanted = published.records(change.uid for change in changes if change.position <= after + IN_A_PART)
    return [{"path": f"records/{uid}/", "changed": record["modified_at"]} for uid, record in wanted.items()]
