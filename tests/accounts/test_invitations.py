"""Invitations: a link that works once, for one address, for a while."""

import datetime
import re

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.management import call_command

from accounts import actions
from accounts.models import AccountEvent, Invitation, Role, User
from delivery.models import Message
from tests.factories import UserFactory

KIND = Role.Kind
FOR_KENYA = {"kind": KIND.COUNTRY_CONTRIBUTOR, "country": "KE"}


def link_of(email):
    text = Message.objects.filter(to=email).latest("pk").text
    return re.search(r"https?://[^/]+(/\S*/invitation/\S+)", text).group(1)


def test_a_person_with_an_account_accepts(focal_point, stranger):
    _, token = actions.invite(by=focal_point, email=stranger.email, **FOR_KENYA)

    role = actions.accept_invitation(by=stranger, token=token)

    assert (role.user, role.country, role.granted_by) == (stranger, "KE", focal_point)
    assert AccountEvent.objects.filter(name="invitation_accepted", about=stranger).exists()


def test_the_mail_is_in_the_language_asked_for_and_its_link_leads_to_the_invitation(client, focal_point):
    actions.invite(by=focal_point, email="New@Example.org", language="ar", **FOR_KENYA)

    link = link_of("new@example.org")
    assert link.startswith("/ar/account/invitation/")
    assert client.get(link).status_code == 200


def test_the_link_is_kept_nowhere_but_in_the_mail(focal_point):
    invitation, token = actions.invite(by=focal_point, email="new@example.org", **FOR_KENYA)

    assert token not in str(Invitation.objects.filter(pk=invitation.pk).values())


def test_a_link_works_once(focal_point, stranger):
    _, token = actions.invite(by=focal_point, email=stranger.email, **FOR_KENYA)
    actions.accept_invitation(by=stranger, token=token)

    with pytest.raises(actions.ActionRefused, match="used"):
        actions.accept_invitation(by=stranger, token=token)


def test_a_link_expires(focal_point, stranger):
    _, token = actions.invite(by=focal_point, email=stranger.email, **FOR_KENYA)

    too_late = time_machine.travel(datetime.datetime.now(datetime.UTC) + Invitation.VALID_FOR)
    with too_late, pytest.raises(actions.ActionRefused, match="expired"):
        actions.accept_invitation(by=stranger, token=token)


def test_a_withdrawn_invitation_is_worth_nothing(focal_point, stranger):
    invitation, token = actions.invite(by=focal_point, email=stranger.email, **FOR_KENYA)

    actions.withdraw_invitation(by=focal_point, invitation=invitation)

    with pytest.raises(actions.ActionRefused, match="withdrawn"):
        actions.accept_invitation(by=stranger, token=token)
    with pytest.raises(actions.ActionRefused, match="no longer open"):
        actions.withdraw_invitation(by=focal_point, invitation=invitation)


def test_an_invitation_is_for_the_address_it_was_sent_to(focal_point, stranger):
    _, token = actions.invite(by=focal_point, email="somebody.else@example.org", **FOR_KENYA)

    with pytest.raises(actions.ActionRefused, match="another address"):
        actions.accept_invitation(by=stranger, token=token)


def test_an_invitation_falls_with_the_role_of_its_sender(secretariat, focal_point, stranger):
    _, token = actions.invite(by=focal_point, email=stranger.email, **FOR_KENYA)
    actions.end_role(by=secretariat, role=focal_point.roles.get(kind=KIND.FOCAL_POINT))

    with pytest.raises(actions.ActionRefused, match="no longer give"):
        actions.accept_invitation(by=stranger, token=token)


@pytest.mark.parametrize("role", [{"kind": KIND.SECRETARIAT}, {"kind": KIND.COUNTRY_CONTRIBUTOR, "country": "PE"}])
def test_a_focal_point_invites_only_to_what_a_focal_point_grants(focal_point, role):
    with pytest.raises(PermissionDenied):
        actions.invite(by=focal_point, email="new@example.org", **role)


def test_the_first_of_the_secretariat_is_invited_by_a_command(db, capsys):
    call_command("invite_secretariat", "first@example.org")

    link = capsys.readouterr().out.strip()
    assert link.endswith(link_of("first@example.org"))
    role = actions.accept_invitation(by=UserFactory(email="first@example.org"), token=link.rstrip("/").split("/")[-1])
    assert role.kind == KIND.SECRETARIAT


def test_a_person_without_an_account_signs_up_and_accepts(client, focal_point):
    actions.invite(by=focal_point, email="new@example.org", **FOR_KENYA)
    link = link_of("new@example.org")
    page = client.get(link)
    signup = re.search(r'href="([^"]*/signup/[^"]*)"', page.content.decode()).group(1)

    form = {"name": "Nia New", "password1": "quite a secret", "password2": "quite a secret", "next": link}
    answer = client.post(signup, {**form, "email": "another@example.org"})
    accepted = client.post(link)

    user = User.objects.get(name="Nia New")
    assert user.email == "new@example.org"
    assert (answer.status_code, answer.url) == (302, link)
    assert accepted.url == "/en/account/roles/"
    assert user.countries == {"KE"}


def test_a_person_who_is_known_is_asked_to_sign_in_and_comes_back(client, focal_point, stranger):
    actions.invite(by=focal_point, email=stranger.email, **FOR_KENYA)
    link = link_of(stranger.email)
    page = client.get(link).content.decode()
    sign_in = re.search(r'href="([^"]*/login/[^"]*)"', page).group(1)

    answer = client.post(sign_in, {"login": stranger.email, "password": "a long password", "next": link})

    assert (answer.status_code, answer.url) == (302, link)
    assert "Accept the role" in client.get(link).content.decode()


def test_a_person_signed_in_with_another_address_is_told(client, focal_point, stranger):
    actions.invite(by=focal_point, email="new@example.org", **FOR_KENYA)
    client.force_login(stranger)

    page = client.get(link_of("new@example.org")).content.decode()

    assert "Accept the role" not in page
    assert "new@example.org" in page


def test_a_closed_invitation_answers_410(client, focal_point):
    invitation, token = actions.invite(by=focal_point, email="new@example.org", **FOR_KENYA)
    actions.withdraw_invitation(by=focal_point, invitation=invitation)

    assert client.get(f"/en/account/invitation/{token}/").status_code == 410
    assert client.get("/en/account/invitation/nonsense/").status_code == 410
