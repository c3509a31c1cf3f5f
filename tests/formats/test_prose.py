"""Plain text as it is typed, shown as paragraphs, lists and links, and never as markup."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formats import prose


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("One.\n\nTwo.", "<p>One.</p><p>Two.</p>"),
        ("One\ntwo", "<p>One<br>two</p>"),
        ("- one\n- two", "<ul><li>one</li><li>two</li></ul>"),
        ("Needed:\n- one\n- two\nand so on", "<p>Needed:</p><ul><li>one</li><li>two</li></ul><p>and so on</p>"),
        ("\n\n  \n\n", ""),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
    ],
)
def test_blank_lines_part_paragraphs_and_dashes_make_lists(typed, shown):
    assert prose.rendered(typed) == shown


def test_addresses_become_links_without_the_sign_that_ends_the_sentence():
    shown = prose.linked("See https://example.org/a?b=1&c=2. Or (http://example.org/).")

    assert '<a href="https://example.org/a?b=1&amp;c=2" rel="nofollow noopener">' in shown
    assert shown.endswith("</a>).")


@given(st.text(alphabet="<>\"&'- \nhtps:/.ajvscript", max_size=80))
def test_whatever_is_typed_gives_only_our_own_markup(typed):
    shown = prose.rendered(typed)

    for tag in ("<p>", "</p>", "<br>", "<ul>", "</ul>", "<li>", "</li>", "</a>", '<a href="http'):
        shown = shown.replace(tag, "")
    assert "<" not in shown
