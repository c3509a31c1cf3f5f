"""The command: files in, records out, every row accounted for, and nothing done twice."""

import gzip
import io
import json
import re

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from exchange.importing import run as importing
from exchange.importing import statements
from exchange.models import ImportRun, Statement
from publishing import log
from publishing.models import Publication, Version
from records.models import Record
from tests.exchange.sheets import a_row, a_sheet, import_records, report_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_of_its_own")]


def counts(read, created=0, updated=0, unchanged=0, refused=0):
    return {"read": read, "created": created, "updated": updated, "unchanged": unchanged, "refused": refused}


@pytest.mark.parametrize("name", ["sheet.csv", "sheet.csv.gz"])
def test_a_sheet_becomes_published_records_with_their_provenance(tmp_path, name):
    code, counted, _said = import_records(
        a_sheet(tmp_path, a_row(id="1"), a_row(id="2", title="Another"), name=name), "--retrieved-on", "2023-06-01"
    )

    assert (code, counted) == (0, counts(2, created=2))
    publication = Publication.objects.get(document__title__en="Another")
    assert publication.envelope["profile"] == "harvested"
    assert publication.envelope["owner"]["kind"] == "secretariat"
    assert publication.envelope["provenance"] == {
        "source": "Global Environment Facility (GEF), project database",
        "identifier": "2",
        "address": "https://www.thegef.org/projects-operations/projects/2",
        "retrieved_on": "2023-06-01",
        "licence": "Public data of the GEF: may be used with the GEF named as the source",
    }
    assert Statement.objects.get(subject="GEF:2").uid == publication.uid


def test_a_second_run_changes_nothing(tmp_path):
    sheet = a_sheet(tmp_path, *(a_row(id=str(n)) for n in range(1, 6)))
    import_records(sheet)
    head, said = log.head(), list(Statement.objects.order_by("pk").values("pk", "digest", "retrieved_on", "uid"))

    code, counted, _said = import_records(sheet)

    assert (code, counted) == (0, counts(5, unchanged=5))
    assert log.head() == head
    assert list(Statement.objects.order_by("pk").values("pk", "digest", "retrieved_on", "uid")) == said


def test_a_later_day_of_retrieval_alone_is_no_news(tmp_path):
    sheet = a_sheet(tmp_path, a_row())
    import_records(sheet, "--retrieved-on", "2023-06-01")

    _code, counted, _said = import_records(sheet, "--retrieved-on", "2024-06-01")

    assert counted == counts(1, unchanged=1)
    assert Statement.objects.get().retrieved_on.isoformat() == "2023-06-01"


def test_a_row_that_changed_makes_a_new_version_of_the_same_record(tmp_path):
    import_records(a_sheet(tmp_path, a_row(), a_row(id="1")))
    record = Record.objects.get(document__identifiers__0__value="4207")

    _code, counted, _said = import_records(a_sheet(tmp_path, a_row(status="Cancelled"), a_row(id="1")))

    assert counted == counts(2, updated=1, unchanged=1)
    assert list(Version.objects.filter(uid=record.uid).order_by("number").values_list("document__status")) == [
        ("completed",),
        ("cancelled",),
    ]


def test_a_mapping_that_changed_reads_the_same_file_anew(tmp_path, monkeypatch):
    sheet = a_sheet(tmp_path, a_row())
    import_records(sheet)
    Statement.objects.update(digest="as another mapping read it", values={})

    _code, counted, _said = import_records(sheet)

    assert counted["updated"] + counted["unchanged"] == 1
    assert Statement.objects.get().values["title"]


def test_refused_rows_are_reported_with_row_field_value_and_reason(tmp_path):
    sheet = a_sheet(tmp_path, a_row(id=""), a_row(id="1"), a_row(id="2", gef_grant="=HYPERLINK(1)"), a_row(title=""))

    code, counted, said = import_records(sheet, "--report", tmp_path / "mine.csv")

    assert (code, counted) == (0, counts(4, created=1, refused=3))
    found = report_of(tmp_path / "mine.csv")
    assert [(row["file"], row["row"], row["field"], row["value"]) for row in found] == [
        ("sheet.csv", "2", "ID", ""),
        ("sheet.csv", "4", "GEF Grant", "'=HYPERLINK(1)"),
        ("sheet.csv", "5", "Title", ""),
    ]
    assert all(row["reason"] for row in found)
    assert "mine.csv" in said


def test_the_report_lies_with_the_portals_data_unless_told_otherwise(tmp_path, settings):
    import_records(a_sheet(tmp_path, a_row(title="")))

    run = ImportRun.objects.get()
    assert run.report == str(settings.PORTAL_DATA / "imports" / f"{run.pk}.refused.csv")
    assert len(report_of(settings.PORTAL_DATA / "imports" / f"{run.pk}.refused.csv")) == 1


def test_a_corrected_report_can_be_imported_like_any_sheet(tmp_path):
    import_records(a_sheet(tmp_path, a_row(gef_grant="many", title="='t Hooft")), "--report", tmp_path / "r.csv")
    corrected = tmp_path / "corrected.csv"
    corrected.write_text((tmp_path / "r.csv").read_text().replace(",many,", ",5000,"), encoding="utf-8")

    _code, counted, _said = import_records(corrected)

    assert counted == counts(1, created=1)
    assert Statement.objects.get().values["title"] == {"en": "='t Hooft"}


