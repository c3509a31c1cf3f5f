"""What is to leave the portal: written in the transaction that causes it, sent afterwards."""

from django.db import models
from django.utils import timezone


class Message(models.Model):
    """One mail to one address. It knows addresses, not people."""

    key = models.CharField(max_length=200, unique=True, help_text="The same key is queued once only.")
    to = models.EmailField()
    subject = models.CharField(max_length=300)
    text = models.TextField()
    language = models.CharField(max_length=2, default="en")
    queued_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(name="message_due", fields=["due_at"], condition=models.Q(sent_at=None))]

    def __str__(self):
        return f"{self.subject} → {self.to}"
