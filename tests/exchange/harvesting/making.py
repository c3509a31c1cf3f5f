"""Sources for the tests of harvesting: sheets in the shape of the GEF portal's, at an address."""

from django.utils import timezone

from exchange import tasks
from exchange.importing import run as importing
from exchange.models import Harvest, ImportRun, Source
from tests.exchange.oai import a_record
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


def an_answer(inner):
    day = "<responseDate>2026-05-01T00:00:00Z</responseDate>"
    return f'<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">{day}{inner}</OAI-PMH>'.encode()


def a_list(number, token="", **more):
    record = a_record(identifier=f"oai:example.org:{number}", **more)
    return an_answer(f"<ListRecords>{record}<resumptionToken>{token}</resumptionToken></ListRecords>")


def a_repository(site, deleted="no"):
    """A repository of three lists with a record each, at `/oai`; its harvest is due."""
    says = f"<granularity>YYYY-MM-DD</granularity><deletedRecord>{deleted}</deletedRecord>"
    site.files["/oai?verb=Identify"] = an_answer(f"<Identify>{says}</Identify>")
    site.files["/oai?verb=ListRecords&metadataPrefix=oai_dc"] = a_list(1, "second")
    site.files["/oai?verb=ListRecords&resumptionToken=second"] = a_list(2, "third")
    site.files["/oai?verb=ListRecords&resumptionToken=third"] = a_list(3, "")
    harvest = a_source(site.at("/oai"), key="repository", protocol=Harvest.Protocol.OAI_PMH)
    Source.objects.update(reader="oai-dc")
    return harvest


def harvested(harvest):
    """One turn, as the worker has it, now; the run that it left."""
    Harvest.objects.filter(pk=harvest.pk).update(next_at=timezone.now())
    before = ImportRun.objects.count()
    tasks.harvest(pk=harvest.pk)
    harvest.refresh_from_db()
    assert ImportRun.objects.count() == before + 1
    return ImportRun.objects.latest("pk")