def test_what_is_kept_as_given_is_told_in_the_notes(tmp_path):
    _code, counted, said = import_records(
        a_sheet(tmp_path, a_row(countries="Kosovo", status="Dormant")), "--report", tmp_path / "r.refused.csv"
    )

    assert counted == counts(1, created=1)
    assert [(row["field"], row["value"]) for row in report_of(tmp_path / "r.notes.csv")] == [
        ("Countries", "Kosovo"),
        ("Status", "Dormant"),
    ]
    assert "r.notes.csv" in said


@pytest.mark.parametrize("batch", [1, 200])
def test_a_repeated_number_is_refused_unless_the_row_says_the_same(tmp_path, monkeypatch, batch):
    monkeypatch.setattr(importing, "BATCH", batch)
    sheet = a_sheet(tmp_path, a_row(), a_row(), a_row(title="Something else"), a_row(id="1"))

    _code, counted, _said = import_records(sheet, "--report", tmp_path / "r.csv")

    assert counted == counts(4, created=2, unchanged=1, refused=1)
    [refused] = report_of(tmp_path / "r.csv")
    assert (refused["row"], refused["field"], refused["value"]) == ("4", "ID", "4207")
    assert Statement.objects.get(identifier="4207").values["title"]["en"] != "Something else"


@pytest.mark.parametrize("batch", [1, 200])
def test_a_sheet_with_contradicting_rows_settles_too(tmp_path, monkeypatch, batch):
    monkeypatch.setattr(importing, "BATCH", batch)
    sheet = a_sheet(tmp_path, a_row(), a_row(title="Something else"))
    import_records(sheet)
    head = log.head()

    _code, counted, _said = import_records(sheet)

    assert counted == counts(2, unchanged=1, refused=1)
    assert log.head() == head


def test_several_files_and_folders_are_one_import(tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    a_sheet(folder, a_row(id="2"), name="b.csv.gz")
    a_sheet(folder, a_row(id="1"), name="a.csv")
    (folder / "._a.csv").write_bytes(b"\x00\x05\x16\x07 what a system keeps beside a file")

    _code, counted, _said = import_records(folder, a_sheet(tmp_path, a_row(id="3")))

    assert counted == counts(3, created=3)
    assert ImportRun.objects.get().files == ["a.csv", "b.csv.gz", "sheet.csv"]


def test_a_broken_file_keeps_what_was_read_and_does_not_stop_the_next(tmp_path):
    rows = [a_row(id=str(n)) | {"Remarks": f"{n * 7919} " * 200} for n in range(1, 201)]
    data = gzip.compress(text_of(rows, (*rows[0],)).encode())
    broken = tmp_path / "broken.csv.gz"
    broken.write_bytes(data[: len(data) * 9 // 10])

    code, counted, said = import_records(broken, a_sheet(tmp_path, a_row(id="5000")))

    assert code == 3
    assert 2 < counted["created"] == counted["read"] == Publication.objects.filter(database="projects").count() < 200
    assert Statement.objects.filter(identifier="5000").exists()
    assert "broken.csv.gz" in said
    assert ImportRun.objects.get().state == "stopped"


def test_the_rows_before_a_break_are_in_also_where_nothing_follows(tmp_path):
    broken = a_sheet(tmp_path, a_row(id="1"), a_row(id="2"))
    broken.write_text(f'{broken.read_text(encoding="utf-8")}"never closed', encoding="utf-8")

    code, counted, said = import_records(broken)

    assert (code, counted) == (3, counts(2, created=2))
    assert "The file breaks off in row 4" in said


@pytest.mark.parametrize("data", [b"", b"<html>", b"Title,ID\nA,1\n", b"PK\x03\x04", b"\x00\x01\x02\x03"])
def test_what_is_no_such_sheet_ends_in_a_message_and_changes_nothing(tmp_path, data):
    path = tmp_path / "wrong.csv"
    path.write_bytes(data)

    code, counted, said = import_records(path)

    assert (code, counted) == (3, counts(0))
    assert "wrong.csv: " in said
    assert not Record.objects.exists()


def test_an_empty_sheet_is_no_error(tmp_path):
    assert import_records(a_sheet(tmp_path))[:2] == (0, counts(0))


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["no-such-source", "x.csv"], "There is no source"),
        (["gef-portal", "no-such-file.csv"], "There is no file"),
        (["gef-portal"], "required"),
        (["gef-portal", "x.csv", "--retrieved-on", "yesterday"], "invalid"),
    ],
)
def test_a_command_that_makes_no_sense_is_refused_before_anything_is_begun(arguments, told):
    with pytest.raises(CommandError, match=re.compile(told)):
        call_command("import_records", *arguments)

    assert not ImportRun.objects.exists()


