"""Who writes and who decides on the sample records: the demonstration accounts, and colleagues who cannot sign in."""

from django.db import transaction

from accounts import actions
from accounts.demonstration import AUTHORITY, LETTER, PEOPLE, make_accounts
from accounts.identifiers import new_uid
from accounts.models import AccountEvent, Organization, Role, User
from bch_portal.samples.entries import Sample
from records.actions import title_of
from reference.countries import country_name

SECRETARIAT = "secretariat@example.org"
AUTHORS = {
    "secretariat": SECRETARIAT,
    "KE": "contributor.ke@example.org",
    "org:institute": "contributor.org@example.org",
}


def author_address(owner: str) -> str:
    """Who writes for an owner: a Government's own focal point, or an organization's contributor."""
    kind, _, key = owner.partition(":")
    return AUTHORS.get(owner) or (f"contributor.{key}@example.org" if key else f"focal.{kind.lower()}@example.org")


def decider_address(owner: str) -> str:
    """Who publishes: the focal point of the country, or the Secretariat."""
    return f"focal.{owner.lower()}@example.org" if owner.isupper() else SECRETARIAT


def silent_addresses(entries: list[Sample]) -> set[str]:
    """The addresses of those who stand in the histories only."""
    return {author_address(entry.owner) for entry in entries} - {email for email, _name, _role in PEOPLE}


@transaction.atomic
def prepare(entries: list[Sample]) -> dict[str, User]:
    """Everybody whom the samples need, by address: made if missing, let in again if shut out before."""
    _open(email for email, _name, _role in PEOPLE)
    _open(silent_addresses(entries))
    people = make_accounts()
    names = {entry.key: title_of(entry.document) for entry in entries if entry.database == "organizations"}
    for entry in entries:
        address = author_address(entry.owner)
        people.setdefault(address, None)
        people[address] = people[address] or _colleague(address, entry.owner, names)
    return people


def _colleague(address: str, owner: str, organizations: dict[str, str]) -> User:
    known = User.objects.filter(email=address).first()
    if known:
        return known
    kind, _, key = owner.partition(":")
    name = organizations[key] if key else f"{country_name(kind, 'en')} (sample)"
    user = User.objects.create_user(address, name=f"Biosafety desk, {name}")
    actions.join(user=user)
    role = (
        {"kind": Role.Kind.ORGANIZATION_CONTRIBUTOR, "organization": _organization(name)}
        if key
        else {"kind": Role.Kind.FOCAL_POINT, "country": kind}
    )
    actions.grant_role(by=None, user=user, designated_by=AUTHORITY, letter=LETTER, **role)
    return user


def _organization(name: str) -> Organization:
    return Organization.objects.filter(name=name).first() or Organization.objects.create(uid=new_uid("ORG"), name=name)


def _open(addresses) -> None:
    _switch(User.objects.filter(email__in=list(addresses), is_active=False), True, AccountEvent.Name.REACTIVATED)


@transaction.atomic
def shut_out(entries: list[Sample]) -> int:
    """Close the accounts of the demonstration, at once and in every session; how many were open."""
    addresses = {email for email, _name, _role in PEOPLE} | silent_addresses(entries)
    return _switch(User.objects.filter(email__in=addresses, is_active=True), False, AccountEvent.Name.DEACTIVATED)


def _switch(users, is_active: bool, what: str) -> int:
    people = list(users)
    users.update(is_active=is_active)
    events = [AccountEvent(name=what, about=user, note="Sample site") for user in people]
    return len(AccountEvent.objects.bulk_create(events))
