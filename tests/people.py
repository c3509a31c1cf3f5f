"""The people of the tests: the same few everywhere."""

import pytest


def person(**traits):
    from tests.factories import UserFactory

    return UserFactory(**traits)


# Every kind of person, for tests that ask the same of all.
PEOPLE = {
    "secretariat": lambda: person(secretariat=True),
    "focal_point": lambda: person(focal_point="KE"),
    "foreign_focal_point": lambda: person(focal_point="PE"),
    "author": lambda: person(contributor="KE"),
    "organization_author": lambda: person(organization="Institute"),
    "stranger": lambda: person(),
}


@pytest.fixture
def secretariat(db):
    return person(email="secretariat@example.org", name="Sam Secretariat", secretariat=True)


@pytest.fixture
def focal_point(db):
    return person(email="focal.ke@example.org", name="Faith Focal", focal_point="KE")


@pytest.fixture
def author(db):
    """Writes for Kenya, under its focal point."""
    return person(email="author.ke@example.org", name="Achieng Author", contributor="KE")


@pytest.fixture
def stranger(db):
    """A member, with no country and no organization."""
    return person(email="stranger@example.org", name="Stella Stranger")
