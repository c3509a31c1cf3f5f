"""What an activity is called: by IATI, by its owner, by others."""

from django.utils.translation import gettext as _
from lxml import etree

from exchange.iati import codes, nodes
from exchange.iati.activity import Activity
from exchange.reading.text import clean

LONGEST = 200
LONGEST_SCHEME = 40
LONGEST_NUMBER = 100
GEF, IATI = "GEF", "IATI"
PARENT = "parent"


def identifier(activity: etree._Element) -> str:
    """IATI's identifier; where there is none, the owner's own with the owner's name: `World Bank:P084404`."""
    if found := next(iter(_of_iati(activity)), ""):
        return found
    reporter = nodes.first(activity, "reporting-org")
    for element in nodes.every(activity, "other-identifier"):
        who = owner(element) or nodes.words(reporter) or nodes.code(reporter)
        if who and (value := _value(element)) and not _is_of_an_organization(element):
            return f"{who}:{value}"
    return ""


def owner(element: etree._Element) -> str:
    """Whose identifier it is: by name, else by reference."""
    organization = nodes.first(element, "owner-org")
    names = nodes.attribute(element, "owner-name"), nodes.words(organization)
    references = nodes.attribute(element, "owner-ref"), nodes.attribute(organization, "ref")
    return next((name for name in (*names, *references) if name and not codes.says_nothing(name)), "")


def read(activity: Activity) -> None:
    """The identifiers of the record, and what is said of other activities."""
    rows: dict[tuple[str, str], None] = {}
    for value in _of_iati(activity.element):
        rows[IATI, value] = None
    for element in activity.every("other-identifier"):
        if value := _value(element):
            _other(activity, element, value, rows)
    for _scheme, value in rows:
        if len(value) > LONGEST:
            activity.note("other-identifier", value, _("This identifier is too long: it is not kept."))
    kept = [
        (f"{scheme}:{value}", {"scheme": scheme, "value": value}) for scheme, value in rows if len(value) <= LONGEST
    ]
    activity.add_all("identifiers", kept, "other-identifier")
    _number(activity)
    _related(activity)


def _other(activity, element, value, rows):
    if _is_of_an_organization(element):
        activity.tell("Identifier of the organization", value)
        return
    scheme = codes.name("other_identifier", nodes.attribute(element, "type"))
    who = owner(element)
    if codes.meaning("gef", who):
        scheme = GEF
    elif not scheme or (scheme == codes.name("other_identifier", "A1") and (who or activity.reporter)):
        scheme = _short_enough(who, _reference(activity, element)) or activity.reporter or "Other"
    rows[activity.short("other-identifier", scheme, LONGEST_SCHEME), value] = None


def _reference(activity, element) -> str:
    """The reference of the owner, else of who reports under the same name."""
    given = nodes.attribute(element, "owner-ref") or nodes.attribute(nodes.first(element, "owner-org"), "ref")
    return given or (nodes.code(activity.first("reporting-org")) if owner(element) == activity.reporter else "")


def _short_enough(name: str, reference: str) -> str:
    """A name, unless it has to be cut off where a reference would not."""
    return reference if len(name) > LONGEST_SCHEME and 0 < len(reference) <= LONGEST_SCHEME else name


def _number(activity):
    """The reporter's own number of a project that IATI gives none."""
    if not _of_iati(activity.element):
        named = (one for one in activity.every("other-identifier") if not _is_of_an_organization(one))
        numbers = (value for one in named if (value := _value(one)) and len(value) <= LONGEST_NUMBER)
        if number := next(numbers, ""):
            activity.put("number", number, "other-identifier")


def _related(activity):
    """Other activities are told, not made identifiers: whoever looks one up must not find this one.

    The one parent that an activity names is what it is part of; of several, none is chosen.
    """
    parents = set()
    for element in activity.every("related-activity"):
        reference = nodes.attribute(element, "ref")
        kind = codes.name("related", nodes.attribute(element, "type")) or nodes.attribute(element, "type").lower()
        if kind == PARENT and reference not in ("", activity.identifier):
            parents.add(reference)
        if value := clean(f"{reference} {nodes.words(element)}"):
            activity.tell(f"Related activity ({kind})" if kind else "Related activity", value)
    if len(parents) == 1 and len(parent := parents.pop()) <= LONGEST:
        activity.whole = parent
    for element in activity.every("related-initiative"):
        if value := nodes.words(element):
            activity.tell("Related initiative", value)


def _of_iati(activity: etree._Element) -> list[str]:
    given = (nodes.own(element) for element in nodes.every(activity, "iati-identifier"))
    return [text for text in given if not codes.says_nothing(text)]


def _value(element: etree._Element) -> str:
    """An identifier: version 2 writes it as an attribute, version 1 as text."""
    value = nodes.attribute(element, "ref") or nodes.own(element)
    return "" if codes.says_nothing(value) else value


def _is_of_an_organization(element: etree._Element) -> bool:
    return nodes.attribute(element, "type").startswith("B")
