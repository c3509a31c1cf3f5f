"""What is published: frozen versions, and each record's place in the log."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Value

from publishing import sources


class Log(models.Model):
    """The one log: its name, renewed when a backup is restored, and its last position."""

    id = models.UUIDField(default=uuid.uuid4, primary_key=True, editable=False)
    only = models.BooleanField(default=True, unique=True, editable=False)
    head = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(name="there_is_one_log", condition=models.Q(only=True))]

    def __str__(self):
        return f"{self.id}@{self.head}"


class VersionQuerySet(models.QuerySet):
    def readable(self):
        """Without those that may hold words of a source of which nothing may be shown now."""
        return self.exclude(sources__has_any_keys=sorted(closed)) if (closed := sources.closed()) else self


class Version(models.Model):
    """A record as it was published once: these bytes never change, except by redaction."""

    uid = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    database = models.CharField(max_length=30)
    document = models.JSONField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of the canonical JSON of the document.")
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    sources = models.JSONField(
        default=list,
        db_default=Value([], models.JSONField()),
        help_text="Keys of the sources whose words it holds.",
    )

    objects = VersionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="version_number_is_unique", fields=["uid", "number"])]

    def __str__(self):
        return f"{self.uid}-{self.number}"


class Publication(models.Model):
    """One row a record: its present place in the log, with what the public may read of it.

    `document` is null in a tombstone. `envelope` is what stands beside the document
    in the public record (`publishing.record`); in a tombstone it is empty.
    """

    class Action(models.TextChoices):
        PUBLISHED = "published"
        UPDATED = "updated"
        AMENDED = "amended"
        CONFIRMED = "confirmed"
        WITHDRAWN = "withdrawn"
        RESTORED = "restored"
        MERGED = "merged"
        REDACTED = "redacted"
        ERASED = "erased"

    uid = models.CharField(max_length=60, primary_key=True)
    position = models.BigIntegerField(unique=True)
    database = models.CharField(max_length=30)
    action = models.CharField(max_length=10, choices=Action)
    version = models.PositiveIntegerField()
    at = models.DateTimeField()
    envelope = models.JSONField(default=dict)
    document = models.JSONField(null=True)
    reason = models.CharField(max_length=40, blank=True)
    replaced_by = models.CharField(max_length=60, blank=True)

    def __str__(self):
        return f"{self.uid}@{self.position}"


class Redaction(models.Model):
    """Values of a record were replaced in all its versions: who did it, when, why and where; never the values."""

    uid = models.CharField(max_length=60, db_index=True)
    why = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    places = models.JSONField(default=list, help_text="Version and JSON pointer of each text that was changed.")

    def __str__(self):
        return f"{self.uid} {self.at:%Y-%m-%d}"
