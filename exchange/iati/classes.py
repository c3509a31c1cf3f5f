"""How an activity is classified: sectors, policy markers, tags. These lists are not ours: they are told in words."""

from collections import defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext as _
from lxml import etree

from exchange.iati import codes, nodes
from exchange.iati.activity import Activity
from exchange.iati.coverage import note_sum

OECD = ("", "1", "2", "DAC", "DAC-3", "OECD DAC")
KINDS = {
    "Collaboration": "collaboration-type",
    "Flow": "flow-type",
    "Finance": "finance-type",
    "Type of aid": "aid-type",
    "Tied": "tied-status",
}
HEALTH = "9"  # the one marker of the OECD that is measured by the share of the money


def read(activity: Activity) -> None:
    _sectors(activity)
    _markers(activity)
    for label, name in (("Tag", "tag"), ("Humanitarian scope", "humanitarian-scope")):
        told = (nodes.words(element) or _coded(element) for element in activity.every(name))
        if words := list(dict.fromkeys(text for text in told if text)):
            activity.tell(label, "; ".join(words))
    for label, name in KINDS.items():
        if words := list(dict.fromkeys(text for text in _kinds(activity, name) if text)):
            activity.tell(label, "; ".join(words))


def _coded(element: etree._Element) -> str:
    """A tag of which only the code is given: for readers, with the name of its list."""
    code = nodes.code(element)
    known = codes.name("tag_vocabulary", nodes.attribute(element, "vocabulary")) if element.tag == "tag" else ""
    return f"{known} {code}" if known and code else code


def _kinds(activity, name: str) -> Iterator[str]:
    """The kinds of money, of the activity as a whole and of its transactions: in words, or by their codes."""
    table = name.replace("-", "_")
    for element in (*activity.every(f"default-{name}"), *activity.every(name), *activity.every("transaction", name)):
        is_listed = nodes.attribute(element, "vocabulary") in ("", "1")
        yield nodes.words(element) or (codes.name(table, nodes.code(element)) if is_listed else "")


def _sectors(activity):
    """Each sector once, with its shares as the source gives them, by vocabulary."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for element in activity.every("sector") or activity.every("transaction", "sector"):
        if name := _sector(element):
            shares = found[nodes.attribute(element, "vocabulary", "type")][name]
            if share := nodes.attribute(element, "percentage"):
                shares.append(share)
    for vocabulary, sectors in found.items():
        label = codes.name("sector_vocabulary", vocabulary, vocabulary)
        listed = (_with_shares(name, shares) for name, shares in sectors.items())
        activity.tell(f"Sectors ({label})" if label else "Sectors", "; ".join(listed))
        if given := [share for shares in sectors.values() for share in shares]:
            note_sum(activity, "sector", given)


def _with_shares(name: str, shares: list[str]) -> str:
    return f"{name} ({', '.join(map(nodes.share_told, shares))})" if shares else name


def _sector(element: etree._Element) -> str:
    code, words = nodes.code(element), nodes.words(element)
    is_oecd = nodes.attribute(element, "vocabulary") in OECD and not nodes.attribute(element, "type")
    words = words or (codes.name("purposes", code, codes.name("sectors", code[:3])) if is_oecd else "")
    return f"{code} {words}".strip()


def _markers(activity):
    told = []
    for element in activity.every("policy-marker"):
        code, weight = nodes.code(element), nodes.attribute(element, "significance")
        is_oecd = nodes.attribute(element, "vocabulary") in OECD
        name = nodes.words(element) or (codes.name("markers", code) if is_oecd else "") or code
        if name and is_oecd and not weight:
            reason = _("It is not said how far this was an objective, or whether it was one: the marker is left out.")
            activity.note("policy-marker", name, reason)
        elif name and weight != "0":
            scale = "share" if is_oecd and code == HEALTH else "significance"
            told.append(f"{name} ({codes.name(scale, weight, weight)})" if weight else name)
    if told:
        activity.tell("Policy markers", "; ".join(dict.fromkeys(told)))
