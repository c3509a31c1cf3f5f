"""How a person comes to a role: invited by those who may grant it, or applying to them."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.roles import Spoken


class InvitationQuerySet(models.QuerySet):
    def open(self):
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=timezone.now())

    def visible_to(self, user):
        """The invitations `user` may see: the `accounts.view_invitation` rule, as a query."""
        if user.is_secretariat:
            return self
        return self.filter(country__in=user.focal_countries, kind=Spoken.Kind.COUNTRY_CONTRIBUTOR)


class Invitation(Spoken):
    """A role offered to an address. The link is known to the mail alone: here lies only its hash."""

    VALID_FOR = timedelta(days=14)

    email = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language of the mail"), max_length=2, choices=settings.LANGUAGES, default="en")
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            *Spoken.Meta.constraints,
            models.CheckConstraint(
                name="invitation_names_an_organization_when_it_needs_one",
                condition=Q(kind="organization_contributor", organization__isnull=False)
                | (~Q(kind="organization_contributor") & Q(organization__isnull=True)),
            ),
            models.CheckConstraint(
                name="invitation_accepted_at_and_by_go_together",
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
            ),
            models.CheckConstraint(
                name="invitation_is_accepted_or_withdrawn", condition=Q(accepted_at=None) | Q(withdrawn_at=None)
            ),
            models.CheckConstraint(name="invitation_email_is_lower_case", condition=Q(email=Lower("email"))),
        ]

    @property
    def is_open(self):
        return self.accepted_at is None and self.withdrawn_at is None and self.expires_at > timezone.now()

    @property
    def state(self):
        if self.accepted_at:
            return _("Accepted")
        if self.withdrawn_at:
            return _("Withdrawn")
        return _("Waiting for an answer") if self.is_open else _("Expired")


class ApplicationQuerySet(models.QuerySet):
    def pending(self):
        return self.filter(state=Application.State.PENDING)

    def visible_to(self, user):
        """The applications `user` may see: the `accounts.view_application` rule, as a query."""
        if user.is_secretariat:
            return self
        for_own_country = Q(country__in=user.focal_countries, kind=Spoken.Kind.COUNTRY_CONTRIBUTOR)
        return self.filter(Q(user=user) | for_own_country)

    def for_decision_by(self, user):
        return self.pending().visible_to(user).exclude(user=user)


class Application(Spoken):
    """A role asked for, with the answer: whoever may grant the role decides, within a time limit."""

    DECIDED_WITHIN = timedelta(days=30)
    REMINDED_AFTER = timedelta(days=14)

    class State(models.TextChoices):
        PENDING = "pending", _("Waiting for a decision")
        ACCEPTED = "accepted", _("Accepted")
        REFUSED = "refused", _("Refused")
        EXPIRED = "expired", _("Not decided in time")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="applications")
    organization_name = models.CharField(
        _("name of the organization"), max_length=300, blank=True, help_text=_("If it is not in the list yet.")
    )
    motivation = models.TextField(_("why you ask"), max_length=2000)
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    applied_at = models.DateTimeField(default=timezone.now)
    decide_by = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(_("reason"), blank=True, max_length=2000)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        constraints = [
            *Spoken.Meta.constraints,
            models.CheckConstraint(
                name="application_names_one_organization_when_it_needs_one",
                condition=Q(kind="organization_contributor", organization__isnull=False, organization_name="")
                | Q(kind="organization_contributor", organization=None, organization_name__gt="")
                | (~Q(kind="organization_contributor") & Q(organization=None, organization_name="")),
            ),
            models.CheckConstraint(
                name="application_is_closed_unless_pending",
                condition=Q(state="pending", closed_at=None) | (~Q(state="pending") & Q(closed_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="application_is_decided_by_somebody",
                condition=Q(state__in=["accepted", "refused"], decided_by__isnull=False)
                | (~Q(state__in=["accepted", "refused"]) & Q(decided_by=None)),
            ),
            models.CheckConstraint(
                name="application_is_refused_with_a_reason", condition=~Q(state="refused") | Q(reason__gt="")
            ),
            models.UniqueConstraint(
                name="application_is_asked_once",
                fields=["user", "kind", "country", "organization", "organization_name"],
                condition=Q(state="pending"),
                nulls_distinct=False,
            ),
        ]
        indexes = [models.Index(name="application_pending", fields=["decide_by"], condition=Q(state="pending"))]

    @property
    def is_pending(self):
        return self.state == self.State.PENDING

    @property
    def speaks_for(self):
        return self.organization_name or super().speaks_for
