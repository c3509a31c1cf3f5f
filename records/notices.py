"""The mails that follow a step of the workflow: who is told, in whose language, of what."""

from django.urls import reverse
from django.utils import translation

from accounts.models import Role, User
from delivery import outbox
from records import reasons
from records.models import Event, Record

TO_MODERATORS = {"submit", "take_back"}
TO_OWNER = {"return", "publish", "endorse_by_letter", "ask_for_withdrawal", "withdraw", "restore", "merge", "expire"}
TO_SECRETARIAT_IF_NATIONAL = {"endorse", "withdraw"}
PUBLISHING = {"publish", "endorse", "endorse_by_letter"}


def tell(event: Event) -> None:
    """Queue the mails about an event in its own transaction; nobody is told of their own step."""
    for person in recipients(event):
        if person.pk != event.by_id:
            _write(event, person)
    if event.name in PUBLISHING and event.record.version == 1:
        _tell_named_countries(event)


def _tell_named_countries(event: Event) -> None:
    """The focal points of the countries that a new record names are told; its own country's are part of it."""
    record = event.record
    named = set(record.document.get("countries") or []) - {record.owner_country}
    roles = Role.objects.in_force().filter(kind=Role.Kind.FOCAL_POINT, country__in=named)
    for person in User.objects.filter(pk__in=roles.values("user"), is_active=True).order_by("pk"):
        if person.pk != event.by_id:
            write_to(
                person,
                f"named-{event.pk}-{person.pk}",
                "mail/records/named.txt",
                record,
                page=f"/records/{record.uid}",
            )


def recipients(event: Event) -> list[User]:
    record, people = event.record, {}
    if event.name in TO_MODERATORS:
        people |= {user.pk: user for user in moderators(record)}
    if event.name in TO_OWNER:
        people |= {user.pk: user for user in (record.created_by, record.submitted_by) if user and user.is_active}
    if event.name == "ask_for_withdrawal":
        people |= {user.pk: user for user in focal_points(record.owner_country)}
    if event.name == "endorse":
        people |= {user.pk: user for user in (record.submitted_by,) if user and user.is_active}
    if event.name in TO_SECRETARIAT_IF_NATIONAL and record.is_national:
        people |= {user.pk: user for user in secretariat()}
    return list(people.values())


def moderators(record: Record):
    """Who decides on a submitted record: its focal point, or the Secretariat."""
    if record.is_national and (found := list(focal_points(record.owner_country))):
        return found
    return secretariat()


def focal_points(country: str):
    return _holders(kind=Role.Kind.FOCAL_POINT, country=country)


def secretariat():
    return _holders(kind=Role.Kind.SECRETARIAT)


def _holders(**role):
    roles = Role.objects.in_force().filter(**role)
    return User.objects.filter(pk__in=roles.values("user"), is_active=True).order_by("pk")


def owners(record: Record) -> list[User]:
    """Those who answer for a record: its focal point or the people of its organization, else its author."""
    if record.is_national:
        found = focal_points(record.owner_country)
    elif record.owner_organization_id:
        found = _holders(kind=Role.Kind.ORGANIZATION_CONTRIBUTOR, organization=record.owner_organization_id)
    else:
        found = secretariat()
    return list(found) or [user for user in (record.created_by,) if user and user.is_active]


def _write(event: Event, person: User) -> None:
    known = reasons.of(event.name)
    write_to(
        person,
        f"event-{event.pk}-{person.pk}",
        f"mail/records/{event.name}.txt",
        event.record,
        event=event,
        reasons=[known[code] for code in event.reasons if code in known],
    )


def write_to(person: User, key: str, template: str, record: Record, *, page: str = "", **context) -> None:
    """Queue a mail about a record in the person's language, with the address of its desk page."""
    with translation.override(person.language):
        path = page or reverse("desk:record", args=[record.uid])
    outbox.queue_letter(
        key=key,
        to=person.email,
        template=template,
        language=person.language,
        record=record,
        name=person.name,
        address=outbox.address(path),
        **context,
    )
