"""A role asked for: whoever may grant it decides, with reasons and within a time limit."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import letters
from accounts.actions.steps import (
    ActionRefused,
    Did,
    begin,
    locked,
    note,
    require,
    require_new,
    require_standing,
    spoken_by,
)
from accounts.identifiers import new_uid
from accounts.models import AccountEvent, Application, Organization, Role, User


@transaction.atomic
def apply_for_role(*, by: User, **asked: Any) -> Application:
    """Ask for a role: kind, country or organization or organization_name, motivation, designated_by, letter."""
    application = Application(user=locked(by), decide_by=timezone.now() + Application.DECIDED_WITHIN, **asked)
    if application.kind in {Role.Kind.SECRETARIAT, Role.Kind.MEMBER}:
        raise ActionRefused(_("This role is not applied for."))
    require_standing(application, by=None)
    require_new(by.roles.filter(ended_at=None), application, _("You hold this role already."))
    waiting = by.applications.pending().filter(organization_name=application.organization_name)
    require_new(waiting, application, _("You have applied for this role already."))
    application.save()
    event = note(Did.APPLIED, by=by, about=by, spoken=application)
    letters.application_waits(event, application)
    return application


@transaction.atomic
def decide_application(
    *,
    by: User,
    application: Application,
    accept: bool,
    reason: str = "",
    organization: Organization | None = None,
    replaces_previous: bool = False,
) -> Application:
    """Accept or refuse. `organization` says which known organization is meant by a name the applicant typed."""
    application = _decidable(by, application)
    if not accept and not reason.strip():
        raise ActionRefused(_("Please say why you refuse: the applicant will read it."))
    if accept and application.organization_name:
        application.organization = organization or _new_organization(application.organization_name)
        application.organization_name = ""
    application.decided_by, application.reason = by, reason.strip()
    _close(application, Application.State.ACCEPTED if accept else Application.State.REFUSED)
    event = note(Did(application.state), by=by, about=application.user, spoken=application, text=reason)
    letters.application_answered(event, application)
    if accept:
        role = Role(user=application.user, granted_by=by, starts_on=timezone.now().date(), **spoken_by(application))
        begin(role, by=by, replaces_previous=replaces_previous)
    return application


@transaction.atomic
def withdraw_application(*, by: User, application: Application) -> AccountEvent:
    application = Application.objects.select_for_update().get(pk=application.pk)
    _require_pending(application)
    require(by, "accounts.withdraw_application", application)
    _close(application, Application.State.WITHDRAWN)
    return note(Did.WITHDRAWN, by=by, about=by, spoken=application)


@transaction.atomic
def remind_deciders() -> int:
    """Once, halfway: the applications that wait for an answer."""
    long_ago = timezone.now() - Application.REMINDED_AFTER
    waiting = Application.objects.pending().filter(reminded_at=None, applied_at__lte=long_ago).order_by("pk")
    waiting = list(waiting.select_for_update(skip_locked=True, of=["self"]).select_related("user", "organization"))
    for application in waiting:
        application.reminded_at = timezone.now()
        application.save(update_fields=["reminded_at"])
        event = note(Did.REMINDED, by=None, about=application.user, spoken=application)
        letters.application_reminder(event, application)
    return len(waiting)


@transaction.atomic
def expire_applications() -> int:
    """Close what nobody decided in time, and tell the applicant, who may ask again."""
    late = Application.objects.pending().filter(decide_by__lte=timezone.now()).order_by("pk")
    late = list(late.select_for_update(skip_locked=True, of=["self"]).select_related("user", "organization"))
    for application in late:
        _close(application, Application.State.EXPIRED)
        event = note(Did.EXPIRED, by=None, about=application.user, spoken=application)
        letters.application_answered(event, application)
    return len(late)


def _decidable(by: User, application: Application) -> Application:
    application = Application.objects.select_for_update(of=["self"]).select_related("user").get(pk=application.pk)
    _require_pending(application)
    require(by, "accounts.decide_application", application)
    return application


def _require_pending(application: Application) -> None:
    if not application.is_pending:
        raise ActionRefused(_("This application has been answered or withdrawn already."))


def _new_organization(name: str) -> Organization:
    return Organization.objects.create(uid=new_uid("ORG"), name=name)


def _close(application: Application, state: Application.State) -> None:
    application.state, application.closed_at = state, timezone.now()
    application.save()
