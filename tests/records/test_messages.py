"""A reader writes to a contact who is not named."""

import pytest

from delivery.models import Message
from records import actions
from tests.records.making import CONTACT, a_draft, moved

pytestmark = pytest.mark.django_db
TYPED = {"name": "Donor", "email": "donor@example.org", "text": "We could pay for this."}


@pytest.fixture
def record(secretariat):
    draft = a_draft(by=secretariat)
    hidden = CONTACT | {"consent": False, "email": "hidden@example.org"}
    actions.save(record=draft, document=draft.document, rows=[hidden], by=secretariat)
    return moved(draft, "submit", "publish", by=secretariat)


def test_a_message_reaches_the_contact_and_does_not_say_whom(client, record):
    answer = client.post(f"/en/desk/records/{record.uid}/message/", TYPED)

    mail = Message.objects.get(to="hidden@example.org")
    assert "We could pay for this." in mail.text
    assert "donor@example.org" in mail.text
    assert "hidden@example.org" not in answer.content.decode()


def test_what_was_typed_is_kept_when_something_is_wrong(client, record):
    page = client.post(f"/en/desk/records/{record.uid}/message/", TYPED | {"email": "nowhere"}).content.decode()

    assert "We could pay for this." in page
    assert not Message.objects.filter(to="hidden@example.org").exists()


def test_few_messages_an_hour_can_be_sent(client, record):
    answers = [client.post(f"/en/desk/records/{record.uid}/message/", TYPED).status_code for _time in range(7)]

    assert answers[:5] == [200] * 5
    assert answers[5:] == [429] * 2


def test_only_published_records_can_be_written_to(client, secretariat):
    draft = a_draft(by=secretariat)

    assert client.get(f"/en/desk/records/{draft.uid}/message/").status_code == 404
    assert client.get("/en/desk/records/CMB-PRJ-KE-99999/message/").status_code == 404


def test_the_page_shows_the_published_title_and_not_that_of_the_working_copy(client, record, secretariat):
    changed = record.document | {"title": {"en": "Secret new title"}}
    actions.save(record=record, document=changed, rows=record.contacts, by=secretariat)

    assert "Secret new title" not in client.get(f"/en/desk/records/{record.uid}/message/").content.decode()
