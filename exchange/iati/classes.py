"""How an activity is classified: sectors, policy markers, tags. These lists are not ours: they are told in words."""

from collections import defaultdict

from lxml import etree

from exchange.iati import codes, nodes
from exchange.iati.activity import Activity
from exchange.iati.coverage import note_sum

OECD = ("", "1", "2", "DAC", "DAC-3", "OECD DAC")


def read(activity: Activity) -> None:
    _sectors(activity)
    _markers(activity)
    for label, name in (("Tag", "tag"), ("Humanitarian scope", "humanitarian-scope")):
        told = (nodes.words(element) or nodes.code(element) for element in activity.every(name))
        if words := list(dict.fromkeys(text for text in told if text)):
            activity.tell(label, "; ".join(words))
    for label, name in (("Type of aid", "aid-type"), ("Finance", "finance-type")):
        given = (nodes.words(element) for one in (f"default-{name}", name) for element in activity.every(one))
        if kind := next((text for text in given if text), ""):
            activity.tell(label, kind)


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
    return f"{name} ({', '.join(f'{share}%' for share in shares)})" if shares else name


def _sector(element: etree._Element) -> str:
    code, words = nodes.code(element), nodes.words(element)
    is_oecd = nodes.attribute(element, "vocabulary") in OECD and not nodes.attribute(element, "type")
    words = words or (codes.name("sectors", code[:3]) if is_oecd else "")
    return f"{code} {words}".strip()


def _markers(activity):
    told = []
    for element in activity.every("policy-marker"):
        code, weight = nodes.code(element), nodes.attribute(element, "significance")
        is_oecd = nodes.attribute(element, "vocabulary") in OECD
        name = nodes.words(element) or (codes.name("markers", code) if is_oecd else "") or code
        if name and weight != "0":
            told.append(f"{name} ({codes.name('significance', weight, weight)})" if weight else name)
    if told:
        activity.tell("Policy markers", "; ".join(dict.fromkeys(told)))
