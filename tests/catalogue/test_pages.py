"""The public pages."""

import re

import pytest

LANGUAGES = ("en", "ar")
PAGES = (
    "", "search/", "about/", "help/", "contact/", "terms/", "privacy/", "accessibility/", "api/",
    "projects/", "opportunities/", "needs/", "resources/", "reports/", "organizations/",
)  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_one_heading_a_title_and_a_direction(reader, records, language, path):
    response = reader.get(f"/{language}/{path}")

    page = response.content.decode()
    assert response.status_code == 200
    assert page.count("<h1") == 1
    assert re.search(r"<title>\s*\S", page)
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in page
    assert not response.cookies


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("database", ["projects", "opportunities", "needs", "resources", "reports", "organizations"])
def test_a_record_of_every_format_has_a_page(reader, records, language, database):
    response = reader.get(f"/{language}/records/{records[database]}/")

    page = response.content.decode()
    assert response.status_code == 200
    assert page.count("<h1") == 1
    assert records[database] in page
