"""What the calendar does to records."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from delivery.models import Message
from publishing.models import Publication
from records import actions, deadlines
from records.models import Record
from tests.records.making import CONTACT, a_draft, in_state, moved

pytestmark = pytest.mark.django_db


def test_moderators_are_reminded_once_a_fortnight(author, focal_point):
    moved(a_draft(by=author, database="needs", country="KE"), "submit", by=author)
    later = timezone.now() + timedelta(days=15)

    deadlines.remind_moderators(later)
    deadlines.remind_moderators(later + timedelta(days=1))

    assert Message.objects.filter(to=focal_point.email, subject__startswith="Still waiting").count() == 1


def test_a_request_that_nobody_decides_on_goes_back_to_its_author(author, focal_point):
    record = moved(a_draft(by=author, database="needs", country="KE"), "submit", by=author)

    deadlines.expire_requests(timezone.now() + timedelta(days=83))
    assert Record.objects.get(pk=record.pk).work == Record.Work.SUBMITTED
    deadlines.expire_requests(timezone.now() + timedelta(days=85))

    assert Record.objects.get(pk=record.pk).work == Record.Work.DRAFT
    assert Message.objects.filter(to=author.email, subject__startswith="Nobody decided").exists()


def test_owners_are_asked_after_a_year_whether_a_record_is_current(focal_point, author):
    in_state("published", "clean", database="needs", country="KE", author=author)

    deadlines.ask_for_confirmation(timezone.now() + timedelta(days=366))
    deadlines.ask_for_confirmation(timezone.now() + timedelta(days=370))

    assert Message.objects.filter(to=focal_point.email, subject__startswith="Is it still current").count() == 1


def test_a_contact_leaves_the_public_record_when_its_consent_ends(secretariat):
    record = a_draft(by=secretariat)
    until = (timezone.now() + timedelta(days=10)).date().isoformat()
    rows = [CONTACT | {"until": until}]
    record = actions.save(record=record, document=record.document, rows=rows, by=secretariat)
    moved(record, "submit", "publish", by=secretariat)
    before = Publication.objects.get(uid=record.uid)

    assert deadlines.end_consent() == 0
    with time_machine.travel(timezone.now() + timedelta(days=12)):
        assert deadlines.end_consent() == 1

    after = Publication.objects.get(uid=record.uid)
    assert (len(before.envelope["contacts"]), after.envelope["contacts"]) == (1, [])
    assert (after.action, after.version) == ("amended", before.version)


def test_a_contact_that_is_only_drafted_is_not_published_by_a_confirmation(secretariat):
    record = moved(a_draft(by=secretariat), "submit", "publish", by=secretariat)
    rows = [*record.contacts, CONTACT | {"id": "newrow01", "name": "Not yet published"}]
    record = actions.save(record=record, document=record.document, rows=rows, by=secretariat)

    moved(record, "confirm", by=secretariat)

    assert "Not yet published" not in str(Publication.objects.get(uid=record.uid).envelope)
