"""What kinds of columns make of cells, where two rules meet: persons, repetition, words for `other`, wide scopes."""

import json

import pytest

from exchange.mapped.kinds.always import Always
from exchange.mapped.kinds.answers import AnsweredMoney, PublicInformation
from exchange.mapped.kinds.links import LONGEST_LIST, LONGEST_TITLE, Languages, Links
from exchange.mapped.kinds.terms import Term, Terms
from exchange.mapped.kinds.text import Parties, Text
from exchange.mapped.kinds.where import Coverage
from exchange.reading.draft import Draft
from formats.fields.references import LONGEST_NAME

A, B = "https://example.org/a", "https://example.org/b"


def read(kind, cell, document=(), **cells):
    """What a cell became: the draft after it."""
    draft = Draft("a source", "1", "en", {kind.column: cell, **cells})
    draft.document.update(document)
    kind.read(cell, draft)
    return draft


def information(draft):
    return draft.document.get("other_information", {}).get("en", "")


def without_ids(rows):
    return [{name: value for name, value in row.items() if name != "id"} for row in rows]


def links(cell, **settings):
    return without_ids(read(Links("W", to="links", **settings), cell).document.get("links", []))


def test_a_sentence_that_tells_how_to_reach_a_person_is_no_information():
    told = read(PublicInformation("W", label="Remarks"), "It goes on. Write to jane@example.org for more.")

    assert information(told) == "- Remarks: It goes on."


def test_a_link_has_no_title_that_tells_how_to_reach_a_person():
    assert links(f"Write to jane@example.org {A}") == [{"url": A}]
    assert links(f"The report: {A}") == [{"url": A, "title": "The report"}]


def test_an_address_stands_once_in_a_record_and_not_behind_another():
    assert links(json.dumps([A, B, A])) == [{"url": A}, {"url": B}]
    assert links(f"see http://no address at all {A}") == []


def test_a_title_that_is_too_long_for_one_is_left_out():
    longest = "x" * LONGEST_TITLE

    assert links(f"{longest} {A}") == [{"url": A, "title": longest}]
    assert links(f"{longest}x {A}") == [{"url": A}]


def test_a_language_is_one_that_there_is():
    kind = Languages("L", to="languages", names={"Suomi of old": "fi", "Klingon": "no-language"})
    draft = read(kind, "Suomi of old; Klingon")

    assert draft.document["languages"] == ["en", "fi"]
    assert [note.value for note in draft.notes] == ["Klingon"]
    assert read(kind, "Suomi of old; " * LONGEST_LIST).document["languages"] == ["en"]


@pytest.mark.parametrize(
    ("amount", "repeated", "notes"),
    [("5000", "5000.00", 0), ("5000.50", "5000.5", 0), ("100", "10", 1), ("100", "1000", 1), ("5000", "0.00", 0)],
)
def test_an_amount_that_is_repeated_is_held_against_the_answer_as_a_number(amount, repeated, notes):
    asked = {"question": "q", "answer": "a", "of": "1", "currency": "2", "also": "Sum"}
    kind = AnsweredMoney("W", label="Money", stage="planned", source="The answers", **asked)
    cell = json.dumps([{"q": "1", "a": amount}, {"q": "2", "a": "USD"}])

    draft = read(kind, cell, Sum=repeated)

    assert without_ids(draft.document["funding"])[0]["amount"] == amount
    assert len(draft.notes) == notes


def test_the_words_of_a_source_stand_beside_the_term_other_and_no_other_term():
    term = Term("T", to="type", values={"Fair": "other", "Grant": "grant"}, other="type_other")

    assert read(term, "Fair").document["type_other"] == {"en": "Fair"}
    assert "type_other" not in read(term, "Grant").document

    terms = Terms("T", to="type", values={"Fair": "other", "Grant": "grant"}, other="type_other")
    assert read(terms, '["Fair"]').document["type_other"] == {"en": "Fair"}
    undecided = read(terms, '["Fair", "Grant"]').document
    assert not {"type", "type_other"} & undecided.keys()


def test_a_text_that_only_repeats_another_is_left_out():
    text = Text("T", to="summary", unlike="title")

    assert "summary" not in read(text, "The  same words", {"title": {"en": "The same words"}}).document
    assert read(text, "Other words", {"title": {"en": "The same words"}}).document["summary"] == {"en": "Other words"}


def test_a_full_name_needs_no_short_one_and_the_longest_name_is_one():
    kind = Parties("P", to="agencies", values={"UNEP": "UN Environment Programme"}, overlong="Agencies")
    longest = "x" * LONGEST_NAME

    assert read(kind, "UNEP, UN Environment Programme").notes == []
    assert [note.value for note in read(kind, "UNEPP").notes] == ["UNEPP"]
    assert read(kind, longest).document["agencies"][0]["name"] == longest
    assert "agencies" not in read(kind, f"{longest}x").document


def test_an_exception_is_named_by_a_whole_word():
    kind = Always("Name", to="type", value="grant", unless=("prize",))

    assert read(kind, "A prized project").document["type"] == "grant"
    assert "type" not in read(kind, "The Seed Prize, 2026").document


def coverage(cell, **document):
    return read(Coverage("P", words={"Global": "global", "Regional": "regional"}), cell, document).document


def test_an_entry_of_a_list_that_is_several_names_makes_no_narrower_scope_than_the_list_tells():
    assert coverage('["Global", "Kenya, Uganda"]')["scope"] == "global"
    assert coverage('["Kenya, Uganda"]')["scope"] == "regional"
    assert coverage('["Kenya, Kenya"]')["scope"] == "national"
    assert coverage('["Kenya", "Uganda, Atlantis"]')["scope"] == "regional"
    assert coverage('["Kenya,"]') | {"languages": []} == {"languages": [], "scope": "national", "countries": ["KE"]}


def test_places_that_another_column_tells_better_are_told_where_they_say_more():
    kind = Coverage("P", words={}, unless="Better", label="Places")

    assert information(read(kind, "Kenya; Atlantis", Better="Kenya")) == "- Places: Kenya; Atlantis"
    assert information(read(kind, "Kenya", Better="Kenya, Uganda")) == ""
