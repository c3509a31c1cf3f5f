"""The public pages. None of these tests may open the database: reading needs none."""

import re

import pytest
import time_machine

from publishing import waiting
from tests.catalogue.conftest import CODES
from tests.catalogue.library import HARVESTED

LANGUAGES = ("en", "ar")
TEXTS = ("about/", "help/", "contact/", "terms/", "privacy/", "accessibility/", "api/")
PAGES = ("", "search/", *TEXTS, *(f"{database}/" for database in CODES))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_one_heading_a_title_and_a_direction(reader, records, language, path):
    response = reader.get(f"/{language}/{path}")

    page = response.content.decode()
    assert response.status_code == 200
    assert page.count("<h1") == 1
    assert re.search(r"<title>\s*\S", page)
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in page
    assert response["Cache-Control"] == "public, no-cache"
    assert not response.cookies


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("database", CODES)
def test_a_record_of_every_format_has_a_page(reader, records, language, database):
    page = reader.get(f"/{language}/records/{records[database]}/").content.decode()

    assert page.count("<h1") == 1
    assert records[database] in page
    assert f"/api/v1/records/{records[database]}/" in page
    assert "desk@example.org" in page


def test_the_home_page_counts_and_names_what_is_there(reader, records):
    page = reader.get("/en/").content.decode()

    assert "6 records, open to everybody" in page
    assert "Summer course on the risk assessment of living modified fish" in page
    assert "A team that can review dossiers on living modified cassava" in page


@pytest.mark.parametrize("path", ["/en/", "/ar/search/?q=risk", "/en/needs/", "/en/records/CMB-PRJ-UG-1/"])
def test_what_did_not_change_is_not_sent_again(reader, records, path):
    first = reader.get(path)

    again = reader.get(path, headers={"if-none-match": first["ETag"]})

    assert again.status_code == 304
    assert again.content == b""
    assert again["ETag"] == first["ETag"]


def test_a_page_has_another_tag_in_another_language_another_hour_and_after_a_change(reader, library):
    library.put("PRJ", 1)
    with time_machine.travel("2026-11-21T10:10:00Z", tick=False):
        tags = [reader.get(f"/{language}/search/")["ETag"] for language in LANGUAGES]
    with time_machine.travel("2026-11-21T11:10:00Z", tick=False):
        tags.append(reader.get("/en/search/")["ETag"])
    library.put("PRJ", 2)
    tags.append(reader.get("/en/search/")["ETag"])

    assert len(set(tags)) == 4


def test_a_sign_in_cookie_changes_nothing(reader, records):
    without = reader.get("/en/records/CMB-PRJ-UG-1/")

    reader.cookies.load({"portal_session_8000": "x" * 32})
    response = reader.get("/en/records/CMB-PRJ-UG-1/")

    assert response.content == without.content
    assert "Cookie" not in response["Vary"]


def test_the_persistent_address_leads_to_the_language_of_the_reader(reader, records):
    response = reader.get("/records/CMB-PRJ-UG-1", headers={"accept-language": "fr"})

    assert response.status_code == 302
    assert response["Location"] == "/fr/records/CMB-PRJ-UG-1/"
    assert "Accept-Language" in response["Vary"]


def test_a_version_and_an_identifier_of_elsewhere_lead_on_too(reader, library):
    library.put("PRJ", 1, identifiers=[{"id": "i1aaaaaa", "scheme": "DOI", "value": "10.1000/xyz"}])

    assert reader.get("/records/CMB-PRJ-UG-1-3")["Location"] == "/api/v1/records/CMB-PRJ-UG-1/versions/3/"
    assert reader.get("/records/10.1000/xyz")["Location"] == "/en/records/CMB-PRJ-UG-1/"
    assert reader.get("/records/10.1000/other").status_code == 404


def test_an_unknown_record_is_not_found(reader, records):
    assert reader.get("/en/records/CMB-PRJ-KE-99999/").status_code == 404
    assert reader.get("/en/records/<script>/").status_code == 404


def test_a_withdrawn_record_says_since_when_and_why(reader, library):
    library.put("PRJ", 1)
    library.bury(1, reason="outdated")

    response = reader.get("/en/records/CMB-PRJ-UG-1/")

    page = response.content.decode()
    assert response.status_code == 410
    assert "21 November 2026" in page
    assert "It was no longer current." in page
    assert page.count("<h1") == 1


def test_a_merged_record_leads_to_what_took_its_place(reader, library):
    library.put("PRJ", 2)
    library.bury(1, action="merged", reason="merged", replaced_by="CMB-PRJ-UG-2")

    response = reader.get("/en/records/CMB-PRJ-UG-1/")

    assert response.status_code == 410
    assert 'href="/records/CMB-PRJ-UG-2"' in response.content.decode()


