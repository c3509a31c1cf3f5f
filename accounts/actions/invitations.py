"""A role offered to an address: the link is in the mail alone, and works once."""

import hashlib
import secrets
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import letters
from accounts.actions.steps import ActionRefused, Did, begin, note, require, require_standing, spoken_by
from accounts.models import AccountEvent, Invitation, Role, User


@transaction.atomic
def invite(*, by: User | None, email: str, **offered: Any) -> tuple[Invitation, str]:
    """Offer a role to an address, by mail. Answers the invitation and its token, which is kept nowhere else."""
    token = secrets.token_urlsafe(32)
    now = timezone.now()
    invitation = Invitation(
        email=email.lower(),
        token_hash=_hash(token),
        invited_by=by,
        invited_at=now,
        expires_at=now + Invitation.VALID_FOR,
        **offered,
    )
    require(by, "accounts.grant_role", invitation)
    require_standing(invitation, by=by)
    invitation.save()
    note(Did.INVITED, by=by, about=None, spoken=invitation, text=invitation.email)
    letters.invitation(invitation, token)
    return invitation, token


@transaction.atomic
def withdraw_invitation(*, by: User, invitation: Invitation) -> AccountEvent:
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not invitation.is_open:
        raise ActionRefused(_("This invitation is no longer open."))
    require(by, "accounts.withdraw_invitation", invitation)
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    return note(Did.INVITATION_WITHDRAWN, by=by, about=None, spoken=invitation, text=invitation.email)


def find_invitation(token: str) -> Invitation | None:
    """The open invitation that this link belongs to."""
    return Invitation.objects.open().filter(token_hash=_hash(token)).select_related("organization").first()


@transaction.atomic
def accept_invitation(*, by: User, token: str) -> Role:
    """Take the role offered. The link works once, for the address it was sent to, while its sender may grant it."""
    invitation = Invitation.objects.select_for_update().open().filter(token_hash=_hash(token)).first()
    if invitation is None:
        raise ActionRefused(_("This invitation was used or withdrawn, or it has expired. Please ask for a new one."))
    if invitation.email != by.email:
        raise ActionRefused(_("This invitation was sent to another address. Please sign in with that one."))
    sender = invitation.invited_by
    if sender and not sender.has_perm("accounts.grant_role", invitation):
        raise ActionRefused(_("The person who invited you may no longer give this role. Please ask for a new one."))
    invitation.accepted_at, invitation.accepted_by = timezone.now(), by
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    note(Did.INVITATION_ACCEPTED, by=by, about=by, spoken=invitation)
    role = Role(user=by, granted_by=sender, starts_on=timezone.now().date(), **spoken_by(invitation))
    return begin(role, by=sender)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
