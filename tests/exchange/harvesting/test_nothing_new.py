"""Pages that repeat what was read already are not followed for long, whatever new names they give themselves."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from exchange.fetching.fetch import FetchFailed
from exchange.protocols import changes, json_api
from exchange.protocols.pages import Novelty
from tests.exchange.harvesting.repository import Repository, a_list, taken


def is_over_after(pages):
    """How many of these pages are taken in before it is over; none if it never is."""
    novelty = Novelty()
    return next((number for number, names in enumerate(pages, start=1) if novelty.is_over(set(names))), None)


@pytest.mark.parametrize(
    ("pages", "after"),
    [
        (["ab"] * 9, 5),
        (["ab", "cd", "ef"] * 9, 9),
        (["ab", "a", "b", "ba", "a", "b"], 5),
        (["a", "b", "c", "a", "b", "c", "d", "a"], None),
        (["a", "b", "a", "b", "a", "c", *"ababa", "d"], None),
        (["a", "", "", "", "", "", ""], None),
    ],
)
def test_it_is_over_once_more_pages_in_a_row_repeat_than_ever_brought_something(pages, after):
    assert is_over_after(pages) == after


def number_of(asked, name):
    return int(parse_qs(urlsplit(asked.path).query).get(name, ["0"])[0])


class TestRepositories:
    def test_the_same_records_under_ever_new_tokens(self, site, budget):
        class Endless(dict):
            def __missing__(self, token):
                return a_list(1, 2, token=f"{token}x")

        repository = Repository(Endless())
        repository.address = site(repository).address

        with pytest.raises(FetchFailed, match="no end"):
            list(taken(repository, budget=budget))
        assert len(repository.questions) == 1 + 5, "one is asked who it is, and five lists"

    def test_the_next_walk_begins_anew(self, site, budget):
        class Endless(dict):
            def __missing__(self, token):
                return a_list(1, 2, token=f"{token}x")

        repository = Repository(Endless())
        repository.address = site(repository).address
        found = taken(repository, budget=budget)

        states = [next(found)[0].state for _page in range(5)]

        assert ["walk" in state for state in states] == [True, True, True, True, False]
        with pytest.raises(FetchFailed):
            next(found)

    def test_a_last_list_may_repeat_what_was_read(self, site, budget):
        lists = {"": a_list(1, token="1")} | {str(n): a_list(1, token=str(n + 1)) for n in range(1, 4)}
        repository = Repository(lists | {"4": a_list(1)})
        repository.address = site(repository).address

        assert [body.count("<record>") for _page, body in taken(repository, budget=budget)] == [1] * 5


class TestLists:
    def test_the_same_entries_under_ever_new_addresses(self, site, budget):
        def behave(asked):
            entries = [{"type": "node", "id": str(number), "attributes": {"id": "x"}} for number in range(3)]
            asked.answer(json.dumps({"data": entries, "links": {"next": f"/list?n={number_of(asked, 'n') + 1}"}}))

        one = site(behave)

        with pytest.raises(FetchFailed, match="nothing new"):
            list(json_api.walk(f"{one.address}/list", {}, {}, budget))
        assert len(one.asked) == 5

    def test_numbers_of_several_types_are_several_entries(self, site, budget):
        def behave(asked):
            number = number_of(asked, "n")
            entries = [{"id": str(id_), "type": f"type-{number}"} for id_ in range(3)]
            following = f"/list?n={number + 1}" if number < 8 else None
            asked.answer(json.dumps({"data": entries, "links": {"next": following}}))

        one = site(behave)

        assert len(list(json_api.walk(f"{one.address}/list", {}, {}, budget))) == 9


class TestFeeds:
    @pytest.fixture
    def endless(self, site):
        """A feed whose head is always ahead; it brings these records, one a page, in turn."""

        def start(*uids):
            def behave(asked):
                after = number_of(asked, "after")
                change = {"uid": uids[after % len(uids)], "record": {"uid": "x", "id": after}}
                asked.answer(json.dumps({"log": "l", "position": after + 1, "head": after + 9, "changes": [change]}))

            return site(behave)

        return start

    def test_the_same_records_at_ever_new_positions(self, endless, budget):
        one = endless("CMB-PRJ-UG-1", "CMB-PRJ-UG-2")

        with pytest.raises(FetchFailed, match="again and again"):
            list(changes.walk(one.address, {}, {}, budget))
        assert len(one.asked) == 7

    def test_the_next_walk_begins_anew(self, endless, budget):
        found = changes.walk(endless("CMB-PRJ-UG-1").address, {}, {}, budget)

        states = [next(found).state for _page in range(5)]

        assert states[3]["after"] == 4
        assert states[4].keys() == {"about"}
