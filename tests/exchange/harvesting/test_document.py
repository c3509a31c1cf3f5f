"""One file at an address: asked for again only if it was modified."""

from datetime import UTC, datetime, timedelta

import pytest

from exchange.fetching.fetch import FetchFailed
from exchange.protocols import document


def walk(address, budget, state=None):
    return [
        (page, page.stream.read() if page.stream else None) for page in document.walk(address, {}, state or {}, budget)
    ]


def test_a_file_that_was_not_modified_is_not_sent_again(site, budget):
    def behave(asked):
        if asked.headers.get("if-none-match") == '"1"':
            asked.send("HTTP/1.1 304 Not Modified\r\n\r\n")
        else:
            asked.answer("a,b\n", ETag='"1"', Last_Modified="Wed, 21 Oct 2015 07:28:00 GMT")

    one = site(behave)
    address = f"{one.address}/files/gef%20sheet.csv?x=1"

    [(page, body)] = walk(address, budget)
    [(again, nothing)] = walk(address, budget, page.state)

    assert (page.name, body, page.is_whole) == ("gef sheet.csv", b"a,b\n", True)
    assert (nothing, again.is_whole, again.state) == (None, False, page.state)
    assert one.asked[1].headers["if-modified-since"] == "Wed, 21 Oct 2015 07:28:00 GMT"


def test_the_conditions_of_another_address_are_not_sent(site, budget):
    one = site(lambda asked: asked.answer("a,b\n", ETag='"1"'))
    [(page, _body)] = walk(f"{one.address}/one", budget)

    walk(f"{one.address}/two", budget, page.state)

    assert "if-none-match" not in one.asked[1].headers


@pytest.mark.parametrize("etag", ["x" * 5000, "é", "a\r\n b", ""])
def test_an_etag_that_cannot_be_sent_back_is_not_kept_or_made_fit(site, budget, etag):
    one = site(lambda asked: asked.answer("a,b\n", ETag=etag))
    [(page, _body)] = walk(one.address, budget)

    [(_page, body)] = walk(one.address, budget, page.state)

    assert body == b"a,b\n"
    assert "\n" not in page.state.get("etag", "")


@pytest.mark.parametrize("body", ["<!DOCTYPE HTML>", " \n<html lang='en'>", "\ufeff<!doctype html><p>Sign in"])
def test_a_web_page_is_no_file(site, budget, body):
    with pytest.raises(FetchFailed, match="web page"):
        walk(site(lambda asked: asked.answer(body, Content_Type="text/csv")).address, budget)


def test_that_nothing_was_modified_is_believed_for_a_month(site, budget):
    """Some say so for ever, whatever becomes of the file."""
    one = site(lambda asked: asked.answer("a,b\n", ETag='"1"'))
    [(page, _body)] = walk(one.address, budget)
    recent, old = ((datetime.now(UTC) - timedelta(days=days)).isoformat() for days in (29, 31))

    walk(one.address, budget, page.state | {"read_at": recent})
    [(later, _body)] = walk(one.address, budget, page.state | {"read_at": old})

    assert [asked.headers.get("if-none-match") for asked in one.asked] == [None, '"1"', None]
    assert later.state["read_at"] > recent


@pytest.mark.parametrize(
    ("head", "body", "is_whole"),
    [
        ("Content-Length: 8", "a,b\n1,2\n", True),
        ("Transfer-Encoding: chunked", "8\r\na,b\n1,2\n\r\n0\r\n\r\n", True),
        ("X: y", "a,b\n1,2\n", False),
        ("X: y", "\ufeff [1]", True),
        ("X: y", "<iati-activities/>", True),
    ],
)
def test_a_table_of_which_nobody_says_where_it_ends_makes_nothing_disappear(site, budget, head, body, is_whole):
    """The site may have died half-way; all other files would not be whole without their end."""
    one = site(lambda asked: asked.send(f"HTTP/1.1 200 OK\r\n{head}\r\n\r\n{body}"))

    [(page, _body)] = walk(one.address, budget)

    assert page.is_whole is is_whole