def test_money_told_by_several_figures_is_shown_once_with_the_others_beneath(reader, library):
    library.put("PRJ", 1)

    page = reader.get("/en/records/CMB-PRJ-UG-1/").content.decode()

    other = re.search(r'<li id="funding-gefasked">(.*?)</li>', page, re.DOTALL)[1]
    assert "USD\u00a0900,000" in other
    assert "Sheet of grants, 2023: asked for" in other
    assert "Differs" in other
    assert re.search(r'<caption>Committed</caption>\s*<thead><tr><th scope="col">Amount</th>', page)
    assert page.index('id="funding-gefgrant"') < page.index('id="funding-gefasked"')
    assert "Committed: USD\u00a0850,000" in page


def test_short_rows_stand_close_together(reader, library):
    library.put(
        "RES", 1, key_words=[{"id": "keyword1", "text": {"ar": "ذرة"}}, {"id": "keyword2", "text": {"und": "x"}}]
    )

    page = reader.get("/en/records/CMB-RES-UG-1/").content.decode()

    assert '<li class="badge soft" id="key_words-keyword1"><bdi lang="ar">ذرة</bdi></li>' in page
    assert '<li class="badge soft" id="key_words-keyword2"><bdi>x</bdi></li>' in page


def test_a_harvested_record_names_its_source_and_what_that_does_not_give(reader, library):
    library.put_bare("PRJ", 7, title={"en": "Maize in Mexico"}, countries=["MX"])

    page = reader.get("/en/records/CMB-PRJ-SCBD-7/").content.decode()

    assert "Taken over from GEF portal on 3 April 2026" in page
    assert HARVESTED["provenance"]["address"] in page
    assert "Not given by the source" in page
    assert "From another source" in page
    assert "GEF portal (2026). " in page  # the citation


def test_a_record_says_who_else_tells_of_it_what_is_gone_and_what_may_be_the_same(reader, library):
    told = HARVESTED["provenance"] | {"gone_since": "2026-09-01"}
    other = {"source": "Project list", "identifier": "P-9", "retrieved_on": "2026-07-02", "licence": "CC BY 4.0"}
    alike = [{"uid": "CMB-PRJ-SCBD-8", "name": "Old name"}, {"uid": "CMB-PRJ-SCBD-99", "name": "Withdrawn since"}]
    envelope = {"provenance": told, "also_from": [other], "possibly_same": alike}
    library.put_bare("PRJ", 8, title={"en": "Name of today"})
    library.put_bare("PRJ", 7, title={"en": "Maize in Mexico"}, envelope=envelope)

    page = reader.get("/en/records/CMB-PRJ-SCBD-7/").content.decode()

    assert "Since 1 September 2026 the source no longer lists this record." in page
    for words in ("Also told by", "Project list", "P-9", "2 July 2026", "CC BY 4.0"):
        assert words in page
    assert re.search(r'Possibly the same as:.*href="/en/records/CMB-PRJ-SCBD-8/"[^>]*>Name of today<', page, re.DOTALL)
    assert "Old name" not in page
    assert "CMB-PRJ-SCBD-99" not in page
    assert reader.get("/records/P-9")["Location"] == "/en/records/CMB-PRJ-SCBD-7/"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_source_is_a_record_in_a_list_of_its_own(reader, library, language):
    uid = library.put("SRC", 1, title={"en": "GEF portal"}, envelope={"contacts": [], "confirmed_at": None})
    library.put_bare("PRJ", 7, title={"en": "Maize in Mexico"})

    listed = reader.get(f"/{language}/sources/").content.decode()
    page = reader.get(f"/{language}/records/{uid}/").content.decode()

    assert uid in listed
    assert "CMB-PRJ-SCBD-7" not in listed
    assert page.count("<h1") == 1
    assert "There is no title." in page
    assert f'href="/{language}/search/?source=GEF+portal"' in page
    assert "/desk/" not in page.partition("<main")[2].partition("</main>")[0]
    assert f"{uid}</li>" in reader.get(f"/{language}/search/?database=sources").content.decode()
    assert "CMB-PRJ-SCBD-7" in reader.get(f"/{language}/search/?source=GEF+portal").content.decode()
    assert f'href="/{language}/records/{uid}/"' in reader.get(f"/{language}/records/CMB-PRJ-SCBD-7/").content.decode()


def test_only_the_page_of_a_source_is_about_a_source(reader, library):
    library.put_bare(
        "PRJ", 8, title={"en": "Trick"}, identifiers=[{"id": "i1", "scheme": "X", "value": "source: GEF portal"}]
    )
    library.put_bare("PRJ", 7, title={"en": "Maize in Mexico"})

    page = reader.get("/en/records/CMB-PRJ-SCBD-7/").content.decode()

    assert reader.get("/records/source: GEF portal")["Location"] == "/en/records/CMB-PRJ-SCBD-8/"
    assert "About this source" not in page


def test_the_home_page_counts_the_databases_and_not_what_the_portal_makes_itself(reader, library):
    library.put("SRC", 1)
    library.put("PRJ", 2)

    page = reader.get("/en/").content.decode()

    assert "1 record, open to everybody" in page
    assert page.count('class="card database"') == 6
    assert "/en/sources/" not in page


def test_a_source_that_states_no_licence_says_so(reader, library):
    uid = library.put("SRC", 1, licence=None)

    page = reader.get(f"/en/records/{uid}/").content.decode()

    assert re.search(r"<dt>Licence</dt>\s*<dd>\s*<p class=\"not-given\">Not given by the source", page)


