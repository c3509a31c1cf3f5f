"""Sources for the tests of harvesting: sheets in the shape of the GEF portal's, at an address."""

from exchange.importing import run as importing
from exchange.models import Harvest, ImportRun, Source
from tests.exchange.sheets import a_row, text_of


def a_source(address="https://data.example.org/sheet.csv", *, key="gef", paused=False, licence="CC BY 4.0", **columns):
    """A source with a harvest that is due; `columns` are those of the harvest."""
    source = Source.objects.create(key=key, name="GEF of the tests", licence=licence, reader="gef-portal")
    given = {"protocol": Harvest.Protocol.DOCUMENT, "is_paused": paused} | columns
    return Harvest.objects.create(source=source, address=address, **given)


def a_run():
    """A run of another source than there is yet."""
    harvest = a_source(key=f"source-{Source.objects.count()}")
    return importing.start(harvest.source, ["sheet.csv"], trigger=ImportRun.Trigger.HARVEST)


def a_sheet_of(*numbers, **cells):
    """The bytes of a sheet with rows of these numbers."""
    return text_of([a_row(id=str(number), title=f"Project {number}") | cells for number in numbers]).encode()
