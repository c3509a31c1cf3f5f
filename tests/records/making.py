"""Records in any state, made the way people make them."""

from records import actions
from records.models import Record
from tests import documents
from tests.people import person

CONTACT = {
    "id": "contact1",
    "name": "Biosafety desk",
    "organization": "National Biosafety Authority",
    "email": "desk@example.org",
    "consent": True,
}
DOCUMENTS = {
    "projects": documents.a_project,
    "opportunities": documents.an_opportunity,
    "needs": documents.a_countrys_needs,
    "resources": documents.a_resource,
    "reports": documents.a_report,
    "organizations": documents.an_organization,
}


def a_draft(*, by, database="projects", country="", organization="", **changes) -> Record:
    """A complete draft of a document, in the name of whom `by` may write for."""
    kind = "government" if country else "organization" if organization else "secretariat"
    owner = {"owner_kind": kind, "country": country, "organization": organization}
    record = actions.create(database=database, by=by, **owner)
    document = DOCUMENTS[database](**changes)
    return actions.save(record=record, document=document, rows=[CONTACT], by=by)


def moved(record: Record, *names: str, by, **more) -> Record:
    """The record after steps of the workflow, each made having seen the record as it stands."""
    for name in names:
        record.refresh_from_db()
        actions.apply_transition(record=record, name=name, by=by, seen=record.digest, **more)
    record.refresh_from_db()
    return record


def in_state(
    public: str, work: str, *, database="projects", country="", organization="", author=None, decider=None
) -> Record:
    """A record in the given states, by its author and those who decide."""
    author = author or _author(country, organization)
    if decider is None and (public != "never" or work == "returned"):
        decider = person(focal_point=country) if country else person(secretariat=True)
    record = a_draft(by=author, database=database, country=country, organization=organization)
    if public != "never":
        name = "endorse" if country else "publish"
        record = moved(moved(record, "submit", by=author), name, by=decider)
    if public == "withdrawn":
        record = moved(record, "withdraw", by=decider, reasons=["outdated"])
    if work == "clean":
        return record
    if public != "never":
        changed = record.document | {"notes": "Changed since."}
        record = actions.save(record=record, document=changed, rows=record.contacts, by=author)
    if work in ("submitted", "returned"):
        record = moved(record, "submit", by=author)
    if work == "returned":
        record = moved(record, "return", by=decider, reasons=["unclear"], note="Please say more.")
    return record


def _author(country, organization):
    if country:
        return person(contributor=country)
    if organization:
        from accounts.models import Organization

        return person(organization=Organization.objects.get(uid=organization))
    return person(secretariat=True)
