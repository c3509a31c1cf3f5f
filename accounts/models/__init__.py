"""People, what they may speak for, and how they came to it."""

from accounts.models.events import AccountEvent
from accounts.models.joining import Application, Invitation
from accounts.models.people import User
from accounts.models.roles import Organization, Role

__all__ = ["AccountEvent", "Application", "Invitation", "Organization", "Role", "User"]
