"""Small steps from what a source wrote to what is kept: texts, lists, rows, reports."""

import csv

import pytest

from exchange.reading import entities, lists, markup, people, report, row, text
from exchange.reading.draft import Draft, row_id
from exchange.reading.mapped import Mapped
from exchange.reading.report import Finding, Report


def test_a_line_has_no_marks_that_nobody_sees():
    assert text.clean("\ufeffone\u200b\tand\xa0\u2060two \r\n") == "one and two"


def test_the_longest_name_that_holds_the_separator_is_found_first():
    names = ["Korea, Republic", "Korea, Republic of"]

    assert text.parts("Peru, Korea, Republic of, Korea, Republic", ",", names) == [
        "Peru",
        "Korea, Republic of",
        "Korea, Republic",
    ]


def test_of_a_list_the_entries_that_are_words_are_its_entries():
    assert text.entries('["a", null, " b ", "a"]', ",") == ["a", "b"]
    assert text.entries("[sic, b", ",") == ["[sic", "b"]
    assert text.entries("a, b", "") == ["a, b"]


def test_what_stands_in_a_cell_is_a_list_or_one_entry():
    assert lists.items('{"a": 1}') == [{"a": 1}]
    assert lists.words('["a", 5, 2.5, true, null, {"b": 1}]') == ["a", "5", "2.5"]
    assert list(lists.objects('[{"a": true, "b": 1}, "c"]')) == [{"a": "", "b": "1"}]


def test_what_cannot_be_shown_or_stored_is_replaced():
    assert row.readable("a\x00b\ud800c") == "a�b�c"
    assert row.is_sound("a�")
    assert not row.is_sound("a\udcff")


def test_text_of_a_web_page_is_plain_text_though_it_was_escaped_twice():
    assert markup.paragraphs("<p>a &amp;amp; b<br/>c</p><i>d</i>") == "a & b\n\nc\n\nd"
    assert markup.paragraphs("p &lt; 0.05 and x > <y>") == "p < 0.05 and x > <y>"
    assert markup.paragraphs("soft\u00adly \x01done") == "softly done"


def test_a_line_that_was_escaped_each_time_it_was_passed_on():
    assert entities.plain("a &amp;amp;amp;amp; b") == "a & b"
    assert entities.plain("&#195;&#169;t&#195;&#169;") == "été"
    assert entities.plain("&#195;&#195;") == "ÃÃ"
    assert entities.plain("&nosuch; <b>x</b>") == "&nosuch; x"


@pytest.mark.parametrize("at", ["@", "＠"])
def test_an_address_of_a_person_is_taken_out_of_a_text_and_out_of_it_alone(at):
    assert markup.without_emails(f"Ask (jane.doe{at}example.org), or read on") == "Ask , or read on"
    assert markup.without_emails(f"5 {at} 3") == f"5 {at} 3"


@pytest.mark.parametrize(
    "contact",
    ["jane@example.org", "[email removed]", "Tel. +254 20 762 1234", "Fax. 020 762 1234", "phone no. 020-762-1234"],
)
def test_a_sentence_with_a_way_to_reach_a_person_is_left_out(contact):
    assert people.without_contacts(f"It goes on. Write: {contact}. It ends; well.") == "It goes on. It ends; well."


def test_a_word_that_ends_as_a_short_one_ends_its_sentence():
    assert people.without_contacts("They met in a hotel. Ask jane@example.org. Done.") == "They met in a hotel. Done."


def test_rows_of_other_things_have_other_marks_however_their_names_are_cut():
    assert row_id("a", "bc") != row_id("ab", "c")
    assert row_id("a", "bc") == row_id("a", "bc")


@pytest.mark.parametrize(("language", "languages"), [("fr", {"languages": ["fr"]}), ("de", {}), ("und", {})])
def test_a_record_is_in_the_six_languages_and_its_texts_in_any(language, languages):
    draft = Draft("a source", "1", language, {})
    assert draft.document == languages

    draft.tell("Label", "words")
    assert draft.document["other_information"] == {language: "- Label: words"}


@pytest.mark.parametrize(
    "other", [{"lines": {"f1": "grant"}}, {"address": "https://example.org"}, {"is_deleted": True}, {"document": {}}]
)
def test_a_row_says_something_new_by_its_document_money_address_or_end(other):
    said = {"document": {"title": {"en": "A", "fr": "B"}}}
    again = Mapped("other", document={"title": {"fr": "B", "en": "A"}}, shown="7")

    assert Mapped("1", **said).digest == again.digest
    assert Mapped("1", **(said | other)).digest != again.digest


def lines_of(made):
    with made.path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_report_tells_the_beginning_of_a_long_value_and_what_can_be_stored(tmp_path):
    with Report(tmp_path / "r.csv", ["A"]) as made:
        made.add("f\udcff.csv", 2, {"A": "x\x00y"}, Finding("A", "v" * (report.LONGEST_VALUE + 1), "no"))
        made.add("f.csv", 3, {}, Finding("A", "v" * report.LONGEST_VALUE, "no"))

    first, second = lines_of(made)
    assert (first["file"], first["A"]) == ("f�.csv", "x�y")
    assert first["value"] == f"{'v' * report.LONGEST_VALUE}…"
    assert second["value"] == "v" * report.LONGEST_VALUE


def test_a_report_has_so_many_findings_and_so_much_text(tmp_path, monkeypatch):
    monkeypatch.setattr(report, "MOST_SIGNS", 1_000)
    with Report(tmp_path / "r.csv", ["A"]) as made:
        for number in range(10):
            made.add("f.csv", number, {"A": "x" * 600}, Finding("A", "", "no"))

    assert (made.findings, made.written, len(lines_of(made))) == (10, 2, 2)


def test_an_apostrophe_of_a_person_stays():
    assert report.plain("'t Hooft") == "'t Hooft"
    assert report.plain(report.safe("'t Hooft")) == "'t Hooft"


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_report_is_known_by_its_first_line(mark):
    assert report.is_report(mark + ",".join([*report.COLUMNS, "A"]).encode() + b"\r\n")
    assert not report.is_report(mark + b"A,B\r\n")
