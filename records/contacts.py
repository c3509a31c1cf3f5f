"""Contacts: edited beside the document, published in the envelope, and only with consent."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from formats import dates, reading
from formats.fields import EmailField, PartialDateField, PlainField, YesNoField
from formats.groups import Group
from formats.problems import Problem, Reading

PUBLIC = ("name", "organization", "email", "phone")


def can_be_reached(contact):
    if not (contact.get("email") or contact.get("phone")):
        yield Problem("email", _("Give an e-mail address or a telephone number."), "required")


class Contact(Group):
    """A person or unit to turn to. Without consent only a message through the portal reaches them."""

    name = PlainField(label=_("Person or unit"))
    organization = PlainField(label=_("Organization"), required=False)
    email = EmailField(label=_("E-mail"), required=False)
    phone = PlainField(label=_("Telephone"), required=False, max_length=60)
    consent = YesNoField(
        required=False,
        label=_("The person agrees that this contact is published"),
        help_text=_("Without consent readers see no name or address, and can write through the portal."),
    )
    until = PartialDateField(
        required=False, label=_("Published until"), help_text=_("The consent ends after this day.")
    )

    class Meta:
        checks = [can_be_reached]


class Contacts(Group):
    """The contacts of a record: at least one."""

    contacts = Contact(many=True, label=_("Contact persons or units"))


FORM = Contacts()


def read(rows: object, profile: str = reading.REGISTERED) -> Reading:
    """Read the rows; problems have paths such as `/contacts/0/email`."""
    walk = reading.Walk(profile, [])
    values = walk.group(FORM, {"contacts": rows}, "")
    return Reading(reading.without_empty_rows(values), walk.problems)


def published(rows: list[dict], on=None) -> list[dict]:
    """What of the contacts the public may read on a day: those with consent that has not run out."""
    today = on or timezone.now().date()
    return [{key: row[key] for key in PUBLIC if row.get(key)} for row in rows if is_consented(row, today)]


def is_consented(row: dict, today) -> bool:
    until = row.get("until")
    return row.get("consent") is True and (not until or dates.last_day(until) >= today)
