"""However badly a site behaves, asking it ends within a stated time, with a reason that people understand."""

import gzip
import time
import zlib

import pytest

from exchange.fetching.budget import Budget, Limits
from tests.exchange.harvesting.asking import CHUNKED, fails, read
from tests.exchange.harvesting.conftest import SOON

# Each waits for a site that keeps it waiting.
pytestmark = pytest.mark.slow


def a_drip(head):
    """A site that sends these headers, and its body byte after byte, for ever."""

    def behave(asked):
        asked.send(f"HTTP/1.1 200 OK\r\n{head}\r\n\r\n")
        asked.drip(b"1\r\nx\r\n" if "chunked" in head else b"x")

    return behave


class TestSlowSites:
    def test_one_that_stalls_before_its_headers(self, site, budget):
        one = site(lambda asked: asked.stall())

        with fails("does not answer|did not end"):
            read(one.address, budget)

    def test_one_that_drips_its_headers(self, site, budget):
        def behave(asked):
            asked.send("HTTP/1.1 200 OK\r\n")
            asked.drip(b"X: y\r\n")

        with fails("headers|broke off|within 1 seconds"):
            read(site(behave).address, budget)

    def test_one_that_drips_a_single_line_of_header(self, site, budget):
        def behave(asked):
            asked.send("HTTP/1.1 200 OK\r\nX: ")
            asked.drip(b"y")

        with fails("did not end within 1 seconds"):
            read(site(behave).address, budget)

    def test_one_that_says_continue_for_ever(self, site, budget):
        with fails("did not end within 1 seconds"):
            read(site(lambda asked: asked.drip(b"HTTP/1.1 100 Continue\r\n\r\n")).address, budget)

    @pytest.mark.parametrize("head", ["Content-Length: 100000", "X: y", "Transfer-Encoding: chunked"])
    def test_one_that_drips_its_body(self, site, budget, head):
        with fails("did not end within 1 seconds"):
            read(site(a_drip(head)).address, budget)

    def test_one_that_stalls_within_its_body(self, site, budget):
        def behave(asked):
            asked.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc")
            asked.stall()

        with fails("does not answer|did not end"):
            read(site(behave).address, budget)

    def test_one_that_stalls_in_the_handshake(self, site, budget):
        one = site(lambda asked: asked.stall())

        with fails("does not answer|did not end"):
            read(one.address.replace("http:", "https:"), budget)

    def test_a_name_service_that_does_not_answer(self, this_machine, budget):
        with fails("does not answer|did not end"):
            read("http://127.0.0.1:8080/", budget, resolve=lambda host, port: time.sleep(3) or [])


class TestSitesThatDrip:
    """Sites that send a little now and then are left long before their time is over; slow ones are read."""

    @pytest.fixture
    def patient(self):
        limits = Limits(slow_seconds=0.6, slow_bytes=1_000, request_seconds=15)
        return Budget(seconds=30, requests=100, bytes=8 * 1024**2, limits=limits)

    @pytest.mark.parametrize("head", ["Content-Length: 100000", "X: y", "Transfer-Encoding: chunked"])
    def test_one_that_drips_its_body(self, site, patient, head):
        with fails("too slowly: less than 1000 bytes"):
            read(site(a_drip(head)).address, patient)

    @pytest.mark.parametrize("start", ["HTTP/1.1 200 OK\r\nX: ", "HTTP/1.1 100 Continue\r\n\r\n", ""])
    def test_one_that_drips_before_its_body(self, site, patient, start):
        def behave(asked):
            asked.send(start)
            asked.drip(start.encode() if "Continue" in start else b"H")

        with fails("too slowly"):
            read(site(behave).address, patient)

    def test_one_that_drips_what_is_not_counted(self, site, patient):
        def behave(asked):
            asked.send(CHUNKED + "1000\r\n" + "x" * 4096 + "\r\n0\r\n")
            asked.drip(b"X: y\r\n")

        with fails("too slowly|broke off"):
            read(site(behave).address, patient)

    def test_one_that_drips_redirects(self, site, patient):
        def behave(asked):
            time.sleep(0.4)
            asked.answer(status="302 Found", Location=f"/{asked.number}")

        with fails("too slowly"):
            read(site(behave).address, patient)

    def test_one_that_sends_much_and_then_drips(self, site, patient):
        def behave(asked):
            asked.send("HTTP/1.1 200 OK\r\n\r\n" + "x" * 1_000_000)
            asked.drip(b"x")

        with fails("too slowly"):
            read(site(behave).address, patient)

    def test_one_that_is_slow_and_steady_is_read_to_its_end(self, site, patient):
        def behave(asked):
            asked.send("HTTP/1.1 200 OK\r\nContent-Length: 8000\r\n\r\n")
            for _piece in range(40):
                asked.send("x" * 200)
                time.sleep(0.05)

        assert len(read(site(behave).address, patient)) == 8000

    def test_one_that_thinks_before_each_small_answer_is_read(self, site, patient):
        def behave(asked):
            time.sleep(0.4)
            asked.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n")
            time.sleep(0.4)
            asked.send("small")

        assert read(site(behave).address, patient) == b"small"


