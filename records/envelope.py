"""What stands beside a record's document when it is published."""

from publishing.record import moment
from records import contacts
from records.models import Record
from reference import countries


def envelope(record: Record) -> dict:
    """The public envelope of a record as it stands now."""
    told = record.told or {}
    return {
        "profile": record.profile,
        "sample": record.sample,
        "published_at": moment(record.published_at),
        "modified_at": moment(record.modified_at),
        "confirmed_at": record.confirmed_at and moment(record.confirmed_at),
        "owner": owner(record),
        "contacts": contacts.published(contacts.read(record.contacts_published).values.get("contacts", [])),
        "provenance": record.provenance,
        "also_from": told.get("also_from", []),
        "possibly_same": told.get("possibly_same", []),
        "replaced_by": None,
    }


def owner(record: Record) -> dict:
    """Whose record it is: `{kind, country?, uid?, name}`."""
    if record.owner_kind == Record.OwnerKind.GOVERNMENT:
        name = countries.country_name(record.owner_country, "en")
        return {"kind": "government", "country": record.owner_country, "name": name}
    if record.owner_kind == Record.OwnerKind.ORGANIZATION:
        organization = record.owner_organization
        return {"kind": "organization", "uid": organization.uid, "name": organization.name}
    return {"kind": "secretariat", "name": "Secretariat of the Convention on Biological Diversity"}
