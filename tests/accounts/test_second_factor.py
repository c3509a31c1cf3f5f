"""The second factor: open to all, required of the Secretariat, its secrets sealed."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache

from tests.factories import UserFactory

ACTIVATE = "/en/account/2fa/totp/activate/"


@pytest.fixture(autouse=True)
def _no_attempts_yet(db):
    cache.clear()


def code(secret):
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))


def activate(client):
    client.post("/en/account/reauthenticate/", {"password": "a long password"})
    page = client.get(ACTIVATE)
    secret = page.context["form"].secret
    client.post(ACTIVATE, {"code": code(secret)})
    return secret


@pytest.mark.parametrize("address", ["/en/account/", "/en/account/people/", "/en/desk/mail/"])
def test_the_secretariat_sets_it_up_before_anything_else(client, secretariat, address):
    client.force_login(secretariat)

    assert client.get(address).url == ACTIVATE


def test_the_pages_to_set_it_up_and_to_leave_stay_open(client, secretariat):
    client.force_login(secretariat)

    assert client.get("/en/account/2fa/").status_code == 200
    assert client.get("/en/account/logout/").status_code == 200


def test_everybody_else_may_do_without(client, focal_point):
    client.force_login(focal_point)

    assert client.get("/en/account/people/").status_code == 200


def test_a_demonstration_does_without(client, settings, secretariat):
    settings.DEMONSTRATION = True
    client.force_login(secretariat)

    assert client.get("/en/account/people/").status_code == 200


def test_with_an_authenticator_app_the_secretariat_works(client, secretariat):
    client.post("/en/account/login/", {"login": secretariat.email, "password": "a long password"})

    activate(client)

    assert client.get("/en/account/people/").status_code == 200
    assert set(Authenticator.objects.values_list("type", flat=True)) == {"totp", "recovery_codes"}


def test_the_secret_is_sealed_in_the_database(client, stranger):
    client.post("/en/account/login/", {"login": stranger.email, "password": "a long password"})

    secret = activate(client)

    assert secret not in str(Authenticator.objects.get(type="totp").data)


def test_signing_in_then_takes_the_code(client, stranger):
    client.post("/en/account/login/", {"login": stranger.email, "password": "a long password"})
    activate(client)
    client.post("/en/account/logout/")

    answer = client.post("/en/account/login/", {"login": stranger.email, "password": "a long password"})

    assert answer.url.startswith("/en/account/2fa/authenticate/")
    assert client.get("/en/account/").status_code == 302


def test_the_secretariat_cannot_drop_the_last_factor(client, secretariat):
    client.post("/en/account/login/", {"login": secretariat.email, "password": "a long password"})
    activate(client)

    client.post("/en/account/2fa/totp/deactivate/")

    assert Authenticator.objects.filter(user=secretariat, type="totp").exists()


def test_anybody_else_may_drop_it(client):
    user = UserFactory()
    client.post("/en/account/login/", {"login": user.email, "password": "a long password"})
    activate(client)

    client.post("/en/account/2fa/totp/deactivate/")

    assert not Authenticator.objects.filter(user=user, type="totp").exists()
