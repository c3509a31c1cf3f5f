"""What is to leave the portal: written in the transaction that causes it, sent afterwards."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class MessageQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(sent_at=None, failed_at=None)

    def due(self):
        return self.waiting().filter(due_at__lte=timezone.now()).order_by("due_at", "pk")


class Message(models.Model):
    """One mail to one address. It knows addresses, not people."""

    class Via(models.TextChoices):
        SMTP = "smtp", _("Sent by mail")
        PAGE = "page", _("Shown on the page of mails only; nothing was sent")

    key = models.CharField(max_length=400, unique=True, help_text="The same key is queued once only.")
    to = models.EmailField()
    subject = models.CharField(max_length=300)
    text = models.TextField(help_text="Emptied some weeks after it was sent: it may hold names and links.")
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="en")
    queued_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    sent_via = models.CharField(max_length=4, choices=Via, blank=True)
    failed_at = models.DateTimeField(null=True, help_text="Given up: refused for good, or tried too often.")
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="message_sent_at_and_via_go_together",
                condition=Q(sent_at=None, sent_via="") | Q(sent_at__isnull=False, sent_via__gt=""),
            ),
            models.CheckConstraint(name="message_is_sent_or_given_up", condition=Q(sent_at=None) | Q(failed_at=None)),
        ]
        indexes = [models.Index(name="message_due", fields=["due_at"], condition=Q(sent_at=None, failed_at=None))]

    def __str__(self):
        return f"{self.subject} → {self.to}"
