"""Roles: who grants them, how they begin and end, and what stands behind them."""

import datetime

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts import actions
from accounts.models import AccountEvent, Role, User
from delivery.models import Message
from tests.factories import OrganizationFactory, RoleFactory, UserFactory
from tests.people import PEOPLE

KIND = Role.Kind
LETTER = {"designated_by": "Ministry of Environment", "letter": "5 May 2026, ENV/12"}


def test_the_secretariat_designates_a_focal_point_by_a_letter(secretariat, stranger):
    role = actions.grant_role(by=secretariat, user=stranger, kind=KIND.FOCAL_POINT, country="KE", **LETTER)

    assert role.granted_by == secretariat
    assert role.letter == LETTER["letter"]
    assert User.objects.get(pk=stranger.pk).focal_countries == {"KE"}


def test_a_grant_is_noted_and_told(secretariat, stranger):
    actions.grant_role(by=secretariat, user=stranger, kind=KIND.FOCAL_POINT, country="KE", **LETTER)

    event = AccountEvent.objects.get(name="granted")
    assert (event.by, event.about, event.country) == (secretariat, stranger, "KE")
    assert "Kenya" in event.role
    assert "Kenya" in Message.objects.get(to=stranger.email).subject


def test_a_focal_point_needs_a_letter(secretariat, stranger):
    with pytest.raises(actions.ActionRefused, match="letter"):
        actions.grant_role(by=secretariat, user=stranger, kind=KIND.FOCAL_POINT, country="KE")

    assert not Role.objects.filter(kind=KIND.FOCAL_POINT).exists()


def test_a_government_without_a_focal_point_is_spoken_for_by_a_letter(secretariat, stranger):
    with pytest.raises(actions.ActionRefused, match="letter"):
        actions.grant_role(by=secretariat, user=stranger, kind=KIND.COUNTRY_CONTRIBUTOR, country="KE")

    actions.grant_role(by=secretariat, user=stranger, kind=KIND.COUNTRY_CONTRIBUTOR, country="KE", **LETTER)

    assert User.objects.get(pk=stranger.pk).countries == {"KE"}


def test_a_new_focal_point_stands_beside_the_previous_one_unless_the_letter_replaces_it(
    secretariat, focal_point, stranger
):
    actions.grant_role(by=secretariat, user=stranger, kind=KIND.FOCAL_POINT, country="KE", **LETTER)

    assert set(User.objects.focal_points_of("KE")) == {focal_point, stranger}


def test_a_letter_that_replaces_the_previous_focal_point_ends_that_designation(secretariat, focal_point, stranger):
    foreign = UserFactory(focal_point="PE")

    actions.grant_role(
        by=secretariat, user=stranger, kind=KIND.FOCAL_POINT, country="KE", replaces_previous=True, **LETTER
    )

    assert set(User.objects.focal_points_of("KE")) == {stranger}
    assert set(User.objects.focal_points_of("PE")) == {foreign}
    assert AccountEvent.objects.get(name="ended").about == focal_point


def test_a_focal_point_names_contributors_for_the_own_country(focal_point, stranger):
    actions.grant_role(by=focal_point, user=stranger, kind=KIND.COUNTRY_CONTRIBUTOR, country="KE")

    assert User.objects.get(pk=stranger.pk).countries == {"KE"}


ROLES = {
    "secretariat": {"kind": KIND.SECRETARIAT},
    "focal point of Kenya": {"kind": KIND.FOCAL_POINT, "country": "KE", **LETTER},
    "contributor for Kenya": {"kind": KIND.COUNTRY_CONTRIBUTOR, "country": "KE", **LETTER},
    "contributor for Peru": {"kind": KIND.COUNTRY_CONTRIBUTOR, "country": "PE", **LETTER},
    "contributor for an organization": {"kind": KIND.ORGANIZATION_CONTRIBUTOR},
}
GRANTS = {
    "secretariat": set(ROLES),
    "focal_point": {"contributor for Kenya"},
    "foreign_focal_point": {"contributor for Peru"},
}


@pytest.mark.parametrize("wanted", ROLES)
@pytest.mark.parametrize("who", PEOPLE)
def test_each_kind_of_person_grants_exactly_these_roles(db, who, wanted):
    by, user, role = PEOPLE[who](), UserFactory(), dict(ROLES[wanted])
    if role["kind"] == KIND.ORGANIZATION_CONTRIBUTOR:
        role["organization"] = OrganizationFactory()

    if wanted in GRANTS.get(who, set()):
        assert actions.grant_role(by=by, user=user, **role).pk
    else:
        with pytest.raises(PermissionDenied):
            actions.grant_role(by=by, user=user, **role)


def test_nobody_grants_a_role_to_oneself(secretariat):
    with pytest.raises(actions.ActionRefused, match="oneself"):
        actions.grant_role(by=secretariat, user=secretariat, kind=KIND.FOCAL_POINT, country="KE", **LETTER)


