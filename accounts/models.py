"""People, what they may speak for, and how they came to it."""

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager):
    def create_user(self, email, password=None, **fields):
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person with a password. What the person may do follows from the roles, never from a flag."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="en")
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.CheckConstraint(name="user_email_is_lower_case", condition=Q(email=models.functions.Lower("email")))
        ]

    def __str__(self):
        return self.name or self.email

    def has_perm(self, perm, obj=None):
        """Ask the rules. Nobody is above them: there is no superuser."""
        from rules import has_perm

        return self.is_active and has_perm(perm, self, obj)

    @cached_property
    def current_roles(self):
        """The roles in force today: one query for the life of the object."""
        return list(self.roles.in_force())

    @property
    def is_secretariat(self):
        return any(role.kind == Role.Kind.SECRETARIAT for role in self.current_roles)

    @property
    def focal_countries(self):
        """Codes of the countries that the person is the national focal point of."""
        return frozenset(r.country for r in self.current_roles if r.kind == Role.Kind.FOCAL_POINT)

    @property
    def countries(self):
        """Codes of the countries that the person may write for."""
        kinds = {Role.Kind.FOCAL_POINT, Role.Kind.COUNTRY_CONTRIBUTOR}
        return frozenset(r.country for r in self.current_roles if r.kind in kinds)

    @property
    def organizations(self):
        """Uids of the organizations that the person may write for."""
        return frozenset(r.organization_id for r in self.current_roles if r.organization_id)


class Organization(models.Model):
    """The identity of an organization: what roles and owners point at. Its profile is an ORG record."""

    uid = models.CharField(max_length=60, primary_key=True)
    name = models.CharField(max_length=300)

    def __str__(self):
        return self.name


class RoleQuerySet(models.QuerySet):
    def in_force(self, on=None):
        on = on or timezone.now().date()
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on__lte=on)


class Role(models.Model):
    """What a person speaks for, from when to when, and on whose word."""

    class Kind(models.TextChoices):
        SECRETARIAT = "secretariat", _("Secretariat")
        FOCAL_POINT = "focal_point", _("National focal point")
        COUNTRY_CONTRIBUTOR = "country_contributor", _("Contributor for a country")
        ORGANIZATION_CONTRIBUTOR = "organization_contributor", _("Contributor for an organization")
        MEMBER = "member", _("Member of the network")

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="roles")
    kind = models.CharField(max_length=30, choices=Kind)
    country = models.CharField(max_length=2, blank=True)
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="roles"
    )
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    designated_by = models.CharField(max_length=300, blank=True)
    letter = models.CharField(max_length=300, blank=True)
    granted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField(default=timezone.now)

    objects = RoleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="role_names_a_country_when_it_needs_one",
                condition=Q(kind__in=["focal_point", "country_contributor"], country__gt="")
                | (~Q(kind__in=["focal_point", "country_contributor"]) & Q(country="")),
            ),
            models.CheckConstraint(
                name="role_names_an_organization_when_it_needs_one",
                condition=Q(kind="organization_contributor", organization__isnull=False)
                | (~Q(kind="organization_contributor") & Q(organization__isnull=True)),
            ),
            models.CheckConstraint(
                name="role_ends_after_it_starts", condition=Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on"))
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.country or self.organization_id or ''}".strip()
