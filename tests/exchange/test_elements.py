"""Reading XML: sound records one by one, broken and hostile documents to a clear end."""

import gzip
import io
import itertools
import resource
import tarfile
import tracemalloc

import pytest
from lxml import etree

from exchange.files import elements, opening

LIST, ITEM = "list", "item"


def read_on(data, most=None):
    return elements.rows(io.BufferedReader(io.BytesIO(data)), (LIST,), (ITEM,))


def read(data):
    return [row.cells[elements.RECORD] for row in read_on(data)]


def until_it_breaks(data):
    """The records before a break, and what is said of the break."""
    found = []
    try:
        for row in read_on(data):
            found.append(row.cells[elements.RECORD])
    except opening.UnreadableFile as broken:
        return found, str(broken)
    raise AssertionError("it does not break")


def test_records_are_numbered_and_whole():
    rows = list(read_on(b'<list><other/><item n="1">a<b>c</b>d</item>tail<x><item>deeper</item></x></list>'))

    assert [row.number for row in rows] == [1, 2]
    assert rows[0].cells == {"record": '<item n="1">a<b>c</b>d</item>'}
    assert rows[1].cells == {"record": "<item>deeper</item>"}


def test_a_record_inside_a_record_belongs_to_it():
    assert read(b"<list><item>a<item>b</item></item></list>") == ["<item>a<item>b</item></item>"]


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("latin-1", "ISO-8859-1"),
        ("cp1252", "windows-1252"),
    ],
)
def test_the_encoding_that_a_document_declares_is_its_encoding(encoding, declared):
    data = f'<?xml version="1.0" encoding="{declared}"?><list><item>São Tomé</item></list>'.encode(encoding)

    assert read(data) == ["<item>São Tomé</item>"]


def test_bytes_that_the_encoding_does_not_know_end_the_file():
    found, told = until_it_breaks(b"<list><item>ok</item><item>S\xe3o</item></list>")

    assert found == ["<item>ok</item>"]
    assert "After record 1" in told


def test_blank_lines_before_the_declaration_do_no_harm():
    assert read(b'\r\n \n<?xml version="1.0"?><list><item>a</item></list>') == ["<item>a</item>"]


def test_cdata_is_text_and_comments_and_instructions_are_nothing():
    data = b"<!-- a --><list><?php b ?><item><![CDATA[1 < 2 & 3]]><!-- c --><?d e?></item></list>"

    assert read(data) == ["<item>1 &lt; 2 &amp; 3</item>"]


def test_names_count_without_their_namespaces_and_prefixes_stay_bound():
    (text,) = read(b'<a:list xmlns:a="urn:a" xmlns:b="urn:b"><a:item><b:x b:y="1"/></a:item></a:list>')

    element = elements.parse(text)
    assert elements.name(element) == ITEM
    assert element[0].tag == "{urn:b}x"


@pytest.mark.parametrize(
    ("record", "language"), [("<item/>", "fr"), ('<item xml:lang="en"/>', "en"), ('<item xml:lang=""/>', "")]
)
def test_a_record_takes_along_the_language_of_the_elements_around_it(record, language):
    (text,) = read(f'<list xml:lang="ru"><x xml:lang="fr">{record}</x></list>'.encode())

    assert elements.parse(text).get(elements.LANGUAGE) == language


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "not an XML document"),
        (b"  \n ", "not an XML document"),
        (b"id,title\n1,2\n", "not an XML document"),
        (b'{"a": 1}', "not an XML document"),
        (b"\x00\x01\x02\xff", "not an XML document"),
        (b"PK\x03\x04", "not an XML document"),
        (b"<organisations><item/></organisations>", "is a <organisations>, not a <list>"),
        (b"<!DOCTYPE html><html><head><meta charset=utf-8></head><body>Not found<br></body></html>", "is a <html>"),
        (b"<html><body><p>Service unavailable</body></html>", "is a <html>"),
        (b'<?xml version="1.0" encoding="no-such"?><list/>', "not an XML document"),
    ],
)
def test_what_is_no_such_document_is_refused_with_a_reason(data, told):
    found, said = until_it_breaks(data)

    assert found == []
    assert told in said


@pytest.mark.parametrize(
    "rest",
    [
        b"<item>cut",
        b"<item></other></item></list>",
        b"</list><more/>",
        b"<item>&nbsp;</item></list>",
        b"<item a=1/></list>",
        b"<item a='1' a='2'/></list>",
        b"<item>\x00</item></list>",
        b"",
    ],
)
def test_where_a_document_breaks_off_what_came_before_is_good(rest):
    found, told = until_it_breaks(b"<list><item>1</item><item>2</item>" + rest)

    assert found == ["<item>1</item>", "<item>2</item>"]
    assert "After record 2" in told


def test_a_list_without_records_is_no_fault():
    assert read(b"<list/>") == []


LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE list [<!ENTITY a "x">]>',
        '<!DOCTYPE list SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE list [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE list [<!ENTITY % a SYSTEM "http://127.0.0.1:1/x"> %a;]>',
        f'<!DOCTYPE list [<!ENTITY a0 "ha">{LAUGHS}<!ENTITY a "&a11;">]>',
    ],
)
@pytest.mark.parametrize("use", ["<list><item>&a;</item></list>", '<list b="&a;"><item/></list>'])
def test_a_document_with_declarations_of_its_own_is_refused_and_nothing_is_fetched_or_expanded(doctype, use):
    tracemalloc.start()
    found, told = until_it_breaks((doctype + use).encode())
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert found == []
    assert "declares a document type" in told or "not an XML document" in told
    assert "root:" not in told
    assert most < 1_000_000


@pytest.mark.parametrize(
    ("part", "bound"), [(b"<a>%s</a>" % (b"x" * 93), "more than 100000 bytes"), (b"<a/>", "more than 2000 parts")]
)
def test_a_record_beyond_the_bounds_ends_the_file(monkeypatch, part, bound):
    monkeypatch.setattr(elements, "MOST_RECORD_BYTES", 100_000)
    monkeypatch.setattr(elements, "MOST_PARTS", 2_000)
    large = b"<item>" + part * (1_500 if len(part) > 10 else 3_000) + b"</item>"

    found, told = until_it_breaks(b"<list><item>1</item>" + large + b"</list>")

    assert len(found) == 1
    assert bound in told


def test_a_corrected_record_beyond_the_bound_is_refused_before_it_is_built():
    with pytest.raises(ValueError, match="more than 200000 parts"):
        elements.parse("<item>" + "<a></a>" * 300_000 + "</item>")


@pytest.mark.parametrize("opened", [b"", b"<a b='"])
def test_what_never_ends_outside_of_records_ends_the_file(opened):
    found, told = until_it_breaks(b"<list><item>1</item>" + opened + b"x" * 9_000_000)

    assert found == ["<item>1</item>"]
    assert "After record 1" in told


def test_deep_nesting_ends_the_file():
    found, told = until_it_breaks(b"<list><item>1</item><item>" + b"<a>" * 100_000)

    assert found == ["<item>1</item>"]
    assert "After record 1" in told


class Endless:
    """A document that is made while it is read."""

    def __init__(self, part, times):
        self.parts = itertools.chain([b"<list>"], itertools.repeat(part, times), [b"<item>last</item></list>"])

    def read(self, _size):
        return next(self.parts, b"")


@pytest.mark.parametrize("times", [60, pytest.param(5000, marks=pytest.mark.slow)])
@pytest.mark.parametrize("sibling", [b"<unknown>words</unknown>tail ", b"<item>words</item>tail "])
def test_of_a_million_siblings_only_the_record_at_hand_is_kept(sibling, times):
    walk = elements.walk(Endless(sibling * 200, times), (LIST,), (ITEM,))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    tracemalloc.start()
    seen = most_kept = 0
    for element in walk:
        seen += 1
        if seen % 100 == 1:
            most_kept = max(most_kept, len(element.getparent()))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert seen in (1, times * 200 + 1)
    assert most_kept < 2000  # what one piece of the file holds
    assert most < 5_000_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000  # kilobytes, those of libxml2 too


def test_a_gzipped_document_is_read_and_a_broken_one_is_told(tmp_path):
    data = gzip.compress(b"<list>" + b"<item>1</item>" * 5000 + b"</list>")
    path = tmp_path / "a.xml.gz"
    for written, whole in ((data, True), (data[:-20], False)):
        path.write_bytes(written)
        for member in opening.members(path, (".xml",)):
            if whole:
                assert len(list(elements.rows(member.stream, (LIST,), (ITEM,)))) == 5000
            else:
                with pytest.raises(opening.UnreadableFile):
                    list(elements.rows(member.stream, (LIST,), (ITEM,)))


def test_what_systems_and_people_keep_beside_the_files_of_an_archive_is_passed_over(tmp_path):
    path = tmp_path / "a.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        for name in ("list/._a.xml", "list/a.xml", "list/.b.xml", "__MACOSX/list/._a.xml", "README"):
            archive.addfile(tarfile.TarInfo(name))

    assert [member.name for member in opening.members(path, (".xml",))] == ["a.xml"]


@pytest.mark.parametrize(
    "text", ["", "x", "<a>", "<a/><b/>", "\ud800", "<a>\x00</a>", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>']
)
def test_a_corrected_record_that_is_no_element_says_why(text):
    with pytest.raises(ValueError, match=r"\w"):
        elements.parse(text)


def test_a_corrected_record_is_an_element_again():
    assert etree.tostring(elements.parse("<a b='1'><!-- c --><d/></a>")) == b'<a b="1"><d/></a>'
