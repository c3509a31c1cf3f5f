"""Rows for the tests, with traits that read like sentences."""

import datetime

import factory
from allauth.account.models import EmailAddress
from django.utils import timezone

from accounts.models import Application, Organization, Role, User


class OrganizationFactory(factory.django.DjangoModelFactory):
    uid = factory.Sequence(lambda n: f"CMB-ORG-SCBD-9{n:05}")
    name = factory.Sequence(lambda n: f"Institute {n}")

    class Meta:
        model = Organization
        django_get_or_create = ["name"]


class UserFactory(factory.django.DjangoModelFactory):
    """A member. `secretariat=True`, `focal_point="KE"`, `contributor="KE"`, `organization="…"` give further roles."""

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    name = factory.Sequence(lambda n: f"Person {n}")
    password = factory.django.Password("a long password")

    class Meta:
        model = User
        skip_postgeneration_save = True

    @factory.post_generation
    def membership(self, create, extracted, **kwargs):
        RoleFactory(user=self, kind=Role.Kind.MEMBER)

    @factory.post_generation
    def confirmed(self, create, extracted, **kwargs):
        EmailAddress.objects.create(user=self, email=self.email, verified=extracted is not False, primary=True)

    @factory.post_generation
    def secretariat(self, create, extracted, **kwargs):
        if extracted:
            RoleFactory(user=self, kind=Role.Kind.SECRETARIAT)

    @factory.post_generation
    def focal_point(self, create, extracted, **kwargs):
        if extracted:
            RoleFactory(user=self, kind=Role.Kind.FOCAL_POINT, country=extracted)

    @factory.post_generation
    def contributor(self, create, extracted, **kwargs):
        if extracted:
            RoleFactory(user=self, kind=Role.Kind.COUNTRY_CONTRIBUTOR, country=extracted)

    @factory.post_generation
    def organization(self, create, extracted, **kwargs):
        """By name, or the organization itself."""
        if extracted:
            found = extracted if isinstance(extracted, Organization) else OrganizationFactory(name=extracted)
            RoleFactory(user=self, kind=Role.Kind.ORGANIZATION_CONTRIBUTOR, organization=found)


class RoleFactory(factory.django.DjangoModelFactory):
    user = factory.SubFactory(UserFactory)
    starts_on = factory.LazyFunction(lambda: timezone.now().date() - datetime.timedelta(days=1))

    class Meta:
        model = Role


class ApplicationFactory(factory.django.DjangoModelFactory):
    user = factory.SubFactory(UserFactory)
    kind = Role.Kind.COUNTRY_CONTRIBUTOR
    country = "KE"
    motivation = "I keep the national inventory."
    decide_by = factory.LazyFunction(lambda: timezone.now() + Application.DECIDED_WITHIN)

    class Meta:
        model = Application

    class Params:
        for_organization = factory.Trait(
            kind=Role.Kind.ORGANIZATION_CONTRIBUTOR, country="", organization_name="A new institute"
        )
        for_focal_point = factory.Trait(
            kind=Role.Kind.FOCAL_POINT, designated_by="Ministry of Environment", letter="5 May 2026, ENV/12"
        )
