"""Mappings of sources that are web sites: pieces of pages, and paths of pages."""

import pytest

from exchange.mapped import addresses, mapping
from exchange.reading.row import Row
from tests.exchange.test_mapping_text import TEXT


def test_a_piece_of_a_web_page_keeps_its_paragraphs_and_loses_its_tags():
    text = TEXT + '[[columns]]\ncolumn = "B"\nkind = "text"\nto = "description"\nmarkup = true\n'
    cells = {"No": "5", "T": "A", "B": "<p>Maize <strong>and</strong>\r\nfish</p>\r\n<p>Seeds&nbsp;&amp; more</p>"}

    mapped = mapping.parse(text, "another").apply(Row(1, cells))

    assert mapped.document["description"] == {"en": "Maize and fish\n\nSeeds & more"}


@pytest.mark.parametrize(
    ("cell", "address"),
    [
        ("/projects/maize", "https://example.org/projects/maize"),
        ("projects/maïs", "https://example.org/projects/ma%C3%AFs"),
        (".evil.example/x", "https://example.org/.evil.example/x"),
        ("@evil.example", "https://example.org/%40evil.example"),
        ("//evil.example/x", "https://example.org/evil.example/x"),
        ("", ""),
    ],
)
def test_a_path_stands_behind_the_name_of_the_site_and_never_names_another(cell, address):
    template = "https://example.org{path}"
    addresses.check(template, ["path"])

    assert addresses.fill(template, {"path": cell}) == address


def test_a_part_that_is_no_path_keeps_no_slash():
    assert addresses.fill("https://example.org/p/{x}", {"x": "/a/b"}) == "https://example.org/p/%2Fa%2Fb"
