"""What is done about people and roles. Each call is one transaction, leaves an `AccountEvent` and queues its mails."""

from accounts.actions.applications import (
    apply_for_role,
    decide_application,
    expire_applications,
    remind_deciders,
    withdraw_application,
)
from accounts.actions.invitations import accept_invitation, find_invitation, invite, withdraw_invitation
from accounts.actions.roles import (
    close_account,
    close_roles_that_ran_out,
    end_role,
    grant_role,
    join,
    reopen_account,
)
from accounts.actions.steps import ActionRefused

__all__ = [
    "ActionRefused",
    "accept_invitation",
    "apply_for_role",
    "close_account",
    "close_roles_that_ran_out",
    "decide_application",
    "end_role",
    "expire_applications",
    "find_invitation",
    "grant_role",
    "invite",
    "join",
    "remind_deciders",
    "reopen_account",
    "withdraw_application",
    "withdraw_invitation",
]
