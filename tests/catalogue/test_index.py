"""Reading the index: records, tombstones, back-links, the change feed; without a database."""

import pytest

from catalogue.index import reader as index
from catalogue.index import schema
from catalogue.index.follower import Copy
from catalogue.index.reader import IndexNotReady, Tombstone
from catalogue.index.shelf import Shelf
from publishing.record import as_change, as_record
from tests.catalogue.published import bare, found, indexed, publication, reopened, tombstone


def test_a_record_is_read_as_it_was_published(tmp_path):
    one = publication("PRJ", 1)

    reader = indexed(tmp_path, [one])

    assert reader.record(one.uid) == as_record(one)
    assert reader.change(one.uid) == as_change(one)
    assert reader.record("CMB-PRJ-KE-404") is None


def test_a_withdrawn_record_is_a_tombstone_and_found_nowhere_else(tmp_path):
    reader = indexed(tmp_path, [publication("PRJ", 1), tombstone(1, position=2, replaced_by="CMB-PRJ-KE-2")])

    left = reader.record("CMB-PRJ-KE-1")

    assert isinstance(left, Tombstone)
    assert (left.action, left.reason, left.replaced_by, left.position) == (
        "withdrawn",
        "mistake",
        "CMB-PRJ-KE-2",
        2,
    )
    assert reader.records(["CMB-PRJ-KE-1"]) == {}
    assert reader.resolve("2019-B-117") == []
    assert found(reader, "").count == 0


def test_several_records_are_read_at_once_and_those_that_are_not_there_left_out(tmp_path):
    reader = indexed(tmp_path, [bare(number) for number in (1, 2, 3)])

    records = reader.records(["CMB-PRJ-SCBD-3", "CMB-PRJ-SCBD-1", "CMB-PRJ-SCBD-9", "CMB-PRJ-SCBD-3"])

    assert sorted(records) == ["CMB-PRJ-SCBD-1", "CMB-PRJ-SCBD-3"]
    assert reader.records([]) == {}


def test_any_identifier_leads_to_its_record(tmp_path):
    harvested = publication("PRJ", 1, envelope={"provenance": {"identifier": "GEF 5678"}})

    reader = indexed(tmp_path, [harvested])

    for name in ("cmb-prj-ke-1", "2019-B-117", "gef5678", "10027"):
        assert reader.resolve(name) == ["CMB-PRJ-KE-1"]
    assert reader.resolve("5678") == []


def test_what_points_at_a_record_is_known(tmp_path):
    needs = publication("NED", 2)
    needs.document["needs"][0]["met_by"] = [{"id": "m", "uid": "CMB-PRJ-KE-1", "name": "Maize"}]
    project = publication("PRJ", 3, part_of={"uid": "CMB-PRJ-KE-1", "name": "Maize"})

    reader = indexed(tmp_path, [publication("PRJ", 1), needs, project])

    records, count = reader.referring("CMB-PRJ-KE-1")
    assert {record["uid"] for record in records} == {"CMB-NED-KE-2", "CMB-PRJ-KE-3"}
    assert count == 2
    assert reader.referring("CMB-PRJ-KE-1", limit=1)[1] == 2


def test_the_change_feed_is_in_order_of_positions_with_tombstones_and_without_rows(tmp_path):
    publications = [publication("NED", 4, position=9), bare(2, position=7), tombstone(3, position=8)]
    reader = indexed(tmp_path, sorted(publications, key=lambda one: one.position))

    window = reader.changes_after(7, 10)

    assert [(one.position, one.uid) for one in window] == [(8, "CMB-PRJ-KE-3"), (9, "CMB-NED-KE-4")]
    assert [one.position for one in reader.changes_after(0, 2)] == [7, 8]
    assert reader.changes_after(9, 10) == []
    assert reader.position == 9


