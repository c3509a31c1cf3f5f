"""A person with a password, and the questions asked about one."""

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models.roles import COUNTRY_KINDS, Role


class UserQuerySet(models.QuerySet):
    def active(self):
        return self.filter(is_active=True)

    def secretariat(self):
        return self._who_hold(kind=Role.Kind.SECRETARIAT)

    def focal_points_of(self, *countries):
        return self._who_hold(kind=Role.Kind.FOCAL_POINT, country__in=countries)

    def writing_for_country(self, country):
        return self._who_hold(kind__in=COUNTRY_KINDS, country=country)

    def writing_for_organization(self, organization):
        return self._who_hold(kind=Role.Kind.ORGANIZATION_CONTRIBUTOR, organization=organization)

    def visible_to(self, user):
        """The people `user` may see: the `accounts.view_person` rule, as a query."""
        if user.is_secretariat:
            return self
        held = Role.objects.in_force().filter(user=OuterRef("pk"), country__in=user.focal_countries)
        return self.filter(Q(pk=user.pk) | Q(Exists(held)))

    def _who_hold(self, **role):
        held = Role.objects.in_force().filter(user=OuterRef("pk"), **role)
        return self.active().filter(Exists(held))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
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
        constraints = [models.CheckConstraint(name="user_email_is_lower_case", condition=Q(email=Lower("email")))]

    def __str__(self):
        return self.name or self.email

    def get_absolute_url(self):
        return reverse("accounts:person", kwargs={"pk": self.pk})

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
        return frozenset(r.country for r in self.current_roles if r.kind in COUNTRY_KINDS)

    @property
    def organizations(self):
        """Uids of the organizations that the person may write for."""
        return frozenset(r.organization_id for r in self.current_roles if r.organization_id)
