"""The main job from sign-in to the partner's pull, by people in browsers, without scripts and with them."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser import cast

pytestmark = pytest.mark.browser
RUNS = pytest.mark.parametrize("run", cast.RUNS)
COUNTRIES = {"MW": "Malawi", "ZM": "Zambia"}


def opens_browsers(visitor, run):
    """Browsers for one run: all of them with scripts, or none."""
    return lambda: visitor(scripts="with scripts" in run)


def names_a_contact(author, email, *, consents):
    author.unfolds("Contacts")
    author.presses("Add Contact persons or units")
    row = author.row("contacts", 1)
    author.writes("Person or unit", "Biosafety desk", within=row)
    author.writes("E-mail", email, within=row)
    author.ticks("agrees that this contact is published", "Yes" if consents else "No", within=row)


def pulls(portal, path):
    """What a partner's program reads."""
    status, _headers, body = portal.get(path)
    return status, json.loads(body)


def changes_of(portal, uid):
    """The lines about one record in the whole feed, read in small steps."""
    after, found = 0, []
    while True:
        _status, page = pulls(portal, f"/api/v1/changes/?after={after}&limit=20")
        found += [line for line in page["changes"] if line["uid"] == uid]
        after = page["position"]
        if after == page["head"]:
            return found


def letter_to(portal, letters, email, words):
    """The first mail to a person that says these words; it may take the worker a moment."""

    def arrived():
        return [one for one in letters.letters if one["To"] == email and words in one.get_content()]

    portal.wait_for(arrived, patience=20)
    return arrived()[0]


@RUNS
def test_a_countrys_needs_from_the_first_draft_to_the_partners_pull(visitor, portal, letters, run):
    country = COUNTRIES[cast.RUNS[run]]
    opened = opens_browsers(visitor, run)

    author = opened().signs_in(cast.address("author", run))
    uid = writes_an_incomplete_draft(author, country)
    author.does_not_see("What cannot be")
    completes_it(author, uid)
    author.presses("Submit")
    author.sees("Submitted: you will be told by mail what is decided.")

    focal_point = opened().signs_in(cast.address("focal", run))
    focal_point.goes_to("/en/desk/queue/")
    focal_point.follows(f"Capacity-building needs of {country}")
    focal_point.sees("Freezers at the two border posts")
    focal_point.presses("Endorse and publish")
    focal_point.sees("Endorsed and published")
    focal_point.follows("See the published record")
    focal_point.sees("A team that can review dossiers")

    donor = opened()
    finds_by_words_and_facets(donor, country, uid)
    donor.sees("Freezers at the two border posts")
    donor.does_not_see("between us")

    _status, record = pulls(portal, f"/api/v1/records/{uid}/")
    assert [need["rank"] for need in record["document"]["needs"]] == [1, 2]
    assert record["owner"]["country"] == cast.RUNS[run]
    assert record["contacts"] == [{"name": "Biosafety desk", "email": "desk@example.org"}]
    assert [(line["action"], line["record"]) for line in changes_of(portal, uid)] == [("published", record)]
    letter_to(portal, letters, cast.address("author", run), uid)


def writes_an_incomplete_draft(author, country):
    author.follows("Register a record")
    author.follows("Country needs", exact=True)
    author.sees(f"The Government of {country}")
    author.presses("Start the draft")
    author.writes_in_english("Title", f"Capacity-building needs of {country}, 2026")
    author.unfolds("The needs")
    author.presses("Add Needs")
    row = author.row("needs", 1)
    author.writes_in_english("Specific need", "Freezers at the two border posts", within=row)
    author.writes("Place in the country's own order", "2", within=row)
    author.presses("Save and see it whole")
    author.sees("points have to be mended before it can be submitted")
    author.sees("Capacity-building area")
    expect(author.page.get_by_role("button", name="Submit")).to_be_visible()
    author.presses("Submit")
    author.sees("points have to be mended first")
    return author.page.url.split("/records/")[1].split("/")[0]


def completes_it(author, uid):
    """Follows the list of what is missing, adds a need, puts it first, removes one that was added too much."""
    author.goes_to(f"/en/desk/records/{uid}/")
    author.follows("Edit", exact=True)
    author.unfolds("The needs")
    describes(author, author.row("needs", 1), "Risk assessment and other scientific and technical expertise")
    author.presses("Add another Needs")
    describes(author, author.row("needs", 2), "Risk assessment and other scientific and technical expertise")
    author.writes_in_english("Specific need", "A team that can review dossiers", within=author.row("needs", 2))
    author.writes("Place in the country's own order", "1", within=author.row("needs", 2))
    author.presses("Move up", within=author.row("needs", 2))
    first = author.row("needs", 1).get_by_role("group", name="Specific need").get_by_label("English")
    expect(first).to_have_value("A team that can review dossiers")
    author.presses("Add another Needs")
    author.presses("Remove", within=author.row("needs", 3))
    expect(author.row("needs", 3)).to_have_count(0)
    author.unfolds("Where")
    if not author.page.get_by_role("group", name="Country").get_by_role("checkbox").count():
        author.writes("Type names to add", author_country(author))
    author.unfolds("Links and further information")
    author.writes("Private notes", "This stays between us")
    names_a_contact(author, "desk@example.org", consents=True)
    author.presses("Save and see it whole")
    author.does_not_see("to be mended")


def author_country(author):
    heading = author.page.get_by_role("heading", level=1).inner_text()
    return heading.removeprefix("Capacity-building needs of ").partition(",")[0]