class TestSitesThatLie:
    def test_one_that_sends_less_than_it_says(self, site, budget):
        one = site(lambda asked: asked.answer("short", Content_Length="100"))

        with fails("broke off"):
            read(one.address, budget)

    def test_one_that_ends_within_a_chunk(self, site, budget):
        one = site(lambda asked: asked.send(CHUNKED + "ff\r\nabc"))

        with fails("broke off"):
            read(one.address, budget)

    def test_one_that_ends_between_chunks(self, site, budget):
        one = site(lambda asked: asked.send(CHUNKED + "3\r\nabc\r\n"))

        with fails("broke off"):
            read(one.address, budget)

    def test_one_that_ends_within_its_headers(self, site, budget):
        one = site(lambda asked: asked.send("HTTP/1.1 200 OK\r\nContent-Ty"))

        with fails("empty"):
            read(one.address, budget)

    @pytest.mark.parametrize(
        "said", ["", "<html>", "HTTP/1.1 abc\r\n\r\n", "HTTP/1.1 2000000 OK\r\n\r\n", "\x00" * 100, "SSH-2.0-x\r\n"]
    )
    def test_one_that_does_not_speak_http(self, site, budget, said):
        with fails("broke off|status"):
            read(site(lambda asked: asked.send(said)).address, budget)

    @pytest.mark.parametrize("length", ["-1", "x", "1, 2", "9" * 500])
    def test_one_with_a_length_that_is_none(self, site, budget, length):
        one = site(lambda asked: asked.send(f"HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n"))

        with fails("broke off|empty"):
            read(one.address, budget)

    @pytest.mark.parametrize("encoding", ["br", "gzip, gzip", "gzip, identity", "../x"])
    def test_one_that_packs_in_a_way_nobody_asked_for(self, site, budget, encoding):
        with fails("not asked for"):
            read(site(lambda asked: asked.answer("x", Content_Encoding=encoding)).address, budget)

    def test_one_that_says_packed_and_is_not(self, site, budget):
        with fails("cannot be unpacked"):
            read(site(lambda asked: asked.answer("plain", Content_Encoding="gzip")).address, budget)

    def test_one_whose_packing_is_cut_off(self, site, budget):
        packed = gzip.compress(b"x" * 100_000)[:-10]

        with fails("breaks off"):
            read(site(lambda asked: asked.answer(packed, Content_Encoding="gzip")).address, budget)


class TestSitesThatSendTooMuch:
    @pytest.mark.parametrize("encoding", ["gzip", "deflate"])
    def test_a_bomb(self, site, budget, encoding):
        bomb = (gzip.compress if encoding == "gzip" else zlib.compress)(b"\0" * 100 * 1024**2)

        with fails("too large once it is unpacked", within=5):
            read(site(lambda asked: asked.answer(bomb, Content_Encoding=encoding)).address, budget)

    def test_a_body_without_end(self, site, budget):
        def behave(asked):
            asked.send("HTTP/1.1 200 OK\r\n\r\n")
            while not asked.site.is_over:
                asked.send(b"x" * 65536)

        with fails("far too large"):
            read(site(behave).address, budget)
        assert budget.received < 2 * SOON.packed_bytes

    @pytest.mark.parametrize("start", ["HTTP/1.1 200 OK", "HTTP/1.1 200 OK\r\nX: ", "HTTP/1.1 200 OK\r\n", CHUNKED])
    def test_headers_and_lines_without_end(self, site, budget, start):
        def behave(asked):
            asked.send(start)
            while not asked.site.is_over:
                asked.send(b"x" * 65536)

        with fails("broke off"):
            read(site(behave).address, budget)

    def test_header_lines_without_end(self, site, budget):
        def behave(asked):
            asked.send("HTTP/1.1 200 OK\r\n")
            while not asked.site.is_over:
                asked.send(b"X: yyyyyyyyy\r\n" * 1000)

        with fails("broke off"):
            read(site(behave).address, budget)
