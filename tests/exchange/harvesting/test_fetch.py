"""Whatever a site does, a request ends in time: with the whole answer, or with a reason that people understand."""

import gzip
import time
import zlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from exchange.fetching.budget import Budget, BudgetSpent, Limits
from exchange.fetching.fetch import fetch
from tests.exchange.harvesting.asking import CHUNKED, fails, read
from tests.exchange.harvesting.conftest import SOON

# Many wait for a site that keeps them waiting.
pytestmark = pytest.mark.slow


def test_an_answer_is_read_whole_and_counted(site, budget):
    body = b"x" * 300_000
    one = site(lambda asked: asked.answer(body, ETag='"1"'))

    with fetch(f"{one.address}/list?a=1#top", budget=budget) as answer:
        assert answer.stream().read() == body
        assert answer.headers["etag"] == '"1"'

    assert one.asked[0].path == "/list?a=1"
    assert one.asked[0].headers["host"] == f"127.0.0.1:{one.port}"
    assert one.asked[0].headers["user-agent"].startswith("Biosafety-capacity-building-portal/")
    assert "(+http" in one.asked[0].headers["user-agent"]
    assert (budget.asked, budget.received) == (1, 300_000)


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress], ids=["gzip", "deflate"])
def test_a_packed_answer_is_unpacked_and_counted_as_sent(site, budget, pack):
    body = b"<record/>" * 50_000
    encoding = "gzip" if pack is gzip.compress else "deflate"
    one = site(lambda asked: asked.answer(pack(body), Content_Encoding=encoding))

    assert read(one.address, budget) == body
    assert budget.received == len(pack(body))


def test_several_gzip_members_are_one_answer_and_padding_is_nothing(site, budget):
    packed = gzip.compress(b"one ") + gzip.compress(b"two") + b"\0" * 100
    one = site(lambda asked: asked.answer(packed, Content_Encoding="gzip"))

    assert read(one.address, budget) == b"one two"


def test_a_file_that_is_itself_gzipped_is_unpacked_too(site, budget):
    one = site(lambda asked: asked.answer(gzip.compress(b"a,b\n1,2\n"), Content_Type="application/gzip"))

    assert read(one.address, budget) == b"a,b\n1,2\n"


def test_a_chunked_answer_is_read(site, budget):
    one = site(lambda asked: asked.send(CHUNKED + "3\r\nabc\r\n4;x=y\r\ndefg\r\n0\r\n\r\n"))

    assert read(one.address, budget) == b"abcdefg"


def test_what_was_not_modified_has_no_body(site, budget):
    one = site(lambda asked: asked.send("HTTP/1.1 304 Not Modified\r\nETag: x\r\n\r\n"))

    assert read(one.address, budget, headers={"If-None-Match": "x"}) is None
    assert one.asked[0].headers["if-none-match"] == "x"


def test_not_modified_is_no_answer_to_a_question_without_a_condition(site, budget):
    one = site(lambda asked: asked.send("HTTP/1.1 304 Not Modified\r\n\r\n"))

    with fails("status 304"):
        read(one.address, budget)