def test_an_older_document_is_read_in_todays_shape(tmp_path, monkeypatch):
    from formats import registry

    project = registry.by_code("PRJ")
    monkeypatch.setattr(type(project), "version", 2)
    monkeypatch.setattr(type(project), "lifts", {1: lambda document: document | {"acronym": "LIFTED"}})

    reader = indexed(tmp_path, [publication("PRJ", 1)])

    assert reader.record("CMB-PRJ-KE-1")["document"]["acronym"] == "LIFTED"
    assert reader.record("CMB-PRJ-KE-1")["document"]["format"] == "PRJ/2"


def test_a_record_with_more_rows_than_have_numbers_is_refused_loudly(tmp_path):
    needs = publication("NED", 1)
    needs.document["needs"] = [needs.document["needs"][0] | {"id": f"row{place}"} for place in range(513)]

    with pytest.raises(ValueError, match="row 512"):
        indexed(tmp_path, [needs])


def test_dates_that_nobody_can_read_do_not_stop_the_index(tmp_path):
    offer = bare(1, "OPP", deadline="soon", opens_on="2026-99", starts_on="n.d.")

    assert found(indexed(tmp_path, [offer]), "").count == 1


@pytest.fixture
def shelf(settings, tmp_path):
    settings.PORTAL_DATA = tmp_path
    return Shelf()


def test_without_an_index_the_host_is_not_ready_and_says_so(shelf):
    with pytest.raises(IndexNotReady, match="being prepared"):
        index.reader()


def test_an_index_that_is_not_whole_yet_is_not_read(shelf):
    copy = Copy(shelf.folder("one"))
    copy.take([publication("PRJ", 1)])
    copy.commit()

    with pytest.raises(IndexNotReady):
        index.reader()


def test_a_reader_sees_a_commit_at_once_and_an_older_reader_stays_as_it_was(shelf):
    copy = Copy(shelf.folder("one"))
    copy.take([bare(1)])
    copy.commit()
    shelf.mark("one")
    before = index.reader()

    copy.take([bare(2)])
    copy.commit()

    assert index.reader().position == 2
    assert (before.position, before.record("CMB-PRJ-SCBD-2")) == (1, None)
    assert index.reader() is index.reader()


def test_what_is_not_committed_is_not_seen_and_gone_when_the_writer_ends(shelf):
    copy = Copy(shelf.folder("one"))
    copy.take([bare(1)])
    copy.commit()

    copy.take([bare(2)])
    copy.close()

    assert reopened(shelf.folder("one")).position == 1
    assert Copy(shelf.folder("one")).position == 1


def test_the_readers_follow_when_another_log_is_marked_and_the_old_index_goes(shelf):
    for number, name in enumerate(("old", "new"), 1):
        copy = Copy(shelf.folder(name))
        copy.take([bare(number)])
        copy.commit()
        copy.close()
        shelf.mark(name)
        assert (index.reader().log, index.reader().position) == (name, number)

    assert shelf.tidy("new") == [shelf.folder("old").name]
    assert shelf.folder("new").exists()


def test_an_index_that_somebody_reads_is_not_removed(shelf):
    copy = Copy(shelf.folder("old"))
    copy.take([bare(1)])
    copy.commit()
    copy.close()
    shelf.mark("old")
    index.reader()

    assert shelf.tidy("new") == []
    assert shelf.folder("old").exists()


def test_other_code_gets_another_index_and_the_old_one_serves_until_nobody_reads_it(shelf, monkeypatch):
    copy = Copy(shelf.folder("one"))
    copy.take([bare(1)])
    copy.commit()
    copy.close()
    shelf.mark("one")
    old_folder, old_pointer = shelf.folder("one"), shelf.pointer
    monkeypatch.setattr(schema, "folder_prefix", lambda: "newcode-newdata")

    with pytest.raises(IndexNotReady):
        index.reader()
    assert shelf.current() is None
    assert shelf.folder("one") != old_folder
    assert shelf.tidy("one") == [old_folder.name]
    assert not old_pointer.exists()
