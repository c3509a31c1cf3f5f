"""Every kind of page in Arabic: enough of it, and nothing left over in English."""

import re

import pytest
from django.urls import reverse
from django.utils import translation

from bch_portal import catalogues
from delivery.models import Message
from formats import local
from tests.catalogue.conftest import CODES
from tests.translations.visible import leftovers, words

LETTERS = "\u0621-\u0652"
PAGES = {
    "": 150,
    "search/": 200,
    "search/?q=risk": 200,
    "search/?q=nothing-has-this-word": 90,
    "search/?year=never": 70,
    "no-such-page/": 70,
    "about/": 300,
    "help/": 500,
    "contact/": 150,
    "terms/": 250,
    "privacy/": 250,
    "accessibility/": 200,
    "api/": 150,
    "account/login/": 80,
    "account/signup/": 100,
    "account/password/reset/": 70,
    **{f"{database}/": 130 for database in CODES},
}
OWN = """
    desk:mine desk:queue desk:new accounts:profile accounts:roles accounts:apply accounts:people
    accounts:applications accounts:invitations accounts:invite account_email account_change_password
    mfa_index delivery:mails
"""


@pytest.fixture(scope="module")
def sources():
    """The English texts of the interface: whatever stands so on an Arabic page was forgotten."""
    path = next(path for language, path in catalogues.files() if language == "ar")
    texts = set()
    for message in catalogues.read("ar", path):
        texts.update(message.id if isinstance(message.id, tuple) else (message.id,))
    return {text for text in texts if len(text) > 3}


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "least"), PAGES.items())
def test_a_public_page_is_in_arabic(reader, records, sources, path, least):
    page = reader.get(f"/ar/{path}").content.decode()

    assert words(page, LETTERS) >= least
    assert leftovers(page, sources) == []


@pytest.mark.parametrize("database", CODES)
def test_the_page_of_a_record_in_english_is_in_arabic_but_for_what_it_says(reader, records, sources, database):
    page = reader.get(f"/ar/records/{records[database]}/").content.decode()

    assert words(page, LETTERS) >= 100
    assert leftovers(page, sources) == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", OWN.split())
def test_a_page_behind_the_door_is_in_arabic(client, focal_point, sources, name):
    client.force_login(focal_point)
    with translation.override("ar"):
        path = reverse(name)

    page = client.get(path, follow=True).content.decode()

    assert words(page, LETTERS) >= 70
    assert leftovers(page, sources) == []


@pytest.mark.django_db
@pytest.mark.parametrize("database", CODES)
def test_the_form_of_every_format_is_in_arabic(client, settings, secretariat, focal_point, sources, database):
    settings.DEMONSTRATION = True  # where the Secretariat needs no second factor
    client.force_login(focal_point if database == "needs" else secretariat)
    started = client.get(f"/ar/desk/records/new/{database}/").content.decode()
    owner = re.search(r'name="owner" value="([^"]+)"', started)[1]

    form = client.post(f"/ar/desk/records/new/{database}/", {"owner": owner}, follow=True).content.decode()

    assert 'name="title' in form
    assert leftovers(started, sources) == []
    assert leftovers(form, sources) == []


@pytest.mark.django_db
def test_a_refused_sign_in_says_so_in_arabic(client, sources):
    page = client.post("/ar/account/login/", {"login": "nobody@example.org", "password": "wrong"}).content.decode()

    assert "كلمة المرور غير صحيح" in page
    assert leftovers(page, sources) == []


@pytest.mark.django_db
def test_the_mail_for_a_new_password_is_in_arabic(client, focal_point):
    client.post("/ar/account/password/reset/", {"email": focal_point.email})

    mail = Message.objects.get()
    assert len(re.findall(f"[{LETTERS}]+", mail.subject + mail.text)) > 25
    assert not re.search(r"[A-Za-z]{2,}(?: [A-Za-z]{2,}){2}", mail.text)


@pytest.mark.parametrize("language", ["fr", "ru", "es"])
@pytest.mark.parametrize("path", ["", "help/", "projects/", "no-such-page/"])
def test_the_other_languages_speak_for_themselves_too(reader, records, language, path):
    page = reader.get(f"/{language}/{path}").content.decode()

    assert f'<html lang="{language}" dir="ltr">' in page
    assert "Terms and licence" not in page
    assert "Accessibility" not in page


def test_dates_and_amounts_are_written_as_in_arabic():
    deadline = local.shown_date("2026-12-06T18:00[Asia/Almaty]", "ar")
    month, amount = local.shown_date("2026-05", "ar"), local.shown_amount("1250000.5", "USD", "ar")

    assert deadline == "6 ديسمبر 2026، 18:00 (Asia/Almaty)"
    assert month == "مايو 2026"
    assert amount == "USD\u00a01,250,000.5"
