"""Web addresses and languages as people write them."""

import time

import pytest

from exchange.mapped.kinds.links import Languages, Links, Picture
from exchange.reading.draft import Draft
from tests.exchange.gpml import without_ids

A, B = "https://example.org/a", "http://example.org/b"


def drafted(kind, *cells):
    draft = Draft("source", "1", "und", {})
    for cell in cells:
        kind.read(cell, draft)
    return draft


def links(*cells, **settings):
    return without_ids(drafted(Links("url", to="links", **settings), *cells).document.get("links", []))


@pytest.mark.parametrize("cell", [f"{A} {B}", f"{A}; {B}", f"{A},{B}", f'["{A}", " {B}\\n"]', f'["{A} {B}"]'])
def test_several_addresses_are_several_links(cell):
    assert links(cell) == [{"url": A}, {"url": B}]


@pytest.mark.parametrize(
    "again", [A, f"{A}/", "http://example.org/a", "https://www.example.org/a", "HTTPS://EXAMPLE.ORG/a"]
)
def test_an_address_is_given_once(again):
    assert links(A, again) == [{"url": A}]


def test_words_before_an_address_are_its_title():
    assert links(f"A report: {A}") == [{"url": A, "title": "A report"}]
    assert links(f"A report – {A}") == [{"url": A, "title": "A report"}]


@pytest.mark.parametrize(
    "cell",
    [
        "www.example.org",
        "tps://example.org/a",
        "javascript:alert(1)",
        "https://example.org/a, with blanks/b",
        "https://example.org/a Accessed 29 Jan 2020",
        "See above",
        "http://",
    ],
)
def test_what_is_no_whole_address_is_kept_as_text_and_noted(cell):
    draft = drafted(Links("url", to="links", label="Address as given"), cell)

    assert "links" not in draft.document
    assert draft.document["other_information"] == {"und": f"- Address as given: {cell}"}
    assert [note.value for note in draft.notes] == [cell]
    assert not draft.refusals


def test_an_address_without_its_scheme_says_nothing_new_where_the_whole_one_stands():
    assert drafted(Links("url", to="links", label="As given"), "https://example.org", "www.example.org").notes == []


def test_an_e_mail_address_among_the_links_is_not_kept():
    draft = drafted(Links("url", to="links", label="As given"), "mailto:somebody@example.org")

    assert draft.document == {}


def test_the_language_of_an_address_is_told_where_it_is_one():
    cell = f'[{{"language": "French", "url": "{A}"}}, {{"language": "English, Spanish", "url": "{B}"}}]'
    draft = drafted(Links("url", to="copies", languages="resource_languages"), cell)

    assert without_ids(draft.document["copies"]) == [{"url": A, "language": "fr"}, {"url": B}]
    assert draft.document["resource_languages"] == ["fr", "en", "es"]


@pytest.mark.parametrize("cell", ["file:///C:/Users/somebody/report.pdf", "C:\\Users\\somebody\\report.pdf"])
def test_a_file_on_the_computer_of_a_person_is_noted_and_not_published(cell):
    draft = drafted(Links("url", to="links", label="As given"), cell)

    assert draft.document == {}
    assert [note.value for note in draft.notes] == [cell]


@pytest.mark.slow
@pytest.mark.parametrize("sign", [";", " ", "-", "http://", "[", "https://example.org/a ", ": "])
def test_a_cell_of_one_sign_over_and_over_is_read_at_once(sign):
    started = time.process_time()
    drafted(Links("url", to="links", label="As given"), sign * (1_000_000 // len(sign)))

    assert time.process_time() - started < 5


def test_words_for_no_address_are_passed_over():
    draft = drafted(Links("url", to="links", label="As given", unless=("no", "I have none")), "No", "I have none.")

    assert (draft.document, draft.notes) == ({}, [])


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("English", ["en"]),
        ("English; German; French", ["en", "de", "fr"]),
        ("English, Suomi", ["en", "fi"]),
        ("English and Spanish", ["en", "es"]),
        ("English:https://example.org/and/french", ["en"]),
        ("English:", ["en"]),
    ],
)
def test_languages_are_found_by_their_names(cell, codes):
    draft = drafted(Languages("languages", to="resource_languages", names={"Suomi": "fi"}), cell)

    assert draft.document["resource_languages"] == codes
    assert draft.notes == []


def test_a_language_that_no_list_knows_is_noted():
    draft = drafted(Languages("languages", to="resource_languages"), "English, Elvish")

    assert draft.document["resource_languages"] == ["en"]
    assert [note.value for note in draft.notes] == ["Elvish"]


def test_a_picture_needs_a_whole_address():
    assert drafted(Picture("image", to="cover"), A).document == {"cover": {"url": A}}
    assert drafted(Picture("image", to="cover"), "cover.png").notes[0].value == "cover.png"
