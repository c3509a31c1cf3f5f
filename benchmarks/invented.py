"""Invented files of the sources, one of each way of writing, and the plainest way to read each of them."""

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from lxml import etree

PLACES = ("Kenya", "Kenya, Uganda, Regional", "Congo DR, Congo, Korea, Republic of", "Global", "Cote d'Ivoire")
TITLE = "Invented project {}: testing, detection and identification of living modified organisms"
TEXT = "Training of laboratory staff, a network of reference laboratories, and rules for the movement of maize. " * 5
SHEET = (
    "Title",
    "ID",
    "Countries",
    "Focal Areas",
    "Type",
    "Agencies",
    "GEF Grant",
    "Cofinancing",
    "Status",
    "Approval FY",
    "Funding Source (indexed field)",
    "Non-Grant Instrument (indexed field)",
    "Capacity-building Initiative for Transparency",
    "GEF Period",
)
SPACES = 'xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/"'


class Form(NamedTuple):
    """A source, how its files are called, who writes them, who reads them plainly, and what that is called."""

    source: str
    ending: str
    write: Callable[[Path, int], None]
    read: Callable[[Path], Iterator[object]]
    plainly: str


def write_sheet(path: Path, rows: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(SHEET)
        table.writerows(sheet_row(number) for number in range(1, rows + 1))


def sheet_row(number: int) -> list[str]:
    grant = f"{number * 1_000:,}"
    agency = "The World Bank, United Nations Environment Programme"
    place = PLACES[number % len(PLACES)]
    row = [TITLE.format(number), str(number), place, "Biodiversity", "Medium-size Project", agency, grant, ""]
    return [*row, "Completed", "2012", "GEF Trust Fund", "No", "No", "GEF - 4"]


def read_sheet(path: Path) -> Iterator[object]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def write_calls(path: Path, rows: int) -> None:
    calls = [
        {
            "code": f"HORIZON-INVENTED-{number}",
            "name": TITLE.format(number),
            "openDate": "2026-01-13T00:00:00",
            "closeDate": "2026-05-05T00:00:00",
            "budget": f"{number * 1_000}",
            "link": f"https://example.org/calls/{number}",
        }
        for number in range(1, rows + 1)
    ]
    path.write_text(json.dumps({"newCalls": [], "missionCalls": [], "allCalls": calls}), encoding="utf-8")


def read_calls(path: Path) -> Iterator[object]:
    yield from json.loads(path.read_text(encoding="utf-8"))["allCalls"]


def write_activities(path: Path, rows: int) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write('<iati-activities version="2.03">')
        for number in range(1, rows + 1):
            file.write(activity(number))
        file.write("</iati-activities>")


def activity(number: int) -> str:
    dates = '<activity-date type="2" iso-date="2012-01-01"/><activity-date type="4" iso-date="2015-12-31"/>'
    money = '<transaction-type code="2"/><transaction-date iso-date="2012-06-30"/>'
    return (
        '<iati-activity default-currency="USD" xml:lang="en">'
        f"<iati-identifier>XX-INVENTED-{number}</iati-identifier>"
        '<reporting-org ref="XX-1"><narrative>Invented Fund</narrative></reporting-org>'
        f"<title><narrative>{TITLE.format(number)}</narrative></title>"
        f"<description><narrative>{TEXT}</narrative></description>"
        '<participating-org role="4"><narrative>United Nations Environment Programme</narrative></participating-org>'
        f'<activity-status code="4"/>{dates}<recipient-country code="KE"/><sector code="41030"/>'
        f'<transaction>{money}<value value-date="2012-06-30">{number * 1_000}</value></transaction></iati-activity>'
    )


def write_records(path: Path, rows: int) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write('<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>')
        for number in range(1, rows + 1):
            file.write(repository_record(number))
        file.write("</ListRecords></OAI-PMH>")


def repository_record(number: int) -> str:
    told = {
        "title": TITLE.format(number),
        "creator": "Invented University",
        "subject": "biosafety",
        "description": TEXT,
        "date": "2015-10-22",
        "type": "article",
        "language": "en",
        "identifier": f"https://example.org/{number}",
    }
    values = "".join(f"<dc:{name}>{text}</dc:{name}>" for name, text in told.items())
    header = f"<header><identifier>oai:example.org:{number}</identifier><datestamp>2015-10-22</datestamp></header>"
    return f"<record>{header}<metadata><oai_dc:dc {SPACES}>{values}</oai_dc:dc></metadata></record>"


def read_elements(path: Path) -> Iterator[object]:
    for _event, element in etree.iterparse(path, tag=("{*}iati-activity", "{*}record"), resolve_entities=False):
        yield {etree.QName(child).localname: child.text for child in element.iter()}
        element.clear()


FORMS = {
    "table": Form("gef-portal", ".csv", write_sheet, read_sheet, "csv read and json dump of the same rows"),
    "JSON": Form("horizon", ".json", write_calls, read_calls, "json read and dump of the same items"),
    "IATI": Form("iati", ".xml", write_activities, read_elements, "lxml read and json dump of the same elements"),
    "OAI-PMH": Form("oai-dc", ".xml", write_records, read_elements, "lxml read and json dump of the same elements"),
}
