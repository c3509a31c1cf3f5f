"""The write side: one working copy a record, and the history of what happened to it."""

import hashlib

import orjson
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from formats import registry
from records.querysets import RecordQuerySet
from reference import countries


class Record(models.Model):
    """One entry of one database: who owns it, where it stands, and its working copy.

    The public never reads this table. What is published is a `publishing.Version`,
    and its place in the log a `publishing.Publication`.
    """

    class Public(models.TextChoices):
        NEVER = "never", _("Not published")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        MERGED = "merged", _("Merged into another record")
        ERASED = "erased", _("Erased")

    class Work(models.TextChoices):
        CLEAN = "clean", _("No changes")
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Submitted")
        RETURNED = "returned", _("Returned with comments")

    class OwnerKind(models.TextChoices):
        GOVERNMENT = "government", _("A Government")
        ORGANIZATION = "organization", _("An organization")
        SECRETARIAT = "secretariat", _("The Secretariat")

    uid = models.CharField(max_length=60, unique=True)
    database = models.CharField(max_length=30)
    public = models.CharField(max_length=10, choices=Public, default=Public.NEVER)
    work = models.CharField(max_length=10, choices=Work, default=Work.DRAFT)
    profile = models.CharField(max_length=10, default="registered")
    slot = models.CharField(
        max_length=40, null=True, unique=True, help_text="What only one record may fill, such as one country's needs."
    )
    sample = models.BooleanField(default=False)

    owner_kind = models.CharField(max_length=12, choices=OwnerKind)
    owner_country = models.CharField(max_length=2, blank=True)
    owner_organization = models.ForeignKey(
        "accounts.Organization", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    title = models.CharField(max_length=300, blank=True, help_text="Of the working copy, for the desk's lists.")
    document = models.JSONField(default=dict)
    contacts = models.JSONField(default=list, help_text="Rows {id, name, organization, email, phone, consent, until}.")
    contacts_published = models.JSONField(default=list, help_text="As they stood when last published.")
    provenance = models.JSONField(null=True)
    told = models.JSONField(null=True, help_text="What its sources make of it, apart from what people edited.")
    version = models.PositiveIntegerField(default=0, help_text="Number of the last published version.")

    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True, help_text="First publication.")
    modified_at = models.DateTimeField(null=True, blank=True, help_text="Last new version.")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="record_has_exactly_the_owner_it_names",
                condition=Q(owner_kind="government", owner_country__gt="", owner_organization=None)
                | Q(owner_kind="organization", owner_country="", owner_organization__isnull=False)
                | Q(owner_kind="secretariat", owner_country="", owner_organization=None),
            ),
            models.CheckConstraint(
                name="record_is_submitted_by_somebody",
                condition=~Q(work="submitted") | Q(submitted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="record_published_has_a_version", condition=~Q(public="published") | Q(version__gt=0)
            ),
            models.CheckConstraint(
                name="record_never_published_has_no_version", condition=~Q(public="never") | Q(version=0)
            ),
        ]
        indexes = [
            models.Index(name="record_queue", fields=["submitted_at"], condition=Q(work="submitted")),
            models.Index(name="record_owner", fields=["owner_country", "owner_organization"]),
            models.Index(name="record_author", fields=["created_by"]),
        ]

    def __str__(self):
        return f"{self.uid} {self.title}"

    @property
    def is_national(self):
        """National records are published on the word of their country's focal point."""
        return self.owner_kind == self.OwnerKind.GOVERNMENT

    @property
    def database_name(self):
        return registry.by_slug(self.database).name

    @property
    def owner_name(self):
        """The owner in the language of the page; an organization's name comes with the record's row."""
        if self.owner_kind == self.OwnerKind.GOVERNMENT:
            return countries.country_name(self.owner_country, get_language() or "en")
        if self.owner_kind == self.OwnerKind.ORGANIZATION:
            return self.owner_organization.name
        return self.OwnerKind.SECRETARIAT.label

    @property
    def sources(self) -> list[str]:
        """The keys of the sources whose words it holds; none of a record that people wrote."""
        return (self.told or {}).get("sources", [])

    @property
    def digest(self):
        """SHA-256 of what a moderator sees: the document and its contacts."""
        seen = orjson.dumps([self.document, self.contacts], option=orjson.OPT_SORT_KEYS)
        return hashlib.sha256(seen).hexdigest()


class Event(models.Model):
    """One thing that happened to a record: who, when, from where to where, and why."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="events")
    name = models.CharField(max_length=30, help_text="A transition of `records.workflow`, or `saved`.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    work_before = models.CharField(max_length=10, blank=True)
    work_after = models.CharField(max_length=10, blank=True)
    public_after = models.CharField(max_length=10, blank=True)
    reasons = models.JSONField(default=list, help_text="Codes of `records.reasons`.")
    note = models.TextField(blank=True)
    letter = models.CharField(max_length=300, blank=True, help_text="The letter that stands in for a focal point.")
    digest = models.CharField(max_length=64, blank=True)
    version = models.PositiveIntegerField(null=True)

    # Where it stands in the log: told by the action that made the event, and not kept.
    position: int | None = None

    class Meta:
        indexes = [models.Index(name="event_history", fields=["record", "at"])]

    def __str__(self):
        return f"{self.name} {self.record_id}"
