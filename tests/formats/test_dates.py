"""Partial dates, and the instants at which deadlines pass."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formats import dates


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026-05-31", date(2026, 5, 31), date(2026, 5, 31)),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31)),
    ],
)
def test_a_partial_date_stands_for_all_its_days(text, first, last):
    assert (dates.first_day(text), dates.last_day(text)) == (first, last)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("2025", "2026", True),
        ("2026-03", "2026-04-01", True),
        ("2026", "2026-06", False),
        ("2026-06", "2026", False),
        ("2026-06-01", "2026-06-01", False),
        (None, "2026", False),
        ("2026", None, False),
        ("", "2026", False),
    ],
)
def test_one_date_lies_before_another_only_if_they_share_no_day(one, other, expected):
    assert dates.before(one, other) is expected


@given(st.dates(date(1800, 1, 1), date(2200, 12, 31)), st.sampled_from([4, 7, 10]))
def test_every_day_lies_within_the_partial_dates_that_name_it(day, length):
    text = day.isoformat()[:length]

    assert dates.first_day(text) <= day <= dates.last_day(text)


def test_a_day_without_a_time_is_open_until_it_has_ended_everywhere():
    assert dates.instant("2026-05-31") == datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("deadline", "passes"),
    [
        ("2026-05-31T17:00[Africa/Nairobi]", datetime(2026, 5, 31, 14, 0, tzinfo=UTC)),
        ("2026-01-15T17:00[Europe/Paris]", datetime(2026, 1, 15, 16, 0, tzinfo=UTC)),
        ("2026-07-15T17:00[Europe/Paris]", datetime(2026, 7, 15, 15, 0, tzinfo=UTC)),
        ("2026-05-31T23:59[Pacific/Kiritimati]", datetime(2026, 5, 31, 9, 59, tzinfo=UTC)),
    ],
)
def test_a_time_with_its_zone_passes_at_that_time_there(deadline, passes):
    assert dates.instant(deadline) == passes


@pytest.mark.parametrize("deadline", ["2026-05-31", "2026-05-31T17:00[Africa/Nairobi]"])
def test_the_day_of_a_deadline_is_its_first_part(deadline):
    assert dates.day(deadline) == "2026-05-31"
