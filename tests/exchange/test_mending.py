"""OAI-PMH: what repositories send that is no XML, and what becomes of it."""

from io import BufferedReader, BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.files.mending import CHUNK, Mended
from exchange.files.opening import UnreadableFile
from tests.exchange.oai import OAI, a_record, a_response, rows


def titled(*titles):
    return a_response(*(a_record(f"<dc:title>{one}</dc:title>", f"oai:r:{n}") for n, one in enumerate(titles)))


def read(xml):
    return [OAI.apply(row) for row in rows(xml)]


def titles(xml):
    return [mapped.document["title"]["und"] for mapped in read(xml)]


def noted(mapped):
    return [(finding.field, finding.reason.partition(":")[0].partition(",")[0]) for finding in mapped.notes]


def test_bytes_that_are_no_utf_8_stand_as_signs_of_replacement_and_their_record_says_so():
    mapped = read(titled("S@o Tomé", "ok").encode().replace(b"@", b"\xe3"))

    assert [one.document["title"]["und"] for one in mapped] == ["S\ufffdo Tomé", "ok"]
    assert noted(mapped[0]) == [("record", "Some of this could not be read")]
    assert "<dc:title>S\ufffdo" in mapped[0].notes[0].value
    assert noted(mapped[1]) == []


def test_a_title_that_nobody_can_read_refuses_its_record():
    text = titled("Биобезопасность", "ok").encode("cp1251")
    refused, read_well = read(text)

    assert [finding.field for finding in refused.refusals] == ["dc:title"]
    assert "UTF-8" in refused.refusals[0].reason
    assert read_well.document["title"] == {"und": "ok"}


@pytest.mark.parametrize("sign", ["\x01", "&#x1F;", "&#31;", "&#0;", "\uffff", "&#xFFFE;"])
def test_control_characters_are_left_out_and_their_record_says_so(sign):
    mapped = read(titled(f"Mai{sign}ze", "ok"))

    assert [one.document["title"]["und"] for one in mapped] == ["Maize", "ok"]
    assert [noted(one) for one in mapped] == [[("record", "Control characters")], []]


@pytest.mark.parametrize("sign", ["\x0b", "\x0c", "&#11;", "&#xC;"])
def test_what_only_moves_the_line_is_a_blank(sign):
    [mapped] = read(titled(f"one{sign}two"))

    assert (mapped.document["title"], noted(mapped)) == ({"und": "one two"}, [])


@pytest.mark.parametrize("sign", ["\x01", "&#1;", "\udce3"])
def test_an_identifier_is_never_mended(sign):
    xml = a_response(a_record(identifier=f"oai:r:{sign}1")).encode("utf-8", "surrogateescape")

    [mapped] = read(xml)

    assert mapped.document is None
    assert len(mapped.refusals) == 1


def test_the_halves_of_a_sign_are_joined_and_one_alone_is_lost():
    assert titles(titled("&#55349;&#56489;", "&#xD835;&#xDCA9; &#xD835;")) == ["𝒩", "𝒩 \ufffd"]


def test_numbers_of_the_page_of_codes_of_windows_are_the_signs_that_browsers_show():
    assert titles(titled("l\x92eau", "l&#146;eau", "&amp;#147;a&amp;#148;")) == ["l’eau", "l’eau", "“a”"]


def test_a_sign_of_mathematics_is_no_tag():
    given = ["p < 0.05", "p <0.05 & a << 8", "<![CDATA[a < b]]>"]

    assert titles(titled(*given)) == ["p < 0.05", "p <0.05 & a << 8", "a < b"]


def test_blanks_before_the_beginning_and_signs_that_no_xml_may_hold_do_not_end_the_reading():
    xml = b"\r\n\n " + a_response(a_record("<dc:title>Mai&#x1F;ze\x0b &#38; co&#12;</dc:title>")).encode()

    assert OAI.apply(rows(xml)[0]).document["title"] == {"und": "Maize & co"}


def test_signs_with_names_of_html_and_ands_that_are_not_escaped_are_read():
    elements = (
        "<dc:title>Caf&eacute; R&D</dc:title><dc:identifier>https://example.org/?a=1&b=2&amp;c=3</dc:identifier>"
    )
    [mapped] = read(a_response(a_record(elements)))

    assert mapped.document["title"] == {"und": "Café R&D"}
    assert mapped.address == "https://example.org/?a=1&b=2&c=3"


@given(
    st.lists(st.sampled_from([b"&amp;", b"&#233;", b"&lt;", b"x", b"y" * 16_370]), max_size=3), st.integers(1, 20_000)
)
@settings(deadline=None)
def test_mending_leaves_what_is_right_wherever_a_piece_ends(pieces, size):
    text = b"<a>" + b"".join(pieces)
    mended = Mended(BufferedReader(BytesIO(text)))

    assert b"".join(iter(lambda: mended.read(size), b"")) == text


@given(
    st.text(st.characters(codec="utf-8", exclude_characters="&<\uffff\ufffe", min_codepoint=32), max_size=200),
    st.integers(1, 40),
)
@settings(deadline=None)
def test_mending_leaves_all_else_as_it_is(said, size):
    text = b"<a>" + said.encode()
    mended = Mended(BufferedReader(BytesIO(text)))

    assert b"".join(iter(lambda: mended.read(size), b"")) == text


def test_other_encodings_are_read():
    xml = a_response(a_record("<dc:title>Maïs génétiquement modifié</dc:title>"))

    for encoding in ("ISO-8859-1", "UTF-16"):
        [row] = rows(xml.replace("UTF-8", encoding).encode(encoding))
        assert OAI.apply(row).document["title"] == {"und": "Maïs génétiquement modifié"}


@pytest.mark.parametrize("encoding", ["zlib", "no-such", "utf-7"])
def test_an_encoding_that_is_none_of_text_is_refused(encoding):
    with pytest.raises(UnreadableFile, match=f"encoding {encoding}"):
        rows(titled("Maize").replace("UTF-8", encoding))


@pytest.mark.parametrize("between", ["", "\n\n", "\x00", "\ufeff", "<!-- made in 3 s -->\n<!-- -->"])
def test_responses_one_after_the_other_are_read_as_one_file(between):
    xml = between.join([titled("1", "2"), titled(), titled("3")]) + "\x00\x1a\n"

    assert [row.number for row in rows(xml)] == [1, 2, 3]
    assert titles(xml) == ["1", "2", "3"]


@given(st.integers(-120, 40))
@settings(deadline=None)
def test_wherever_a_piece_of_the_file_ends_the_next_response_is_found(shift):
    first = titled("x" * (CHUNK - len(titled("")) + shift))

    assert titles(first + titled("2"))[1:] == ["2"]


def test_where_the_second_response_breaks_the_message_counts_the_records_of_both():
    xml = titled("1", "2") + titled("3", "4").replace("4</dc:title>", "4</dc:titel>")

    with pytest.raises(UnreadableFile, match="After record 3 "):
        rows(xml)


@pytest.mark.parametrize(
    "rest", ["<", "<!", "<!-- made in 3 s -->", "<!-- never ended", "<!--" + "x" * 20_000 + "-->"]
)
def test_remarks_after_a_response_say_nothing(rest):
    assert titles(titled("1") + rest) == ["1"]


def test_what_is_no_response_after_one_ends_the_file():
    with pytest.raises(UnreadableFile, match="is a <html>"):
        rows(titled("1") + "<html/>")
