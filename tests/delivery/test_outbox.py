"""The outbox: written with its cause, sent once, kept until the server took it."""

import datetime
import threading

import pytest
import time_machine
from django.db import connection, transaction

from delivery import outbox
from delivery.models import Message
from delivery.tasks import forget_old_texts, send_due_messages

MAIL = {"to": "reader@example.org", "subject": "A word", "text": "Good day.\n"}


def later(**time):
    return time_machine.travel(datetime.datetime.now(datetime.UTC) + datetime.timedelta(**time))


def test_a_mail_is_written_once_for_each_key_and_address(db):
    outbox.queue(key="event-1", **MAIL)
    outbox.queue(key="event-1", **{**MAIL, "to": ["reader@example.org", "other@example.org"]})

    assert set(Message.objects.values_list("to", flat=True)) == {"reader@example.org", "other@example.org"}


def test_a_mail_is_not_written_when_its_cause_fails(db):
    @transaction.atomic
    def fail():
        outbox.queue(key="event-1", **MAIL)
        raise LookupError

    with pytest.raises(LookupError):
        fail()

    assert not Message.objects.exists()


def test_a_subject_is_one_line(db):
    outbox.queue(key="event-1", **{**MAIL, "subject": "Hello\r\nBcc: everybody@example.org"})

    assert Message.objects.get().subject == "Hello Bcc: everybody@example.org"


def test_a_mail_arrives_and_is_sent_once(db, mail_server):
    outbox.queue(key="event-1", language="fr", **MAIL)

    send_due_messages()
    send_due_messages()

    (letter,) = mail_server.letters
    message = Message.objects.get()
    assert (letter["To"], letter["Subject"], letter["Content-Language"]) == ("reader@example.org", "A word", "fr")
    assert letter.get_content().splitlines() == ["Good day."]
    assert message.sent_at
    assert message.sent_via == "smtp"


def test_every_attempt_carries_the_same_message_id(db, mail_server):
    mail_server.answers = ["451 Try again later"]
    outbox.queue(key="event-1", **MAIL)
    first = outbox._message_id(Message.objects.get().key)

    outbox.send_due()
    with later(minutes=2):
        outbox.send_due()

    assert [letter["Message-ID"] for letter in mail_server.letters] == [first]


def test_what_is_due_later_waits(db, mail_server):
    outbox.queue(key="event-1", due_at=datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=1), **MAIL)

    assert outbox.send_due() == 0
    with later(hours=2):
        assert outbox.send_due() == 1


def test_a_temporary_refusal_is_tried_again_later_and_does_not_hold_up_the_others(db, mail_server):
    mail_server.answers = ["450 Mailbox busy"]
    outbox.queue(key="event-1", **MAIL)
    outbox.queue(key="event-2", **MAIL)

    sent = outbox.send_due()

    waiting = Message.objects.get(sent_at=None)
    assert sent == 1
    assert (waiting.attempts, waiting.failed_at) == (1, None)
    assert "Mailbox busy" in waiting.error
    assert waiting.due_at > waiting.queued_at + datetime.timedelta(seconds=50)


def test_a_permanent_refusal_is_given_up_at_once(db, mail_server):
    mail_server.answers = ["550 No such mailbox"]
    outbox.queue(key="event-1", **MAIL)

    outbox.send_due()

    message = Message.objects.get()
    assert message.failed_at
    assert "No such mailbox" in message.error
    with later(days=1):
        assert outbox.send_due() == 0


def test_a_refusal_after_the_text_is_a_refusal_too(db, mail_server):
    mail_server.data_answers = ["554 Looks like spam"]
    outbox.queue(key="event-1", **MAIL)

    outbox.send_due()

    assert Message.objects.get().failed_at


def test_a_server_that_is_away_costs_one_attempt_and_no_mail(db, settings, unused_port):
    settings.EMAIL_PORT = unused_port
    outbox.queue(key="event-1", **MAIL)
    outbox.queue(key="event-2", **MAIL)

    assert outbox.send_due() == 0

    assert sorted(Message.objects.values_list("attempts", flat=True)) == [0, 1]
    assert not Message.objects.filter(failed_at__isnull=False).exists()


def test_a_server_with_a_certificate_of_its_own_making_gets_nothing(db, settings, sealed_mail_server):
    settings.EMAIL_USE_SSL = True
    outbox.queue(key="event-1", **MAIL)

    assert outbox.send_due() == 0

    assert "CERTIFICATE_VERIFY_FAILED" in Message.objects.get().error
    assert sealed_mail_server.letters == []


def test_a_mail_is_given_up_after_the_last_attempt(db, settings, unused_port):
    settings.EMAIL_PORT = unused_port
    outbox.queue(key="event-1", **MAIL)

    for day in range(len(outbox.BACK_OFF) + 1):
        with later(days=2 * day):
            outbox.send_due()

    message = Message.objects.get()
    assert message.failed_at
    assert message.attempts == len(outbox.BACK_OFF) + 1


def test_an_address_that_breaks_the_protocol_is_given_up(db, mail_server):
    outbox.queue(key="event-1", **{**MAIL, "to": "reader@example.org\nRCPT TO:<x@example.org>"})

    outbox.send_due()

    assert Message.objects.get().failed_at
    assert mail_server.letters == []


def test_one_call_sends_no_more_than_its_limit(db, mail_server):
    for number in range(3):
        outbox.queue(key=f"event-{number}", **MAIL)

    assert outbox.send_due(limit=2) == 2
    assert Message.objects.waiting().count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_every_mail_once(mail_server):
    for number in range(12):
        outbox.queue(key=f"event-{number}", **{**MAIL, "subject": f"Word {number}"})

    def work():
        try:
            outbox.send_due()
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sorted(letter["Subject"] for letter in mail_server.letters) == sorted(f"Word {n}" for n in range(12))


def test_texts_are_forgotten_and_the_key_still_holds(db, mail_server):
    outbox.queue(key="event-1", **MAIL)
    outbox.send_due()

    with later(days=31):
        forget_old_texts()
        outbox.queue(key="event-1", **MAIL)
        sent = outbox.send_due()

    assert Message.objects.get().text == ""
    assert sent == 0


def test_a_template_gives_subject_and_text_in_the_language_of_the_reader(db, tmp_path, settings):
    (tmp_path / "letter.txt").write_text(
        "{% load i18n %}{% get_current_language as code %}Word in {{ code }}\n\n\n\nText."
    )
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]

    outbox.queue_letter(key="event-1", to="reader@example.org", template="letter.txt", language="ar")

    message = Message.objects.get()
    assert (message.subject, message.text, message.language) == ("Word in ar", "Text.\n", "ar")
