"""Redaction: named values leave every version, with who and why, and the record moves."""

import pytest

from accounts.models import User
from publishing import log
from publishing.log import Entry
from publishing.models import Publication, Redaction, Version
from publishing.redaction import NothingToRedact, redact, replaced

pytestmark = pytest.mark.django_db

UID = "CMB-PRJ-KE-1"
ENVELOPE = {"contacts": [{"id": "1", "name": "Jane Doe"}]}


@pytest.fixture
def secretariat():
    return User.objects.create(email="secretariat@example.org", name="Secretariat")


@pytest.fixture
def published():
    document = {"title": {"en": "Led by Jane Doe"}, "rows": [{"id": "a", "text": {"en": "jane@example.org"}}]}
    log.publish([Entry(UID, "projects", document, ENVELOPE)])
    log.publish([Entry(UID, "projects", document | {"acronym": "J"}, ENVELOPE, "updated")])


def redacted(by):
    return redact(UID, {"Jane Doe": "[name removed]", "jane@example.org": "[address removed]"}, "Her wish", by)


def test_the_values_are_replaced_in_every_version_and_their_digests_follow(published, secretariat):
    redacted(secretariat)

    for version in Version.objects.filter(uid=UID):
        assert "Jane Doe" not in str(version.document)
        assert version.document["rows"][0]["text"]["en"] == "[address removed]"
        assert version.digest == log.digest(version.document)


def test_the_record_moves_in_the_log_with_its_envelope_redacted_too(published, secretariat):
    before = log.head().position

    redacted(secretariat)

    publication = Publication.objects.get(uid=UID)
    assert (publication.position, publication.action, publication.version) == (before + 1, "redacted", 2)
    assert publication.envelope["contacts"][0]["name"] == "[name removed]"


def test_who_and_why_and_where_are_kept_and_never_the_values(published, secretariat):
    redaction = redacted(secretariat)

    kept = Redaction.objects.get()
    assert kept == redaction
    assert (kept.by, kept.why) == (secretariat, "Her wish")
    assert kept.places == ["1:/rows/0/text/en", "1:/title/en", "2:/rows/0/text/en", "2:/title/en"]


def test_versions_of_a_withdrawn_record_are_redacted_and_its_tombstone_stays(published, secretariat):
    log.withdraw(UID, "mistake")
    before = log.head()

    redacted(secretariat)

    assert log.head() == before
    assert "Jane Doe" not in str(Version.objects.get(uid=UID, number=1).document)


def test_a_redaction_that_would_change_nothing_is_refused_and_leaves_no_trace(published, secretariat):
    with pytest.raises(NothingToRedact):
        redact(UID, {"John": "[name removed]"}, "A wish", secretariat)

    assert not Redaction.objects.exists()


@pytest.mark.parametrize(("replacements", "why"), [({}, "A wish"), ({"": "x"}, "A wish"), ({"Jane": "x"}, " ")])
def test_a_redaction_names_its_values_and_its_reason(published, secretariat, replacements, why):
    with pytest.raises(ValueError, match="names its values"):
        redact(UID, replacements, why, secretariat)


def test_values_are_replaced_at_any_depth_and_numbers_stay():
    value = {"a": ["Jane Doe", {"b": "by Jane Doe"}], "n": 3, "none": None}

    assert replaced(value, {"Jane Doe": "X"}) == {"a": ["X", {"b": "by X"}], "n": 3, "none": None}
