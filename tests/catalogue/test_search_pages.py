"""The pages of results: facets, choices, orders, pages, words, and what is wrong with an address."""

import re
from urllib.parse import parse_qsl, urlsplit

import brotli
import pytest

from bch_portal import stylesheet
from formats import choosing
from tests import documents

BUDGET = 14_000
HTMX = {"hx-request": "true"}


def page_of(reader, address, **headers):
    response = reader.get(address, headers=headers)
    assert response.status_code == 200, response.content
    return response.content.decode()


def links(page, words):
    """The addresses of the links with these words."""
    found = re.findall(r'<a[^>]*href="([^"]*)"[^>]*>([^<]*)</a>', page)
    return [href.replace("&amp;", "&") for href, text in found if words in text]


def parameters(address):
    return parse_qsl(urlsplit(address).query)


def test_words_are_marked_in_the_hits(reader, records):
    page = page_of(reader, "/en/needs/?q=cassava")

    assert "dossiers on living modified <mark>cassava</mark>" in page


def test_each_choice_can_be_removed_and_all_at_once(reader, records):
    page = page_of(reader, "/en/search/?q=risk&country=KE&country=UG&area=risk-assessment")

    chips = [parameters(address) for address in links(page, "Country: ")]
    assert [("q", "risk"), ("country", "UG"), ("area", "risk-assessment")] in [sorted_q(one) for one in chips]
    assert [parameters(address) for address in links(page, "Remove all")] == [[("q", "risk")]]


def sorted_q(pairs):
    """The words first, as the address writes them."""
    return sorted(pairs, key=lambda pair: pair[0] != "q")


def test_several_choices_of_one_facet_are_alternatives(reader, library):
    for number, country in enumerate(("KE", "UG", "PE"), 1):
        library.put("PRJ", number, countries=[country])

    page = page_of(reader, "/en/projects/?country=KE&country=PE")

    assert "2 records" in page
    assert 'value="UG"' in page  # what else could be chosen stays on offer


@pytest.mark.slow
def test_a_facet_shows_ten_values_and_a_link_to_all(reader, library):
    for number, country in enumerate(("KE", "UG", "PE", "MX", "FR", "IN", "CN", "EG", "ZA", "BR", "CL", "JP"), 1):
        library.put("PRJ", number, countries=[country])

    page = page_of(reader, "/en/projects/?q=")
    (address,) = [one for one in links(page, "Show all 12") if "all=country" in one]
    whole = page_of(reader, address.partition("#")[0])

    assert page.count('name="country"') == 10
    assert whole.count('name="country"') == 12
    assert links(whole, "Show fewer")


def test_a_facet_that_cannot_narrow_the_results_is_left_out_until_it_is_chosen(reader, library):
    library.put("PRJ", 1, countries=["KE"])
    library.put("PRJ", 2, countries=["UG"])

    page = page_of(reader, "/en/projects/")
    chosen = page_of(reader, "/en/projects/?sample=no")

    assert 'id="facet-country"' in page
    assert 'id="facet-sample"' not in page
    assert 'name="sample" value="no" checked' in chosen


def test_a_source_in_a_list_says_what_it_fills_and_when_it_was_read(reader, library):
    library.put("SRC", 1, licence=None)

    page = page_of(reader, "/en/sources/")

    for fact in (
        "Databases it fills: Projects",
        "Records published: ",
        "Licence: Not given by the source",
        "Last read: ",
    ):
        assert fact in page


def test_the_walk_goes_through_all_pages_and_back_to_the_first(reader, library):
    made = [library.made("PRJ", number) for number in range(1, 8)]
    library.take(*made)

    address, seen = "/en/projects/?page_size=3", []
    while address:
        page = page_of(reader, address)
        seen += re.findall(r'class="uid">(CMB-[^<]*)<', page)
        address = next(iter(links(page, "Next page")), None)

    assert sorted(seen) == sorted(one.uid for one in made)
    assert links(page, "Back to the first page") == ["/en/projects/?page_size=3"]


def test_the_needs_are_found_one_by_one_under_their_countries(reader, library):
    library.put("NED", 1, countries=["UG"])
    library.put("NED", 2, countries=["KE"])

    page = page_of(reader, "/en/needs/")

    assert "Needs: 4, each counted by itself, in 2 countries" in page
    assert re.findall(r'class="group-title">([^<]*)<', page) == ["Kenya", "Uganda"]
    assert "/en/records/CMB-NED-UG-1/#needs-riskteam" in page


def test_a_need_has_its_place_on_the_page_of_its_record(reader, library):
    library.put("NED", 1)

    assert 'id="needs-riskteam"' in page_of(reader, "/en/records/CMB-NED-UG-1/")


def test_a_script_gets_the_results_alone(reader, records):
    response = reader.get("/en/search/?q=risk", headers=HTMX)

    page = response.content.decode()
    assert page.lstrip().startswith('<div class="with-filters" id="results">')
    assert "<html" not in page
    assert "HX-Request" in response["Vary"]
    assert response["ETag"] != reader.get("/en/search/?q=risk")["ETag"]


