"""Signing up and in, by e-mail: what is confirmed, limited, sent, and ended."""

import datetime
import re

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.conf import settings as django_settings
from django.core.cache import cache
from django.test import Client

from accounts import actions
from accounts.models import Role, User
from delivery.models import Message
from tests.factories import UserFactory

LOGIN, SIGNUP = "/en/account/login/", "/en/account/signup/"
NEW = {"name": "Nia New", "email": "Nia@Example.org", "password1": "quite a secret", "password2": "quite a secret"}


@pytest.fixture(autouse=True)
def _no_attempts_yet(db):
    cache.clear()


def sign_in(client, user, using="a long password"):
    return client.post(LOGIN, {"login": user.email, "password": using})


def test_a_new_person_confirms_the_address_before_coming_in(client):
    client.post(SIGNUP, NEW)
    user = User.objects.get(email="nia@example.org")
    refused = client.get("/en/account/")
    link = re.search(r"(/en/account/confirm-email/\S+)", Message.objects.get(to=user.email).text).group(1)

    client.post(link)
    answer = sign_in(client, user, "quite a secret")

    assert refused.url.startswith(LOGIN)
    assert EmailAddress.objects.get(user=user).verified
    assert answer.url == "/en/desk/"
    assert client.get("/en/account/").status_code == 200


def test_whoever_signs_up_is_a_member_and_has_a_name_and_a_language(client):
    client.post(SIGNUP.replace("/en/", "/ar/"), NEW)

    user = User.objects.get(email="nia@example.org")

    assert (user.name, user.language) == ("Nia New", "ar")
    assert [role.kind for role in user.current_roles] == [Role.Kind.MEMBER]


def test_signing_up_with_a_known_address_tells_only_its_owner(client, stranger):
    unknown = client.post(SIGNUP, NEW)

    known = client.post(SIGNUP, {**NEW, "email": stranger.email})

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert User.objects.filter(email=stranger.email).get() == stranger
    assert Message.objects.filter(to=stranger.email).count() == 1


@pytest.mark.parametrize("password", ["short", "password123", "nia@example.org"])
def test_a_weak_password_is_refused(client, password):
    answer = client.post(SIGNUP, {**NEW, "password1": password, "password2": password})

    assert answer.status_code == 200
    assert not User.objects.exists()


def test_the_session_changes_its_key_when_somebody_signs_in(client, stranger):
    client.get(LOGIN)
    session = client.session
    session["before"] = True
    session.save()
    client.cookies[django_settings.SESSION_COOKIE_NAME] = old = session.session_key

    sign_in(client, stranger)

    assert client.cookies[django_settings.SESSION_COOKIE_NAME].value != old


def test_the_pages_go_on_in_the_language_of_the_person(client):
    user = UserFactory(language="fr")

    assert sign_in(client, user).url == "/fr/desk/"


def test_guessing_a_password_is_stopped_also_from_another_process(client, stranger):
    for _ in range(5):
        sign_in(client, stranger, "a wrong guess")

    answer = sign_in(Client(REMOTE_ADDR="127.0.0.9"), stranger)

    assert answer.status_code == 200
    assert "Too many failed login attempts" in answer.content.decode()


def test_closing_an_account_ends_its_sessions(client, secretariat, stranger):
    sign_in(client, stranger)
    before = client.get("/en/account/").status_code

    actions.close_account(by=secretariat, user=stranger, reason="Left.")

    assert before == 200
    assert client.get("/en/account/").url.startswith(LOGIN)
    assert "inactive" in sign_in(client, stranger).url


def test_changing_the_password_ends_the_other_sessions(client, stranger):
    elsewhere = Client()
    sign_in(client, stranger)
    sign_in(elsewhere, stranger)

    change = {"oldpassword": "a long password", "password1": "another secret", "password2": "another secret"}
    client.post("/en/account/password/change/", change)

    assert client.get("/en/account/").status_code == 200
    assert elsewhere.get("/en/account/").url.startswith(LOGIN)
    assert "password" in Message.objects.get(to=stranger.email).text.lower()


def test_a_forgotten_password_is_renewed_by_a_mail(client, stranger):
    client.post("/en/account/password/reset/", {"email": stranger.email})
    link = re.search(r"(/en/account/password/reset/key/\S+)", Message.objects.get(to=stranger.email).text).group(1)

    form = client.get(link, follow=True)
    address = form.redirect_chain[-1][0]
    client.post(address, {"password1": "another secret", "password2": "another secret"})

    assert sign_in(client, stranger, "another secret").url == "/en/desk/"


def test_an_address_is_changed_only_when_the_new_one_is_confirmed(client, stranger):
    sign_in(client, stranger)

    client.post("/en/account/email/", {"action_add": "", "email": "stella.new@example.org"})
    stranger.refresh_from_db()
    before = stranger.email
    link = re.search(r"(/en/account/confirm-email/\S+)", Message.objects.get(to="stella.new@example.org").text).group(
        1
    )
    client.post(link)

    stranger.refresh_from_db()
    assert (before, stranger.email) == ("stranger@example.org", "stella.new@example.org")


def test_a_link_to_confirm_an_address_expires(client):
    client.post(SIGNUP, NEW)
    link = re.search(r"(/en/account/confirm-email/\S+)", Message.objects.get().text).group(1)

    with time_machine.travel(datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=4)):
        client.post(link)

    assert not EmailAddress.objects.get().verified
