"""The sources whose files can be read, by name: those with a mapping file, and the formats with code of their own."""

from exchange import iati
from exchange.mapped.mapping import mapping, sources
from exchange.oai_dc.reader import OaiDc
from exchange.portal_feed import PortalFeed
from exchange.reading.reader import Reader

# The formats that are a file of code each.
WRITTEN: dict[str, Reader] = {"iati": iati.reader, "oai-dc": OaiDc(), "portal": PortalFeed()}


def names() -> list[str]:
    """The names of all of them."""
    return sorted([*sources(), *WRITTEN])


def reader(source: str) -> Reader:
    """What reads the files of a source; KeyError if nothing does."""
    return WRITTEN.get(source) or mapping(source)
