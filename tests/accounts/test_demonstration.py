"""The accounts of a demonstration: one for each role, all able to sign in."""

import pytest

from accounts.demonstration import PASSWORD, PEOPLE, make_accounts
from accounts.models import AccountEvent, User


def test_there_is_one_account_for_each_role(db):
    people = make_accounts()

    assert people["secretariat@example.org"].is_secretariat
    assert people["focal.ke@example.org"].focal_countries == {"KE"}
    assert people["focal.pe@example.org"].focal_countries == {"PE"}
    assert people["contributor.ke@example.org"].countries == {"KE"}
    assert len(people["contributor.org@example.org"].organizations) == 1
    assert [role.kind for role in people["member@example.org"].current_roles] == ["member"]


def test_a_second_call_changes_nothing(db):
    make_accounts()
    before = (User.objects.count(), AccountEvent.objects.count())

    people = make_accounts()

    assert (User.objects.count(), AccountEvent.objects.count()) == before
    assert len(people) == len(PEOPLE)


@pytest.mark.parametrize("email", [email for email, _, _ in PEOPLE])
def test_each_signs_in_with_the_printed_password(client, settings, db, email):
    settings.DEMONSTRATION = True
    make_accounts()

    answer = client.post("/en/account/login/", {"login": email, "password": PASSWORD})

    assert answer.url == "/en/desk/"
    assert client.get("/en/account/").status_code == 200
