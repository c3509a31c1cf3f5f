"""The pages that allauth runs: in our look, in every direction, within a strict policy."""

import re

import pytest
from django.core.cache import cache

FOR_ALL = ["login/", "signup/", "password/reset/", "password/reset/done/", "confirm-email/", "inactive/"]
SIGNED_IN = ["logout/", "email/", "password/change/", "reauthenticate/"]
SECOND_FACTOR = ["2fa/", "2fa/totp/activate/", "2fa/webauthn/", "2fa/webauthn/add/"]


@pytest.fixture(autouse=True)
def _no_attempts_yet(db):
    cache.clear()


def require_whole(page, language):
    assert page.status_code == 200
    text = page.content.decode()
    assert text.count("<h1") == 1
    assert f'dir="{"rtl" if language == "ar" else "ltr"}"' in text
    assert "Biosafety Capacity-Building Portal" in text or language == "ar"
    assert not re.search(r"\sstyle=", text)
    assert all("src=" in tag or "application/json" in tag for tag in re.findall(r"<script[^>]*>", text))


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("address", FOR_ALL)
def test_a_page_at_the_door_is_whole(client, address, language):
    require_whole(client.get(f"/{language}/account/{address}"), language)


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("address", [*SIGNED_IN, *SECOND_FACTOR])
def test_a_page_of_the_own_account_is_whole(client, stranger, address, language):
    client.post("/en/account/login/", {"login": stranger.email, "password": "a long password"})
    client.post("/en/account/reauthenticate/", {"password": "a long password"})

    require_whole(client.get(f"/{language}/account/{address}"), language)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_an_address_that_waits_for_its_confirmation_is_shown_with_what_to_do(client, stranger, language):
    client.post("/en/account/login/", {"login": stranger.email, "password": "a long password"})
    client.post("/en/account/email/", {"action_add": "", "email": "new@example.org"})

    page = client.get(f"/{language}/account/email/")

    require_whole(page, language)
    assert "new@example.org" in page.content.decode()
