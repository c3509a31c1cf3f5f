"""Versions: the one read that needs the database."""

import orjson
import pytest
from django.db import OperationalError, connection

from publishing import log
from publishing.log import Entry
from tests import documents
from tests.catalogue.library import ENVELOPE
from tests.catalogue.test_api import get

UID = "CMB-PRJ-UG-1"


def publish(action="published", **changes):
    log.publish([Entry(UID, "projects", documents.a_project(**changes), ENVELOPE, action)])


@pytest.mark.django_db
def test_every_version_can_be_listed_and_read(reader):
    publish()
    publish("updated", acronym="NEW")

    listed = get(reader, f"records/{UID}/versions/")
    first, second = (get(reader, f"records/{UID}/versions/{number}/") for number in (1, 2))

    assert [one["version"] for one in listed["versions"]] == [1, 2]
    assert first["document"] == documents.a_project()
    assert second["document"]["acronym"] == "NEW"
    assert first["digest"] == log.digest(first["document"])


@pytest.mark.django_db
def test_versions_have_tags(reader):
    publish()

    for address in (f"records/{UID}/versions/", f"records/{UID}/versions/1/"):
        tag = reader.get(f"/api/v1/{address}")["ETag"]

        assert reader.get(f"/api/v1/{address}", headers={"if-none-match": tag}).status_code == 304


@pytest.mark.django_db
def test_versions_of_a_withdrawn_record_are_gone(reader):
    publish()
    log.withdraw(UID, "outdated")

    for address in (f"records/{UID}/versions/", f"records/{UID}/versions/1/"):
        problem = get(reader, address, status=410)

        assert (problem["uid"], problem["reason"]) == (UID, "outdated")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", [f"records/{UID}/versions/9/", "records/CMB-PRJ-UG-9/versions/", "records/x/versions/"]
)
def test_there_is_no_such_version(reader, address):
    publish()

    assert get(reader, address, status=404)["status"] == 404


@pytest.mark.django_db
def test_without_the_database_it_asks_to_come_again(reader):
    def away(*args, **kwargs):
        raise OperationalError("the database is away")

    with connection.execute_wrapper(away):
        response = reader.get(f"/api/v1/records/{UID}/versions/")

    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert orjson.loads(response.content)["status"] == 503
