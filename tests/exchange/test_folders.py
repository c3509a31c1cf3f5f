"""Folders and archives as people keep them: what is of the source is read, what is not is named."""

import io
import tarfile

import pytest

from exchange.models import ImportRun
from tests.exchange.sheets import a_row, a_sheet, import_records

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _data_of_its_own(settings, tmp_path):
    settings.PORTAL_DATA = tmp_path / "data"


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "a folder"
    made.mkdir()
    return made


def test_endings_in_capitals_count_and_what_is_not_read_is_named(folder):
    a_sheet(folder, a_row(id="1"), name="EXPORT.CSV")
    a_sheet(folder, a_row(id="2"), name="données 2.csv")
    (folder / "read me.txt").write_text("Exported in May")
    (folder / "lost.csv").symlink_to(folder / "nowhere.csv")
    (folder / "older").mkdir()
    a_sheet(folder / "older", a_row(id="3"))
    a_sheet(folder, a_row(id="4"), name="._EXPORT.CSV")

    code, counted, said = import_records(folder)

    assert (code, counted["created"]) == (0, 2)
    assert ImportRun.objects.get().files == ["EXPORT.CSV", "données 2.csv"]
    assert "were not read: lost.csv, older, read me.txt." in said


def test_of_very_many_files_that_are_not_read_some_are_named(folder):
    a_sheet(folder, a_row(id="1"))
    for number in range(30):
        (folder / f"{number:02}.txt").touch()

    _code, _counted, said = import_records(folder)

    assert "18.txt, 19.txt, …" in said
    assert "20.txt" not in said


def test_a_member_of_an_archive_may_end_in_capitals(tmp_path):
    data = a_sheet(tmp_path, a_row(id="1")).read_bytes()
    with tarfile.open(tmp_path / "sheets.tar.gz", "w:gz") as archive:
        member = tarfile.TarInfo("2023/EXPORT.CSV")
        member.size = len(data)
        archive.addfile(member, io.BytesIO(data))

    code, counted, _said = import_records(tmp_path / "sheets.tar.gz")

    assert (code, counted["created"]) == (0, 1)
