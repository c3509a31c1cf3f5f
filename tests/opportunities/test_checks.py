"""What only opportunities must obey."""

import pytest

from tests.documents import an_opportunity, errors


@pytest.mark.parametrize(
    ("deadline", "open_until_withdrawn", "found"),
    [
        ("2027-03-31", None, {}),
        ("2027-03-31", False, {}),
        (None, True, {}),
        (None, None, {"/deadline": "required"}),
        (None, False, {"/deadline": "required"}),
        ("2027-03-31", True, {"/open_until_withdrawn": "contradiction"}),
    ],
)
def test_an_offer_has_a_deadline_or_is_open_until_withdrawn(deadline, open_until_withdrawn, found):
    document = an_opportunity(deadline=deadline, open_until_withdrawn=open_until_withdrawn)

    assert errors(document) == found


def test_of_a_harvested_offer_no_deadline_is_demanded():
    document = an_opportunity(deadline=None, open_until_withdrawn=False)

    assert errors(document, "harvested") == {}


@pytest.mark.parametrize(
    ("opens_on", "deadline", "found"),
    [
        ("2027-04-01", "2027-03-31", {"/deadline": "order"}),
        ("2027-04-01", "2027-03-31T17:00[UTC]", {"/deadline": "order"}),
        ("2027-03-31", "2027-03-31T17:00[UTC]", {}),
        ("2027", "2027-03-31", {}),
        (None, "2027-03-31", {}),
    ],
)
def test_the_deadline_does_not_come_before_applications_open(opens_on, deadline, found):
    assert errors(an_opportunity(opens_on=opens_on, deadline=deadline)) == found


def test_an_offer_ends_after_it_starts():
    assert errors(an_opportunity(starts_on="2027-06-07", ends_on="2027-06-06")) == {"/ends_on": "order"}


def test_an_offer_may_be_shorter_than_six_months():
    assert errors(an_opportunity(starts_on="2027-06-07", ends_on="2027-06-07")) == {}
