"""How fast a sheet is imported, against reading the same rows with `csv` and writing them out as JSON."""

import csv
import io
import json
import tempfile
import time
from pathlib import Path

from django.core.management import call_command

from benchmarks.row import Row
from exchange.models import Statement

ROWS = 4_000
PLACES = ("Kenya", "Kenya, Uganda, Regional", "Congo DR, Congo, Korea, Republic of", "Global", "Cote d'Ivoire")
AGAINST = "csv read and json dump of the same rows"
COLUMNS = (
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


def run() -> list[Row]:
    """Import an invented sheet into the database at hand, twice: all rows new, then none."""
    if Statement.objects.exists():
        raise RuntimeError("this benchmark writes invented projects: it needs a database of its own")
    with tempfile.TemporaryDirectory() as folder:
        sheet = Path(folder) / "sheet.csv"
        write_sheet(sheet)
        plain = seconds(lambda: read_and_dump(sheet, Path(folder) / "plain.json"))
        first, second = seconds(lambda: import_sheet(sheet)), seconds(lambda: import_sheet(sheet))
    return [
        Row("import, all rows new", ROWS / first, "rows/s", first / plain, AGAINST),
        Row("import, no row changed", ROWS / second, "rows/s", second / plain, AGAINST),
    ]


def write_sheet(path: Path, rows: int = ROWS) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        table.writerows(invented(number) for number in range(1, rows + 1))


def invented(number: int) -> list[str]:
    title = f"Invented project {number}: testing, detection and identification of living modified organisms"
    grant = f"{number * 1_000:,}"
    agency = "The World Bank, United Nations Environment Programme"
    rest = ["GEF Trust Fund", "No", "No", "GEF - 4"]
    place = PLACES[number % len(PLACES)]
    row = [title, str(number), place, "Biodiversity", "Medium-size Project", agency, grant, "", "Completed", "2012"]
    return [*row, *rest]


def read_and_dump(sheet: Path, target: Path) -> None:
    with sheet.open(encoding="utf-8", newline="") as file, target.open("w", encoding="utf-8") as out:
        for row in csv.DictReader(file):
            out.write(json.dumps(row))


def import_sheet(sheet: Path) -> None:
    call_command("import_records", "gef-portal", str(sheet), stdout=io.StringIO(), stderr=io.StringIO())


def seconds(work) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
