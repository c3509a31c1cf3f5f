"""Applications: anybody asks, whoever may grant the role decides, and a clock runs."""

import datetime

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts import actions
from accounts.models import Application, Organization, Role, User
from accounts.tasks import watch_the_clock
from delivery.models import Message
from tests.factories import ApplicationFactory, OrganizationFactory, UserFactory
from tests.people import PEOPLE

KIND = Role.Kind
FOR_KENYA = {"kind": KIND.COUNTRY_CONTRIBUTOR, "country": "KE", "motivation": "I keep the inventory."}


def later(**time):
    return time_machine.travel(datetime.datetime.now(datetime.UTC) + datetime.timedelta(**time))


def subjects_to(person):
    return list(Message.objects.filter(to=person.email).order_by("pk").values_list("subject", flat=True))


def test_an_application_for_a_country_goes_to_its_focal_point(secretariat, focal_point, stranger):
    actions.apply_for_role(by=stranger, **FOR_KENYA)

    assert len(subjects_to(focal_point)) == 1
    assert subjects_to(secretariat) == []


def test_an_application_for_a_country_without_a_focal_point_goes_to_the_secretariat(secretariat, stranger):
    actions.apply_for_role(by=stranger, **FOR_KENYA)

    assert len(subjects_to(secretariat)) == 1


def test_accepting_grants_the_role_and_tells_the_applicant(focal_point, stranger):
    application = actions.apply_for_role(by=stranger, **FOR_KENYA)

    actions.decide_application(by=focal_point, application=application, accept=True, reason="Welcome.")

    assert User.objects.get(pk=stranger.pk).countries == {"KE"}
    assert "accepted" in subjects_to(stranger)[0]


def test_refusing_takes_a_reason_and_the_applicant_reads_it(focal_point, stranger):
    application = actions.apply_for_role(by=stranger, **FOR_KENYA)

    with pytest.raises(actions.ActionRefused, match="why"):
        actions.decide_application(by=focal_point, application=application, accept=False, reason=" ")
    actions.decide_application(
        by=focal_point, application=application, accept=False, reason="Ask your ministry first."
    )

    assert not User.objects.get(pk=stranger.pk).countries
    assert "Ask your ministry first." in Message.objects.get(to=stranger.email).text


def test_an_organization_that_is_not_known_yet_gets_its_identity_when_accepted(secretariat, stranger):
    application = ApplicationFactory(for_organization=True, user=stranger)

    actions.decide_application(by=secretariat, application=application, accept=True)

    organization = Organization.objects.get(name="A new institute")
    assert organization.uid.startswith("CMB-ORG-SCBD-")
    assert User.objects.get(pk=stranger.pk).organizations == {organization.uid}


def test_a_name_may_turn_out_to_be_a_known_organization(secretariat, stranger):
    application, known = ApplicationFactory(for_organization=True, user=stranger), OrganizationFactory()

    actions.decide_application(by=secretariat, application=application, accept=True, organization=known)

    assert Organization.objects.get() == known
    assert User.objects.get(pk=stranger.pk).organizations == {known.uid}


def test_an_accepted_focal_point_replaces_the_previous_one_where_the_letter_says_so(
    secretariat, focal_point, stranger
):
    application = ApplicationFactory(for_focal_point=True, user=stranger)

    actions.decide_application(by=secretariat, application=application, accept=True, replaces_previous=True)

    assert User.objects.focal_points_of("KE").get() == stranger


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize(
    ("traits", "deciders"),
    [
        ({}, {"secretariat", "focal_point"}),
        ({"country": "PE"}, {"secretariat", "foreign_focal_point"}),
        ({"for_organization": True}, {"secretariat"}),
        ({"for_focal_point": True}, {"secretariat"}),
    ],
)
def test_who_may_grant_the_role_decides_and_nobody_else(db, who, traits, deciders):
    by = PEOPLE[who]()
    UserFactory(focal_point="KE")
    application = ApplicationFactory(**traits)

    if who in deciders:
        actions.decide_application(by=by, application=application, accept=False, reason="No.")
    else:
        with pytest.raises(PermissionDenied):
            actions.decide_application(by=by, application=application, accept=False, reason="No.")


def test_nobody_decides_the_own_application(secretariat):
    application = ApplicationFactory(for_focal_point=True, user=secretariat)

    with pytest.raises(PermissionDenied):
        actions.decide_application(by=secretariat, application=application, accept=True)


def test_an_application_is_decided_once(focal_point, stranger):
    application = ApplicationFactory(user=stranger)
    actions.decide_application(by=focal_point, application=application, accept=True)

    with pytest.raises(actions.ActionRefused, match="already"):
        actions.decide_application(by=focal_point, application=application, accept=False, reason="Changed my mind.")


def test_the_same_role_is_asked_for_once_at_a_time(stranger):
    application = actions.apply_for_role(by=stranger, **FOR_KENYA)

    with pytest.raises(actions.ActionRefused, match="already"):
        actions.apply_for_role(by=stranger, **FOR_KENYA)

    actions.withdraw_application(by=stranger, application=application)
    assert actions.apply_for_role(by=stranger, **FOR_KENYA).is_pending


def test_two_organizations_not_known_yet_may_be_asked_for_together(stranger):
    asked = {"kind": KIND.ORGANIZATION_CONTRIBUTOR, "motivation": "We teach."}
    actions.apply_for_role(by=stranger, organization_name="One institute", **asked)

    assert actions.apply_for_role(by=stranger, organization_name="Another institute", **asked).is_pending


def test_a_role_held_is_not_asked_for(author):
    with pytest.raises(actions.ActionRefused, match="hold"):
        actions.apply_for_role(by=author, **FOR_KENYA)


@pytest.mark.parametrize("kind", [KIND.SECRETARIAT, KIND.MEMBER])
def test_nobody_applies_to_be_the_secretariat_or_a_member(stranger, kind):
    with pytest.raises(actions.ActionRefused):
        actions.apply_for_role(by=stranger, kind=kind, motivation="Please.")


def test_only_the_applicant_withdraws(focal_point, stranger):
    application = ApplicationFactory(user=stranger)

    with pytest.raises(PermissionDenied):
        actions.withdraw_application(by=focal_point, application=application)


def test_deciders_and_the_secretariat_are_reminded_once_halfway(secretariat, focal_point, stranger):
    actions.apply_for_role(by=stranger, **FOR_KENYA)

    with later(days=15):
        watch_the_clock()
        watch_the_clock()

    assert [subject.startswith("A reminder") for subject in subjects_to(focal_point)] == [False, True]
    assert [subject.startswith("A reminder") for subject in subjects_to(secretariat)] == [True]


def test_an_application_lapses_after_its_time_and_may_be_made_again(focal_point, stranger):
    application = actions.apply_for_role(by=stranger, **FOR_KENYA)

    with later(days=31):
        watch_the_clock()
        application.refresh_from_db()
        again = actions.apply_for_role(by=stranger, **FOR_KENYA)

    assert application.state == Application.State.EXPIRED
    assert "not answered in time" in subjects_to(stranger)[0]
    assert again.is_pending


def test_the_database_itself_refuses_a_decision_by_nobody(stranger):
    application = ApplicationFactory(user=stranger)
    application.state, application.closed_at = Application.State.ACCEPTED, application.applied_at

    with pytest.raises(IntegrityError), transaction.atomic():
        application.save()
