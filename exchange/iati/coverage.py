"""Where an activity takes place: countries, groups, scope; what no list knows stays as it was written."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _
from lxml import etree

from exchange.iati import codes, nodes
from exchange.iati.activity import Activity
from exchange.reading import places
from exchange.reading.places import Coverage
from reference import countries
from reference.matching import fold

MOST_LOCATIONS = 100
LONGEST_PLACE = 300
# How the vocabularies of regions are called; one that is not named is the OECD's.
VOCABULARIES = {"": "dac", "1": "dac", "DAC": "dac", "OECD DAC": "dac", "OECD-DAC": "dac", "2": "m49", "UN": "m49"}
WIDE = ("global", "regional")


def read(activity: Activity) -> None:
    coverage = Coverage()
    wide: set[str] = set()
    named = [*_given(activity, "recipient-country"), *_given(activity, "recipient-region")]
    beside = _regions_of_the_countries(activity)
    for element in (one for one in named if one not in beside):
        take = _country if element.tag == "recipient-country" else _region
        take(activity, element, coverage, wide)
    for name in ("countries", "groups", "unknown"):
        setattr(coverage, name, list(dict.fromkeys(getattr(coverage, name))))
    coverage.scope = _scope(activity, coverage, wide)
    for name, value in coverage.document().items():
        activity.put(name, value, "recipient-country")
    unknown = [activity.short("recipient-country", place, LONGEST_PLACE) for place in coverage.unknown]
    activity.add_all("places_as_given", [(place, {"text": place}) for place in unknown], "recipient-country")
    for place in unknown:
        activity.note("recipient-country", place, _("This is not in the list of countries: it is kept as text."))
    _shares(activity, [element for element in named if element.getparent() is activity.element])
    _locations(activity, coverage)


def _given(activity, name: str) -> list[etree._Element]:
    """The activity's own places; where it has none, those of its transactions, as version 2 allows."""
    own = activity.every("recipient-country") or activity.every("recipient-region")
    return activity.every(name) if own else activity.every("transaction", name)


def _regions_of_the_countries(activity) -> list[etree._Element]:
    """Regions that only say where the countries lie, which IATI forbids and many publishers do all the same.

    They have no share of the money where the countries have all of it; or nothing has a share, though IATI asks for
    it where there are several places, and all the countries lie in the region.
    """
    named = activity.every("recipient-country")
    regions = [one for one in activity.every("recipient-region") if not nodes.attribute(one, "percentage")]
    given = [share for one in named if (share := nodes.attribute(one, "percentage"))]
    if not (named and regions):
        return []
    have_all = len(given) == len(named) and not _is_off(given)
    codes_of = {found.iso2 for one in named if (found := countries.country(nodes.code(one).upper()))}
    is_wider = activity.meaning("scope", activity.first("activity-scope"), "code", "ref") in WIDE
    beside = []
    for one in regions:
        groups = [found for group in _groups(one) if (found := countries.group(group))]
        inside = {member for group in groups for member in group.members}
        if have_all or (not given and not is_wider and len(codes_of) == len(named) and codes_of <= inside):
            beside.append(one)
            activity.tell("Region of the country", _called(one))
            reason = _("The region only says where the country lies: it is told, and not taken as a place.")
            activity.note("recipient-region", _called(one), reason)
    return beside


def _groups(region: etree._Element) -> list[str]:
    """The groups that a region covers, by its code."""
    vocabulary, code = VOCABULARIES.get(nodes.attribute(region, "vocabulary"), ""), nodes.code(region)
    if not vocabulary:
        return []
    return codes.tables()[f"{vocabulary}_regions"].get(code.zfill(3) if vocabulary == "m49" else code, [])


def _country(activity, element, coverage, wide):
    """A country by its code; where the code is empty, by its name. The name never corrects the code."""
    code, name = nodes.code(element), nodes.words(element)
    if country := code and (countries.country(code.upper()) or countries.find_country(code)):
        coverage.countries.append(country.iso2)
    elif code.isdigit():
        _by_region(code, name, "dac", coverage, wide)
    elif same := codes.name("renamed_countries", code.upper()):
        coverage.countries.append(same)
    elif code:
        coverage.unknown.append(name or codes.name("former_countries", code.upper(), code))
    elif name:
        _by_name(name, coverage, wide)
    else:
        activity.note("recipient-country", "", _("Neither a code nor a name is given: no country is taken from it."))


