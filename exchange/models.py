"""What comes in: each row of a source as a statement, and each import as a run."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class ImportRun(models.Model):
    """One import of the files of one source: when, what came of it, and where its report lies."""

    class State(models.TextChoices):
        RUNNING = "running"
        FINISHED = "finished"
        STOPPED = "stopped"

    source = models.CharField(max_length=40)
    files = models.JSONField(default=list, help_text="The names of the files, in the order of reading.")
    state = models.CharField(max_length=10, choices=State, default=State.RUNNING)
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    read = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    report = models.CharField(max_length=500, blank=True, help_text="Where the refused rows are told, if any were.")
    message = models.TextField(blank=True, help_text="Why it stopped before its end.")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="import_runs_once_a_source", fields=["source"], condition=Q(state="running")),
            models.CheckConstraint(
                name="import_run_accounts_for_every_row",
                condition=Q(read=F("created") + F("updated") + F("unchanged") + F("refused")),
            ),
            models.CheckConstraint(
                name="import_run_that_ended_says_when",
                condition=Q(state="running", ended_at=None) | (~Q(state="running") & Q(ended_at__isnull=False)),
            ),
        ]
        indexes = [models.Index(name="import_run_history", fields=["source", "started_at"])]

    def __str__(self):
        return f"{self.source} {self.started_at:%Y-%m-%d %H:%M}"

    @property
    def counts(self):
        """What became of the rows: the last line that the command prints."""
        return {name: getattr(self, name) for name in ("read", "created", "updated", "unchanged", "refused")}


class Statement(models.Model):
    """What one source says of one thing: the latest row it gave, as mapped. A record is made from its statements.

    Two sources that speak of the same `subject`, such as `GEF:4207`, speak of the same record.
    """

    source = models.CharField(max_length=40, help_text="The mapping or importer that read it.")
    source_name = models.CharField(max_length=200, help_text="Who says it, in words for readers.")
    identifier = models.CharField(max_length=200, help_text="What the source calls it.")
    subject = models.CharField(max_length=240)
    database = models.CharField(max_length=30)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the row as it was read.")
    values = models.JSONField(help_text="The row as a document of the format it names; only what the source gives.")
    address = models.CharField(max_length=2000, help_text="Where the source itself shows it.")
    licence = models.CharField(max_length=300)
    retrieved_on = models.DateField()
    uid = models.CharField(max_length=60, help_text="The record that is made from it.")
    first_run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="+")
    last_run = models.ForeignKey(
        ImportRun, on_delete=models.PROTECT, related_name="+", help_text="The last that saw it in its source."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(name="statement_is_one_a_row", fields=["source", "identifier"]),
            models.CheckConstraint(
                name="statement_says_who_about_what_and_for_which_record",
                condition=~Q(source="") & ~Q(identifier="") & ~Q(subject="") & ~Q(uid=""),
            ),
        ]
        indexes = [
            models.Index(name="statement_subject", fields=["subject"]),
            models.Index(name="statement_record", fields=["uid"]),
        ]

    def __str__(self):
        return f"{self.source} {self.identifier}"

    @property
    def provenance(self):
        """What stands beside a record that is made from this statement."""
        return {
            "source": self.source_name,
            "identifier": self.identifier,
            "address": self.address,
            "retrieved_on": self.retrieved_on.isoformat(),
            "licence": self.licence,
        }
