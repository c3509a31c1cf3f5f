"""Asking a site in a test: what it answers, or that it fails in time."""

import time
from contextlib import contextmanager

import pytest

from exchange.fetching.fetch import FetchFailed, fetch

CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


@contextmanager
def fails(words, within=3.0):
    """The block fails with these words, within so many seconds."""
    began = time.monotonic()
    with pytest.raises(FetchFailed, match=words) as failure:
        yield failure
    assert time.monotonic() - began < within


def read(address, budget, **options):
    with fetch(address, budget=budget, **options) as answer:
        return answer.stream().read() if answer.is_modified else None
