"""A small file of each source whose files can be read, and the command that imports it."""

import io
import json

from django.core.management import CommandError, call_command

from exchange import readers
from tests.exchange import gpml, oai, pmis, sheets

TABLES = ("gef-pmis", "gef-portal", "grants-gov")
ITEMS = ("gpml-financing", "gpml-projects", "gpml-resources", "horizon")
FEEDS = ("portal",)
ELEMENTS = ("iati", "oai-dc")
SOURCES = (*TABLES, *ITEMS, *FEEDS, *ELEMENTS)
ENDINGS = dict.fromkeys(TABLES, ".csv") | dict.fromkeys((*ITEMS, *FEEDS), ".json") | dict.fromkeys(ELEMENTS, ".xml")
TITLES = {"horizon": "name"} | dict.fromkeys(ITEMS[:3], "title") | dict.fromkeys(TABLES, "Title")

GRANT = {
    "Source": "grants.gov",
    "Description": "For seed banks",
    "Deadline": "12312026",
    "URL": "https://example.org/1",
}
CALL = {"link": "https://example.org/1", "openDate": "2026-01-02", "closeDate": "2026-05-01", "budget": "1000"}


def a_record(source, number, title="Biosafety in practice"):
    """One record of a source, in its own way of writing: cells, an item, or the text of an element."""
    match source:
        case "gef-portal":
            return sheets.a_row(id=str(number), title=title)
        case "gef-pmis":
            return pmis.ROW | {"GEF_ID": str(number), "Title": title}
        case "grants-gov":
            return GRANT | {"ID": str(number), "Title": title}
        case "horizon":
            return CALL | {"code": f"HORIZON-{number}", "name": title}
        case "gpml-projects":
            return gpml.PROJECT | {"id": number, "title": title}
        case "gpml-resources":
            return gpml.RESOURCE | {"id": number, "title": title}
        case "gpml-financing":
            return gpml.OFFER | {"id": number, "title": title}
        case "portal":
            return a_change(number, title)
        case "iati":
            told = f"<title><narrative>{title}</narrative></title>" if title else ""
            return f"<iati-activity><iati-identifier>XX-1-{number}</iati-identifier>{told}</iati-activity>"
        case "oai-dc":
            told = f"<dc:title>{title}</dc:title>" if title else ""
            return oai.a_record(f"{told}<dc:creator>A Ministry</dc:creator>", f"oai:example.org:{number}")


def a_change(number, title):
    """A record of another portal, in its change feed."""
    uid = f"CMB-PRJ-UG-{number}"
    document = {"format": "PRJ/1", "languages": ["en"], **({"title": {"en": title}} if title else {})}
    record = {"uid": uid, "database": "projects", "url": f"https://example.org/{uid}", "document": document}
    return {"uid": uid, "database": "projects", "action": "published", "record": record}


def a_document(source, *records):
    """The text of a file of these records."""
    if source in TABLES:
        empty = dict.fromkeys(readers.reader(source).columns, "")
        return sheets.text_of([empty | record for record in records], tuple(empty))
    if source == "horizon":
        return json.dumps({"newCalls": [], "missionCalls": [], "allCalls": records})
    if source in FEEDS:
        return json.dumps({"changes": records})
    if source in ITEMS:
        return json.dumps(records)
    if source == "iati":
        return f"<iati-activities version='2.03'>{''.join(records)}</iati-activities>"
    return oai.a_response(*records)


def a_text(source, *titles):
    """The text of a file with a record for each title, numbered from 1."""
    return a_document(source, *(a_record(source, number, title) for number, title in enumerate(titles, start=1)))


def a_file(folder, source, data, name="file", ending=""):
    """A file that is called as those of the source are, unless it is said otherwise."""
    path = folder / f"{name}{ending or ENDINGS[source]}"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def import_records(source, *arguments):
    """Run the command as a person does: its exit code, the counts of its last line, and what it said.

    Whatever the files hold, each row is counted once.
    """
    out, err, code = io.StringIO(), io.StringIO(), 0
    try:
        call_command("import_records", source, *map(str, arguments), stdout=out, stderr=err)
    except SystemExit as ended:
        code = ended.code
    except CommandError as refused:
        return 1, None, str(refused)
    counted = json.loads(out.getvalue().splitlines()[-1])
    assert counted["read"] == sum(counted[name] for name in ("created", "updated", "unchanged", "refused"))
    return code, counted, err.getvalue()
