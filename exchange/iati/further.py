"""What has no field and no list of its own: told in words; and what is not read at all, which is said too."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from lxml import etree

from exchange.iati import codes, nodes
from exchange.iati.activity import Activity
from exchange.reading.text import clean

YES = ("1", "true")
MOST_NAMES = 30
MONEY = ("transaction", "planned-disbursement")


def read(activity: Activity) -> None:
    level = nodes.attribute(activity.element, "hierarchy")
    if level not in ("", "1"):
        activity.tell("Level in the hierarchy of its reporter", level)
    if nodes.attribute(activity.element, "humanitarian") in YES:
        activity.tell("Humanitarian", "yes")
    _tell(activity, "Conditions", _conditions(activity))
    _tell(activity, "Items of the country’s budget", _budget_items(activity))
    spent = (nodes.attribute(element, "percentage") for element in activity.every("capital-spend"))
    _tell(activity, "Capital spending", (nodes.share_told(share) for share in spent if share))
    _tell(activity, "Legacy data", _legacy(activity))
    _traces(activity)
    _unread(activity)


def _tell(activity, label: str, words: Iterable[str]):
    if found := list(dict.fromkeys(text for text in words if text)):
        activity.tell(label, "; ".join(found))


def _conditions(activity) -> Iterator[str]:
    for element in activity.every("conditions", "condition"):
        kind = codes.name("condition", nodes.attribute(element, "type"))
        if words := activity.without_emails("conditions", nodes.words(element)):
            yield f"{words} ({kind})" if kind else words
    if not activity.every("conditions", "condition"):
        attached = (nodes.attribute(element, "attached") in YES for element in activity.every("conditions"))
        yield "attached, but not told" if any(attached) else ""


def _budget_items(activity) -> Iterator[str]:
    for element in activity.every("country-budget-items", "budget-item"):
        words = clean(f"{nodes.code(element)} {nodes.words(nodes.first(element, 'description'))}")
        share = nodes.attribute(element, "percentage")
        yield f"{words} ({nodes.share_told(share)})" if words and share else words


def _legacy(activity) -> Iterator[str]:
    for element in activity.every("legacy-data"):
        words = nodes.attribute(element, "value") or nodes.words(element)
        name = nodes.attribute(element, "name")
        yield activity.without_emails("legacy-data", f"{name}: {words}" if name and words else words)


def _traces(activity):
    """Whom the money goes to, and the activities that it comes from and goes to, in whatever file these are."""
    paid = activity.every("transaction", "receiver-org")
    named = list(dict.fromkeys(name for element in paid if (name := nodes.words(element))))
    _tell(activity, "Paid to", [*named[:MOST_NAMES], *_rest(named)])
    for label, organization, attribute in (
        ("Money from the activity", "provider-org", "provider-activity-id"),
        ("Money to the activity", "receiver-org", "receiver-activity-id"),
    ):
        elements = [
            *activity.every("transaction", organization),
            *activity.every("planned-disbursement", organization),
        ]
        others = (nodes.attribute(element, attribute) for element in elements)
        found = list(dict.fromkeys(one for one in others if one and one != activity.identifier))
        _tell(activity, label, [*found[:MOST_NAMES], *_rest(found)])


def _rest(found: list[str]) -> list[str]:
    return [f"and {rest} more"] if (rest := len(found) - MOST_NAMES) > 0 else []


def _unread(activity):
    """Elements of IATI that nothing here reads; those of other namespaces are extensions, and pass."""
    plain = (child.tag for child in activity.element.iterchildren(etree.Element) if not child.tag.startswith("{"))
    if names := sorted({name for name in plain if name not in codes.tables()["read"]["elements"]}):
        activity.tell("Not read here, see the source", ", ".join(names))
        activity.note("iati-activity", ", ".join(names), _("Nothing here reads these elements: see the source."))
