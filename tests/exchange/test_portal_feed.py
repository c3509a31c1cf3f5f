"""Records of another portal come over as they are; what is its own, or newer than we are, is told."""

import io
import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.files.opening import UnreadableFile
from exchange.portal_feed import PortalFeed
from exchange.reading.row import Row
from formats import registry
from tests import documents
from tests.documents import a_project

READER = PortalFeed()
DATABASES = ("PRJ", "OPP", "NED", "RES", "REP")


def a_record(code="PRJ", document=None, **changes):
    database = registry.by_code(code).slug
    return {
        "uid": f"CMB-{code}-UG-1",
        "version": 2,
        "database": database,
        "profile": "registered",
        "sample": False,
        "state": "published",
        "url": f"https://partner.example.org/records/CMB-{code}-UG-1",
        "languages": ["en"],
        "contacts": [{"name": "A. Person", "email": "person@example.org"}],
        "provenance": None,
        "document": documents.COMPLETE[code]() if document is None else document,
    } | changes


def a_change(record, **changes):
    record = a_record() if record is ... else record
    return {
        "position": 1,
        "uid": "CMB-PRJ-UG-1",
        "database": "projects",
        "action": "published",
        "record": record,
    } | changes


def mapped(record=..., **changes):
    [row] = READER.rows(stream_of(a_change(record, **changes)))
    return READER.apply(row)


def stream_of(*changes):
    return io.BufferedReader(
        io.BytesIO(json.dumps({"log": "x", "position": 1, "head": 1, "changes": changes}).encode())
    )


def reasons(found):
    return [finding.reason for finding in found]


@pytest.mark.parametrize("code", DATABASES)
def test_a_record_of_each_database_comes_over_whole(code):
    fmt = registry.by_code(code)
    document = fmt.public(documents.COMPLETE[code]())

    one = mapped(a_record(code, document), uid=f"CMB-{code}-UG-1")

    assert not one.refusals
    assert one.database == fmt.slug
    assert one.identifier == f"CMB-{code}-UG-1"
    assert one.subject == f"portal:partner.example.org/CMB-{code}-UG-1"
    assert one.address == f"https://partner.example.org/records/CMB-{code}-UG-1"
    told = {finding.field.split("/")[1] for finding in one.notes}
    kept = {name: value for name, value in without_uids(document).items() if name not in told}
    assert {name: value for name, value in one.document.items() if name not in told} == kept
    assert len(kept) > 10
    assert "person@example.org" not in json.dumps(one.document)


def without_uids(value):
    if isinstance(value, dict):
        return {key: without_uids(inner) for key, inner in value.items() if key != "uid" or "name" not in value}
    return [without_uids(inner) for inner in value] if isinstance(value, list) else value


def test_an_agency_keeps_its_name_and_loses_the_link():
    agencies = [{"id": "agency01", "uid": "CMB-ORG-KE-1", "name": "UNEP"}, {"id": "agency02", "uid": "CMB-ORG-KE-2"}]
    one = mapped(a_record(document=a_project(implementing_agencies=agencies)))

    assert not one.refusals
    assert one.document["implementing_agencies"] == [{"id": "agency01", "name": "UNEP"}]
    assert ("record/implementing_agencies/1", "CMB-ORG-KE-2") in {(note.field, note.value) for note in one.notes}


def test_a_reference_that_needs_its_record_is_left_out_and_told():
    one = mapped(a_record(document=a_project(part_of={"uid": "CMB-PRJ-KE-9", "name": "The programme"})))

    assert "part_of" not in one.document
    assert ("record/part_of", "The programme") in {(note.field, note.value) for note in one.notes}


def test_what_a_newer_portal_knows_and_we_do_not_is_left_out_and_told():
    one = mapped(a_record(document=a_project(colour="blue", status="imagined")))

    assert not one.refusals
    assert {"colour", "status"}.isdisjoint(one.document)
    assert {"record/colour", "record/status"} <= {note.field for note in one.notes}


@pytest.mark.parametrize("action", ["withdrawn", "merged", "erased", "something-new"])
def test_a_tombstone_takes_the_record_back(action):
    one = mapped(None, action=action, reason="outdated", replaced_by="CMB-PRJ-UG-2")

    assert one.is_deleted
    assert one.identifier == "CMB-PRJ-UG-1"
    assert not one.refusals
    assert [note.value for note in one.notes] == ["CMB-PRJ-UG-2"]


