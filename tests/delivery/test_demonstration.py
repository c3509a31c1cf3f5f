"""A demonstration sends nothing, and shows what it would have sent."""

import pytest

from delivery import outbox
from delivery.models import Message

PAGE = "/en/desk/mail/"
MAIL = {"to": "reader@example.org", "subject": "A word", "text": "Good day: https://example.org/ <b>\n"}


@pytest.fixture
def _demonstration(settings):
    settings.DEMONSTRATION = True
    settings.EMAIL_BACKEND = "delivery.backends.ShownOnThePage"


@pytest.mark.usefixtures("_demonstration")
def test_its_mails_reach_no_server_and_say_so(db, mail_server):
    outbox.queue(key="event-1", **MAIL)

    assert outbox.send_due() == 1

    assert mail_server.letters == []
    assert Message.objects.get().sent_via == "page"


@pytest.mark.usefixtures("_demonstration")
def test_its_page_shows_them_to_everybody_signed_in(client, stranger):
    outbox.queue(key="event-1", **MAIL)
    waiting = client.get(PAGE)
    outbox.send_due()
    client.force_login(stranger)

    page = client.get(PAGE).content.decode()

    assert waiting.status_code == 302
    assert "A word" in page
    assert "nothing was sent" in page
    assert "&lt;b&gt;" in page


def test_elsewhere_there_is_no_such_page(client, stranger):
    client.force_login(stranger)

    assert client.get(PAGE).status_code == 404
