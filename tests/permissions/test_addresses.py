"""No address without a class, and each class answers as it says."""

import pytest
from django.conf import settings

from bch_portal import public
from tests.people import PEOPLE
from tests.permissions.addresses import BY_NAME, DOOR, LISTS, OWN, PUBLIC, every_address


def test_every_address_is_classified():
    names = {name for name, _path in every_address()}

    assert names - BY_NAME.keys() == set(), "classify these in tests/permissions/addresses.py"
    assert BY_NAME.keys() - names == set(), "these addresses are gone"


def test_only_what_is_classified_as_public_is_answered_by_the_public_chain():
    for name, path in every_address():
        is_private = public.is_private(f"/{path}".replace("^", ""))
        assert is_private is (BY_NAME[name] != PUBLIC), (name, path)


def plain(kinds):
    """Addresses of these classes that take no argument."""
    return sorted((name, f"/{path}") for name, path in every_address() if BY_NAME[name] in kinds and "<" not in path)


@pytest.mark.django_db
def test_without_signing_in_what_is_private_leads_to_the_door(client):
    for name, path in plain({OWN, LISTS}):
        answer = client.get(path)
        if path.startswith("/api/"):
            assert answer.status_code in (401, 403), name
        else:
            assert answer.status_code == 302, name
            assert answer["Location"].startswith("/en/account/login/"), name


@pytest.mark.django_db
@pytest.mark.parametrize("who", PEOPLE)
def test_whoever_is_signed_in_gets_their_own_pages(client, settings, who):
    settings.DEMONSTRATION = True
    client.force_login(PEOPLE[who]())

    for name, path in plain({LISTS}):
        assert client.get(path).status_code == 200, name


@pytest.mark.django_db
def test_the_doors_open_without_signing_in(client):
    for name, path in plain({DOOR}):
        answer = client.get(path)
        assert answer.status_code in (200, 302), name
        assert not answer.get("Location", "").startswith(f"{settings.LOGIN_URL}?"), name
