"""Lists of JSON:API are read page by page, never at another site, and never for ever."""

import json
from itertools import islice

import pytest

from exchange.fetching.fetch import Answer, FetchFailed
from exchange.files import items
from exchange.files.opening import UnreadableFile
from exchange.protocols import json_api
from exchange.protocols.peeking import Top


def a_page(count, following=None, **more):
    links = {} if following is None else {"links": {"self": {"href": "x"}, "next": following}}
    return json.dumps(
        {"jsonapi": {"version": "1.0"}, "data": [{"id": str(n), "data": [1]} for n in range(count)]} | links | more
    )


def walk(address, budget, state=None, most=None):
    found = []
    for page in json_api.walk(address, {}, state or {}, budget):
        found.append((page, len(list(items.rows(page.stream, ("data",), ())) if page.stream else ())))
        if len(found) == most:
            break
    return found


@pytest.fixture
def pages(site):
    """A site with these pages by path; `{}` stands for its address."""

    def start(answers):
        one = site(lambda asked: asked.answer(answers[asked.path].replace("{}", one.address)))
        return one

    return start


THREE = {
    "/list": a_page(3, {"href": "{}/list?page[offset]=3"}),
    "/list?page[offset]=3": a_page(2, "/list?page[offset]=5"),
    "/list?page[offset]=5": a_page(1),
}


def test_each_page_names_the_next_as_text_or_as_an_object(pages, budget):
    one = pages(THREE)

    found = walk(f"{one.address}/list", budget)

    assert [count for _page, count in found] == [3, 2, 1]
    assert found[-1][0].is_whole
    assert found[-1][0].state.keys() == {"about"}
    assert one.asked[0].headers["accept"].startswith("application/vnd.api+json")


def test_half_a_sign_in_a_page_does_not_end_the_walk(pages, budget):
    cut = '{"data": [{"id": "1", "text": "a word \\ude00"}], "links": {"next": "/list?page=2"}}'
    one = pages({"/list": cut, "/list?page=2": a_page(2)})

    assert [count for _page, count in walk(f"{one.address}/list", budget)] == [1, 2]


def test_a_walk_that_was_killed_goes_on_after_the_last_page(pages, budget):
    one = pages(THREE)
    [(first, _count)] = walk(f"{one.address}/list", budget, most=1)

    rest = walk(f"{one.address}/list", budget, first.state)

    assert [count for _page, count in rest] == [2, 1]
    assert rest[-1][0].began_at == first.began_at
    assert [page.name for page, _count in rest] == ["page-2.json", "page-3.json"]


def test_an_empty_list_makes_nothing_disappear(pages, budget):
    [(page, _count)] = walk(f"{pages({'/list': a_page(0)}).address}/list", budget)

    assert not page.is_whole


@pytest.mark.parametrize(
    "following",
    [
        "https://other.example/list",
        "//127.0.0.2/",
        "https://127.0.0.1/",
        "file:///etc/passwd",
        "http://[::1",
        "http://127.0.0.1:1/",
    ],
)
def test_another_site_is_not_asked(pages, budget, following):
    one = pages({"/list": a_page(1, following)})

    with pytest.raises(FetchFailed, match="another site"):
        walk(f"{one.address}/list", budget)
    assert len(one.asked) == 1


@pytest.mark.parametrize(
    "answers",
    [
        {"/list": a_page(1, "/list")},
        {"/list": a_page(1, "/b"), "/b": a_page(1, "/list")},
        {"/list": a_page(1, "/b"), "/b": a_page(0, "/c")},
    ],
)
def test_pages_without_end_end(pages, budget, answers):
    one = pages(answers)

    with pytest.raises(FetchFailed, match="no end"):
        walk(f"{one.address}/list", budget)
    assert len(one.asked) <= 3


