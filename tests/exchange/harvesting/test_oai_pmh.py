"""A repository is read list by list, goes on where it stopped, and keeps nobody for ever."""

import tarfile
from datetime import UTC, date, datetime, timedelta
from itertools import islice

import pytest

from exchange.fetching.budget import Budget, BudgetSpent
from exchange.fetching.fetch import FetchFailed
from exchange.protocols import hearing, oai_pmh
from tests.exchange.harvesting.conftest import SOON
from tests.exchange.harvesting.repository import DAY, SECOND, Repository, a_list, a_record, an_error, envelope, taken
from tests.exchange.real_data import DATA, needs

RESPONSES = DATA / "resources" / "oai_dc_responses_2015.tar.gz"


@pytest.fixture
def pages(site, budget):
    """Walk over a repository: name, body and the rest of each page."""

    def walk(repository, options=None, state=None, most=None, budget=budget):
        one = site(repository)
        repository.address = f"{one.address}/oai?repo=1"
        return list(taken(repository, options, state, most, budget))

    return walk


THREE = {"": a_list(1, 2, token="a/1 &amp;?"), "a/1 &?": a_list(3, token="b"), "b": a_list(4, token="")}


def test_all_lists_are_read_in_their_order(pages):
    repository = Repository(THREE)

    found = pages(repository, {"set": "s:1", "prefix": "oai_dc"})

    assert [body.count("<record>") for _page, body in found] == [2, 1, 1]
    assert [page.name for page, _body in found] == [f"ListRecords-{number}.xml" for number in (1, 2, 3)]
    assert found[-1][0].is_whole
    assert repository.questions[1:] == [
        {"repo": "1", "verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "s:1"},
        {"repo": "1", "verb": "ListRecords", "resumptionToken": "a/1 &?"},
        {"repo": "1", "verb": "ListRecords", "resumptionToken": "b"},
    ]


@pytest.mark.parametrize(
    ("granularity", "at", "expected"),
    [
        (SECOND, "2026-05-01T10:00:00Z", "2026-04-29T10:00:00Z"),
        (DAY, "2026-05-01T10:00:00Z", "2026-04-29"),
        ("", "2026-05-01T10:00:00Z", "2026-04-29"),
        (SECOND, "2026-05-01T10:00:00.123", "2026-04-29T10:00:00Z"),
        (SECOND, "2026-05-01", "2026-04-29T00:00:00Z"),
    ],
)
def test_the_next_walk_asks_for_what_changed_since_two_days_before_this_one(pages, budget, granularity, at, expected):
    repository = Repository({"": a_list(1)}, granularity, at=at)
    [(page, _body)] = pages(repository)

    [(later, _body)] = taken(repository, state=page.state, budget=budget)

    assert repository.questions[-1]["from"] == expected
    assert not later.is_whole


def test_a_clock_that_is_ahead_loses_nothing(pages):
    [(page, _body)] = pages(Repository({"": a_list(1)}, at="2099-01-01T00:00:00Z"))

    assert page.state["from"][:10] <= datetime.now(UTC).date().isoformat()


@pytest.mark.parametrize("at", ["2025-99-99T00:00:00Z", "0001-01-02T00:00:00Z", "yesterday", ""])
def test_a_clock_that_makes_no_sense_is_not_believed(pages, at):
    [(page, _body)] = pages(Repository({"": a_list(1)}, at=at))

    assert datetime.now(UTC).date() - date.fromisoformat(page.state["from"]) <= timedelta(days=1)


@pytest.mark.parametrize(
    ("granularity", "options"), [(DAY, {}), ("", {}), (SECOND, {"until": "2030-01-01"})], ids=["day", "none", "until"]
)
def test_a_repository_is_asked_as_exactly_as_it_can_tell_now(pages, budget, granularity, options):
    repository = Repository({"": a_list(1)})
    [(page, _body)] = pages(repository, options)
    repository.granularity = granularity

    list(taken(repository, options, page.state, budget=budget))

    assert repository.questions[-1]["from"] == "2026-04-29"


@pytest.mark.parametrize(("announced", "is_whole"), [(2, True), (1, True), (0, True), (3, False)])
def test_a_list_that_gives_less_than_it_announced_is_not_the_whole(pages, announced, is_whole):
    found = pages(Repository({"": a_list(1, token="a", size=announced), "a": a_list(2, token="")}))

    assert found[-1][0].is_whole is is_whole
    assert "walk" not in found[-1][0].state


def test_a_walk_that_was_killed_goes_on_after_the_last_page(pages, budget):
    repository = Repository(THREE)
    [first] = pages(repository, most=1)

    rest = list(taken(repository, state=first[0].state, budget=budget))

    assert [body.count("<record>") for _page, body in rest] == [1, 1]
    assert rest[-1][0].is_whole
    assert rest[-1][0].began_at == first[0].began_at
    assert rest[-1][0].state["from"] == "2026-05-01T10:00:00Z"


def test_the_state_of_another_question_is_forgotten(pages, budget):
    repository = Repository(THREE)
    [first] = pages(repository, most=1)

    found = list(taken(repository, {"set": "other"}, first[0].state, budget=budget))

    assert len(found) == 3


@pytest.mark.parametrize("gone", [an_error("badResumptionToken"), lambda asked: asked.answer(status="410 Gone")])
def test_a_token_that_is_too_old_begins_the_walk_again_once(pages, gone):
    answers = iter([gone, a_list(3)])

    def second(asked):
        answer = next(answers)
        return answer(asked) if callable(answer) else asked.answer(answer)

    found = pages(Repository({"": a_list(1, 2, token="a"), "a": second}))

    assert [body.count("<record>") for _page, body in found] == [2, 2, 1]
    assert found[-1][0].is_whole


def test_a_repository_that_never_takes_its_own_token_fails(pages):
    with pytest.raises(FetchFailed, match="its own resumption token"):
        pages(Repository({"": a_list(1, token="a"), "a": an_error("badResumptionToken")}))


def test_that_nothing_matches_is_an_answer_and_nothing_is_gone(pages):
    [(page, body)] = pages(Repository({"": an_error("noRecordsMatch")}))

    assert body is None
    assert not page.is_whole
    assert page.state["from"] == "2026-05-01T10:00:00Z"


@pytest.mark.parametrize("code", ["badArgument", "badVerb", "cannotDisseminateFormat", "noSetHierarchy"])
def test_what_a_repository_refuses_is_told_with_its_words(pages, code):
    with pytest.raises(FetchFailed, match=rf"{code} \(why\)") as failure:
        pages(Repository({"": an_error(code)}))
    assert failure.value.is_permanent


def test_deleted_records_are_rows_like_others(pages):
    [(_page, body)] = pages(Repository({"": envelope(f"<ListRecords>{a_record(1, deleted=True)}</ListRecords>")}))

    assert 'status="deleted"' in body


@pytest.mark.parametrize(
    ("deleted", "days", "is_whole"), [("no", 31, True), ("no", 29, False), ("persistent", 99, False)]
)
def test_where_deletions_are_not_told_everything_is_read_now_and_then(pages, budget, deleted, days, is_whole):
    repository = Repository({"": a_list(1)}, deleted=deleted)
    [(page, _body)] = pages(repository)
    state = page.state | {"whole_at": (datetime.now(UTC) - timedelta(days=days)).isoformat()}

    [(later, _body)] = taken(repository, state=state, budget=budget)

    assert later.is_whole is is_whole
    assert ("from" in repository.questions[-1]) is not is_whole


def test_a_repository_that_moved_is_read_from_the_start(pages, budget):
    repository = Repository({"": a_list(1)})
    [(page, _body)] = pages(repository)
    repository.base = "https://new.example.org/oai"

    [(later, _body)] = taken(repository, state=page.state, budget=budget)

    assert later.is_whole
    assert "from" not in repository.questions[-1]


def test_a_repository_that_refuses_the_moment_it_promised_to_understand_is_asked_by_the_day(pages, budget):
    repository = Repository({"": lambda asked: asked.answer(refusal if "T10" in asked.path else a_list(1))})
    refusal = an_error("badArgument")
    [(page, _body)] = pages(repository)

    [(later, body)] = taken(repository, state=page.state, budget=budget)

    assert [question.get("from") for question in repository.questions[-2:]] == ["2026-04-29T10:00:00Z", "2026-04-29"]
    assert body.count("<record>") == 1
    assert later.state["from"] == "2026-05-01T10:00:00Z"


def test_an_answer_that_is_no_list_fails_and_an_empty_list_is_one(pages):
    with pytest.raises(FetchFailed, match="neither a list"):
        pages(Repository({"": envelope("")}))

    [(page, body)] = pages(Repository({"": a_list()}))

    assert (body, page.is_whole, "from" in page.state) == (None, False, True)


@pytest.mark.parametrize(
    ("last", "size", "is_whole"),
    [
        (an_error("noRecordsMatch"), None, False),
        (a_list(), None, False),
        (a_list(), 1, True),
        (a_list(), 2, False),
    ],
)
def test_a_last_list_without_records_makes_nothing_disappear_unless_the_sum_is_right(pages, last, size, is_whole):
    found = pages(Repository({"": a_list(1, token="a", size=size), "a": last}))

    assert found[-1][0].is_whole is is_whole


class TestRepositoriesWithoutEnd:
    def fails(self, pages, lists, words="no end"):
        repository = Repository(lists)
        with pytest.raises(FetchFailed, match=words):
            pages(repository)
        return len(repository.questions)

    def test_the_same_token_for_ever(self, pages):
        assert self.fails(pages, {"": a_list(1, token="a"), "a": a_list(1, token="a")}) == 3

    def test_two_tokens_in_turn(self, pages):
        assert self.fails(pages, {"": a_list(1, token="a"), "a": a_list(1, token="b"), "b": a_list(1, token="a")}) == 4

    def test_empty_lists_with_new_tokens(self, pages):
        class Endless(dict):
            def __missing__(self, token):
                return a_list(token=f"{token}x")

        assert self.fails(pages, Endless()) == 5

    def test_far_more_than_was_announced(self, pages):
        class Endless(dict):
            def __missing__(self, token):
                return a_list(*range(400), token=f"{token}x", size=10)

        assert self.fails(pages, Endless()) == 4

    def test_the_next_walk_begins_anew(self, site, budget, monkeypatch):
        monkeypatch.setattr(oai_pmh, "MOST_PAGES", 3)
        lists = {"": a_list(1, token="a"), "a": a_list(2, token="b"), "b": a_list(3, token="c")}
        repository = Repository(lists)
        repository.address = f"{site(repository).address}/oai"
        found = taken(repository, budget=budget)

        states = [page.state for page, _body in islice(found, 3)]

        assert ["walk" in state for state in states] == [True, True, False]
        with pytest.raises(FetchFailed, match="no end"):
            next(found)

    def test_a_token_longer_than_any_address(self, pages):
        assert self.fails(pages, {"": a_list(1, token="x" * 9000)}, "longer than") == 2


class TestBrokenRepositories:
    def test_one_that_asks_to_wait(self, pages):
        busy = {"": lambda asked: asked.answer(status="503 Busy", Retry_After="60")}

        with pytest.raises(FetchFailed) as failure:
            pages(Repository(busy))
        assert failure.value.retry_after == 60

    def test_one_that_answers_with_a_web_page(self, pages):
        with pytest.raises(FetchFailed, match="web page"):
            pages(Repository({"": "\n<!DOCTYPE html><html><body>Under repair</body></html>"}))

    @pytest.mark.parametrize("body", ["<rss/>", "plain", '{"a": 1}', "<!DOCTYPE x [<!ENTITY a 'b'>]><OAI-PMH/>"])
    def test_one_that_answers_something_else(self, pages, body):
        with pytest.raises(FetchFailed):
            pages(Repository({"": body}))

    def test_one_that_dies_half_way_is_taken_up_there(self, pages, site, budget):
        def dies(asked):
            asked.answer(a_list(3)[:200], Content_Length="5000")

        lists = THREE | {"a/1 &?": dies}
        repository = Repository(lists)
        one = site(repository)
        repository.address = one.address
        walk = taken(repository, budget=budget)
        first, _body = next(walk)
        with pytest.raises(FetchFailed, match="broke off"):
            next(walk)
        lists["a/1 &?"] = THREE["a/1 &?"]

        rest = [body.count("<record>") for _page, body in taken(repository, state=first.state, budget=budget)]

        assert rest == [1, 1]

    def test_of_a_list_that_breaks_off_the_beginning_is_given_and_the_state_stays(self, pages, site, budget):
        repository = Repository(
            {"": a_list(1, 2, token="a").partition("</metadata></record><record>")[0] + "</metadata></record>"}
        )
        one = site(repository)
        repository.address = one.address
        walk = taken(repository, budget=budget)

        page, body = next(walk)

        assert "oai:x:1" in body
        assert page.state["walk"]["token"] == ""
        assert not page.is_whole
        with pytest.raises(FetchFailed, match="well-formed"):
            next(walk)

    def test_signs_that_no_xml_may_hold_end_nothing(self, pages):
        [(_page, body), (_second, _body)] = pages(
            Repository({"": "\n" + a_list(1, token="b").replace("oai:x:1", "R&D \x0b&nbsp;"), "b": a_list(2)})
        )

        assert "R&D" in body

    def test_a_spent_budget_ends_the_turn_and_the_next_goes_on(self, pages, budget):
        repository = Repository(THREE)
        with pytest.raises(BudgetSpent):
            pages(repository, budget=Budget(requests=3, limits=SOON))

        assert len(repository.questions) == 3


@pytest.mark.slow
@needs(RESPONSES)
def test_real_answers_are_understood():
    with tarfile.open(RESPONSES) as archive:
        heard = [
            hearing.heard(archive.extractfile(entry), hearing.LIST) for entry in archive if entry.name.endswith(".xml")
        ]

    assert len(heard) == 94
    assert not [said.broken for said in heard if said.broken]
    assert sum(said.records for said in heard) == 5196
    assert sum(bool(said.token) for said in heard) > 20
