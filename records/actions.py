"""What people do with records: each a function that says who, checks whether, and writes the history."""

from dataclasses import replace

import orjson
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import SECRETARIAT, new_uid
from accounts.models import Organization
from formats import registry, walk
from formats.fields import UID
from formats.groups import new_row_id
from formats.problems import ERROR, Reading
from publishing import sources
from publishing.models import Publication, Version
from records import contacts, notices, references, storable, workflow
from records.models import Event, Record
from records.publication import to_the_log
from records.rules import may_create
from records.workflow import TransitionRefused


class CreationRefused(Exception):
    """The record cannot be started. Safe to show; `existing` is the record that stands in its place, if any."""

    def __init__(self, message, existing=None):
        super().__init__(message)
        self.existing = existing


class EditConflict(Exception):
    """Somebody saved the record since this person opened it. Safe to show; nothing was overwritten."""


class DocumentRefused(Exception):
    """The document cannot be kept, not even as a draft. Safe to show."""


def declaration(record: Record):
    """The common format of a record."""
    return registry.by_slug(record.database)


def read(record: Record) -> Reading:
    """What the working copy says and every problem in it: fields, checks, contacts, references."""
    fmt = declaration(record)
    document = fmt.read(fmt.lift(record.document), record.profile)
    people = contacts.read(record.contacts, record.profile)
    linked = references.problems(fmt, document.values)
    return Reading(document.values, [*document.problems, *people.problems, *linked])


@transaction.atomic
def create(*, database: str, by, owner_kind: str, country="", organization="", document=None) -> Record:
    """Start a working copy and give it its identifier."""
    fmt = registry.by_slug(database)
    owner = {"owner_kind": owner_kind, "country": country, "organization": organization}
    is_ours = fmt.option("made_by_the_portal", False)
    if is_ours or not may_create(by, national=fmt.option("national", False), **owner):
        raise CreationRefused(_("You may not register records of this kind for this owner."))
    slot = f"{fmt.code}:{country}" if fmt.option("one_per_country") else None
    if slot and (existing := Record.objects.filter(slot=slot).first()):
        raise CreationRefused(_("This country has its record already: bring that one up to date."), existing)
    uid = _identity(fmt, organization) or new_uid(fmt.code, country or SECRETARIAT)
    record = Record(
        uid=uid,
        database=fmt.slug,
        slot=slot,
        owner_kind=owner_kind,
        owner_country=country,
        owner_organization=Organization.objects.get(uid=organization) if organization else None,
        created_by=by,
    )
    _write(record, fmt, document or beginning(fmt, by.language, country), [])
    try:
        with transaction.atomic():
            record.save(force_insert=True)
    except IntegrityError as error:
        raise CreationRefused(_("This country has its record already: bring that one up to date.")) from error
    if fmt.option("identity"):
        Organization.objects.get_or_create(uid=uid, defaults={"name": record.title or uid})
    Event.objects.create(record=record, name="created", by=by, work_after=record.work, public_after=record.public)
    return record


def beginning(fmt, language: str, country: str) -> dict:
    """What a new record says already: its author's language, and the country that a national record is about."""
    document = fmt.blank([language])
    return document | {"countries": [country]} if fmt.option("national") else document


def _identity(fmt, organization: str) -> str:
    """An organization's own profile carries the identifier that its roles already point at."""
    if not fmt.option("identity") or not organization or Record.objects.filter(uid=organization).exists():
        return ""
    return organization


def _write(record, fmt, document, rows):
    """Put a document and its contacts into the working copy, as typed, with an id for every row."""
    if wrong := storable.fault([document, rows]):
        raise DocumentRefused(wrong)
    if len(orjson.dumps([document, rows])) > storable.LARGEST:
        raise DocumentRefused(
            _("The record is larger than one megabyte: link to long texts in place of pasting them.")
        )
    record.document = walk.with_row_ids(fmt, document, new_row_id)
    record.contacts = walk.with_row_ids(contacts.FORM, {"contacts": rows}, new_row_id)["contacts"]
    record.title = title_of(record.document)
    record.saved_at = timezone.now()


def title_of(document: dict) -> str:
    """The first title there is, for the desk's lists."""
    title = document.get("title")
    texts = [title.get("en"), *title.values()] if isinstance(title, dict) else [title]
    return next((" ".join(text.split())[:300] for text in texts if isinstance(text, str) and text.strip()), "")