def test_proxies_of_the_environment_are_not_asked(site, budget, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    one = site(lambda asked: asked.answer("here"))

    assert read(one.address, budget) == b"here"


class TestRedirects:
    def test_they_are_followed(self, site, budget):
        def behave(asked):
            if asked.path == "/new/%C3%A9":
                asked.answer("found")
            else:
                asked.answer(status="301 Moved", Location="/new/é")

        one = site(behave)

        with fetch(f"{one.address}/old", budget=budget) as answer:
            assert answer.stream().read() == b"found"
            assert answer.address == f"{one.address}/new/%C3%A9"
        assert budget.asked == 2

    def test_those_without_end_are_not(self, site, budget):
        one = site(lambda asked: asked.answer(status="302 Found", Location=f"/{asked.number}"))

        with fails("without end") as failure:
            read(one.address, budget)
        assert failure.value.is_permanent
        assert len(one.asked) == 6

    @pytest.mark.parametrize(
        "location",
        [
            "http://169.254.169.254/latest/meta-data/",
            "http://[::ffff:127.0.0.1]:8080/",
            "http://10.0.0.1/",
            "http://2130706433/",
            "http://redis:6379/",
            "file:///etc/passwd",
            "gopher://127.0.0.1:6379/_x",
            "//192.168.0.1/",
            "http://user:pass@example.org/",
            "http://127.0.0.1:80\\@example.org/",
            "http://[::1",
            "http://" + "x" * 10_000,
        ],
    )
    def test_they_lead_nowhere_that_may_not_be_asked(self, site, budget, location):
        one = site(lambda asked: asked.answer(status="302 Found", Location=location))

        with fails("public network|begin with|name and password|not an address|not the name|signs|ports") as failure:
            read(one.address, budget)
        assert len(one.asked) == 1
        assert failure.value.is_permanent

    def test_conditions_are_not_told_to_another_site(self, site, budget):
        other = site(lambda asked: asked.answer("other"))
        one = site(lambda asked: asked.answer(status="302 Found", Location=other.address))

        assert read(one.address, budget, headers={"If-None-Match": "secret", "Accept": "text/csv"}) == b"other"
        assert "if-none-match" not in other.asked[0].headers
        assert other.asked[0].headers["accept"] == "text/csv"

    def test_all_of_them_share_one_time_limit(self, site, budget):
        def behave(asked):
            time.sleep(0.4)
            asked.answer(status="302 Found", Location=f"/{asked.number}")

        with fails("within 1 seconds|broke off"):
            read(site(behave).address, budget)


def test_a_name_is_looked_up_once_and_the_very_address_is_asked(site, budget):
    """A name that says something else a moment later gains nothing by it."""
    one = site(lambda asked: asked.answer("right"))
    said = []

    def resolve(host, port):
        said.append(host)
        return ["127.0.0.1"] if len(said) == 1 else ["10.0.0.1"]

    assert read(f"http://localhost:{one.port}/", budget, resolve=resolve) == b"right"
    assert said == ["localhost"]
    assert one.asked[0].headers["host"] == f"localhost:{one.port}"


def test_a_name_that_turns_private_between_two_redirects_is_refused(site, budget):
    one = site(lambda asked: asked.answer(status="302 Found", Location="/again"))
    answers = iter([["127.0.0.1"], ["169.254.169.254"]])

    with fails("public network"):
        read(f"http://localhost:{one.port}/", budget, resolve=lambda host, port: next(answers))
    assert len(one.asked) == 1


def test_a_name_with_a_private_address_is_never_asked(site, budget, settings):
    one = site(lambda asked: asked.answer("secret"))
    settings.HARVEST_PRIVATE_ADDRESSES = False

    with fails("public network") as failure:
        read("http://harmless.example/", budget, resolve=lambda host, port: ["127.0.0.1"])
    assert failure.value.is_permanent
    assert "127" not in str(failure.value)
    assert not one.asked


class TestRefusals:
    @pytest.mark.parametrize(
        ("status", "is_permanent"),
        [
            (204, True), (206, True), (300, True), (400, True), (401, True), (403, True), (404, True), (410, True),
            (408, False), (425, False), (429, False), (500, False), (502, False), (503, False), (599, False),
        ],
    )  # fmt: skip
    def test_a_status_is_told(self, site, budget, status, is_permanent):
        one = site(lambda asked: asked.answer(status=f"{status} Some words"))

        with fails(f"“127.0.0.1” answered with status {status}.") as failure:
            read(one.address, budget)
        assert (failure.value.status, failure.value.is_permanent) == (status, is_permanent)
        assert len(one.asked) == 1

    @pytest.mark.parametrize("status", ["429 Too many", "503 Busy"])
    @pytest.mark.parametrize(
        ("said", "seconds"),
        [
            ("120", 120), ("0", 0), ("999999", 86_400), ("Wed, 21 Oct 2015 07:28:00 GMT", 0), ("soon", None),
            ("-5", None), ("9" * 400, None), ("Wed, 21 Oct 9999 07:28:00 GMT", 86_400), ("1.5", None), ("", None),
            (f"Wed, 21 Oct {'9' * 30} 07:28:00 GMT", None), (f"Wed, 21 Oct 2026 07:28:00 +{'9' * 30}", None),
        ],
    )  # fmt: skip
    def test_a_wait_is_heeded_within_a_day(self, site, budget, status, said, seconds):
        one = site(lambda asked: asked.answer(status=status, Retry_After=said))

        with fails("status") as failure:
            read(one.address, budget)
        assert failure.value.retry_after == seconds

    def test_a_wait_until_a_time_is_one_of_seconds(self, site, budget):
        until = format_datetime(datetime.now(UTC) + timedelta(minutes=5), usegmt=True)
        one = site(lambda asked: asked.answer(status="503 Busy", Retry_After=until))

        with fails("status") as failure:
            read(one.address, budget)
        assert 290 < failure.value.retry_after <= 300

    def test_a_closed_port_is_told(self, site, budget):
        one = site(lambda asked: None)
        one.end()

        with fails("takes no connection"):
            read(one.address, budget)


class TestBudgets:
    def test_requests_are_counted_redirects_too(self, site):
        one = site(lambda asked: asked.answer(status="302 Found", Location="/x"))

        with pytest.raises(BudgetSpent):
            read(one.address, Budget(requests=3, limits=SOON))
        assert len(one.asked) == 3

    def test_a_harvest_whose_bytes_are_spent_ends_and_is_no_failure(self, site):
        budget = Budget(bytes=150_000, limits=SOON)
        one = site(lambda asked: asked.answer(b"x" * 100_000))
        read(one.address, budget)

        with pytest.raises(BudgetSpent):
            read(one.address, budget)

    def test_what_no_harvest_could_ever_hold_is_a_failure(self, site):
        one = site(lambda asked: asked.answer(b"x" * 300_000))

        with fails("too large"):
            read(one.address, Budget(bytes=150_000, limits=SOON))

    def test_a_harvest_whose_time_is_over_ends_within_a_request(self, site):
        def behave(asked):
            if asked.number == 1:
                asked.answer("first")
            asked.stall()

        budget = Budget(seconds=0.5, limits=Limits(read_seconds=5))
        one = site(behave)
        read(one.address, budget)

        with pytest.raises(BudgetSpent):
            read(one.address, budget)
        with pytest.raises(BudgetSpent):
            read(one.address, budget)
        assert len(one.asked) == 2
