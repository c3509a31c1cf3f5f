"""What only resources must obey."""

import pytest

from tests.documents import a_resource, errors

PARTY = [{"id": "party001", "name": "Institute"}]


@pytest.mark.parametrize(
    ("authors", "organizations", "found"),
    [(None, None, {"/authors": "required"}), (PARTY, None, {}), (None, PARTY, {}), (PARTY, PARTY, {})],
)
def test_a_resource_has_an_author_or_an_authoring_organization(authors, organizations, found):
    assert errors(a_resource(authors=authors, organizations=organizations)) == found


def test_of_a_harvested_resource_no_author_is_demanded():
    assert errors(a_resource(authors=None, organizations=None), "harvested") == {}
