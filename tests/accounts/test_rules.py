"""Rule and query give the same answer, for every kind of person."""

import pytest

from accounts import actions
from accounts.models import Application, Invitation, Role, User
from tests.factories import ApplicationFactory, UserFactory
from tests.people import PEOPLE

KIND = Role.Kind


def a_busy_place():
    boss = UserFactory(secretariat=True)
    for make in PEOPLE.values():
        make()
    ended = UserFactory(contributor="KE")
    actions.end_role(by=None, role=ended.roles.get(kind=KIND.COUNTRY_CONTRIBUTOR))
    for country in ("KE", "PE"):
        UserFactory(contributor=country)
        ApplicationFactory(country=country)
        ApplicationFactory(for_focal_point=True, country=country)
        letter = {"designated_by": "Ministry", "letter": "1"}
        for kind in (KIND.FOCAL_POINT, KIND.COUNTRY_CONTRIBUTOR):
            actions.invite(by=boss, email="new@example.org", kind=kind, country=country, **letter)
    actions.invite(by=boss, email="new@example.org", kind=KIND.SECRETARIAT)
    ApplicationFactory(for_organization=True)


QUESTIONS = {
    "accounts.view_person": User,
    "accounts.view_application": Application,
    "accounts.view_invitation": Invitation,
}


@pytest.mark.parametrize("permission", QUESTIONS)
@pytest.mark.parametrize("who", PEOPLE)
def test_the_lists_show_what_the_rules_allow(db, who, permission):
    person, model = PEOPLE[who](), QUESTIONS[permission]
    a_busy_place()
    ApplicationFactory(user=person, country="TZ")

    shown = set(model.objects.visible_to(person))

    assert shown == {thing for thing in model.objects.all() if person.has_perm(permission, thing)}


@pytest.mark.parametrize("who", PEOPLE)
def test_what_waits_for_a_person_is_what_the_person_may_decide(db, who):
    person = PEOPLE[who]()
    a_busy_place()
    ApplicationFactory(user=person, country="TZ")

    waiting = set(Application.objects.for_decision_by(person))

    allowed = {a for a in Application.objects.all() if person.has_perm("accounts.decide_application", a)}
    assert waiting == allowed


def test_a_focal_point_sees_of_a_person_only_the_roles_for_the_own_country(focal_point):
    busy = UserFactory(contributor="KE", focal_point="PE", organization="Institute")

    shown = Role.objects.visible_to(focal_point).filter(user=busy)

    assert [role.country for role in shown] == ["KE"]
    assert Role.objects.visible_to(busy).filter(user=busy).count() == 4