@transaction.atomic
def save(*, record: Record, document: dict, rows: list, by, based_on: str | None = None) -> Record:
    """Keep what was typed, right or wrong. `based_on` is the digest of the copy that the person had opened."""
    record = Record.objects.select_for_update().get(pk=record.pk)
    if not by.has_perm("records.change_work", record):
        raise TransitionRefused(_("You may not edit this record now."))
    if based_on is not None and based_on != record.digest:
        raise EditConflict(_("Somebody else saved this record while you were writing. Nothing was overwritten."))
    before = record.digest
    _write(record, declaration(record), document, rows)
    if record.digest == before:
        return record
    work_before = record.work
    if record.work == Record.Work.CLEAN:
        record.work = Record.Work.DRAFT
    record.save(update_fields=["document", "contacts", "title", "saved_at", "work"])
    if record.work == Record.Work.SUBMITTED or work_before == Record.Work.CLEAN:
        _history(record, "edited", by, work_before)
    return record


def _history(record, name, by, work_before, **more) -> Event:
    return Event.objects.create(
        record=record,
        name=name,
        by=by,
        work_before=work_before,
        work_after=record.work,
        public_after=record.public,
        digest=record.digest,
        **more,
    )


@transaction.atomic
def apply_transition(
    *, record: Record, name: str, by, seen=None, reasons=(), note="", letter="", successor=""
) -> Event:
    """Move `record` along the workflow, write its history, queue the mails, and last of all publish.

    `seen` is the digest of what the person read: approving anything else is refused.
    The event tells the `position` in the log, or None where the log was not touched.
    """
    record = Record.objects.select_for_update(of=["self"]).select_related("owner_organization").get(pk=record.pk)
    transition = workflow.allowed(name, by=by, record=record)
    transition.require(reasons=reasons, note=note, letter=letter, successor=successor)
    if transition.needs_successor:
        _require_successor(record, successor)
    if transition.publishes in (Publication.Action.PUBLISHED, Publication.Action.RESTORED):
        _require_open_sources(record)
    if transition.needs_errors_mended:
        _require_mended(record, transition, seen)
    work_before = record.work
    _move(record, transition, by)
    event = _history(
        record,
        name,
        by,
        work_before,
        reasons=list(reasons),
        note=note.strip(),
        letter=letter.strip(),
        version=record.version or None,
    )
    notices.tell(event)
    event.position = to_the_log(record, transition, event, by=by, successor=successor)
    return event


def _require_open_sources(record):
    """What a source said of which nothing may be shown now is not published by a person either."""
    if not sources.closed().isdisjoint(record.sources):
        raise TransitionRefused(
            _("It holds what a source says that names no licence: it can be published once the source has one.")
        )


def _require_mended(record, transition, seen):
    if transition.publishes and seen != record.digest:
        raise TransitionRefused(_("The record was changed after you read it. Read it again, then decide."))
    problems = read(record).problems
    if transition.publishes:
        problems = [replace(p, severity=ERROR) if p.code == "unpublished" else p for p in problems]
    count = sum(problem.severity == ERROR for problem in problems)
    if count:
        raise TransitionRefused(
            _("%(count)d points have to be mended first: they are listed below.") % {"count": count}
        )


def _require_successor(record, successor):
    """Readers are sent on to it: it must be another published record of the same database."""
    others = Publication.objects.filter(database=record.database, document__isnull=False).exclude(uid=record.uid)
    if not UID.fullmatch(successor) or not others.filter(uid=successor).exists():
        raise TransitionRefused(_("The record that takes its place must be published, and of the same database."))


def _move(record, transition, by):
    """Set the states and times that a transition leads to."""
    now = timezone.now()
    record.work = transition.work[1] or record.work
    record.public = transition.public[1] or record.public
    if record.told and transition.public[1]:
        # From here on it stands, or not, by the word of a person: no longer because its sources took it back.
        record.told.pop("is_taken_back", None)
    if transition.name == "submit":
        record.submitted_at, record.submitted_by = now, by
    if transition.name == "abandon":
        record.document, record.contacts, record.title, record.slot = {}, [], "", None
    if transition.name == "discard":
        _restore_published(record)
    if (transition.needs_errors_mended and transition.publishes) or transition.name == "restore":
        record.version += 1
        record.published_at = record.published_at or now
        record.modified_at = record.confirmed_at = now
        record.contacts_published = record.contacts
        if declaration(record).option("identity"):
            Organization.objects.filter(uid=record.uid).update(name=record.title)
    if transition.name == "confirm":
        record.confirmed_at = now
    record.save()


def _restore_published(record):
    """The working copy becomes the published version again, with the private notes it had."""
    version = Version.objects.get(uid=record.uid, number=record.version)
    private = {key: value for key, value in record.document.items() if key == "notes"}
    record.document = version.document | private
    record.title, record.contacts = title_of(record.document), record.contacts_published
