"""The mail server of a demonstration: there is none."""

from django.core.mail.backends.base import BaseEmailBackend


class ShownOnThePage(BaseEmailBackend):
    """Sends nothing to anybody: the outbox itself is shown, and says so (`delivery.views.mails`)."""

    def send_messages(self, messages):
        return len(messages)