@pytest.mark.parametrize(
    ("record", "changes", "words"),
    [
        (None, {}, "does not say that it was withdrawn"),
        (None, {"action": ""}, "does not say that it was withdrawn"),
        (..., {"uid": ""}, "which record"),
        (..., {"uid": "../x"}, "which record"),
        (..., {"uid": "CMB-PRJ-UG-7"}, "holds another"),
        (a_record, {"database": "laws"}, "“laws” are not taken over"),
        (a_record, {"database": "organizations"}, "“organizations” are not taken over"),
        (a_record, {"database": None}, "are not taken over"),
        (a_record, {"document": a_project(format="PRJ/9999")}, "newer format PRJ/9999"),
        (a_record, {"document": a_project(format="OPP/1")}, "not in the format"),
        (a_record, {"document": a_project(format=None)}, "not in the format"),
        (a_record, {"document": {}}, "not in the format"),
        (a_record, {"document": []}, "no document"),
        (a_record, {"url": None}, "where its portal shows it"),
        (a_record, {"url": "javascript:alert(1)"}, "where its portal shows it"),
        (a_record, {"url": "https://[x"}, "where its portal shows it"),
        (a_record, {"url": "https://x.example/\u0000"}, "where its portal shows it"),
        (a_record, {"sample": True}, "sample"),
        (a_record, {"profile": "harvested", "provenance": {"source": "GEF"}}, r"elsewhere itself \(GEF\)"),
        (a_record, {"profile": "harvested"}, "elsewhere itself"),
        (a_record, {"document": a_project(title=None)}, "mandatory"),
        (a_record, {"document": a_project(title={"en": ""})}, "mandatory"),
        (a_record, {"document": a_project(funding="lots")}, "list"),
        (a_record, {"document": a_project(starts_on="soon")}, "date|year"),
        ("text", {}, "no JSON"),
        ([1], {}, "no document"),
    ],
)
def test_what_makes_no_record_here_is_refused_with_its_reason(record, changes, words):
    one = mapped(a_record(**changes)) if record is a_record else mapped(record, **changes)

    assert one.refusals
    assert any(re.search(words, reason) for reason in reasons(one.refusals)), reasons(one.refusals)


def test_a_demonstration_takes_samples(settings):
    settings.DEMONSTRATION = True

    assert not mapped(a_record(sample=True)).refusals


def test_a_page_that_is_no_feed_is_unreadable():
    with pytest.raises(UnreadableFile, match="changes"):
        list(READER.rows(io.BufferedReader(io.BytesIO(b'{"results": []}'))))


def test_two_portals_with_one_prefix_do_not_speak_of_one_thing():
    other = "https://other.example.org/records/CMB-PRJ-UG-1"

    assert mapped().subject != mapped(a_record(url=other)).subject


KEYS = ["uid", "name", "id", "en", "record", "x", "funder", "amount"]
AROUND = ["url", "database", "profile", "sample", "provenance", "uid"]
ANYTHING = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=20)
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["uid", "name", "id", "en", "record", "x", "funder", "amount"]), inner, max_size=3
        ),
    ),
    max_leaves=12,
)
FIELDS = st.dictionaries(st.sampled_from([*registry.by_code("PRJ").fields, "format", "x"]), ANYTHING, max_size=6)


@pytest.mark.slow
@given(
    FIELDS, st.dictionaries(st.sampled_from(["url", "database", "profile", "sample", "provenance", "uid"]), ANYTHING)
)
@settings(max_examples=80, deadline=None)
def test_whatever_a_record_holds_it_is_taken_or_refused(fields, envelope):
    record = a_record(document=a_project() | fields, **envelope)

    one = READER.apply(Row(1, {"uid": "CMB-PRJ-UG-1", "action": "updated", "record": json.dumps(record)}))

    assert one.refusals or one.document["title"]
    assert json.dumps(one.document).encode()


@given(st.fixed_dictionaries({column: st.text(max_size=30) for column in READER.columns}), st.booleans())
@settings(max_examples=200, deadline=None)
def test_whatever_a_row_holds_it_is_taken_or_refused(cells, is_named):
    one = READER.apply(Row(1, cells | ({"uid": "CMB-PRJ-UG-1"} if is_named else {})))

    assert one.refusals or one.is_deleted
