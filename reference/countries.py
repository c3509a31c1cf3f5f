"""Countries and territories, the groups they form, and the Parties to the two Protocols."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

from reference import store
from reference.matching import fold

INSTRUMENTS = ("cartagena", "nagoya-kl")
FALLBACK = "en"


@dataclass(frozen=True, slots=True)
class Membership:
    """When a Party joined an instrument; None and "" where the sources do not say."""

    deposited: date | None
    action: str
    since: date | None


@dataclass(frozen=True, slots=True)
class Country:
    """A country, a territory, or the European Union (which has neither an alpha-3 nor an M49 code)."""

    iso2: str
    iso3: str
    m49: str
    names: Mapping[str, str]
    aliases: tuple[str, ...]
    parties: Mapping[str, Membership]


@dataclass(frozen=True, slots=True)
class Group:
    """A set of countries: of a region, of a level of development, of an organization or of a treaty."""

    code: str
    kind: str
    names: Mapping[str, str]
    aliases: tuple[str, ...]
    identifiers: tuple[str, ...]
    members: frozenset[str]


@cache
def countries():
    """All of them by their alpha-2 codes, in alphabetical order of the English names."""
    return MappingProxyType({row["iso2"]: _country(**row) for row in store.read("countries.json")["countries"]})


def country(code):
    return countries().get(code)


def country_name(iso2, language=FALLBACK):
    return _named(countries()[iso2].names, language)


def resolve_country(text):
    """The code that `text` names: an alpha-2 code, in small letters too as the Biosafety Clearing-House writes it."""
    code = text.strip().upper()
    return code if code in countries() else None


def find_country(text):
    """The country of this name in any of the six languages, or of this alias or alpha-3 code. Never a guess."""
    return countries().get(_iso3().get(text.strip()) or _country_names().get(fold(text)))


@cache
def groups():
    """All of them by their codes, in the order in which a list shows them."""
    return MappingProxyType({row["code"]: _group(**row) for row in store.read("groups.json")["groups"]})


def group(code):
    return groups().get(code)


def group_name(code, language=FALLBACK):
    return _named(groups()[code].names, language)


def groups_of(iso2):
    """The codes of the groups that the country belongs to."""
    return _groups_by_country().get(iso2, ())


def resolve_group(text):
    """The code that `text` names: a code, or an identifier of the Biosafety Clearing-House; else None."""
    return text if text in groups() else _group_identifiers().get(text.strip().upper())


def find_group(text):
    """The group of this name, alias, code or identifier, else None."""
    return groups().get(resolve_group(text) or _group_names().get(fold(text)))


def parties(instrument, on=None):
    """The Parties to `instrument`, today's or those of a day.

    Where the day of a Party's joining is not known, the Party counts from the day of the list that names it.
    """
    facts = _instruments()[instrument]
    joined = {code: one.parties[instrument].since for code, one in countries().items() if instrument in one.parties}
    return frozenset(code for code, since in joined.items() if on is None or (since or facts["listed_on"]) <= on)


@cache
def _instruments():
    """For each instrument: when it entered into force, and the day of the list of Parties used here."""
    facts = store.read("countries.json")["instruments"]
    return {name: {key: date.fromisoformat(day) for key, day in row.items()} for name, row in facts.items()}


def _named(names, language):
    return names.get(language, names[FALLBACK])


def _country(*, names, aliases, parties, **codes):
    memberships = {name: _membership(name, **row) for name, row in parties.items()}
    return Country(
        names=MappingProxyType(names), aliases=tuple(aliases), parties=MappingProxyType(memberships), **codes
    )


def _membership(instrument, *, deposited, action):
    day = deposited and date.fromisoformat(deposited)
    in_force = _instruments()[instrument]["in_force"]
    return Membership(day, action, day and max(in_force, day + timedelta(days=90)))


def _group(*, code, kind, names, aliases, identifiers, members=None, instrument=None):
    return Group(
        code=code,
        kind=kind,
        names=MappingProxyType(names),
        aliases=tuple(aliases),
        identifiers=tuple(identifiers),
        members=parties(instrument) if instrument else frozenset(members),
    )


@cache
def _iso3():
    return {one.iso3: code for code, one in countries().items() if one.iso3}


@cache
def _country_names():
    return {fold(name): code for code, one in countries().items() for name in (*one.names.values(), *one.aliases)}


@cache
def _group_names():
    return {fold(name): code for code, one in groups().items() for name in (*one.names.values(), *one.aliases)}


@cache
def _group_identifiers():
    return {identifier.upper(): code for code, one in groups().items() for identifier in one.identifiers}


@cache
def _groups_by_country():
    return {code: tuple(name for name, one in groups().items() if code in one.members) for code in countries()}
