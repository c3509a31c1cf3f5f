"""Files made to exhaust the reader, each read by a process of its own: it ends in time, and stays small."""

import gzip
import json
import os
import subprocess
import sys
import tarfile
import time
from pathlib import Path

import pytest

from tests.exchange import hostile
from tests.exchange.every_source import ELEMENTS, ENDINGS, a_record, a_text
from tests.exchange.test_killed_import import database_address

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

ROOT = Path(__file__).resolve().parents[2]
MEGABYTE = 1024**2
MOST_SECONDS = 120
# Kept by the process beyond what the same command needs for a file of one record.
MOST_MEGABYTES = 150
MOST_FOR_ONE_RECORD = 450  # of eight megabytes, in which each part takes many times its bytes
MOST_REPORT = 250 * MEGABYTE
# It tells the most memory that it ever held itself (`ru_maxrss` would count the process that started it).
COMMAND = """
import sys
from pathlib import Path
from django.core.management import execute_from_command_line
try:
    execute_from_command_line(["manage.py", "import_records", *sys.argv[1:]])
finally:
    print(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0], file=sys.stderr)
"""


def in_a_process(folder, source, path):
    """The exit code, the counts, what was said, and the most megabytes that the process ever held."""
    given = os.environ | {"DATABASE_URL": database_address(), "PORTAL_DATA": str(folder / "data")}
    done = subprocess.run(
        [sys.executable, "-c", COMMAND, source, str(path)],
        cwd=ROOT,
        env=given,
        capture_output=True,
        text=True,
        timeout=MOST_SECONDS,
        check=False,
    )
    said, _line, kilobytes = done.stderr.strip().rpartition("\n")
    assert "Traceback" not in said, said
    return done.returncode, json.loads(done.stdout.splitlines()[-1]), said, int(kilobytes) / 1024


@pytest.fixture
def read_it(tmp_path):
    """Import a file and hold the process to its bounds."""

    def read(source, path, bound=MOST_MEGABYTES):
        usual = tmp_path / "usual"
        usual.write_text(a_text(source, "A title"))
        *_rest, base = in_a_process(tmp_path, source, usual)
        code, counted, said, most = in_a_process(tmp_path, source, path)
        assert most - base < bound
        assert counted["read"] == sum(counted[name] for name in ("created", "updated", "unchanged", "refused"))
        reports = (tmp_path / "data").rglob("*.csv")
        assert all(report.stat().st_size < MOST_REPORT for report in reports)
        return code, counted, said

    return read


def written(path, pieces):
    """A file of these pieces of bytes, gzipped if its name says so."""
    with gzip.open(path, "wb", compresslevel=1) if path.suffix == ".gz" else path.open("wb") as file:
        for piece in pieces:
            file.write(piece)
    return path


