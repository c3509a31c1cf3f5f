"""The desk takes at most half of the threads."""

import threading

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from bch_portal.desk import AtMostHalf


@pytest.fixture
def full_desk(settings):
    """A desk of two seats, both taken until the test is over."""
    settings.WEB_THREADS = 4
    taken, leave = threading.Barrier(3), threading.Event()

    def slow(request):
        if request.path == "/en/desk/slow/":
            taken.wait(10)
            leave.wait(10)
        return HttpResponse("done")

    desk = AtMostHalf(slow)
    slow_ones = [threading.Thread(target=desk, args=[RequestFactory().get("/en/desk/slow/")]) for _ in range(2)]
    for thread in slow_ones:
        thread.start()
    taken.wait(10)
    yield desk, lambda: (leave.set(), [thread.join() for thread in slow_ones])
    leave.set()


def test_a_full_desk_says_that_it_is_busy_at_once(full_desk):
    desk, _let_go = full_desk

    response = desk(RequestFactory().get("/en/desk/"))

    assert response.status_code == 503
    assert response["Retry-After"]


def test_a_seat_is_free_again_after_a_request(full_desk):
    desk, let_go = full_desk

    let_go()

    assert desk(RequestFactory().get("/en/desk/")).content == b"done"
