"""The home page: one box over everything, the databases, what is open, what is needed, what is new."""

from typing import Any

from babel.dates import format_skeleton
from django.http import QueryDict
from django.shortcuts import render
from django.urls import reverse

from catalogue import clock
from catalogue.conditional import from_the_index
from catalogue.index.entry import headline
from catalogue.index.reader import Reader
from catalogue.pages import deadlines
from catalogue.pages.record_page import shown_owner
from catalogue.search.hits import Hit
from catalogue.search.query import SearchQuery
from catalogue.search.searching import Page, search
from formats import dates, local, multilingual, registry
from formats.format import CommonFormat
from reference import countries, vocabularies

OFFERS, NEEDS, NEWS = 5, 6, 6
AREAS_TO_TRY = ("risk-assessment", "lmo-identification", "awareness")


@from_the_index
def home(request, published: Reader):
    language = request.LANGUAGE_CODE
    every = found(published, language, "page_size=1&facets=database")
    cards = databases(every)
    context = {
        "search_url": reverse("catalogue:search"),
        "record_count": sum(card["count"] for card in cards),
        "databases": cards,
        "offers": offers(published, language),
        "needs": latest_needs(published, language),
        "news": news(published, language),
        "tries": tries(language),
    }
    return render(request, "catalogue/home.html", context)


def found(published: Reader, language: str, address: str, database: str | None = None) -> Page:
    query = SearchQuery.parse(QueryDict(address), database, language, entries=False, facets=())
    return search(query, published)


def databases(every: Page) -> list[dict[str, Any]]:
    counts = {one.value: one.count for one in every.facets["database"].values}
    return [
        {
            "slug": one.slug,
            "name": one.name,
            "help": one.help,
            "count": counts.get(one.slug, 0),
            "url": reverse("catalogue:database", args=[one.slug]),
        }
        for one in registry.databases()
    ]


def with_option(name: str) -> CommonFormat | None:
    """The database whose format declares this option: the offers, the needs."""
    return next((one for one in registry.all_formats() if one.option(name)), None)


def offers(published: Reader, language: str) -> dict[str, Any]:
    """The open offers whose deadlines come first."""
    declaration = with_option("closes")
    page = found(published, language, f"state=open&sort=deadline&page_size={OFFERS}", declaration.slug)
    url = f"{reverse('catalogue:database', args=[declaration.slug])}?state=open&sort=deadline"
    return {"url": url, "count": page.count, "rows": [offer(declaration, hit, language) for hit in page.hits]}


def offer(declaration: CommonFormat, hit: Hit, language: str) -> dict[str, Any]:
    _opens, closes = clock.offered(declaration, hit.record["document"])
    day = dates.last_day(dates.day(closes)) if closes else None
    return {
        **row(hit),
        "by": shown_owner(hit.record["owner"], language)["name"],
        "due": deadlines.sentence(declaration, hit.record, language, clock.now()),
        "day": day,
        "day_number": day and local.shown_number(day.day, language),
        "month": day and format_skeleton("yMMM", day, locale=language),
    }


def row(hit: Hit) -> dict[str, Any]:
    return {"url": reverse("catalogue:record", args=[hit.uid]), "title": hit.title, "sample": hit.sample}


def latest_needs(published: Reader, language: str) -> dict[str, Any]:
    """The countries whose needs were published last, each with the need that comes first."""
    declaration = with_option("entries")
    page = found(published, language, f"sort=modified&page_size={NEEDS}", declaration.slug)
    rows = [country_row(declaration, hit, language) for hit in page.hits]
    return {"url": reverse("catalogue:database", args=[declaration.slug]), "rows": rows}


def country_row(declaration: CommonFormat, hit: Hit, language: str) -> dict[str, Any]:
    document = hit.record["document"]
    entries = document.get(declaration.option("entries")) or []
    order = list(vocabularies.vocabulary("priority").terms)
    first = min(entries, key=lambda one: (order.index(one["priority"]), one.get("rank") or 10**6), default={})
    names = [countries.country_name(code, language) for code in document.get("countries", [])]
    return {
        **row(hit),
        "names": ", ".join(names) or str(hit.title),
        "count": local.shown_number(len(entries), language),
        "first": multilingual.chosen(first.get(headline(declaration.fields[declaration.option("entries")])), language),
    }


def news(published: Reader, language: str) -> list[dict[str, Any]]:
    page = found(published, language, f"sort=published&page_size={NEWS}")
    return [{**row(hit), "kind": hit.kind, **published_on(hit, language)} for hit in page.hits]


def published_on(hit: Hit, language: str) -> dict[str, str]:
    day = (hit.published_at or "")[:10]
    return {"day": day, "when": local.shown_date(day, language) if day else ""}


def tries(language: str) -> list[dict[str, str]]:
    """Searches to begin with: a few areas by their own names."""
    vocabulary = vocabularies.vocabulary("area")
    address = reverse("catalogue:search")
    return [
        {"label": vocabulary.label(code, language), "url": f"{address}?area={code}"}
        for code in AREAS_TO_TRY
        if code in vocabulary.terms
    ]
