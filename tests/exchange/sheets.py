"""Small sheets in the shape of the GEF portal's, for the tests of the importer."""

import csv
import gzip
import io
import json

from django.core.management import call_command

from exchange.mapped.mapping import mapping

COLUMNS = mapping("gef-portal").columns
ROW = {
    "Title": "Supporting the development of a biosafety framework",
    "ID": "4207",
    "Countries": "Kenya",
    "Focal Areas": "Biodiversity",
    "Type": "Medium-size Project",
    "Agencies": "United Nations Environment Programme",
    "GEF Grant": "1,233,000",
    "Cofinancing": "",
    "Status": "Completed",
    "Approval FY": "2012",
    "Funding Source (indexed field)": "GEF Trust Fund",
    "Non-Grant Instrument (indexed field)": "No",
    "Capacity-building Initiative for Transparency": "No",
    "GEF Period": "GEF - 4",
}


def a_row(**cells):
    """A sound row; `title=`, `id=`, `countries=` and so on set its cells."""
    names = {name.split(" (")[0].replace(" ", "_").replace("-", "_").lower(): name for name in ROW}
    return ROW | {names[key]: value for key, value in cells.items()}


def text_of(rows, columns=tuple(ROW)):
    """The rows as the text of a CSV file."""
    target = io.StringIO(newline="")
    writer = csv.DictWriter(target, columns, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return target.getvalue()


def a_sheet(folder, *rows, name="sheet.csv"):
    """A file of these rows, gzipped if its name says so."""
    data = text_of(rows).encode()
    path = folder / name
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return path


def import_records(*arguments):
    """Run the command as a person does: its exit code, the counts of its last line, and what it said."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    try:
        call_command("import_records", "gef-portal", *map(str, arguments), stdout=out, stderr=err)
    except SystemExit as ended:
        code = ended.code
    return code, json.loads(out.getvalue().splitlines()[-1]), err.getvalue()


def report_of(path):
    """The rows of a report."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