def test_after_pages_without_end_the_next_walk_begins_anew(pages, budget):
    one = pages({"/list": a_page(1, "/b"), "/b": a_page(1, "/list")})
    found = json_api.walk(f"{one.address}/list", {}, {}, budget)

    states = [page.state for page in islice(found, 2)]

    assert states[0]["next"] == f"{one.address}/b"
    assert states[1].keys() == {"about"}
    with pytest.raises(FetchFailed, match="no end"):
        next(found)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("[]", "no list “data”"),
        ('{"data": {"id": "1"}}', "no list “data”"),
        ('{"errors": [{"status": "403", "title": "Forbidden", "detail": "Sign in"}]}', "error: Forbidden; Sign in"),
        ('{"data": [], "errors": [{"status": "500"}]}', "error"),
        ('{"a": {"data": []}}', "no list “data”"),
        ("<html></html>", "web page"),
        ("", "empty"),
        ("plain", "no JSON"),
        ('{"x": ' + "9" * 10_000 + ', "data": []}', "no JSON"),
        ('{"x": ' + "[" * 100_000, "no JSON"),
        ('{"data": ' + '{"a":' * 100_000, "no JSON"),
        ('\x00{"data": [], "x": "\\ud800"}', "no JSON"),
    ],
)
def test_what_is_no_list_of_json_api_is_told(pages, budget, body, words):
    one = pages({"/list": body})

    with pytest.raises(FetchFailed, match=words):
        walk(f"{one.address}/list", budget)


@pytest.mark.parametrize("fault", ["NaN", '"a\x01b"', "[" * 100, '"caf\udce9"', ""])
def test_of_a_page_that_is_no_json_the_beginning_is_given_and_the_state_stays(site, budget, fault):
    pages_ = {"/list": a_page(1, "/b"), "/b": '{"data": [{"id": "7"}, {"id": ' + fault}
    one = site(lambda asked: asked.answer(pages_[asked.path].encode("utf-8", "surrogateescape")))
    found = json_api.walk(f"{one.address}/list", {}, {}, budget)
    first = next(found)

    broken = next(found)
    rows = items.rows(broken.stream, ("data",), ("id",))

    assert (broken.state, broken.is_whole) == (first.state, False)
    assert next(rows).cells == {"id": "7"}
    with pytest.raises(UnreadableFile, match="After item 1"):
        next(rows)
    with pytest.raises(FetchFailed, match=r"page-2\.json \(http://127.*/b\): "):
        next(found)


def test_a_next_page_that_is_not_there_any_more_begins_the_walk_anew(site, budget):
    one = site(lambda asked: asked.answer(a_page(1, "/b"), status="404 Gone" if asked.path == "/b" else "200 OK"))
    state = walk(f"{one.address}/list", budget, most=1)[0][0].state
    found = json_api.walk(f"{one.address}/list", {}, state, budget)

    page = next(found)

    assert (page.stream, page.state.keys()) == (None, {"about"})
    with pytest.raises(FetchFailed, match="404"):
        next(found)


def test_a_last_page_without_entries_makes_nothing_disappear(pages, budget):
    one = pages({"/list": a_page(2, "/b"), "/b": a_page(0)})

    assert [page.is_whole for page, _count in walk(f"{one.address}/list", budget)] == [True, False]


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ("http://site.example/list?page=2", "https://site.example/list?page=2"),
        ("?page=2", "https://site.example/list?page=2"),
        ("http://other.example/list", None),
        ("http://site.example:8080/list", None),
    ],
)
def test_a_site_behind_a_proxy_may_forget_that_it_is_encrypted(given, asked):
    answer = Answer("https://site.example/list", {}, None)

    if asked is None:
        with pytest.raises(FetchFailed, match="another site"):
            json_api._next(Top({"links.next.href": given}), answer, "https://site.example/")
    else:
        assert json_api._next(Top({"links.next.href": given}), answer, "https://site.example/") == asked


def test_a_byte_order_mark_is_nothing(pages, budget):
    one = pages({"/list": "\ufeff" + a_page(2)})

    assert [count for _page, count in walk(f"{one.address}/list", budget)] == [2]
