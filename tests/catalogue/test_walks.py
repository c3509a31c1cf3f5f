"""A walk by relevance: it goes on where it was though records change meanwhile, and says where it ends."""

import pytest

from catalogue.index.follower import Copy
from catalogue.search import searching as search_module
from tests.catalogue.published import bare, found, numbers, reopened


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "index"


def maize(number, times=1, position=None):
    """A record that matches the better the more often it says so."""
    return bare(number, title={"en": "maize " * times + "field " * (30 - times)}, position=position)


def put(folder, *publications):
    copy = Copy(folder)
    copy.take(list(publications))
    copy.commit()
    copy.close()


def pages(reader, cursor=None):
    return found(reader, "q=maize&page_size=3" + (f"&cursor={cursor}" if cursor else ""), facets=())


def test_the_best_match_comes_first(folder):
    put(folder, maize(1, 1), maize(2, 9), maize(3, 4))

    assert numbers(pages(reopened(folder))) == [2, 3, 1]


def test_equal_scores_come_in_the_order_of_their_numbers(folder):
    put(folder, *(maize(number) for number in (5, 3, 9, 1, 7)))

    first = pages(reopened(folder))

    assert numbers(first) == [1, 3, 5]
    assert numbers(pages(reopened(folder), first.next)) == [7, 9]


def test_what_changed_since_is_left_out_counted_and_nothing_else_missed(folder):
    put(folder, *(maize(number, 12 - number) for number in range(1, 9)))
    first = pages(reopened(folder))

    put(folder, maize(2, 1, position=20), maize(5, 1, position=21), maize(40, 20, position=22))
    reader = reopened(folder)
    second = pages(reader, first.next)
    third = pages(reader, second.next)

    assert numbers(first) == [1, 2, 3]
    assert numbers(second) + numbers(third) == [4, 6, 7, 8]
    assert second.left_out == third.left_out == 3
    assert (first.count, second.count) == (8, 9)
    assert third.next is None


def test_a_walk_goes_on_though_the_record_seen_last_is_gone(folder):
    put(folder, *(maize(number, 12 - number) for number in range(1, 7)))
    first = pages(reopened(folder))

    put(folder, maize(3, 1, position=20))

    assert numbers(pages(reopened(folder), first.next)) == [4, 5, 6]


def test_a_walk_ends_at_its_depth_and_says_so(folder, monkeypatch):
    monkeypatch.setattr(search_module, "DEPTH", 5)
    put(folder, *(maize(number) for number in range(1, 9)))
    reader = reopened(folder)
    first = pages(reader)

    second = pages(reader, first.next)

    assert numbers(first) + numbers(second) == [1, 2, 3, 4, 5]
    assert (second.next, second.ends_early, second.count) == (None, True, 8)
    assert not first.ends_early


def test_a_walk_that_sees_all_does_not_end_early(folder):
    put(folder, maize(1), maize(2))

    page = pages(reopened(folder))

    assert (page.next, page.ends_early, page.left_out) == (None, False, 0)


def test_a_walk_in_an_order_sees_what_is_published_meanwhile_only_ahead_of_it(folder):
    put(folder, *(bare(number, modified_at=f"2026-01-{number:02}T00:00:00Z") for number in range(1, 7)))
    first = found(reopened(folder), "page_size=3")

    put(folder, bare(9, position=20, modified_at="2026-02-01T00:00:00Z"))
    second = found(reopened(folder), f"page_size=3&cursor={first.next}")

    assert numbers(first) + numbers(second) == [6, 5, 4, 3, 2, 1]
    assert (second.count, second.next) == (7, None)
