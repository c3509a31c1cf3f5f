"""What arrives broken is refused before anybody reads it."""

import json
from io import BytesIO

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from bch_portal.whole import BodyIsWhole
from publishing.models import Version
from tests.records.making import a_draft

FORM = "application/x-www-form-urlencoded"


def sent(body: bytes, announced: int, path="/en/desk/x/", content_type=FORM):
    arriving = {"CONTENT_LENGTH": str(announced), "wsgi.input": BytesIO(body)}
    request = RequestFactory().generic("POST", path, body, content_type=content_type, **arriving)
    return BodyIsWhole(lambda request: HttpResponse(f"read {len(request.body)}"))(request)


def test_a_body_that_was_cut_off_is_refused():
    assert sent(b"title=Mai", announced=30).status_code == 400
    assert sent(b"title=Mai", announced=9).content == b"read 9"


@pytest.mark.parametrize("content_type", [FORM, "application/json", "multipart/form-data; boundary=x"])
def test_a_body_that_is_too_large_is_refused_in_words(settings, content_type):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100

    page = sent(b"x" * 200, announced=200, content_type=content_type)
    api = sent(b"x" * 200, announced=200, path="/api/v1/drafts/", content_type=content_type)

    assert (page.status_code, api.status_code) == (413, 413)
    assert b"more than the portal takes at once" in page.content
    assert json.loads(api.content)["detail"].startswith("This is more than the portal takes")


def test_a_form_with_too_many_fields_is_refused_in_words(settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 3

    assert sent(b"a=1&b=2&c=3&d=4", announced=15).status_code == 413


@pytest.mark.django_db
def test_half_a_form_does_not_replace_a_draft(client, author):
    draft = a_draft(by=author, country="KE")
    client.force_login(author)
    half = b"languages=en&title.en=Mai"

    arriving = {"CONTENT_LENGTH": str(len(half) + 100), "wsgi.input": BytesIO(half)}
    answer = client.generic("POST", f"/en/desk/records/{draft.uid}/edit/", half, content_type=FORM, **arriving)

    draft_now = type(draft).objects.get(pk=draft.pk)
    assert answer.status_code == 400
    assert draft_now.digest == draft.digest


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    ["/api/v1/records/%00/versions/", "/api/v1/records/%00/versions/1/", "/api/v1/records/%00/", "/en/records/%00/",
     "/records/%00", "/en/desk/records/%00/", "/en/desk/records/%00/edit/", "/en/desk/records/%00/message/",
     "/api/v1/drafts/%00/", "/en/account/invitations/%00/", "/static/%00"],
)  # fmt: skip
def test_no_address_holds_a_nul(author, address):
    quiet = Client(raise_request_exception=False)
    quiet.force_login(author)

    answer = quiet.get(address)

    assert answer.status_code == 404
    assert ("problem+json" in answer["Content-Type"]) == address.startswith("/api/")
    assert not Version.objects.exists()


@pytest.mark.django_db
def test_what_stands_behind_sign_in_is_kept_by_no_cache_between(client, author):
    draft = a_draft(by=author, country="KE")
    client.force_login(author)
    desk = f"/en/desk/records/{draft.uid}/"

    answers = [
        client.get(path) for path in ("/en/desk/", desk, f"{desk}edit/", f"/api/v1/drafts/{draft.uid}/", "/en/desk/x/")
    ]

    kept = {answer["Cache-Control"] for answer in answers}
    assert all("private" in one or "no-store" in one for one in kept)