def describes(author, row, area):
    author.chooses("Capacity-building area", area, within=row)
    author.ticks("Priority", "High", within=row)
    author.ticks("Time horizon", "Short term", within=row)


def finds_by_words_and_facets(donor, country, uid):
    donor.goes_to("/en/needs/")
    facet = donor.page.locator("details.facet").filter(has_text="Country")
    if facet.get_attribute("open") is None:
        facet.locator("summary").click()
    facet.get_by_label(country).check()
    apply = donor.page.get_by_role("button", name="Apply the choices")
    if apply.is_visible():
        apply.click()
    donor.page.wait_for_url("**country=**")
    donor.page.wait_for_load_state("networkidle")
    donor.page.get_by_role("searchbox").fill("freezers border")
    donor.page.get_by_role("search").get_by_role("button", name="Search", exact=True).click()
    donor.page.wait_for_url("**q=freezers**")
    assert "country=" in donor.page.url
    donor.page.locator(".hit").filter(has_text=uid).get_by_role("link").first.click()
    donor.page.wait_for_url(f"**/records/{uid}/**")


@RUNS
def test_a_project_returned_mended_published_edited_and_withdrawn(visitor, portal, letters, run):
    opened = opens_browsers(visitor, run)
    email = cast.address("institute", run)

    author = opened().signs_in(email)
    uid = registers_a_project(author, f"Seeds of trust {run}")
    author.presses("Submit")

    secretariat = opened().signs_in(cast.address("secretariat", run))
    returns_it(secretariat, run)
    mail = letter_to(portal, letters, email, "Please name the agency in full.")
    assert uid in mail.get_content()

    mends_it(author, uid)
    author.presses("Submit")
    secretariat.goes_to(f"/en/desk/records/{uid}/")
    secretariat.sees("National Biosafety Authority")
    secretariat.presses("Publish")
    secretariat.follows("See the published record")
    secretariat.sees("Border laboratories learn to detect")
    letter_to(portal, letters, email, "Your record is published.")

    edits_the_published_record(author, uid)
    reader = opened()
    reader.goes_to(f"/en/records/{uid}/")
    reader.sees(f"Seeds of trust {run}")
    reader.does_not_see("Seeds of doubt")
    secretariat.goes_to(f"/en/desk/records/{uid}/")
    secretariat.sees("change since the published version")
    secretariat.sees("Seeds of doubt")
    secretariat.presses("Publish")
    secretariat.sees("Published: on the site in a moment.")
    portal.wait_for(lambda: pulls(portal, f"/api/v1/records/{uid}/")[1]["version"] == 2)

    withdraws_it(author, uid)
    portal.wait_for(lambda: pulls(portal, f"/api/v1/records/{uid}/")[0] == 410)
    assert reader.goes_to(f"/en/records/{uid}/").status == 410
    reader.sees("no longer published")
    reader.does_not_see("Seeds of")
    [tombstone] = changes_of(portal, uid)
    assert (tombstone["action"], tombstone["record"], tombstone["reason"]) == ("withdrawn", None, "outdated")


def registers_a_project(author, title):
    author.goes_to("/en/desk/records/new/")
    author.follows("Project", exact=True)
    author.presses("Start the draft")
    author.writes_in_english("Title", title)
    author.unfolds("The project")
    author.chooses("Status", "Proposed (not yet approved)")
    author.writes("Start", "2027-03")
    author.unfolds("Who carries it out")
    author.presses("Add Executing agencies")
    author.writes("Name", "NBA", within=author.row("executing_agencies", 1))
    author.unfolds("What it does")
    author.writes_in_english("Short description", "Border laboratories learn to detect modified maize.")
    author.page.get_by_role("group", name="Categories of activities").get_by_role("checkbox").first.check()
    author.unfolds("Themes")
    author.page.get_by_role("group", name="Capacity-building areas").get_by_role("checkbox").first.check()
    author.unfolds("Where")
    author.chooses("Geographic scope", "Global")
    names_a_contact(author, "somebody@example.org", consents=False)
    author.presses("Save and see it whole")
    author.does_not_see("to be mended")
    return author.page.url.split("/records/")[1].split("/")[0]


def returns_it(secretariat, run):
    secretariat.goes_to("/en/desk/queue/")
    secretariat.chooses("Database", "Projects")
    filters = secretariat.page.get_by_role("button", name="Filter")
    if filters.is_visible():
        filters.click()
    secretariat.follows(f"Seeds of trust {run}")
    secretariat.unfolds("Return with comments")
    secretariat.page.get_by_label("A text is hard to understand").check()
    secretariat.page.get_by_role("textbox", name="Comment").first.fill("Please name the agency in full.")
    secretariat.presses("Return with comments")
    secretariat.sees("Returned: the author has been told why.")


def mends_it(author, uid):
    author.goes_to(f"/en/desk/records/{uid}/")
    author.sees("Please name the agency in full.")
    author.follows("Edit", exact=True)
    author.unfolds("Who carries it out")
    author.writes("Name", "National Biosafety Authority", within=author.row("executing_agencies", 1))
    author.presses("Save and see it whole")


def edits_the_published_record(author, uid):
    author.goes_to(f"/en/desk/records/{uid}/")
    author.follows("Edit", exact=True)
    author.writes_in_english("Title", "Seeds of doubt")
    author.presses("Save and see it whole")
    author.presses("Submit")


def withdraws_it(author, uid):
    author.goes_to(f"/en/desk/records/{uid}/")
    author.unfolds("Withdraw")
    author.page.get_by_label("It is no longer current").check()
    author.presses("Withdraw", exact=True)
    author.sees("Withdrawn: readers find a notice in its place.")