def test_a_folder_without_tables_and_a_day_to_come_are_refused(tmp_path):
    with pytest.raises(CommandError, match="holds no"):
        call_command("import_records", "gef-portal", str(tmp_path))
    with pytest.raises(CommandError, match="after today"):
        call_command("import_records", "gef-portal", str(a_sheet(tmp_path)), "--retrieved-on", "2999-01-01")


def test_a_busy_log_is_waited_for(tmp_path, monkeypatch):
    tries = []
    write = statements.write

    def busy_twice(*args):
        tries.append(args)
        if len(tries) < 3:
            raise log.LogBusy
        return write(*args)

    monkeypatch.setattr(statements, "write", busy_twice)

    code, counted, _said = import_records(a_sheet(tmp_path, a_row()))

    assert (code, counted) == (0, counts(1, created=1))


def test_a_log_that_stays_busy_stops_the_import_and_says_so(tmp_path, monkeypatch):
    def busy(*args):
        raise log.LogBusy

    monkeypatch.setattr(statements, "write", busy)

    code, counted, said = import_records(a_sheet(tmp_path, a_row()))

    assert (code, counted) == (3, counts(0))
    assert "try again" in said


@pytest.mark.django_db(transaction=True)
def test_a_database_that_goes_away_ends_in_a_message_and_what_was_written_stays(tmp_path, monkeypatch):
    monkeypatch.setattr(importing, "BATCH", 2)
    write = statements.write

    def write_once(*args):
        if Statement.objects.exists():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        return write(*args)

    monkeypatch.setattr(statements, "write", write_once)

    code, counted, said = import_records(a_sheet(tmp_path, *(a_row(id=str(n)) for n in range(1, 6))))

    connection.close()
    assert (code, counted) == (3, counts(2, created=2))
    assert "The database does not answer" in said
    assert Statement.objects.count() == Publication.objects.count() == 2


def test_an_import_stopped_by_hand_ends_in_order(tmp_path, monkeypatch):
    def stopped(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr(statements, "write", stopped)

    code, counted, said = import_records(a_sheet(tmp_path, a_row()))

    assert (code, counted) == (3, counts(0))
    assert "stopped by hand" in said
    assert ImportRun.objects.get().state == "stopped"


def test_a_report_that_cannot_be_written_ends_in_a_message(tmp_path):
    code, _counted, said = import_records(a_sheet(tmp_path, a_row(title="")), "--report", tmp_path)

    assert code == 3
    assert "The report cannot be written" in said


def test_a_report_holds_so_many_findings_and_says_when_there_are_more(tmp_path, monkeypatch):
    monkeypatch.setattr("exchange.reading.report.MOST_FINDINGS", 3)
    sheet = a_sheet(tmp_path, *(a_row(id=str(number), title="") for number in range(1, 8)))

    _code, counted, said = import_records(sheet, "--report", str(tmp_path / "refused.csv"))

    assert counted == counts(7, refused=7)
    assert "the first 3 findings only" in said
    assert len((tmp_path / "refused.csv").read_text().splitlines()) == 4


def test_a_report_never_overwrites_what_is_read(tmp_path):
    sheet = a_sheet(tmp_path, a_row(title=""))

    with pytest.raises(CommandError, match="overwrite"):
        call_command("import_records", "gef-portal", str(sheet), "--report", str(sheet))


def test_a_withdrawn_record_is_not_brought_back_by_its_source(tmp_path):
    import_records(a_sheet(tmp_path, a_row()))
    Record.objects.update(public="withdrawn")

    _code, counted, _said = import_records(a_sheet(tmp_path, a_row(status="Cancelled")))

    assert counted == counts(1, unchanged=1)
    assert Statement.objects.get().values["status"] == "cancelled"


def test_an_import_costs_no_more_queries_for_more_unchanged_rows(tmp_path, django_assert_max_num_queries):
    few = a_sheet(tmp_path, *(a_row(id=str(n)) for n in range(1, 3)), name="few.csv")
    many = a_sheet(tmp_path, *(a_row(id=str(n)) for n in range(1, 101)), name="many.csv")
    import_records(many)
    with django_assert_max_num_queries(100) as cost:
        import_records(few, "--part")

    with django_assert_max_num_queries(len(cost)):
        import_records(many, "--part")


def test_a_source_of_its_own_is_read_by_its_key_and_never_in_another_way(tmp_path):
    sheet = a_sheet(tmp_path, a_row())
    code, counted, _said = import_records(sheet, "--as", "gef-copy", "--name", "A copy", "--licence", "CC0")
    assert (code, counted) == (0, counts(1, created=1))

    for arguments, told in [
        (["horizon", sheet, "--as", "gef-copy"], "is written as gef-portal, not as horizon"),
        (["gef-copy", sheet, "--as", "another"], "leave --as away"),
    ]:
        with pytest.raises(CommandError, match=told):
            call_command("import_records", *map(str, arguments))

    out = io.StringIO()
    call_command("import_records", "gef-copy", str(sheet), stdout=out, stderr=io.StringIO())
    assert json.loads(out.getvalue().splitlines()[-1]) == counts(1, unchanged=1)
    assert Publication.objects.get(database="projects").envelope["provenance"]["source"] == "A copy"
