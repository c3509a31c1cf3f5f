"""Files that are broken, hostile, or something else: the command says why, counts what it read, and ends."""

import gzip
import json
import os
import tarfile

import pytest

from exchange.models import ImportRun, Statement
from exchange.reading.report import FORMULA
from tests.exchange import hostile
from tests.exchange.every_source import (
    ELEMENTS,
    ENDINGS,
    ITEMS,
    SOURCES,
    TABLES,
    TITLES,
    a_document,
    a_file,
    a_record,
    a_text,
    import_records,
)
from tests.exchange.sheets import report_of

# Every source times every way to break a file.
pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.usefixtures("data_of_its_own")]
NOTHING = {"read": 0, "created": 0, "updated": 0, "unchanged": 0, "refused": 0}


@pytest.mark.parametrize("source", SOURCES)
def test_what_is_no_file_of_the_source_ends_in_a_message_and_changes_nothing(tmp_path, source):
    for name, data in hostile.wrong_files(source):
        path = a_file(tmp_path, source, data, name="wrong")

        code, counted, said = import_records(source, path)

        assert (name, code, counted) == (name, 3, NOTHING)
        assert len(said.partition(f"{path.name}: ")[2].split()) > 2, name
        assert "Traceback" not in said
        run = ImportRun.objects.latest("pk")
        assert (run.state, bool(run.message)) == ("stopped", True), name
    assert not Statement.objects.exists()


@pytest.mark.parametrize("source", SOURCES)
def test_a_wrong_file_does_not_keep_the_others_from_being_read_and_nothing_is_gone(tmp_path, source):
    import_records(source, a_file(tmp_path, source, a_text(source, "The first", "The second", "The third")))
    folder = tmp_path / "folder"
    folder.mkdir()
    a_file(folder, source, hostile.HTML, name="a")
    a_file(folder, source, a_text(source, "The first"), name="b")
    os.mkfifo(folder / f"c{ENDINGS[source]}")
    (folder / f"d{ENDINGS[source]}").mkdir()
    (folder / f"e{ENDINGS[source]}").symlink_to(f"e{ENDINGS[source]}")

    code, counted, said = import_records(source, folder)

    # Where each file is a whole of its own, to stand in another one is news of the statement.
    assert (code, counted["read"], counted["updated"] + counted["unchanged"]) == (3, 1, 1)
    assert "What was read before that is in" in said
    assert not Statement.objects.exclude(gone_since=None).exists()


@pytest.mark.parametrize("kind", ["a pipe", "a loop", "a folder", "a device", "nothing"])
def test_what_is_no_file_at_all_is_refused_before_anything_is_begun(tmp_path, kind):
    path = tmp_path / "x.csv"
    make = {
        "a pipe": lambda: os.mkfifo(path),
        "a loop": lambda: path.symlink_to(path),
        "a folder": path.mkdir,
        "a device": lambda: path.symlink_to("/dev/zero"),
        "nothing": lambda: None,
    }
    make[kind]()

    code, counted, said = import_records("gef-portal", path)

    assert (code, counted) == (1, None)
    assert "x.csv" in said
    assert not ImportRun.objects.exists()


def test_a_report_that_leads_in_a_loop_or_onto_a_full_disk_ends_in_a_message(tmp_path):
    path = a_file(tmp_path, "gef-portal", a_text("gef-portal", "The first", ""))
    loop = tmp_path / "loop.csv"
    loop.symlink_to(loop)
    for report in (loop, "/dev/full"):
        code, counted, said = import_records("gef-portal", path, "--report", report)

        assert (code, counted["read"]) in ((3, 0), (3, 2))
        assert "The report cannot be written" in said