def _region(activity, element, coverage, wide):
    code, name = nodes.code(element), nodes.words(element)
    vocabulary = VOCABULARIES.get(nodes.attribute(element, "vocabulary"))
    if vocabulary and code:
        _by_region(code, name, vocabulary, coverage, wide)
    elif name or code:
        _by_name(name or code, coverage, wide)
    else:
        activity.note("recipient-region", "", _("Neither a code nor a name is given: no region is taken from it."))


def _by_region(code, name, vocabulary, coverage, wide):
    code = code.zfill(3) if vocabulary == "m49" else code
    if found := codes.tables()[f"{vocabulary}_regions"].get(code):
        coverage.groups += found
    elif scope := codes.name(f"{vocabulary}_wide", code):
        wide.add(scope)
    elif name:
        _by_name(name, coverage, wide)
    else:
        coverage.unknown.append(codes.tables()["dac_region_names"].get(code, code))


def _by_name(name, coverage, wide):
    if scope := codes.meaning("wide", name):
        wide.add(scope)
        return
    if len(name) > LONGEST_PLACE:
        coverage.unknown.append(name)
        return
    found = places.read(name, {}, separator="\x1f")  # one name, whatever signs it holds
    coverage.countries += found.countries
    coverage.groups += found.groups
    coverage.unknown += found.unknown


def _scope(activity, coverage, wide) -> str | None:
    """The scope that the activity names, unless its places are wider; else what its places say."""
    element = activity.first("activity-scope")
    given = activity.meaning("scope", element, "code", "ref")
    if element is not None and not given and (told := nodes.code(element) or nodes.words(element)):
        activity.note("activity-scope", told, _("This scope is not in IATI's list: no term was chosen for it."))
    if given and not (coverage.groups and given not in WIDE):
        return given
    if given:
        activity.note("activity-scope", given, _("The activity names regions too: its scope is wider than it says."))
    if found := next((one for one in WIDE if one in wide), None):
        return found
    several = len(coverage.countries) + len(coverage.unknown) > 1
    if coverage.groups or (coverage.countries and several):
        return "regional"
    return "national" if coverage.countries else None


def _shares(activity, named: Iterable[etree._Element]):
    """What part of the activity each place has, as the source gives it."""
    shares = [(element, share) for element in named if (share := nodes.attribute(element, "percentage"))]
    if shares and len(shares) > 1:
        told = (f"{_called(element)} {nodes.share_told(share)}" for element, share in shares)
        activity.tell("Shares of places", "; ".join(told))
        note_sum(activity, "recipient-country", [share for _element, share in shares])


def _called(element) -> str:
    code = nodes.code(element)
    if country := countries.country(code.upper()):
        return countries.country_name(country.iso2)
    groups = " / ".join(map(countries.group_name, _groups(element))) if element.tag == "recipient-region" else ""
    return nodes.words(element) or groups or codes.name("dac_region_names", code) or code or "?"


def note_sum(activity: Activity, column: str, shares: list[str]) -> None:
    """Note shares that do not come to 100; each may be rounded, as 33.33 three times is."""
    if _is_off(shares):
        total = sum((one for share in shares if (one := nodes.share(share)) is not None), Decimal(0))
        reason = _("The shares do not come to 100: they are told as the source gives them.")
        activity.note(column, f"{total.normalize():f}", reason)


def _is_off(shares: list[str]) -> bool:
    numbers = [nodes.share(share) for share in shares]
    total = sum((one for one in numbers if one is not None), Decimal(0))
    return None in numbers or abs(total - 100) > max(Decimal("0.01"), len(shares) * Decimal("0.01"))


def _locations(activity, coverage):
    """Names of places smaller than a country. One that is the name of a country makes no country of the activity."""
    names: dict[str, str] = {}
    for path in (("location", "name"), ("target-location",)):
        for element in activity.every(*path):
            if name := nodes.words(element):
                names.setdefault(fold(name), activity.short("location/name", name, LONGEST_PLACE))
    unknown = set(coverage.unknown)
    named = (name for name in names.values() if name not in unknown and not codes.meaning("wide", name))
    taken = [name for name in named if not _is_covered(name, coverage)]
    rows = [(name, {"text": name}) for name in taken[:MOST_LOCATIONS]]
    activity.add_all("places_as_given", rows, "location/name")
    if (rest := len(taken) - MOST_LOCATIONS) > 0:
        activity.tell("Further places, see the source", str(rest))
        reason = _("Only the first %(most)d places are kept.") % {"most": MOST_LOCATIONS}
        activity.note("location/name", str(len(taken)), reason)


def _is_covered(name, coverage) -> bool:
    country = countries.find_country(name)
    return country is not None and country.iso2 in coverage.countries