def test_nobody_has_to_confirm_what_the_portal_makes_itself(reader, library):
    uid = library.put("SRC", 1, envelope={"confirmed_at": None, "modified_at": "2019-01-01T00:00:00Z"})

    assert "Not confirmed" not in reader.get(f"/en/records/{uid}/").content.decode()


def test_a_record_of_one_source_says_nothing_of_others(reader, library):
    library.put_bare("PRJ", 7, title={"en": "Maize in Mexico"})

    page = reader.get("/en/records/CMB-PRJ-SCBD-7/").content.decode()

    for words in ("no longer lists", "Also told by", "Possibly the same"):
        assert words not in page


def test_without_consent_a_reader_is_led_to_where_messages_are_taken(reader, library):
    library.put("PRJ", 1, envelope={"contacts": []})

    page = reader.get("/en/records/CMB-PRJ-UG-1/").content.decode()

    assert "has not agreed to be named" in page
    assert "desk@example.org" not in page


def test_a_reference_shows_the_name_of_today_and_the_one_it_was_made_with(reader, library):
    library.put("PRJ", 1, part_of={"uid": "CMB-PRJ-UG-2", "name": "An older name"})
    library.put("PRJ", 2, title={"en": "The name of today"}, part_of=None)

    page = reader.get("/en/records/CMB-PRJ-UG-1/").content.decode()
    other = reader.get("/en/records/CMB-PRJ-UG-2/").content.decode()

    assert "The name of today" in page
    assert "named here as “An older name”" in page
    assert "Records that refer to this one" in other
    assert "/en/records/CMB-PRJ-UG-1/" in other


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2026-12-31", "Opens on January 2027"),
        ("2027-02-01", "Apply by 31 March 2027, 17:00 (Europe/Oslo)"),
        ("2027-04-01", "Closed on 31 March 2027, 17:00 (Europe/Oslo)"),
    ],
)
def test_an_offer_says_whether_it_is_open_now(reader, records, day, state):
    with time_machine.travel(f"{day}T12:00:00Z", tick=False):
        page = reader.get(f"/en/records/{records['opportunities']}/").content.decode()

    assert state in page


@pytest.mark.parametrize(("day", "is_marked"), [("2027-08-01", False), ("2027-10-01", True)])
def test_a_record_that_nobody_confirmed_is_marked(reader, records, day, is_marked):
    with time_machine.travel(f"{day}T12:00:00Z", tick=False):
        page = reader.get("/en/records/CMB-PRJ-UG-1/").content.decode()
        listed = reader.get("/en/projects/").content.decode()

    assert ("Not confirmed" in page) is is_marked
    assert ("Not confirmed" in listed) is is_marked


def test_a_prose_with_a_script_in_it_stays_text(reader, library):
    attack = "<script>alert(1)</script> risk"
    library.put("PRJ", 1, title={"en": attack}, description={"en": attack})

    pages = [reader.get(path).content.decode() for path in ("/en/", "/en/search/?q=risk", "/en/records/CMB-PRJ-UG-1/")]

    assert all("<script>alert" not in page for page in pages)
    assert all("&lt;script&gt;" in page for page in pages)


def test_after_publishing_the_page_waits_for_the_index(reader, library, monkeypatch):
    monkeypatch.setattr("catalogue.views.records.LONGEST_WAIT", 0.1)
    library.put("PRJ", 1)

    reached = reader.get(f"/en/records/CMB-PRJ-UG-1/?after={waiting.token(1)}")
    behind = reader.get(f"/en/records/CMB-PRJ-UG-1/?after={waiting.token(2)}")
    unknown = reader.get(f"/en/records/CMB-PRJ-UG-2/?after={waiting.token(2)}")

    assert (reached.status_code, behind.status_code, unknown.status_code) == (200, 200, 202)
    assert "in a moment" not in reached.content.decode()
    assert "It will be on this page in a moment" in behind.content.decode()
    assert "Published, on the site in a moment" in unknown.content.decode()
    assert all("no-store" in one["Cache-Control"] for one in (reached, behind, unknown))


def test_a_forged_position_makes_nobody_wait(reader, records):
    assert reader.get("/en/records/CMB-PRJ-UG-1/?after=999999:forged").status_code == 200


@pytest.mark.parametrize("path", ["/en/", "/en/search/", "/en/records/CMB-PRJ-UG-1/", "/sitemap.xml"])
def test_without_an_index_the_pages_ask_to_come_again(reader, settings, tmp_path, path):
    settings.PORTAL_DATA = tmp_path

    response = reader.get(path)

    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0


def test_the_contact_page_knows_the_record_a_reader_comes_from(reader, records):
    page = reader.get("/en/contact/?record=CMB-PRJ-UG-1").content.decode()
    forged = reader.get("/en/contact/?record=%22%3E%3Cscript%3E").content.decode()

    assert "/records/CMB-PRJ-UG-1" in page
    assert "<script>" not in forged.replace("<script type", "").replace("<script defer", "")
