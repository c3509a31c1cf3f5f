"""Web pages and documents of an activity."""

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from exchange.iati import codes, nodes
from exchange.iati.activity import Activity
from exchange.reading.markup import EMAIL
from reference import languages

LONGEST_ADDRESS = 2000
LONGEST_TITLE = 300
PAGES = ("text/html", "application/xhtml+xml", "application/http")
is_address = URLValidator(schemes=["http", "https"])


def read(activity: Activity) -> str:
    """Fill links and files; the address at which the source itself shows the activity, if it gives one."""
    rows: dict[str, dict] = {}
    pages: dict[str, dict] = {}
    for element in activity.every("activity-website"):
        if address := _address(activity, "activity-website", nodes.own(element)):
            pages[address] = {"url": address}
    own = next(iter(pages), "")
    for element in activity.every("document-link"):
        if address := _address(activity, "document-link", nodes.attribute(element, "url")):
            is_page = nodes.attribute(element, "format").lower() in ("", *PAGES)
            (pages if is_page else rows).setdefault(address, _row(activity, element, address))
    activity.add_all("links", pages.items(), "document-link")
    activity.add_all("files", rows.items(), "document-link")
    return own


def _row(activity, element, address) -> dict:
    row = {"url": address}
    title = activity.without_emails("document-link/title", nodes.words(nodes.first(element, "title")))
    if title := title or _category(element):
        row["title"] = activity.short("document-link/title", title, LONGEST_TITLE)
    if language := _language(element):
        row["language"] = language
    return row


def _category(element) -> str:
    """What kind of document it is."""
    given = (codes.name("document_category", nodes.code(one)) for one in nodes.every(element, "category"))
    return next((name for name in given if name), "")


def _language(element) -> str:
    """The language of a document: a code, or a name as the earliest versions write."""
    for one in nodes.every(element, "language"):
        given = nodes.code(one) or nodes.own(one)
        primary = nodes.tag(given).split("-")[0]
        if primary != nodes.UNKNOWN and languages.is_language(primary):
            return primary
        if found := given and languages.find_language(given):
            return found
    return ""


def _address(activity, column, given: str) -> str:
    """A web address; blanks in it are written as browsers do. What is none is noted, not mended."""
    address = given.replace(" ", "%20")
    if not given:
        return ""
    if EMAIL.search(given):
        activity.note(column, "", _("An e-mail address was left out: it belongs to a person."))
        return ""
    try:
        if len(address) > LONGEST_ADDRESS:
            raise ValidationError("too long")
        is_address(address)
    except (ValidationError, ValueError):
        activity.note(column, given, _("This is not a web address: it is left out."))
        return ""
    return address
