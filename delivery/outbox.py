"""The outbox: mails are written here with what causes them, and leave afterwards."""

import hashlib
import re
import smtplib
from contextlib import suppress
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from delivery.models import Message

CHANNEL = "outbox"
TEXT_IS_KEPT_FOR = timedelta(days=30)
BACK_OFF = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 1440, 1440, 1440)]


class PermanentFailure(Exception):
    """The server will never take this mail."""


class TemporaryFailure(Exception):
    """The server may take it later."""


class ServerAway(TemporaryFailure):
    """Nothing can be sent now: it cannot be reached, or refuses us or our password."""


def queue(*, key: str, to: str | list[str], subject: str, text: str, language: str = "en", due_at=None) -> None:
    """Write one mail to each address in the caller's transaction. The same key and address are written once."""
    addresses = [to] if isinstance(to, str) else to
    messages = [
        Message(
            key=f"{key}/{address}",
            to=address,
            subject=" ".join(subject.split())[:300],
            text=text,
            language=language,
            due_at=due_at or timezone.now(),
        )
        for address in dict.fromkeys(addresses)
    ]
    Message.objects.bulk_create(messages, ignore_conflicts=True)
    _notify()


def queue_letter(*, key: str, to: str | list[str], template: str, language: str, **context) -> None:
    """Queue the mail that a template makes: its first line is the subject."""
    with translation.override(language):
        text = render_to_string(template, {"site_address": settings.SITE_ADDRESS, **context})
    subject, _, body = re.sub(r"\n{3,}", "\n\n", text.strip()).partition("\n")
    queue(key=key, to=to, subject=subject, text=body.strip() + "\n", language=language)


def address(path: str) -> str:
    """The full address of a path, for use in a mail, where no request tells it."""
    return settings.SITE_ADDRESS.rstrip("/") + path


def send_due(limit: int = 200) -> int:
    """Send what is due, oldest first, and answer how many left. Any number of workers may run it at once.

    Each mail is locked, handed to the server and marked in one transaction. A crash after the server took it
    and before the mark is committed sends that one mail again, with the same Message-ID.
    """
    server = get_connection()
    sent = 0
    try:
        for _ in range(limit):
            outcome = _send_next(server)
            sent += outcome == "sent"
            if outcome in {"nothing due", "server away"}:
                break
    finally:
        _hang_up(server)
    return sent


def forget_texts() -> int:
    """Empty the texts of mails sent or given up some weeks ago. The rows stay, so nothing is queued twice."""
    before = timezone.now() - TEXT_IS_KEPT_FOR
    old = Message.objects.filter(sent_at__lt=before) | Message.objects.filter(failed_at__lt=before)
    return old.exclude(text="").update(text="")


@transaction.atomic
def _send_next(server):
    """Try the first due mail that no other worker holds, and answer what came of it."""
    message = Message.objects.due().select_for_update(skip_locked=True).first()
    if message is None:
        return "nothing due"
    message.attempts += 1
    outcome = _try(message, server)
    message.save(update_fields=["attempts", "sent_at", "sent_via", "failed_at", "due_at", "error"])
    return outcome


def _try(message, server):
    try:
        _hand_over(message, server)
    except PermanentFailure as failure:
        _give_up(message, failure)
        return "given up"
    except TemporaryFailure as failure:
        _put_off(message, failure)
        return "server away" if isinstance(failure, ServerAway) else "put off"
    message.sent_at, message.error = timezone.now(), ""
    message.sent_via = Message.Via.PAGE if settings.DEMONSTRATION else Message.Via.SMTP
    return "sent"


def _hand_over(message, server):
    try:
        server.open()
        server.send_messages([_as_email(message)])
    except smtplib.SMTPRecipientsRefused as error:
        _hang_up(server)
        code, reason = next(iter(error.recipients.values()))
        raise _failure(code)(f"{code} {_words(reason)}") from error
    except smtplib.SMTPDataError as error:
        _hang_up(server)
        raise _failure(error.smtp_code)(f"{error.smtp_code} {_words(error.smtp_error)}") from error
    except ValueError as error:
        raise PermanentFailure(f"{type(error).__name__}: {error}") from error
    except OSError as error:
        _hang_up(server)
        raise ServerAway(f"{type(error).__name__}: {error}") from error


def _as_email(message):
    return EmailMessage(
        subject=message.subject,
        body=message.text,
        to=[message.to],
        headers={
            "Message-ID": _message_id(message.key),
            "Content-Language": message.language,
            "Auto-Submitted": "auto-generated",
        },
    )


def _message_id(key):
    """The same for every attempt, so that a mail sent twice after a crash can be known for one."""
    host = urlsplit(settings.SITE_ADDRESS).hostname
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{host}>"


def _failure(code):
    return PermanentFailure if code >= 500 else TemporaryFailure


def _words(reason):
    return reason.decode(errors="replace") if isinstance(reason, bytes) else str(reason)


def _give_up(message, failure):
    message.failed_at, message.error = timezone.now(), str(failure)


def _put_off(message, failure):
    if message.attempts > len(BACK_OFF):
        _give_up(message, failure)
    else:
        message.due_at, message.error = timezone.now() + BACK_OFF[message.attempts - 1], str(failure)


def _hang_up(server):
    with suppress(OSError):
        server.close()


def _notify():
    """Wake the worker when the transaction is committed; if it sleeps through that, it polls."""
    with connection.cursor() as cursor:
        cursor.execute(f"NOTIFY {CHANNEL}")