@pytest.mark.parametrize("source", SOURCES)
def test_a_file_that_breaks_off_keeps_what_was_read_and_marks_nothing(tmp_path, source):
    text = a_text(source, *(f"Title {number} {'of many words ' * 200}" for number in range(90)))
    import_records(source, a_file(tmp_path, source, text))
    cut = a_file(tmp_path, source, text[: text.index("Title 60") + 50], name="cut")
    in_an_archive = tmp_path / "cut.tar.gz"
    whole = gzip.decompress(hostile.packed((f"a{ENDINGS[source]}", text.encode())))
    in_an_archive.write_bytes(gzip.compress(whole[: len(text) * 2 // 3]))

    for path in (cut, in_an_archive):
        code, counted, said = import_records(source, path)

        assert counted["read"] > 10
        assert counted["created"] == 0
        assert code == 3
        assert path.name in said
    assert not Statement.objects.exclude(gone_since=None).exists()


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("name", ["\udcff\udcfe", "a\x07b\x1b[31m", "\u202egpj", "=cmd|' !A0", "x" * 200])
def test_names_of_files_and_members_may_be_anything(tmp_path, source, name):
    text = a_text(source, "The first", "")
    path = a_file(tmp_path, source, text, name=name)
    archive = tmp_path / "a.tar.gz"
    archive.write_bytes(hostile.packed((f"{name}{ENDINGS[source]}", text.encode())))

    endings = [import_records(source, one, "--report", tmp_path / "r.csv")[:2] for one in (path, archive)]

    created, again = NOTHING | {"read": 2, "created": 1, "refused": 1}, {"created": 0, "unchanged": 1}
    assert endings == [(0, created), (0, created | again)]
    assert not report_of(tmp_path / "r.csv")[0]["file"].startswith(FORMULA[:4])
    assert import_records(source, tmp_path / "r.csv")[0] == 0


def test_a_member_with_a_zero_in_its_long_name_is_read(tmp_path):
    path = tmp_path / "a.tar"
    with tarfile.open(path, "w", format=tarfile.PAX_FORMAT) as archive:
        entry = tarfile.TarInfo("a.xml")
        entry.pax_headers = {"path": "a\0b.xml"}
        data = a_text("iati", "The first").encode()
        entry.size = len(data)
        with (tmp_path / "data").open("wb+") as file:
            file.write(data)
            file.seek(0)
            archive.addfile(entry, file)

    assert import_records("iati", path)[:2] == (0, NOTHING | {"read": 1, "created": 1})


# What may stand in a cell: whether it can be kept, the row is counted and the import goes on.
CELLS = {
    "a zero": "a\x00b",
    "half a sign": "a\ud800",
    "the other half": "\udc80b",
    "from right to left": "\u202etxt.exe\u202c",
    "a formula": '=HYPERLINK("http://127.0.0.1","x")',
    "a script": "<script>alert(1)</script>",
    "controls": "\x1b[31m\x07\x08",
    "marks over marks": "Z" + "\u0301" * 5000,
    "much": "word " * 20_000,
    "no sign at all": "\u200b\ufeff",
    "a private sign": "\ue000\U0010ffff",
    "markup of ours": "[x](javascript:alert(1)) {% csrf %} %(read)d {0}",
}


@pytest.mark.parametrize("source", [*TABLES, *ITEMS, "portal"])
@pytest.mark.parametrize("name", CELLS)
def test_whatever_stands_in_a_cell_the_row_is_counted_and_the_others_are_in(tmp_path, source, name):
    text = a_document(source, *(a_record(source, number, title) for number, title in ((1, "A"), (2, "@@"), (3, "B"))))
    given = CELLS[name]
    if source in TABLES:
        data = text.replace("@@", '"' + given.replace('"', '""') + '"').encode("utf-8", "surrogatepass")
    else:
        data = text.replace("@@", json.dumps(given)[1:-1]).encode()

    code, counted, said = import_records(source, a_file(tmp_path, source, data), "--report", tmp_path / "r.csv")

    if code == 3:  # the parser stops at half a sign
        assert "After item 1" in said
        assert counted == NOTHING | {"read": 1, "created": 1}
        return
    assert (code, counted["read"]) == (0, 3)
    assert counted["created"] >= 2
    if counted["refused"]:
        [line] = report_of(tmp_path / "r.csv")
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in line.values())
        assert import_records(source, tmp_path / "r.csv")[0] == 0


@pytest.mark.parametrize("source", TABLES)
@pytest.mark.parametrize("encoding", ["latin-1", "cp1251", "cp1252", "shift-jis"])
def test_rows_in_another_encoding_are_refused_one_by_one_and_say_so(tmp_path, source, encoding):
    title = {"cp1251": "Биобезопасность", "shift-jis": "生物安全性"}.get(encoding, "Sécurité des aliments")
    data = a_text(source, "Plain letters", title).encode(encoding)

    code, counted, _said = import_records(source, a_file(tmp_path, source, data), "--report", tmp_path / "r.csv")

    assert (code, counted) == (0, NOTHING | {"read": 2, "created": 1, "refused": 1})
    assert "UTF-8" in report_of(tmp_path / "r.csv")[0]["reason"]


@pytest.mark.parametrize("source", ELEMENTS)
@pytest.mark.parametrize(
    ("declared", "written", "code"),
    [
        ("", "utf-16", 0),
        ("UTF-16", "utf-16", 0),
        ("ISO-8859-1", "latin-1", 0),
        ("windows-1251", "cp1251", 0),
        ("UTF-8", "utf-8-sig", 0),
        ("klingon", "utf-8", 3),
    ],
)
def test_an_element_in_the_encoding_it_declares_is_read_and_another_ends_the_file(
    tmp_path, source, declared, written, code
):
    title = "Биобезопасность" if written == "cp1251" else "Sécurité des aliments"
    text = a_text(source, title).partition("?>")
    head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    data = (head + (text[2] or text[0])).encode(written)

    got, counted, said = import_records(source, a_file(tmp_path, source, data))

    assert (got, counted["created"]) == (code, int(not code)), said
    if not code:
        assert list(Statement.objects.get().values["title"].values()) == [title]


@pytest.mark.parametrize(
    ("source", "code", "counted"),
    [("iati", 3, NOTHING), ("oai-dc", 0, NOTHING | {"read": 1, "refused": 1})],
)
def test_an_element_that_is_in_another_encoding_than_it_says_is_not_read(tmp_path, source, code, counted):
    data = a_text(source, "Биобезопасность").encode("cp1251")

    assert import_records(source, a_file(tmp_path, source, data))[:2] == (code, counted)


@pytest.mark.parametrize("source", ELEMENTS)
def test_a_prefix_that_stands_for_no_namespace_is_told_at_the_end_and_the_records_are_in(tmp_path, source):
    odd = a_record(source, 1).replace("><", "><x:y a:b='c'>words</x:y><", 1)

    code, counted, said = import_records(
        source, a_file(tmp_path, source, a_document(source, odd, a_record(source, 2)))
    )

    assert (code, counted["read"]) == (3, 2)
    assert counted["created"] >= 1
    assert "prefix" in said


def test_of_keys_that_stand_twice_the_last_counts_as_everywhere(tmp_path):
    text = a_text("gpml-projects", "The first").replace('"title"', '"title": "Another", "title"')

    assert import_records("gpml-projects", a_file(tmp_path, "gpml-projects", text))[1]["created"] == 1
    assert list(Statement.objects.get().values["title"].values()) == ["The first"]


@pytest.mark.parametrize("source", [*ITEMS, "portal"])
def test_items_that_are_no_objects_are_refused_and_the_others_are_in(tmp_path, source):
    odd = [None, 5, "text", [], [{}], {}, {"id": {}, "title": [], "uid": 1, "code": {"a": []}, "name": 1.5}]
    records = [*odd, a_record(source, 1, "A title")]

    code, counted, _said = import_records(source, a_file(tmp_path, source, a_document(source, *records)))

    assert (code, counted) == (0, NOTHING | {"read": 8, "created": 1, "refused": 7})


@pytest.mark.parametrize("source", SOURCES)
def test_fields_of_the_wrong_shape_are_refused_or_kept_as_text_and_never_stop_the_import(tmp_path, source):
    if source in ELEMENTS:
        shapes = [
            "<a/>" * 500,
            "<title/>" * 500,
            "text",
            "<x:y xmlns:x='urn:x'>z</x:y>",
            "<!-- c --><?p i?>",
        ]
        records = [a_record(source, n).replace("><", f">{shape}<", 1) for n, shape in enumerate(shapes, start=1)]
    else:
        record = a_record(source, 1)
        key = TITLES.get(source, "uid")
        names = [name for name in record if name not in (key, "id", "ID", "GEF_ID", "code", "uid")]
        shapes = ["x" * 5000, "[[[[", '{"a": {"b": [1, "c"]}}', "-1e400", "9" * 400, "\x00", "0000-00-00"]
        if source not in TABLES:
            shapes += [{"a": {}}, [[[]]], -1, 10**30, True, 1.5, [None, 1, {"a": "b"}], {"": ""}]
        shaped = [(name, shape) for name in names for shape in shapes]
        records = [a_record(source, n) | {name: shape} for n, (name, shape) in enumerate(shaped, start=1)]

    code, counted, said = import_records(source, a_file(tmp_path, source, a_document(source, *records)))

    assert (code, counted["read"]) == (0, len(records)), said