def many(before, piece, count, after=b""):
    """A thousand at a time, to be quick."""
    yield before
    for _thousand in range(count // 1000):
        yield piece * 1000
    yield after


def a_head(source):
    """What stands before the first record, and after the last."""
    head, _sign, tail = a_text(source, "@").partition(a_record(source, 1, "@")) if source in ELEMENTS else ("", "", "")
    return head.encode(), tail.encode()


@pytest.mark.parametrize("source", ["gef-portal", "gpml-projects", "iati", "oai-dc"])
@pytest.mark.parametrize("is_archive", [False, True])
def test_a_bomb_is_put_down(tmp_path, read_it, source, is_archive):
    head, _tail = a_head(source)
    start = {"gef-portal": a_text(source).encode() + b'"', "gpml-projects": b'[{"title": "'}.get(source, head + b"<x>")
    bomb = written(tmp_path / "bomb.gz", [start, *[b" " * 10 * MEGABYTE] * 100])
    if is_archive:
        inner = bomb.read_bytes()
        bomb = tmp_path / "bomb.tar.gz"
        bomb.write_bytes(hostile.packed((f"a{ENDINGS[source]}.gz", inner)))

    code, counted, _said = read_it(source, bomb)

    assert (code, counted["read"]) == (3, 0)


@pytest.mark.parametrize("kind", [tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_SPARSE])
def test_an_archive_that_tells_a_gigabyte_about_a_file_is_put_down(tmp_path, read_it, kind):
    path = tmp_path / "a.tar"
    path.write_bytes(hostile.an_archive_that_tells_much(kind))
    os.truncate(path, 2**30 + 1024)

    code, _counted, said = read_it("gef-portal", path)

    assert code == 3
    assert "pack it anew" in said


def test_an_archive_of_ten_thousand_files_with_long_names_is_read(tmp_path, read_it):
    path = tmp_path / "a.tar.gz"
    text = a_text("gef-portal").encode()
    path.write_bytes(hostile.packed(*((f"{number}{'x' * 5_000}.csv", text) for number in range(10_001))))

    code, counted, said = read_it("gef-portal", path)

    assert (code, counted["read"]) == (3, 0)
    assert "10000 files" in said


def test_a_million_refused_rows_end_within_minutes_and_in_a_report_of_bounded_length(tmp_path, read_it):
    path = written(tmp_path / "many.csv", many(a_text("gef-portal").encode(), b"too,=few,cells\n", 1_000_000))
    began = time.monotonic()

    code, counted, said = read_it("gef-portal", path)

    assert (code, counted["read"], counted["refused"]) == (0, 1_000_000, 1_000_000)
    assert "the first 100000 findings only" in said
    assert time.monotonic() - began < MOST_SECONDS


def test_a_hundred_thousand_items_that_are_none_are_refused(tmp_path, read_it):
    path = written(tmp_path / "many.json", many(b"[", b"[],", 100_000, b"{}]"))

    code, counted, _said = read_it("gpml-projects", path)

    assert (code, counted["refused"]) == (0, 100_001)


@pytest.mark.parametrize("source", ELEMENTS)
@pytest.mark.parametrize("piece", [b"<x/><!-- c --><?p i?>", b"<x><y z='1'>words</y></x>"])
def test_a_million_siblings_are_passed_over(tmp_path, read_it, source, piece):
    head, tail = a_head(source)
    path = written(tmp_path / "many.xml", many(head, piece, 1_000_000, tail))

    code, counted, _said = read_it(source, path)

    assert (code, counted["read"]) == (0, 0)


@pytest.mark.parametrize("source", ELEMENTS)
def test_thirty_thousand_records_without_anything_are_refused(tmp_path, read_it, source):
    head, tail = a_head(source)
    piece = {"iati": b"<iati-activity/>", "oai-dc": b"<record/>"}[source]
    path = written(tmp_path / "many.xml", many(head, piece, 30_000, tail))

    code, counted, _said = read_it(source, path)

    assert (code, counted["refused"]) == (0, 30_000)


# Parts of which one record holds as many as it can.
INSIDE = {
    "iati": [
        b"<x/>",
        b"<recipient-region>place %d</recipient-region>",
        b"<participating-org role='1'><narrative>Who %d</narrative></participating-org>",
        b"<transaction><transaction-type code='C'/><value currency='USD'>%d</value></transaction>",
        b"<document-link url='https://example.org/%d'/>",
    ],
    "oai-dc": [
        b"<x/>",
        b"<dc:title>Title %d</dc:title>",
        b"<dc:subject>Subject %d</dc:subject>",
        b"<dc:coverage>Place %d</dc:coverage>",
    ],
}


@pytest.mark.parametrize(("source", "piece"), [(source, piece) for source in INSIDE for piece in INSIDE[source]])
def test_one_record_of_very_many_parts_is_taken_or_refused_in_time(tmp_path, read_it, source, piece):
    parts = b"".join(piece % number if b"%d" in piece else piece for number in range(7 * MEGABYTE // len(piece)))
    end = {"iati": b"</iati-activity>", "oai-dc": b"</oai_dc:dc>"}[source]
    path = tmp_path / "one.xml"
    path.write_bytes(a_text(source, "A title").encode().replace(end, parts + end))

    code, counted, _said = read_it(source, path, MOST_FOR_ONE_RECORD)

    assert (code, counted["read"]) in ((0, 1), (3, 0))
