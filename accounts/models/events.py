"""What was done about people and roles: written once, never changed."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AccountEvent(models.Model):
    """One thing that happened: what, when, by whom, about whom."""

    class Name(models.TextChoices):
        JOINED = "joined", _("Joined")
        GRANTED = "granted", _("Role granted")
        ENDED = "ended", _("Role ended")
        INVITED = "invited", _("Invited")
        INVITATION_ACCEPTED = "invitation_accepted", _("Invitation accepted")
        INVITATION_WITHDRAWN = "invitation_withdrawn", _("Invitation withdrawn")
        APPLIED = "applied", _("Applied for a role")
        REMINDED = "reminded", _("Reminder of an application")
        ACCEPTED = "accepted", _("Application accepted")
        REFUSED = "refused", _("Application refused")
        EXPIRED = "expired", _("Application not decided in time")
        WITHDRAWN = "withdrawn", _("Application withdrawn")
        DEACTIVATED = "deactivated", _("Account closed")
        REACTIVATED = "reactivated", _("Account opened again")

    name = models.CharField(max_length=30, choices=Name)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    about = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="account_events"
    )
    role = models.CharField(max_length=400, blank=True, help_text="The role in words, as it was called then.")
    country = models.CharField(max_length=2, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(name="account_event_history", fields=["about", "at"])]

    def __str__(self):
        return f"{self.get_name_display()}: {self.role}"
