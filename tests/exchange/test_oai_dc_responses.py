"""OAI-PMH: what a response may hold beside records, and what a row may hold at all."""

import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from exchange import readers
from exchange.files.opening import UnreadableFile
from exchange.reading.row import Row
from records import storable
from tests.exchange.oai import OAI, SPACES, TITLE, a_record, a_response, dc, rows


def test_the_reader_is_found_by_its_name():
    assert readers.reader("oai-dc").source == "oai-dc"


def test_a_response_gives_a_row_for_each_record_the_deleted_ones_among_them():
    xml = a_response(a_record(), a_record(identifier="hdl:10864/1", status=' status="deleted"'))

    kept, taken_back = [OAI.apply(row) for row in rows(xml)]

    assert [row.number for row in rows(xml)] == [1, 2]
    assert (kept.identifier, kept.subject, kept.is_deleted) == (*["oai:repository.example.org:1"] * 2, False)
    assert (taken_back.identifier, taken_back.subject) == ("hdl:10864/1", "oai-dc:hdl:10864/1")
    assert (taken_back.is_deleted, taken_back.document, taken_back.refusals) == (True, None, ())


def test_one_record_may_come_alone():
    assert len(rows(a_response(a_record(), verb="GetRecord"))) == 1


def test_a_server_that_has_nothing_new_gives_no_rows():
    assert rows(a_response().replace("<ListRecords><resumptionToken/></ListRecords>", NOTHING)) == []


NOTHING = '<error code="noRecordsMatch">No record.</error>'


def test_an_error_of_the_server_is_told_in_its_own_words_but_not_at_any_length():
    xml = a_response().replace("<ListRecords>", f'<error code="badArgument">The date is wrong. {"x" * 900}</error><a>')

    with pytest.raises(UnreadableFile, match="badArgument: The date is wrong") as stopped:
        rows(xml.replace("</ListRecords>", "</a>"))

    assert len(str(stopped.value)) < 400


@pytest.mark.parametrize(
    ("verb", "answer"),
    [
        ("Identify", "<repositoryName>R</repositoryName>"),
        ("ListIdentifiers", "<header><identifier>oai:a:1</identifier></header>"),
        ("ListSets", "<set><setSpec>a</setSpec></set>"),
        ("ListMetadataFormats", "<metadataFormat><metadataPrefix>oai_dc</metadataPrefix></metadataFormat>"),
    ],
)
def test_the_answer_to_another_question_is_refused_with_the_reason(verb, answer):
    with pytest.raises(UnreadableFile, match="answer to another question"):
        rows(a_response(answer, verb=verb))


def test_a_page_that_is_no_response_is_refused():
    with pytest.raises(UnreadableFile, match="OAI-PMH"):
        rows("<html><body>Sign in</body></html>")


def test_records_alone_are_called_by_their_own_identifier():
    xml = f"<records><oai_dc:dc {SPACES}>{TITLE}{dc('identifier', 'https://example.org/7', '7')}</oai_dc:dc></records>"

    mapped = OAI.apply(rows(xml)[0])

    assert (mapped.identifier, mapped.subject) == ("https://example.org/7", "oai-dc:https://example.org/7")
    assert mapped.document["title"] == {"und": "Living modified maize"}


def test_elements_that_forgot_their_namespace_are_read():
    xml = "<dc><title>Maize</title><identifier>7</identifier></dc>"

    assert OAI.apply(rows(xml)[0]).document["title"] == {"und": "Maize"}


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        (a_record("<dc:creator>A</dc:creator>"), "no title"),
        (a_record("<dc:title> </dc:title><dc:creator>A</dc:creator>"), "no title"),
        (a_record(identifier=""), "no identifier"),
        (a_record(identifier="x" * 201), "longer than 200"),
        (a_record(identifier="a\x7fb"), "control characters"),
        (a_record("<mods xmlns='http://www.loc.gov/mods/v3'><title>A</title></mods>"), "no Dublin Core"),
        (a_record("<dcterms:title>A</dcterms:title>"), "no Dublin Core"),
        ("<record>", "well-formed"),
        ("", "well-formed"),
        ("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "document type"),
        ("\udcff", "not UTF-8"),
    ],
)
def test_what_is_refused_says_why(record, reason):
    [finding] = OAI.apply(Row(1, {"record": record})).refusals

    assert reason in finding.reason


def test_a_record_of_a_report_is_read_from_its_one_column():
    [row] = rows(a_response(a_record()))
    mapped = OAI.apply(row)

    assert OAI.apply(Row(9, dict(row.cells))).digest == mapped.digest
    assert OAI.columns == tuple(row.cells)


NAMES = st.sampled_from(
    [
        "dc:title",
        "dc:date",
        "dc:type",
        "dc:identifier",
        "dc:rights",
        "dc:coverage",
        "dc:language",
        "dc:subject",
        "x",
        "b",
    ]
)
TEXTS = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            "http://[",
            "isbn X",
            "urn:isbn:          ",
            "10.1/",
            "&#0;",
            "&amp;#xD800;",
            "a@b.c",
            "2015-99-99",
            "cc",
            "Ⅷ",
        ]
    ),
)


def escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;")


@pytest.mark.slow
@given(st.lists(st.tuples(NAMES, st.sampled_from(["", ' xml:lang="x"', ' xml:lang="en-"']), TEXTS), max_size=8))
@settings(max_examples=300, deadline=None)
def test_every_record_is_accepted_or_refused_and_what_is_accepted_can_be_stored(cells):
    elements = "".join(f"<{name}{lang}>{escaped(text)}</{name}>" for name, lang, text in cells)
    mapped = OAI.apply(Row(1, {"record": a_record(TITLE + elements)}))

    assert bool(mapped.refusals) != bool(mapped.document)
    assert mapped.document is None or storable.fault(mapped.document) is None
    json.dumps(mapped.document)


@given(st.text(max_size=300))
@example("<record xmlns='&'/>")
@example("<record><header><identifier>&#x1F;</identifier></header></record>")
@settings(max_examples=300, deadline=None)
def test_a_row_may_hold_anything(text):
    for record in (text, f"<record>{text}</record>", a_record(text), a_record(identifier=text)):
        mapped = OAI.apply(Row(1, {"record": record}))
        assert bool(mapped.refusals) != bool(mapped.document or mapped.is_deleted)


@given(st.binary(max_size=300))
@settings(max_examples=200, deadline=None)
def test_a_file_may_hold_anything(data):
    for xml in (data, b"<OAI-PMH>" + data, a_response().encode() + data):
        try:
            found = rows(xml)
        except UnreadableFile:
            found = []
        assert all(row.cells.keys() == {"record"} for row in found)
