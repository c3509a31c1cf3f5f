"""What only reports must obey."""

import pytest

from tests.documents import a_report, errors


@pytest.mark.parametrize(
    ("reporter", "found"),
    [
        ({"organization": {"name": "Institute"}}, {}),
        ({"government": "KE"}, {}),
        ({"government": "KE", "organization": {"name": "Institute"}}, {}),
        ({}, {"/organization": "required"}),
    ],
)
def test_an_organization_or_a_government_reports(reporter, found):
    assert errors(a_report(**({"organization": None} | reporter))) == found


@pytest.mark.parametrize(
    ("start", "end", "found"), [("2026", "2025", {"/period_ends_on": "order"}), ("2026",) * 2 + ({},)]
)
def test_the_period_ends_after_it_starts(start, end, found):
    assert errors(a_report(period_starts_on=start, period_ends_on=end)) == found
