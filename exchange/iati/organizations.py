"""Who takes part in an activity, and in which role."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from lxml import etree

from exchange.iati import codes, nodes
from exchange.iati.activity import Activity
from reference.matching import fold

# IATI's code list OrganisationRole: an accountable organization is "responsible for oversight of the activity and its
# outcomes", an extending one "manages the budget and direction": they answer for money and results, as implementing
# agencies do here. An implementing one "physically carries out the activity": here, an executing agency.
FIELDS = {
    "accountable": "implementing_agencies",
    "extending": "implementing_agencies",
    "implementing": "executing_agencies",
}
LONGEST_NAME = 500


def read(activity: Activity, funders: Iterable[str]) -> None:
    """The agencies and partners; `funders` stand in the funding already and are not partners besides."""
    shown = {fold(name) for name in funders}
    found: dict[str, dict[str, str]] = {"implementing_agencies": {}, "executing_agencies": {}, "partners": {}}
    unshown: dict[str, str] = {}
    for element in activity.every("participating-org"):
        if not (name := activity.short("participating-org", name_of(element), LONGEST_NAME)):
            continue
        role = role_of(element)
        if role == "beneficiary":
            activity.tell("Beneficiary", name)
        elif role == "funding" and fold(name) not in shown:
            unshown.setdefault(fold(name), name)
            found["partners"].setdefault(fold(name), name)
        elif role != "funding":
            found[FIELDS.get(role, "partners")].setdefault(fold(name), name)
        if not role and (given := nodes.attribute(element, "role")):
            reason = _("This role is not in IATI's list: the organization is taken as a partner.")
            activity.note("participating-org", given, reason)
    if unshown:
        activity.tell("Funded by", "; ".join(unshown.values()))
    for field, names in found.items():
        activity.add_all(field, [(name, {"name": name}) for name in names.values()], "participating-org")
    _reporter(activity)


def funding(activity: Activity) -> list[etree._Element]:
    """The organizations that fund, each once."""
    named = [element for element in activity.every("participating-org") if role_of(element) == "funding"]
    return list({fold(name): element for element in reversed(named) if (name := name_of(element))}.values())[::-1]


def role_of(element: etree._Element) -> str:
    return codes.meaning("role", nodes.attribute(element, "role"))


def name_of(element: etree._Element | None) -> str:
    """The name of an organization; where there is none, its reference."""
    return nodes.words(element) or nodes.code(element)


def type_of_funding(element: etree._Element | None) -> str:
    """The kind of money that an organization gives, where its name or its type leaves no doubt."""
    return codes.meaning("gef", name_of(element)) or codes.meaning("funding_type", nodes.attribute(element, "type"))


def _reporter(activity):
    """Who reports is not always who acts: told, not made a partner."""
    reference = nodes.code(activity.first("reporting-org"))
    if activity.reporter:
        added = f" ({reference})" if reference and reference != activity.reporter else ""
        activity.tell("Reported by", f"{activity.reporter}{added}")
