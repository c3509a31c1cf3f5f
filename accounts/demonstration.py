"""The accounts of a demonstration: one for each role, all with one password that everybody may know."""

from allauth.account.models import EmailAddress
from django.db import transaction

from accounts import actions
from accounts.identifiers import new_uid
from accounts.models import Organization, Role, User

PASSWORD = "demonstration"  # noqa: S105 - printed at the start of every demonstration
ORGANIZATION = "Institute for Biosafety Learning (sample)"
AUTHORITY = "Ministry of Environment (sample)"
LETTER = "Letter of 5 January 2026 (sample)"

PEOPLE = [
    ("secretariat@example.org", "Sam Secretariat", {"kind": Role.Kind.SECRETARIAT}),
    ("focal.ke@example.org", "Faith Focal", {"kind": Role.Kind.FOCAL_POINT, "country": "KE"}),
    ("focal.pe@example.org", "Fernando Focal", {"kind": Role.Kind.FOCAL_POINT, "country": "PE"}),
    ("contributor.ke@example.org", "Carol Contributor", {"kind": Role.Kind.COUNTRY_CONTRIBUTOR, "country": "KE"}),
    ("contributor.org@example.org", "Omar Organization", {"kind": Role.Kind.ORGANIZATION_CONTRIBUTOR}),
    ("member@example.org", "Mei Member", None),
]


@transaction.atomic
def make_accounts() -> dict[str, User]:
    """Make the accounts that are not there yet, and answer all of them by address. Never called outside samples."""
    return {email: _account(email, name, role) for email, name, role in PEOPLE}


def _account(email, name, role):
    known = User.objects.filter(email=email).first()
    if known:
        return known
    user = User.objects.create_user(email, PASSWORD, name=name)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    actions.join(user=user)
    if role:
        actions.grant_role(by=None, user=user, designated_by=AUTHORITY, letter=LETTER, **_completed(role))
    return user


def _completed(role):
    if role["kind"] != Role.Kind.ORGANIZATION_CONTRIBUTOR:
        return role
    organization = Organization.objects.filter(name=ORGANIZATION).first()
    return {**role, "organization": organization or Organization.objects.create(uid=new_uid("ORG"), name=ORGANIZATION)}
