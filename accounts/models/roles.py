"""What people may speak for: the roles, and the organizations behind some of them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from reference.countries import country_name


class Organization(models.Model):
    """The identity of an organization: what roles and owners point at. Its profile is an ORG record."""

    uid = models.CharField(max_length=60, primary_key=True)
    name = models.CharField(max_length=300)

    def __str__(self):
        return self.name


class Spoken(models.Model):
    """What a role is for: its kind, and the country or the organization it speaks for."""

    class Kind(models.TextChoices):
        SECRETARIAT = "secretariat", _("Secretariat")
        FOCAL_POINT = "focal_point", _("National focal point")
        COUNTRY_CONTRIBUTOR = "country_contributor", _("Contributor for a country")
        ORGANIZATION_CONTRIBUTOR = "organization_contributor", _("Contributor for an organization")
        MEMBER = "member", _("Member of the network")

    kind = models.CharField(_("role"), max_length=30, choices=Kind)
    country = models.CharField(_("country"), max_length=2, blank=True)
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organization"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="%(class)ss",
    )
    designated_by = models.CharField(
        _("designated by"), max_length=300, blank=True, help_text=_("The authority that signed the letter.")
    )
    letter = models.CharField(
        _("letter"), max_length=300, blank=True, help_text=_("Date and reference of the letter of designation.")
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_names_a_country_when_it_needs_one",
                condition=Q(kind__in=["focal_point", "country_contributor"], country__gt="")
                | (~Q(kind__in=["focal_point", "country_contributor"]) & Q(country="")),
            ),
        ]

    def __str__(self):
        return str(IN_WORDS.get(self.kind, self.get_kind_display()) % {"name": self.speaks_for})

    @property
    def speaks_for(self):
        """The country or organization in the reader's language; empty for the Secretariat and for members."""
        if self.country:
            return country_name(self.country, get_language() or "en")
        return str(self.organization) if self.organization_id else ""


COUNTRY_KINDS = frozenset({Spoken.Kind.FOCAL_POINT, Spoken.Kind.COUNTRY_CONTRIBUTOR})
IN_WORDS = {
    Spoken.Kind.FOCAL_POINT: _("National focal point for %(name)s"),
    Spoken.Kind.COUNTRY_CONTRIBUTOR: _("Contributor for %(name)s"),
    Spoken.Kind.ORGANIZATION_CONTRIBUTOR: _("Contributor for the organization “%(name)s”"),
}


class RoleQuerySet(models.QuerySet):
    def in_force(self, on=None):
        """In force on that whole day (`ends_on` is the last one), and not ended before it was over."""
        on = on or timezone.now().date()
        lasting = Q(ends_on=None) | Q(ends_on__gte=on)
        return self.filter(lasting, Q(ended_at=None) | Q(ended_at__date__gt=on), starts_on__lte=on)

    def run_out(self):
        return self.filter(ended_at=None, ends_on__lt=timezone.now().date())

    def visible_to(self, user):
        """The roles `user` may see: the own ones, and those for the own country; the Secretariat sees all."""
        if user.is_secretariat:
            return self
        return self.filter(Q(user=user) | Q(country__in=user.focal_countries))


class Role(Spoken):
    """What a person speaks for, from when to when, and on whose word."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="roles")
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = RoleQuerySet.as_manager()

    class Meta:
        constraints = [
            *Spoken.Meta.constraints,
            models.CheckConstraint(
                name="role_names_an_organization_when_it_needs_one",
                condition=Q(kind="organization_contributor", organization__isnull=False)
                | (~Q(kind="organization_contributor") & Q(organization__isnull=True)),
            ),
            models.CheckConstraint(
                name="role_ends_after_it_starts", condition=Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on"))
            ),
            models.CheckConstraint(
                name="role_ended_by_somebody_has_ended", condition=Q(ended_by=None) | Q(ended_at__isnull=False)
            ),
            models.UniqueConstraint(
                name="role_is_held_once",
                fields=["user", "kind", "country", "organization"],
                condition=Q(ended_at=None),
                nulls_distinct=False,
            ),
        ]
        indexes = [models.Index(name="role_by_country", fields=["country", "kind"], condition=Q(ended_at=None))]

    @property
    def is_in_force(self):
        today = timezone.now().date()
        return self.ended_at is None and self.starts_on <= today and (self.ends_on is None or self.ends_on >= today)