def test_a_role_is_not_held_twice(focal_point, author):
    with pytest.raises(actions.ActionRefused, match="already"):
        actions.grant_role(by=focal_point, user=author, kind=KIND.COUNTRY_CONTRIBUTOR, country="KE")


def test_the_database_itself_refuses_a_role_held_twice(author):
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleFactory(user=author, kind=KIND.COUNTRY_CONTRIBUTOR, country="KE")


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": KIND.COUNTRY_CONTRIBUTOR},
        {"kind": KIND.COUNTRY_CONTRIBUTOR, "country": "ZZ"},
        {"kind": KIND.SECRETARIAT, "country": "KE"},
        {"kind": KIND.ORGANIZATION_CONTRIBUTOR},
    ],
)
def test_a_role_names_what_it_speaks_for_and_nothing_else(secretariat, stranger, wrong):
    with pytest.raises(actions.ActionRefused):
        actions.grant_role(by=secretariat, user=stranger, **wrong, **LETTER)


def test_a_role_ends_at_once(focal_point, author):
    role = author.roles.get(kind=KIND.COUNTRY_CONTRIBUTOR)

    actions.end_role(by=focal_point, role=role, reason="Moved to another ministry.")

    assert User.objects.get(pk=author.pk).countries == frozenset()
    assert AccountEvent.objects.get(name="ended").note == "Moved to another ministry."
    assert "ended" in Message.objects.get(to=author.email).subject


def test_a_role_that_ended_can_be_granted_again(focal_point, author):
    actions.end_role(by=focal_point, role=author.roles.get(kind=KIND.COUNTRY_CONTRIBUTOR))

    actions.grant_role(by=focal_point, user=author, kind=KIND.COUNTRY_CONTRIBUTOR, country="KE")

    assert author.roles.filter(kind=KIND.COUNTRY_CONTRIBUTOR).count() == 2
    assert User.objects.get(pk=author.pk).countries == {"KE"}


def test_everybody_may_give_a_role_back_but_membership_stays(author):
    actions.end_role(by=author, role=author.roles.get(kind=KIND.COUNTRY_CONTRIBUTOR))

    with pytest.raises(PermissionDenied):
        actions.end_role(by=author, role=author.roles.get(kind=KIND.MEMBER))


def test_a_focal_point_ends_no_role_of_another_country(focal_point):
    foreign = UserFactory(contributor="PE").roles.get(kind=KIND.COUNTRY_CONTRIBUTOR)

    with pytest.raises(PermissionDenied):
        actions.end_role(by=focal_point, role=foreign)


def test_the_last_person_of_the_secretariat_stays(secretariat):
    role = secretariat.roles.get(kind=KIND.SECRETARIAT)

    with pytest.raises(actions.ActionRefused, match="last"):
        actions.end_role(by=secretariat, role=role)

    UserFactory(secretariat=True)
    assert actions.end_role(by=secretariat, role=role)


def test_a_role_is_in_force_from_its_first_day_to_its_last(secretariat, stranger):
    with time_machine.travel(datetime.datetime(2027, 3, 1, 12, tzinfo=datetime.UTC), tick=False):
        days = {"starts_on": datetime.date(2027, 3, 2), "ends_on": datetime.date(2027, 3, 3)}
        actions.grant_role(by=secretariat, user=stranger, kind=KIND.FOCAL_POINT, country="KE", **days, **LETTER)

    in_force = [
        Role.objects.in_force(datetime.date(2027, 3, day)).filter(kind=KIND.FOCAL_POINT).exists()
        for day in range(1, 5)
    ]

    assert in_force == [False, True, True, False]


def test_the_clock_notes_a_role_whose_last_day_is_over(secretariat, stranger):
    with time_machine.travel(datetime.datetime(2027, 3, 1, 12, tzinfo=datetime.UTC), tick=False):
        last = datetime.date(2027, 3, 3)
        actions.grant_role(by=secretariat, user=stranger, kind=KIND.FOCAL_POINT, country="KE", ends_on=last, **LETTER)
        assert actions.close_roles_that_ran_out() == 0

    with time_machine.travel(datetime.datetime(2027, 3, 4, 12, tzinfo=datetime.UTC), tick=False):
        closed = [actions.close_roles_that_ran_out(), actions.close_roles_that_ran_out()]

    assert closed == [1, 0]
    assert Message.objects.filter(to=stranger.email, subject__contains="ended").count() == 1


def test_a_closed_account_speaks_for_nobody(secretariat, focal_point):
    actions.close_account(by=secretariat, user=focal_point, reason="Left the ministry.")

    closed = User.objects.get(pk=focal_point.pk)
    assert not closed.has_perm("accounts.list_people")
    assert not User.objects.focal_points_of("KE").exists()

    actions.reopen_account(by=secretariat, user=closed)
    assert User.objects.focal_points_of("KE").get() == focal_point


def test_the_last_person_of_the_secretariat_is_not_shut_out(secretariat):
    with pytest.raises(PermissionDenied):
        actions.close_account(by=secretariat, user=secretariat, reason="Goodbye.")
