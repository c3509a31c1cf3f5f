"""Working copies through the API: the same refusals as the form."""

import json

import pytest

from records import actions
from records.models import Record
from tests import documents
from tests.people import person
from tests.records.making import CONTACT, a_draft

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/drafts/"
KENYA = {"kind": "government", "country": "KE"}


def send(client, method, address, body):
    return getattr(client, method)(address, json.dumps(body), content_type="application/json")


def test_a_record_is_written_submitted_and_endorsed_through_the_api(client, author, focal_point):
    client.force_login(author)
    body = {"database": "needs", "owner": KENYA, "document": documents.a_countrys_needs(), "contacts": [CONTACT]}

    created = send(client, "post", ADDRESS, body)
    address = f"{ADDRESS}{created.json()['uid']}/"
    submitted = send(client, "post", f"{address}steps/", {"name": "submit"})
    client.force_login(focal_point)
    seen = client.get(address).json()["digest"]
    endorsed = send(client, "post", f"{address}steps/", {"name": "endorse", "seen": seen})

    assert (created.status_code, submitted.json()["work"]) == (201, "submitted")
    assert endorsed.json()["public"] == "published"


def test_what_is_wrong_is_kept_and_told_with_its_path(client, author):
    client.force_login(author)
    record = a_draft(by=author, country="KE")
    document = documents.a_project(starts_on="2026-05-01", ends_on="2026-04-01")

    answer = send(client, "put", f"{ADDRESS}{record.uid}/", {"document": document})

    problems = {(p["path"], p["message"]) for p in answer.json()["problems"]}
    assert ("/ends_on", "The end cannot come before the start.") in problems
    assert answer.json()["document"]["ends_on"] == "2026-04-01"


def test_a_stranger_finds_nothing(client, author, stranger):
    record = a_draft(by=author, country="KE")
    client.force_login(stranger)

    assert client.get(f"{ADDRESS}{record.uid}/").status_code == 404
    assert client.get(ADDRESS).json() == {"count": 0, "results": []}
    assert send(client, "post", f"{ADDRESS}{record.uid}/steps/", {"name": "submit"}).status_code == 404


def test_nobody_writes_what_the_portal_makes_itself(client, settings):
    settings.DEMONSTRATION = True
    secretary = person(secretariat=True)
    client.force_login(secretary)
    draft = {"database": "sources", "owner": {"kind": "secretariat"}}

    refused = client.post("/api/v1/drafts/", draft, content_type="application/json")

    assert refused.status_code == 400
    assert client.get("/en/desk/records/new/sources/").status_code == 404
    assert client.post("/en/desk/records/new/sources/", {"owner": "secretariat:"}).status_code == 404
    assert "/new/sources/" not in client.get("/en/desk/records/new/").content.decode()
    with pytest.raises(actions.CreationRefused):
        actions.create(database="sources", by=secretary, owner_kind="secretariat")
    assert not Record.objects.exists()


def test_nobody_writes_for_a_country_that_is_not_theirs(client, author):
    client.force_login(author)

    answer = send(client, "post", ADDRESS, {"database": "projects", "owner": KENYA | {"country": "PE"}})

    assert answer.status_code == 409
    assert not Record.objects.exists()


@pytest.mark.parametrize(
    "body", [[], {}, {"database": "none", "owner": KENYA}, {"database": "projects", "owner": 1},
             {"database": "projects", "owner": KENYA, "document": []},
             {"database": "projects", "owner": KENYA, "document": {"title": {}}, "contacts": ["x"]}],
)  # fmt: skip
def test_broken_input_is_refused_and_leaves_nothing_behind(client, author, body):
    client.force_login(author)

    assert send(client, "post", ADDRESS, body).status_code == 400
    assert not Record.objects.exists()


def test_a_stale_save_is_refused(client, author):
    client.force_login(author)
    record = a_draft(by=author, country="KE")
    body = {"document": record.document | {"acronym": "A"}, "based_on": record.digest}

    first, second = (send(client, "put", f"{ADDRESS}{record.uid}/", body) for _time in range(2))

    assert (first.status_code, second.status_code) == (200, 409)


def test_without_sign_in_there_is_nothing(client, author):
    record = a_draft(by=author, country="KE")

    assert client.get(f"{ADDRESS}{record.uid}/").status_code in (401, 403)
