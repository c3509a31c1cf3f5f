"""Every type of page, in English and Arabic: sound for assistive technology, narrow screens, keyboards, slow lines."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser import cast

pytestmark = pytest.mark.browser
GRAVE = {"serious", "critical"}
LANGUAGES = pytest.mark.parametrize("language", ["en", "ar"])
# Type of page: the role that sees it, and its address after the language.
PAGES = {
    "home": (None, ""),
    "search": (None, "search/?q=maize"),
    "search that is wrong": (None, "search/?country=nowhere"),
    "search that finds nothing": (None, "search/?q=xyzzyxyzzy"),
    "database": (None, "projects/"),
    "needs": (None, "needs/"),
    "record": (None, "records/{published}/"),
    "help": (None, "help/"),
    "contact": (None, "contact/"),
    "api": (None, "api/"),
    "page not found": (None, "nothing/here/"),
    "message to a contact": (None, "desk/records/{published}/message/"),
    "sign-in": (None, "account/login/"),
    "sign-up": (None, "account/signup/"),
    "own records": ("secretariat", "desk/"),
    "queue": ("secretariat", "desk/queue/"),
    "new record": ("secretariat", "desk/records/new/"),
    "owner of a new record": ("secretariat", "desk/records/new/projects/"),
    "form": ("secretariat", "desk/records/{submitted}/edit/"),
    "submitted record": ("secretariat", "desk/records/{submitted}/"),
    "published record": ("secretariat", "desk/records/{published}/"),
    "profile": ("secretariat", "account/"),
    "people": ("secretariat", "account/people/"),
    "invitation": ("secretariat", "account/invitations/new/"),
    "sources": ("secretariat", "desk/sources/"),
    "new source": ("secretariat", "desk/sources/new/"),
    "application": ("secretariat", "account/roles/apply/"),
    "no permission": ("author", "account/people/"),
}
STATUS = {"search that is wrong": 400, "page not found": 404, "no permission": 403}
KINDS = pytest.mark.parametrize("kind", PAGES)


@pytest.fixture(scope="package")
def uids(chrome, portal, signed_in):
    """A published project, and a record that waits for the Secretariat."""
    context = chrome.new_context(base_url=f"http://127.0.0.1:{portal.port}", storage_state=signed_in("secretariat"))
    page = context.new_page()
    page.goto("/en/desk/queue/")
    [submitted, *_rest] = page.locator("tbody .uid").all_inner_texts()
    page.goto("/en/projects/")
    [published, *_rest] = page.locator(".hit .uid").all_inner_texts()
    context.close()
    return {"submitted": submitted, "published": published}


@pytest.fixture
def at(visitor, signed_in, uids):
    """Opens a browser at a type of page."""

    def opens(kind, language="en", **options):
        role, path = PAGES[kind]
        if role:
            options["storage_state"] = signed_in(role)
        one = visitor(**options)
        response = one.goes_to(f"/{language}/{path.format(**uids)}")
        assert (response.status, response.request.redirected_from) == (STATUS.get(kind, 200), None)
        return one

    return opens


@LANGUAGES
@KINDS
def test_a_page_type_has_no_grave_fault_for_assistive_technology(at, kind, language):
    page = at(kind, language).page
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")

    found = Axe().run(page).response["violations"]

    grave = [fault for fault in found if fault["impact"] in GRAVE]
    assert [(fault["id"], fault["nodes"][0]["html"][:200], len(fault["nodes"])) for fault in grave] == []


@LANGUAGES
@KINDS
def test_a_page_type_fits_a_narrow_screen(at, kind, language):
    page = at(kind, language, viewport={"width": 360, "height": 740}).page
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")

    expect(page.locator("html")).to_have_attribute("dir", "rtl" if language == "ar" else "ltr")
    wide = page.evaluate(
        """() => [...document.querySelectorAll("body *")]
            .filter((one) => one.getBoundingClientRect().right > 361 || one.getBoundingClientRect().left < -1)
            .filter((one) => !one.closest(".table-scroll, .visually-hidden, [popover], .hero-art, pre, svg"))
            .map((one) => one.outerHTML.slice(0, 120)).slice(0, 3)"""
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 360, wide


def test_the_first_tab_leads_past_the_header_to_the_content(at):
    page = at("search").page

    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to the content")
    expect(page.locator(":focus")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("scripts", [False, True])
def test_a_person_signs_in_and_submits_a_step_with_the_keyboard_alone(visitor, scripts):
    one = visitor(scripts=scripts)
    one.goes_to("/en/account/login/")
    walks_to(one.page, "Email")
    one.page.keyboard.type(cast.address("focal", "looking"))
    walks_to(one.page, "Password")
    one.page.keyboard.type(cast.PASSWORD)
    walks_to(one.page, "Sign in")
    one.page.keyboard.press("Enter")
    expect(one.page.get_by_role("heading", level=1)).to_have_text(re.compile("My records"))

    one.goes_to("/en/desk/records/new/")
    walks_to(one.page, "Project")
    one.page.keyboard.press("Enter")
    one.page.wait_for_url("**/new/projects/")
    walks_to(one.page, "Start the draft")
    one.page.keyboard.press("Enter")
    one.page.wait_for_url("**/edit/")
    walks_to(one.page, "English", tag="INPUT", kind="text")
    one.page.keyboard.type("Written without a mouse")
    walks_to(one.page, "Save and see it whole")
    one.page.keyboard.press("Enter")
    expect(one.page.get_by_role("heading", level=1)).to_have_text("Written without a mouse")


FOCUSED = """() => {
    const one = document.activeElement;
    const label = one.labels?.[0]?.innerText || one.innerText || "";
    return {label: label.trim(), tag: one.tagName, kind: one.type || ""};
}"""


def walks_to(page, label, tag=None, kind=None):
    """Press Tab until the control with this label has the focus."""
    for _step in range(400):
        page.keyboard.press("Tab")
        there = page.evaluate(FOCUSED)
        if there["label"] == label and tag in (None, there["tag"]) and kind in (None, there["kind"]):
            return
    raise AssertionError(f"The keyboard does not reach “{label}”.")


def test_a_search_page_with_its_stylesheet_is_at_most_14_kilobytes(portal):
    headers = {"Accept-Encoding": "br"}
    _status, page_headers, page = portal.get("/en/search/?q=maize", **headers)
    stylesheet = re.search(r'href="(/static/[^"]+\.css)"', portal.get("/en/search/?q=maize")[2].decode())[1]
    _status, sheet_headers, sheet = portal.get(stylesheet, **headers)

    assert page_headers["Content-Encoding"] == sheet_headers["Content-Encoding"] == "br"
    assert len(page) + len(sheet) <= 14_000, (len(page), len(sheet))