def test_going_back_gets_the_whole_page(reader, records):
    assert "<html" in page_of(reader, "/en/search/", **HTMX, **{"hx-history-restore-request": "true"})


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("/en/search/?colour=red", "colour"),
        ("/en/search/?country=Utopia", "country"),
        ("/en/search/?sort=luck", "sort"),
        ("/en/search/?cursor=nonsense", "cursor"),
        ("/en/search/?year=soon", "year"),
        ("/en/projects/?database=needs", "database"),
        ("/en/search/?page_size=1000", "page_size"),
    ],
)
def test_a_search_that_cannot_be_read_keeps_the_form_and_names_what_is_wrong(reader, records, address, parameter):
    response = reader.get(f"{address}&q=maize")

    page = response.content.decode()
    assert response.status_code == 400
    assert f"<code>{parameter}</code>" in page
    assert 'value="maize"' in page
    assert page.count("<h1") == 1


def test_a_script_is_led_to_the_page_that_says_what_is_wrong(reader, records):
    response = reader.get("/en/search/?year=soon", headers=HTMX)

    assert response.status_code == 400
    assert response["HX-Redirect"] == "/en/search/?year=soon"


def test_what_the_form_shows_no_control_for_is_carried_along(reader, records):
    page = page_of(reader, "/en/search/?covers=KE&modified_after=2020-01-01&status=ongoing")

    for name, value in (("covers", "KE"), ("modified_after", "2020-01-01"), ("status", "ongoing")):
        assert f'<input type="hidden" name="{name}" value="{value}">' in page


def test_where_nothing_is_found_the_page_says_what_to_try(reader, records):
    page = page_of(reader, "/en/projects/?q=xyzzy&country=KE")

    assert "Nothing was found" in page
    assert links(page, "Keep the words, remove the choices") == ["/en/projects/?q=xyzzy"]
    assert links(page, "Search in all databases") == ["/en/search/?q=xyzzy"]


def test_a_form_gets_back_the_record_that_was_chosen(reader, library):
    uid = library.put("ORG", 1)
    ticket = choosing.ticket("/en/desk/records/CMB-PRJ-KE-9/edit/", "partners")

    page = page_of(reader, f"/en/search/?ticket={ticket}&database=organizations")

    (address,) = links(page, "Choose this record")
    assert address.startswith("/en/desk/records/CMB-PRJ-KE-9/edit/?")
    assert ("chosen", uid) in parameters(address)
    assert ("ticket", ticket) in parameters(links(page, "Database: ")[0])
    assert f'name="ticket" value="{ticket}"' in page
    (hit,) = re.findall(r'<h3><a href="([^"]*)"', page)
    assert "Choose this record" in page_of(reader, hit)


def test_a_forged_ticket_is_not_carried_on(reader, records):
    page = page_of(reader, "/en/search/?ticket=forged&country=KE")

    assert "Choose this record" not in page
    assert "forged" not in re.sub(r'href="/\w\w/search/[^"]*" lang', "", page)


def test_a_page_of_results_with_its_stylesheet_is_small(reader, library):
    countries = ("KE", "UG", "PE", "MX", "FR", "IN", "CN", "EG", "ZA", "BR", "CL", "JP")
    areas = ("risk-assessment", "risk-management", "awareness", "liability", "research", "human-health")
    made = []
    for number in range(1, 41):
        place, area = countries[number % 12], areas[number % 6]
        title = {"en": f"{place} {area}: a project of its own, number {number}"}
        made.append(library.made("PRJ", number, countries=[place], areas=[area], title=title))
    library.take(*made)

    page = reader.get("/en/projects/?q=risk").content
    compressed = [len(brotli.compress(text, quality=5)) for text in (page, stylesheet.joined().encode())]

    assert sum(compressed) <= BUDGET


def test_a_feed_holds_the_newest_results_of_a_search(reader, records):
    response = reader.get("/en/search/feed/?database=projects")

    text = response.content.decode()
    assert response["Content-Type"].startswith("application/atom+xml")
    assert text.count("<entry>") == 1
    assert "/records/CMB-PRJ-UG-1</id>" in text
    assert reader.get("/en/search/feed/?colour=red").status_code == 400


def test_robots_and_the_map_of_the_site_lead_to_every_record(reader, records):
    robots = page_of(reader, "/robots.txt")
    index = page_of(reader, "/sitemap.xml")
    parts = [urlsplit(address).path for address in re.findall(r"<loc>([^<]*)</loc>", index)]
    map_of_site = "".join(page_of(reader, part) for part in parts)

    assert "Disallow: /en/desk/" in robots
    assert all(f"/en/records/{uid}/</loc>" in map_of_site for uid in records.values())
    assert reader.get("/sitemap-99.xml").status_code == 404


def test_every_facet_and_value_of_every_format_has_a_label(reader, library):
    for number, code in enumerate(documents.COMPLETE, 1):
        library.put(code, number)

    for database in ("projects", "opportunities", "needs", "resources", "reports", "organizations"):
        page = page_of(reader, f"/ar/{database}/")

        assert not re.search(r'<summary id="facet-\w+">\s*</summary>', page)
