"""Lists of JSON:API are read page by page, never at another site, and never for ever."""

import json
from itertools import islice

import pytest

from exchange.harvesting import json_api
from exchange.harvesting.fetch import FetchFailed


def a_page(count, following=None, **more):
    links = {} if following is None else {"links": {"self": {"href": "x"}, "next": following}}
    return json.dumps(
        {"jsonapi": {"version": "1.0"}, "data": [{"id": str(n), "data": [1]} for n in range(count)]} | links | more
    )


def walk(address, budget, state=None, most=None):
    found = []
    for page in json_api.walk(address, {}, state or {}, budget):
        found.append((page, len(json.load(page.stream)["data"]) if page.stream else 0))
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
        ('{"errors": [{"status": "403"}]}', "no list “data”"),
        ('{"a": {"data": []}}', "no list “data”"),
        ("<html></html>", "web page"),
        ("", "empty"),
        ("plain", "no JSON"),
        ('{"data": [{"a": 1}, ', "no JSON"),
        ('{"data": [], "x": ' + "9" * 10_000 + "}", "no JSON"),
        ('{"data": ' + "[" * 100_000, "no JSON"),
        ('{"data": ' + '{"a":' * 100_000, "no JSON"),
        ('{"data": [], "x": "\\ud800"}\x00', "no JSON"),
    ],
)
def test_what_is_no_list_of_json_api_is_told(pages, budget, body, words):
    one = pages({"/list": body})

    with pytest.raises(FetchFailed, match=words):
        walk(f"{one.address}/list", budget)
