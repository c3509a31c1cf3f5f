"""What comes in: the sources, each row of theirs as a statement, each import as a run, and the harvests that wait."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Source(models.Model):
    """Somebody who tells us of records: who, how it is read, and under which licence it may be shown."""

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=200, help_text="Who says it, in words for readers.")
    about = models.TextField(blank=True, help_text="What it holds, for readers.")
    home = models.CharField(max_length=2000, blank=True, help_text="Its own web page.")
    licence = models.CharField(
        max_length=300, blank=True, help_text="Without one, nothing of it is published outside a demonstration."
    )
    reader = models.CharField(max_length=40, help_text="What reads it: a name of `exchange.readers`.")
    mapping = models.TextField(blank=True, help_text="A mapping of its own, as text, where the reader is `mapped`.")
    uid = models.CharField(max_length=60, blank=True, help_text="Its page in the catalogue.")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(name="source_says_who_and_how", condition=~Q(key="") & ~Q(name="") & ~Q(reader="")),
        ]

    def __str__(self):
        return self.name

    @property
    def may_be_published(self):
        """Whether its records may be seen: it names its licence, or this is a demonstration."""
        return bool(self.licence) or settings.DEMONSTRATION


class Harvest(models.Model):
    """How and when a source is asked by itself, and where the last answer ended."""

    class Protocol(models.TextChoices):
        OAI_PMH = "oai-pmh", _("OAI-PMH")
        DOCUMENT = "document", _("One file at an address (IATI, CSV, JSON)")
        JSON_API = "json-api", _("JSON:API, as Drupal sites offer it")
        CHANGES = "changes", _("The change feed of another portal of this kind")

    source = models.OneToOneField(Source, on_delete=models.PROTECT, related_name="harvest")
    protocol = models.CharField(max_length=10, choices=Protocol)
    address = models.CharField(max_length=2000)
    options = models.JSONField(default=dict, blank=True, help_text="What the protocol asks besides: set, prefix.")
    every = models.PositiveIntegerField(default=24, help_text="Hours from one harvest to the next.")
    most_per_minute = models.PositiveIntegerField(default=600, help_text="Records published, at most.")
    is_paused = models.BooleanField(default=True)
    next_at = models.DateTimeField(default=timezone.now)
    lease = models.UUIDField(null=True, blank=True, help_text="Whose turn it is: a worker that still works.")
    leased_until = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0, help_text="In a row.")
    state = models.JSONField(default=dict, blank=True, help_text="Where to go on: ETag, day, token, position.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="harvest_lease_has_an_end",
                condition=Q(lease=None, leased_until=None) | Q(lease__isnull=False, leased_until__isnull=False),
            ),
            models.CheckConstraint(name="harvest_has_a_pace", condition=Q(every__gte=1) & Q(most_per_minute__gte=1)),
        ]
        indexes = [models.Index(name="harvest_due", fields=["next_at"], condition=Q(is_paused=False))]

    def __str__(self):
        return f"{self.source_id} {self.protocol}"


class ImportRun(models.Model):
    """One import of the files of one source, by hand or by a harvest: when, what came of it, where its report lies."""

    class State(models.TextChoices):
        RUNNING = "running"
        FINISHED = "finished"
        STOPPED = "stopped"

    class Trigger(models.TextChoices):
        COMMAND = "command", _("By hand")
        HARVEST = "harvest", _("Harvest")
        TRIAL = "trial", _("Trial, nothing written")

    source = models.ForeignKey(
        Source, to_field="key", db_column="source", on_delete=models.PROTECT, related_name="runs"
    )
    trigger = models.CharField(max_length=10, choices=Trigger, default=Trigger.COMMAND)
    files = models.JSONField(default=list, help_text="The names of the files, in the order of reading.")
    state = models.CharField(max_length=10, choices=State, default=State.RUNNING)
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    read = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    withheld = models.PositiveIntegerField(default=0, help_text="Of these, kept but not published: no licence.")
    gone = models.PositiveIntegerField(
        default=0, help_text="Statements marked: the source does not give them any more."
    )
    deleted = models.PositiveIntegerField(default=0, help_text="Rows by which the source took a record back.")
    reasons = models.JSONField(default=dict, help_text="Why rows were refused: {reason: findings}, the most frequent.")
    preview = models.JSONField(default=list, help_text="Of a trial: the first documents.")
    requests = models.PositiveIntegerField(default=0)
    received = models.PositiveBigIntegerField(default=0, help_text="Bytes, as sent.")
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
        return f"{self.source_id} {self.started_at:%Y-%m-%d %H:%M}"

    @property
    def counts(self):
        """What became of the rows: the last line that the command prints."""
        return {name: getattr(self, name) for name in ("read", "created", "updated", "unchanged", "refused")}


class Statement(models.Model):
    """What one source says of one thing: the latest row it gave, as mapped. A record is made from its statements.

    Two sources that speak of the same `subject`, such as `GEF:4207`, speak of the same record.
    """

    source = models.ForeignKey(Source, to_field="key", db_column="source", on_delete=models.PROTECT, related_name="+")
    identifier = models.CharField(max_length=200, help_text="What the source calls it.")
    shown = models.CharField(max_length=200, blank=True, help_text="The same for readers, if it differs.")
    subject = models.CharField(max_length=240, help_text="The thing that its record is about.")
    own_subject = models.CharField(max_length=240, help_text="The same before anybody said what else it is.")
    database = models.CharField(max_length=30)
    digest = models.CharField(max_length=64, help_text="SHA-256 of what the row says: `Mapped.digest`.")
    values = models.JSONField(help_text="The row as a document of the format it names; only what the source gives.")
    lines = models.JSONField(default=dict, help_text="Which money the rows of the funding speak of, by row id.")
    collection = models.CharField(max_length=200, blank=True, help_text="The file it is in, where each is a whole.")
    likeness = models.CharField(max_length=64, blank=True, help_text="The same for what may be the same thing.")
    part_of = models.CharField(
        max_length=240,
        blank=True,
        default="",
        db_default="",
        help_text="The subject of what it is part of, as it says.",
    )
    address = models.CharField(max_length=2000, help_text="Where the source itself shows it.")
    retrieved_on = models.DateField()
    gone_since = models.DateField(null=True, blank=True, help_text="The source does not list it any more.")
    is_deleted = models.BooleanField(default=False, help_text="The source took it back.")
    is_erased = models.BooleanField(
        default=False, db_default=False, help_text="Its record was erased: nothing that it says is kept."
    )
    waits = models.BooleanField(default=False, help_text="Its record is to be made anew.")
    uid = models.CharField(max_length=60, blank=True, help_text="The record made from it; none if it is withheld.")
    first_run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="+")
    last_run = models.ForeignKey(
        ImportRun, on_delete=models.PROTECT, related_name="+", help_text="The last that saw it in its source."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(name="statement_is_one_a_row", fields=["source", "identifier"]),
            models.CheckConstraint(
                name="statement_says_about_what",
                condition=~Q(identifier="") & ~Q(subject=""),
            ),
        ]
        indexes = [
            models.Index(name="statement_subject", fields=["subject"]),
            models.Index(name="statement_own_subject", fields=["own_subject"]),
            models.Index(name="statement_record", fields=["uid"]),
            models.Index(name="statement_likeness", fields=["likeness"], condition=~Q(likeness="")),
            models.Index(name="statement_part_of", fields=["part_of"], condition=~Q(part_of="")),
            models.Index(name="statement_waits", fields=["source"], condition=Q(waits=True)),
        ]

    def __str__(self):
        return f"{self.source_id} {self.identifier}"

    @property
    def stands(self):
        """Whether a record may be made from it: it was neither taken back nor erased, and may be seen."""
        return not self.is_deleted and not self.is_erased and self.source.may_be_published

    @property
    def provenance(self):
        """What stands beside a record that is made from this statement."""
        told = {
            "source": self.source.name,
            "identifier": self.shown or self.identifier,
            "address": self.address,
            "retrieved_on": self.retrieved_on.isoformat(),
            "licence": self.source.licence,
        }
        return told | ({"gone_since": self.gone_since.isoformat()} if self.gone_since else {})


class Match(models.Model):
    """The word of a person who looked: what one source calls so is, or is not, the thing that another speaks of."""

    class Verdict(models.TextChoices):
        SAME = "same", _("The same")
        DIFFERENT = "different", _("Not the same")

    subject = models.CharField(max_length=240, help_text="As its own source has it, such as `iati:XM-DAC-1-2`.")
    other = models.CharField(max_length=240, help_text="The subject of another source, such as `GEF:4207`.")
    verdict = models.CharField(max_length=10, choices=Verdict)
    reviewed_by = models.CharField(max_length=200)
    reviewed_on = models.DateField()
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="match_is_judged_once", fields=["subject", "other"]),
            models.UniqueConstraint(name="match_is_one_thing", fields=["subject"], condition=Q(verdict="same")),
            models.CheckConstraint(
                name="match_says_who_looked_at_which_two",
                condition=~Q(reviewed_by="") & ~Q(subject="") & ~Q(other="") & ~Q(subject=F("other")),
            ),
        ]

    def __str__(self):
        return f"{self.subject}: {self.verdict} {self.other}"
