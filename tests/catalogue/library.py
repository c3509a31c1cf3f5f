"""A small published set for the tests of pages and API, put into an index as the follower does it, without a database.

No test that uses it alone may open the database: pytest-django refuses. So each is a proof that the read needs none.
"""

from catalogue.index.follower import Copy
from catalogue.index.shelf import Shelf
from tests import documents
from tests.catalogue import published

LOG = "00000000-0000-4000-8000-000000000001"
OWNER = {"kind": "government", "country": "UG", "name": "Uganda"}
CONTACT = {"name": "Biosafety desk", "organization": "National Biosafety Authority", "email": "desk@example.org"}
ENVELOPE = {
    "profile": "registered",
    "sample": False,
    "published_at": "2026-05-01T09:00:00Z",
    "modified_at": "2026-06-01T09:00:00Z",
    "confirmed_at": "2026-06-01T09:00:00Z",
    "owner": OWNER,
    "contacts": [CONTACT],
    "provenance": None,
    "replaced_by": None,
}
HARVESTED = {
    "profile": "harvested",
    "contacts": [],
    "confirmed_at": None,
    "provenance": {
        "source": "GEF portal",
        "identifier": "GEF-5634",
        "address": "https://source.example.org/5634",
        "retrieved_on": "2026-04-03",
        "licence": None,
    },
}


class Library:
    """The index of a test: what is put on its shelf is what the public reads."""

    def __init__(self, place):
        self.place, self.position = place / "index", 0

    def put(self, code, number=1, envelope=None, **changes):
        """Publish a complete document of a format with these fields changed; return its uid."""
        return self.take(self.made(code, number, envelope, **changes))

    def made(self, code, number=1, envelope=None, **changes):
        one = published.publication(code, number, self.next(), ENVELOPE | (envelope or {}))
        one.document = documents.COMPLETE[code](**changes)
        one.uid = f"CMB-{code}-UG-{number}"
        return one

    def put_bare(self, code, number, envelope=None, **document):
        """Publish what a source gives, and nothing else."""
        one = published.bare(number, code, position=self.next(), **document)
        one.envelope = ENVELOPE | HARVESTED | (envelope or {})
        return self.take(one)

    def bury(self, number, action="withdrawn", reason="outdated", replaced_by=""):
        """Put a tombstone in the place of a project."""
        one = published.tombstone(number, self.next(), replaced_by=replaced_by)
        one.uid, one.action, one.reason = f"CMB-PRJ-UG-{number}", action, reason
        return self.take(one)

    def next(self):
        self.position += 1
        return self.position

    def take(self, *publications):
        """Write them into the index as the follower does; return the uid of the last."""
        shelf = Shelf(self.place)
        copy = Copy(shelf.folder(LOG))
        copy.take(list(publications))
        copy.commit()
        copy.close()
        shelf.mark(LOG)
        return publications[-1].uid
