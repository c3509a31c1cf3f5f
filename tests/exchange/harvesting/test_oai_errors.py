"""Errors of the protocol may come with a status of failure: they say the same."""

import pytest

from exchange.fetching.fetch import FetchFailed
from tests.exchange.harvesting.repository import Repository, a_list, an_error, taken


def with_status(status, body):
    return lambda asked: asked.answer(body, status=f"{status} Told by status")


@pytest.fixture
def walk(site, budget):
    def start(lists):
        repository = Repository(lists)
        repository.address = site(repository).address
        return taken(repository, budget=budget)

    return start


@pytest.mark.parametrize("status", [400, 404, 422, 500])
def test_that_nothing_matches_is_an_answer_whatever_its_status(walk, status):
    [(page, body)] = walk({"": with_status(status, an_error("noRecordsMatch"))})

    assert (body, page.is_whole, "from" in page.state) == (None, False, True)


def test_a_token_that_is_refused_with_a_status_begins_the_walk_anew(walk):
    answers = iter([with_status(422, an_error("badResumptionToken")), lambda asked: asked.answer(a_list(3))])
    found = list(walk({"": a_list(1, 2, token="a"), "a": lambda asked: next(answers)(asked)}))

    assert [body.count("<record>") for _page, body in found] == [2, 2, 1]


def test_another_error_is_told_with_its_words(walk):
    with pytest.raises(FetchFailed, match=r"cannotDisseminateFormat \(why\)") as failure:
        list(walk({"": with_status(422, an_error("cannotDisseminateFormat"))}))
    assert failure.value.is_permanent


@pytest.mark.parametrize("body", ["", "<html>Not here</html>", "<OAI-PMH/>", "plain", a_list(1), "<OAI-PMH><error"])
@pytest.mark.parametrize("status", [404, 500])
def test_any_other_answer_with_a_status_is_what_the_status_says(walk, status, body):
    with pytest.raises(FetchFailed, match=f"answered with status {status}") as failure:
        list(walk({"": with_status(status, body)}))
    assert failure.value.is_permanent is (status == 404)


def test_records_come_with_success_only(walk):
    with pytest.raises(FetchFailed, match="status 203"):
        list(walk({"": with_status(203, a_list(1))}))
