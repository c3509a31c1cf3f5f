"""Roles given and ended, accounts opened and closed."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.actions.steps import ActionRefused, Did, begin, end, note, require, require_another_secretariat
from accounts.models import AccountEvent, Role, User


@transaction.atomic
def join(*, user: User) -> Role:
    """Make a new account a member of the network: anybody with an account is one."""
    role = Role.objects.create(user=user, kind=Role.Kind.MEMBER, starts_on=timezone.now().date())
    note(Did.JOINED, by=user, about=user, spoken=role)
    return role


@transaction.atomic
def grant_role(
    *, by: User | None, user: User, replaces_previous: bool = False, reason: str = "", **granted: Any
) -> Role:
    """Give `user` a role: kind, country or organization, starts_on, ends_on, designated_by, letter.

    `replaces_previous` ends the designations of the country's other focal points, where the letter says so.
    `by` is None only for the operator of the machine.
    """
    role = Role(user=user, granted_by=by, **{"starts_on": timezone.now().date(), **granted})
    require(by, "accounts.grant_role", role)
    if by == user:
        raise ActionRefused(_("Nobody grants a role to oneself. Ask a colleague."))
    return begin(role, by=by, replaces_previous=replaces_previous, note_text=reason)


@transaction.atomic
def end_role(*, by: User | None, role: Role, reason: str = "") -> AccountEvent:
    """End a role at once."""
    role = Role.objects.select_for_update(of=["self"]).select_related("user", "organization").get(pk=role.pk)
    require(by, "accounts.end_role", role)
    if role.ended_at:
        raise ActionRefused(_("This role has ended already."))
    if role.kind == Role.Kind.SECRETARIAT:
        require_another_secretariat(role.user)
    return end(role, by=by, reason=reason)


@transaction.atomic
def close_account(*, by: User, user: User, reason: str) -> AccountEvent:
    """Shut a person out, at once and in every session. What the person wrote stays."""
    require(by, "accounts.close_account", user)
    if user.is_secretariat:
        require_another_secretariat(user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    return note(Did.DEACTIVATED, by=by, about=user, text=reason)


@transaction.atomic
def reopen_account(*, by: User, user: User, reason: str = "") -> AccountEvent:
    require(by, "accounts.close_account", user)
    User.objects.filter(pk=user.pk).update(is_active=True)
    return note(Did.REACTIVATED, by=by, about=user, text=reason)


@transaction.atomic
def close_roles_that_ran_out() -> int:
    """Mark the roles whose last day is over. They lost their force with that day; this tells their holders."""
    over = Role.objects.run_out().select_for_update(skip_locked=True, of=["self"])
    over = list(over.select_related("user", "organization").order_by("pk"))
    for role in over:
        end(role, by=None, reason="")
    return len(over)
