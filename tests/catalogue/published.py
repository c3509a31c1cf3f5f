"""Published records for the tests of the catalogue, indexed without a database."""

from datetime import UTC, datetime
from itertools import count

from django.http import QueryDict

from catalogue.index.follower import Copy
from catalogue.index.reader import Reader
from catalogue.index.schema import open_index
from catalogue.search.query import SearchQuery
from catalogue.search.searching import search
from formats import registry
from publishing.models import Publication
from tests import documents

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def publication(code="PRJ", number=1, position=None, envelope=None, **changes):
    """One publication of a complete document of a format, with these fields changed."""
    return Publication(
        uid=f"CMB-{code}-KE-{number}",
        position=position or number,
        database=registry.by_code(code).slug,
        action="published",
        version=1,
        at=NOW,
        envelope={"profile": "registered", "modified_at": "2026-11-01T00:00:00Z"} | (envelope or {}),
        document=documents.COMPLETE[code](**changes),
    )


def tombstone(number=1, position=None, **more):
    return Publication(
        uid=f"CMB-PRJ-KE-{number}",
        position=position or number,
        database="projects",
        action="withdrawn",
        version=1,
        at=NOW,
        reason="mistake",
        **more,
    )


def titled(*titles, **changes):
    """Bare harvested projects with these titles ({language: text}), the first at position 1."""
    return [bare(number, title=title, **changes) for number, title in zip(count(1), titles, strict=False)]


def bare(number, code="PRJ", profile="harvested", position=None, modified_at="2026-11-01T00:00:00Z", **document):
    """A record that holds these fields and nothing else."""
    return Publication(
        uid=f"CMB-{code}-SCBD-{number}",
        position=position or number,
        database=registry.by_code(code).slug,
        action="published",
        version=1,
        at=NOW,
        envelope={"profile": profile, "modified_at": modified_at, "published_at": modified_at},
        document={"format": f"{code}/1", "languages": ["en"]} | document,
    )


def indexed(folder, publications):
    """A reader of an index of these."""
    copy = Copy(folder)
    copy.take(publications)
    copy.commit()
    copy.close()
    return reopened(folder)


def reopened(folder):
    return Reader("a log", open_index(folder).searcher())


def found(reader, address="", **how):
    """The page that the parameters of an address lead to."""
    return search(SearchQuery.parse(QueryDict(address), **how), reader)


def numbers(page):
    """The numbers of the records of a page, in order."""
    return [int(hit.uid.rpartition("-")[2]) for hit in page.hits]
