"""How fast files of each way of writing are imported, and in how little memory they are read."""

import io
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from django.core.management import call_command

from benchmarks.invented import FORMS, Form
from benchmarks.row import Row
from benchmarks.timing import seconds
from exchange.models import Statement

ROWS = 4_000
FEW, MANY = 1_000, 20_000
ROOT = Path(__file__).resolve().parent.parent
# A process that reads a file and maps its rows, as the importer does; it says how much memory it ever held.
# (`ru_maxrss` would count the process that started it.)
READING = """
import sys
from pathlib import Path
import django
django.setup()
from exchange import readers
from exchange.files import opening
reader = readers.reader(sys.argv[1])
for member in opening.members(Path(sys.argv[2]), reader.endings):
    for row in reader.rows(member.stream):
        assert not reader.apply(row).refusals
print(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0])
"""


def run() -> list[Row]:
    """Import invented files into the database at hand, each twice: all rows new, then none."""
    if Statement.objects.exists():
        raise RuntimeError("this benchmark writes invented projects: it needs a database of its own")
    with tempfile.TemporaryDirectory() as folder:
        rows = [row for name, form in FORMS.items() for row in speeds(name, form, Path(folder))]
        return rows + [memory(name, form, Path(folder)) for name, form in FORMS.items()]


def speeds(name: str, form: Form, folder: Path) -> list[Row]:
    path = folder / f"{form.source}{form.ending}"
    form.write(path, ROWS)
    plain = seconds(lambda: read_and_dump(form, path, folder / "plain.json"))
    first, second = (seconds(lambda: import_file(form, path)) for _time in range(2))
    if Statement.objects.filter(source__key=form.source).count() != ROWS:
        raise RuntimeError(f"not all of the invented rows of {form.source} are in")
    return [
        Row(f"import of {name}, all rows new", ROWS / first, "rows/s", first / plain, form.plainly),
        Row(f"import of {name}, no row changed", ROWS / second, "rows/s", second / plain, form.plainly),
    ]


def memory(name: str, form: Form, folder: Path) -> Row:
    few, many = (megabytes(form, folder / f"{rows}{form.ending}", rows) for rows in (FEW, MANY))
    return Row(f"memory for reading {MANY:,} rows of {name}", many, "MB", many / few, f"the same for {FEW:,}")


def megabytes(form: Form, path: Path, rows: int) -> float:
    form.write(path, rows)
    command = [sys.executable, "-c", READING, form.source, str(path)]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return int(said) / 1024


def read_and_dump(form: Form, path: Path, target: Path) -> None:
    with target.open("w", encoding="utf-8") as out:
        for row in form.read(path):
            out.write(json.dumps(row))


def import_file(form: Form, path: Path) -> None:
    quiet = {"stdout": io.StringIO(), "stderr": io.StringIO()}
    call_command("import_records", form.source, str(path), licence="CC0", **quiet)
