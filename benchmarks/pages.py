"""The page of a search and its JSON, whole and compressed, against the same engine calls in the same process."""

import re
from urllib.parse import quote

import brotli
from django.http import QueryDict

from benchmarks.row import Row
from benchmarks.search import AGAINST, engine_calls
from benchmarks.site import Site, on_the_shelf
from benchmarks.timing import Times, summary, timed, times
from catalogue.search.query import SearchQuery

RUNS = 25
FACETS = "&facets=country,group,area,theme,language,database,profile,sample"
SEARCHES = [
    ("all, newest first", ""),
    ("one word", "q=protocol"),
    ("two words", "q=risk+maize"),
    ("a common word in one country", "q=training&country=KE"),
    ("a phrase", 'q="seed+laboratory"'),
    ("the beginning of a word", "q=labor"),
    ("five choices in four facets", "country=KE&country=UG&area=risk-assessment&language=en&profile=registered"),
]
TARGET_SIZE = 14_000


def run(size: int) -> list[Row]:
    """For each search the page and the JSON with all facets; then all together, and the size of a page."""
    published, site = on_the_shelf(size), Site()
    rows, all_pages, all_json = [], [], []
    for name, address in SEARCHES:
        engine = timed(lambda address=address: engine_calls(published, parsed(address)), RUNS)
        page = times(lambda address=address: site.get(f"/en/search/?{quoted(address)}"), RUNS)
        as_json = times(lambda address=address: site.get(f"/api/v1/records/?{quoted(address)}{FACETS}"), RUNS)
        rows += [row(f"search page: {name}", page, engine), row(f"search JSON: {name}", as_json, engine)]
        all_pages += page
        all_json += as_json
    return [*rows, *together(all_pages, all_json), largest_page(site)]


def parsed(address: str) -> SearchQuery:
    return SearchQuery.parse(QueryDict(address))


def quoted(address: str) -> str:
    return quote(address, safe="=&+-")


def row(name: str, measured: list[float], engine: Times) -> Row:
    middle = summary(measured).median
    return Row(f"{name}, median", middle * 1000, "ms", middle / engine.median, AGAINST)


def together(pages: list[float], as_json: list[float]) -> list[Row]:
    made = [("search pages", summary(pages)), ("search JSON", summary(as_json))]
    return [
        Row(f"{name}, all of these: 95 of 100 within", one.p95 * 1000, "ms", one.p95 / 0.3, "the target of 300 ms")
        for name, one in made
    ]


def largest_page(site: Site) -> Row:
    """The largest of the pages as it is sent, its style sheet included."""
    style = sum(len(site.get(path).getvalue()) for path in style_sheets(site))
    sizes = [len(site.get(f"/en/search/?{quoted(address)}").content) + style for _name, address in SEARCHES]
    name, against = "largest search page with its style sheet, compressed", "the target of 14 kB"
    return Row(name, max(sizes) / 1000, "kB", max(sizes) / TARGET_SIZE, against)


def style_sheets(site: Site) -> list[str]:
    page = brotli.decompress(site.get("/en/search/").content).decode()
    return re.findall(r'<link rel="stylesheet" href="([^"]+)"', page)
