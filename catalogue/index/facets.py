"""Which facets the catalogue has, which codes each accepts, and what people read in place of a code."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from formats import registry
from formats.groups import Group
from reference import countries

PROFILES = {"registered": _("Registered in this portal"), "harvested": _("Taken over from another source")}
YES_NO = {"yes": _("Yes"), "no": _("No")}
CLOCK = {"announced": _("Announced"), "open": _("Open"), "closed": _("Closed")}
EVERYWHERE = ("database", "country", "group", "area", "theme", "language", "profile", "source", "sample")
LONGEST_SOURCE = 200
LABELS = {
    "database": _("Database"),
    "country": _("Country"),
    "group": _("Region or group"),
    "language": _("Language of the record"),
    "profile": _("Kind of record"),
    "source": _("Source"),
    "sample": _("Sample record"),
    "eligible": _("May apply"),
    "state": _("State"),
}


@dataclass(frozen=True)
class Facet:
    """A way to narrow a search: its name in addresses, and the field that feeds it in each database that has it."""

    name: str
    fields: dict[str, list[Any]] = field(default_factory=dict)

    @property
    def label(self):
        """What the facet is called on a page."""
        if self.name in LABELS:
            return LABELS[self.name]
        return next(iter(self.fields.values()))[0].label

    def of(self, databases=()) -> list[Any]:
        """The fields behind it in these databases (all of them if none is named)."""
        return [one for slug, many in self.fields.items() if not databases or slug in databases for one in many]

    def resolve(self, text: str, databases=()) -> str | None:
        """The code that `text` names, or None if there is no such code."""
        if (choices := _choices(self.name)) is not None:
            return text if text in choices else None
        if self.name == "source":  # sources come and go: any name may be asked for
            return text if len(text) <= LONGEST_SOURCE else None
        if self.name in ("country", "group", "eligible"):
            return _place(self.name, text)
        if self.name == "state" and text in CLOCK and has_clock(databases):
            return text
        return next((code for one in self.of(databases) if (code := one.resolve(text))), None)

    def value_label(self, code: str, language: str, databases=()) -> str:
        """What people read in place of a code of this facet."""
        if (choices := _choices(self.name)) is not None:
            return str(choices[code])
        if code in countries.countries() and self.name in ("country", "eligible"):
            return countries.country_name(code, language)
        if code in countries.groups() and self.name in ("group", "eligible"):
            return countries.group_name(code, language)
        known = (one for one in self.of(databases) if one.resolve(code) == code)
        return next((str(one.name(code, language)) for one in known), str(CLOCK.get(code, code)))


@cache
def facets() -> dict[str, Facet]:
    """Every facet by its name: those of all databases first, then what the formats declare."""
    found = {name: Facet(name) for name in EVERYWHERE}
    for declaration in registry.all_formats():
        for one in _faceted(declaration):
            facet = found.setdefault(one.facet, Facet(one.facet))
            facet.fields.setdefault(declaration.slug, []).append(one)
    found.setdefault("state", Facet("state"))
    return found


def shown_for(databases: tuple[str, ...]) -> list[str]:
    """The facets that a search over these databases offers."""
    if len(databases) != 1:
        return list(EVERYWHERE)
    own = [name for name, facet in facets().items() if databases[0] in facet.fields]
    common = [name for name in EVERYWHERE if name != "database" and (name in own or not facets()[name].fields)]
    ordered = [*common, *(name for name in own if name not in common)]
    return [*ordered, "state"] if has_clock(databases) and "state" not in ordered else ordered


def has_clock(databases=()) -> bool:
    """Whether records of these databases are announced, open and closed by their dates."""
    chosen = [one for one in registry.all_formats() if not databases or one.slug in databases]
    return any(one.option("closes") for one in chosen)


def _faceted(group: Group) -> Iterator[Any]:
    for one in group.fields.values():
        if isinstance(one, Group):
            yield from _faceted(one)
        elif one.facet:
            yield one


def _choices(name: str) -> dict[str, Any] | None:
    """The codes and labels of the facets that no vocabulary stands behind."""
    if name == "database":
        return {one.slug: one.name for one in registry.all_formats()}
    return {"profile": PROFILES, "sample": YES_NO}.get(name)


def _place(name: str, text: str) -> str | None:
    country = countries.resolve_country(text) if name != "group" else None
    return country or (countries.resolve_group(text) if name != "country" else None)
