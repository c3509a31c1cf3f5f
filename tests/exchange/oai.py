"""Records and responses of OAI-PMH, as a repository of our own invention gives them."""

from io import BufferedReader, BytesIO

from exchange.oai_dc.reader import OaiDc

OAI = OaiDc()
SPACES = (
    'xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:dcterms="http://purl.org/dc/terms/"'
)
TITLE = "<dc:title>Living modified maize</dc:title>"


def a_record(elements=TITLE, identifier="oai:repository.example.org:1", status=""):
    header = f"<header{status}><identifier>{identifier}</identifier><datestamp>2015-10-22</datestamp></header>"
    return f"<record>{header}<metadata><oai_dc:dc {SPACES}>{elements}</oai_dc:dc></metadata></record>"


def a_response(*records, verb="ListRecords"):
    return (
        '<?xml version="1.0" encoding="UTF-8"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">'
        f"<responseDate>2015-12-15T17:09:07Z</responseDate><request verb='{verb}'>https://example.org/oai</request>"
        f"<{verb}>{''.join(records)}<resumptionToken/></{verb}></OAI-PMH>"
    )


def rows(xml):
    return list(OAI.rows(BufferedReader(BytesIO(xml if isinstance(xml, bytes) else xml.encode()))))


def dc(name, *texts):
    return "".join(f"<dc:{name}>{text}</dc:{name}>" for text in texts)
