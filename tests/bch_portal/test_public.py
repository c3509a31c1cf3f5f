"""The public site answers without knowing who asks."""

import json
from importlib import import_module

import pytest
from django.contrib.sessions.models import Session
from django.test import Client, override_settings

from bch_portal import public

pytestmark = pytest.mark.urls("tests.bch_portal.urls")


@pytest.fixture
def reader():
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("fr-CH, en;q=0.5", "fr"), ("de, ar;q=0.8", "ar"), ("zh-Hant-TW", "zh"), ("de", "en"), ("", "en")],
)
def test_the_front_door_leads_to_the_language_of_the_browser(reader, accepted, language):
    response = reader.get("/", headers={"accept-language": accepted})

    assert response.status_code == 302
    assert response["Location"] == f"/{language}/"
    assert "Accept-Language" in response["Vary"]


@pytest.mark.parametrize("path", ["/en/nothing/", "/xx/", "/api/v1/nothing/", "/favicon.ico", "/admin/"])
def test_an_unknown_address_is_answered_without_the_database(reader, path):
    assert reader.get(path).status_code == 404


def test_a_program_is_told_what_is_wrong_in_its_own_way(reader):
    response = reader.get("/api/v1/nothing/")

    assert response["Content-Type"] == "application/problem+json"
    assert json.loads(response.content)["status"] == 404
    assert response["Access-Control-Allow-Origin"] == "*"


def test_a_cookie_changes_nothing_and_none_is_set(reader):
    without = reader.get("/en/shown/")

    reader.cookies.load({"portal_session_8000": "abc", "language": "fr"})
    answer = reader.get("/en/shown/")

    assert answer.content == without.content == b"no cookie, no person, en"
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_public_site_can_only_be_read(reader, method):
    response = getattr(reader, method)("/api/v1/nothing/")

    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, OPTIONS"


def test_another_site_may_ask_before_it_reads_the_api(reader):
    response = reader.options("/api/v1/nothing/")

    assert response.status_code == 204
    assert "If-None-Match" in response["Access-Control-Allow-Headers"]


def test_every_answer_carries_the_security_headers(reader):
    response = reader.get("/en/shown/")

    assert "default-src 'self'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Cache-Control"] == "public, no-cache"


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [("gzip, br", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip"), ("identity", None), ("", None)],
)
def test_long_texts_are_compressed_as_the_browser_likes(reader, accepted, coding):
    response = reader.get("/en/long/", headers={"accept-encoding": accepted})

    assert response.get("Content-Encoding") == coding
    assert "Accept-Encoding" in response["Vary"]


def test_what_did_not_change_is_not_sent_again(reader):
    first = reader.get("/en/long/", headers={"accept-encoding": "gzip"})

    again = reader.get("/en/long/", headers={"accept-encoding": "gzip", "if-none-match": first["ETag"]})

    assert again.status_code == 304
    assert again.content == b""


def test_an_error_of_ours_tells_nothing(reader):
    response = reader.get("/en/broken/")

    assert response.status_code == 500
    assert b"a secret" not in response.content
    assert b"Traceback" not in response.content


def test_a_database_that_is_away_is_a_busy_moment(reader):
    response = reader.get("/en/away/")

    assert response.status_code == 503
    assert response["Retry-After"] == "5"
    assert "no-store" in response["Cache-Control"]


def test_an_address_without_its_last_slash_is_led_on(reader):
    assert reader.get("/en/shown").headers["Location"] == "/en/shown/"


@override_settings(ALLOWED_HOSTS=["portal.example"])
def test_a_foreign_host_name_is_refused(reader):
    assert reader.get("/en/shown/", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.parametrize(
    ("path", "private"),
    [
        ("/en/desk/", True),
        ("/ar/account/login/", True),
        ("/api/v1/drafts/", True),
        ("/en/", False),
        ("/desk/", False),
        ("/xx/desk/", False),
        ("/en/deskish/", False),
        ("//en/desk/", False),
        ("/api/v1/records/", False),
    ],
)
def test_an_address_says_whether_it_needs_to_know_who_asks(path, private):
    assert public.is_private(path) is private


@pytest.mark.urls("bch_portal.urls")
@pytest.mark.django_db
def test_a_page_behind_sign_in_leads_to_signing_in():
    response = Client().get("/fr/desk/")

    assert response.status_code == 302
    assert response["Location"].startswith("/fr/account/")
    assert not Session.objects.exists()


def addresses(patterns, before="/"):
    """The addresses behind URL patterns, as far as they are written out."""
    for pattern in patterns:
        here = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from addresses(pattern.url_patterns, here)
        else:
            yield here


@pytest.mark.parametrize(("module", "private"), [("private_urls", True), ("public_urls", False)])
def test_every_address_is_listed_where_its_path_says_it_belongs(module, private):
    listed = list(addresses(import_module(f"bch_portal.{module}").urlpatterns))

    assert listed
    assert [address for address in listed if public.is_private(address) is not private] == []
