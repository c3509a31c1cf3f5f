"""What stands around the hits on a page: facets, choices in force, orders, counts. Finished labels and addresses."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from catalogue.index import text
from catalogue.index.facets import facets, has_clock
from catalogue.search.counts import FacetCounts
from catalogue.search.query import PLAIN, RELEVANCE, SearchQuery
from catalogue.search.searching import DEPTH, Page
from formats import local, registry
from reference import countries

FIRST_VALUES = 10
OPEN_FACETS = 4
EVERY_VALUE = "all"  # the parameter that opens facets whole
SORTS = {
    RELEVANCE: gettext_lazy("Best match"),
    "modified": gettext_lazy("Last changed"),
    "published": gettext_lazy("Newest"),
    "year": gettext_lazy("Year it is about"),
    "deadline": gettext_lazy("Deadline"),
    "priority": gettext_lazy("Priority"),
    "country": gettext_lazy("Country"),
}


@dataclass(frozen=True)
class Listing:
    """The page of a search: `path` is its address without parameters, `opened` the facets shown whole."""

    query: SearchQuery
    page: Page
    path: str
    opened: tuple[str, ...] = ()

    def address(self, parameters: str) -> str:
        return f"{self.path}?{parameters}" if parameters else self.path

    def count_text(self) -> str:
        """How many results of what: `128 records`, or the rows of a database counted one by one."""
        count = local.shown_number(self.page.count, self.query.language)
        if self.page.counted == "records":
            return ngettext("%(count)s record", "%(count)s records", self.page.count) % {"count": count}
        declaration = registry.by_slug(self.page.counted)
        name = declaration.fields[declaration.option("entries")].label
        facts = {"name": name, "count": count, "countries": self._countries_found()}
        if not facts["countries"]:
            return _("%(name)s: %(count)s, each counted by itself") % facts
        words = ngettext(
            "%(name)s: %(count)s, each counted by itself, in %(countries)d country",
            "%(name)s: %(count)s, each counted by itself, in %(countries)d countries",
            facts["countries"],
        )
        return words % facts

    def _countries_found(self) -> int:
        """How many countries the results name; not known where the reader chose among them."""
        counted = self.page.facets.get("country")
        return len(counted.values) if counted and not self.query.values("country") else 0

    @cached_property
    def facets(self) -> list[dict[str, Any]]:
        shown = [one for one in self.page.facets.values() if self._narrows(one)]
        return [self._facet(one, place < OPEN_FACETS) for place, one in enumerate(shown)]

    def _narrows(self, one: FacetCounts) -> bool:
        """Whether choosing changes anything: a single value that all results have is left out until it is chosen."""
        if len(one.values) != 1:
            return bool(one.values)
        [value] = one.values
        return value.chosen or value.count != self.page.count

    def _facet(self, one: FacetCounts, is_early: bool) -> dict[str, Any]:
        whole = one.name in self.opened
        values = sorted(one.values, key=lambda value: text.fold(value.label)) if whole else self._first(one)
        return {
            "name": one.name,
            "label": one.label,
            "open": is_early or whole or bool(self.query.values(one.name)),
            "values": values,
            **self._more(one, whole),
        }

    def _first(self, one: FacetCounts) -> list:
        """The ten values with most results, and whatever is chosen."""
        return [value for place, value in enumerate(one.values) if place < FIRST_VALUES or value.chosen]

    def _more(self, one: FacetCounts, whole: bool) -> dict[str, str]:
        if len(one.values) <= FIRST_VALUES:
            return {}
        opened = [name for name in self.opened if name != one.name]
        kept = [pair for pair in self.query.parameters if pair[0] not in (EVERY_VALUE, "cursor")]
        kept += [(EVERY_VALUE, name) for name in (opened if whole else [*opened, one.name])]
        label = _("Show fewer") if whole else _("Show all %(count)d") % {"count": len(one.values)}
        return {"more_url": f"{self.address(urlencode(kept))}#facet-{one.name}", "more_label": label}

    def chips(self) -> list[dict[str, str]]:
        """The choices in force; each address removes one."""
        made = [self._chip(name, code, self._value(name, code)) for name, codes in self.query.chosen for code in codes]
        for name, value in self.query.parameters:
            if label := self._plain_label(name, value):
                made.append(self._chip(name, value, label))
        return made

    def _value(self, name: str, code: str) -> str:
        facet = facets()[name]
        value = facet.value_label(code, self.query.language, self.query.databases)
        return _("%(facet)s: %(value)s") % {"facet": facet.label, "value": value}

    def _plain_label(self, name: str, value: str) -> str:
        if name == "covers":
            country = countries.country_name(countries.resolve_country(value), self.query.language)
            return _("Concerns %(country)s, by name or through its groups") % {"country": country}
        labels = {"year": _("About the years: %(value)s"), "modified_after": _("Changed since: %(value)s")}
        return labels[name] % {"value": value} if name in labels else ""

    def _chip(self, name: str, value: str, label: str) -> dict[str, str]:
        others = [pair for pair in self.query.parameters if pair != (name, value) and pair[0] != "cursor"]
        return {"label": label, "url": self.address(urlencode(others))}

    def clear_url(self) -> str:
        kept = ("q", "sort", "page_size", *self._own)
        return self.address(urlencode([pair for pair in self.query.parameters if pair[0] in kept]))

    @property
    def _own(self) -> set[str]:
        """The parameters that belong to the page and not to the search, such as a form's ticket."""
        return {name for name, _value in self.query.parameters} - set(PLAIN) - set(facets())

    def sorts(self) -> list[dict[str, Any]]:
        """The orders that make sense here; the usual one needs no parameter, so that it may change with the words."""
        usual = RELEVANCE if self.query.wanted.positive else "country" if self.query.entries else "modified"
        names = ["modified", "published", "year"]
        names += ["deadline"] * (len(self.query.databases) == 1 and has_clock(self.query.databases))
        names += ["priority", "country"] * self.query.entries
        ordered = [usual, *(name for name in names if name != usual)]
        return [
            {"value": "" if name == usual else name, "label": SORTS[name], "chosen": name == self.query.sort}
            for name in ordered
        ]

    def hidden(self) -> list[tuple[str, str]]:
        """What the form must carry along because it shows no control for it."""
        shown = {"q", "sort", "cursor", *(one["name"] for one in self.facets)}
        shown |= {"year"} if len(self.query.years) <= 1 else set()
        return [pair for pair in self.query.parameters if pair[0] not in shown]

    def year(self) -> str | None:
        """What the box for years holds; None where the address names several stretches of years."""
        given = [value for name, value in self.query.parameters if name == "year"]
        return None if len(given) > 1 else "".join(given)

    def notices(self) -> list[str]:
        said = []
        if self.page.left_out:
            count = self.page.left_out
            said.append(
                ngettext(
                    "%(count)d result changed since you began. It is left out here: begin again to see it.",
                    "%(count)d results changed since you began. They are left out here: begin again to see them.",
                    count,
                )
                % {"count": count}
            )
        if self.page.ends_early:
            said.append(
                _("By best match the list ends after %(depth)s results. Narrow it or choose another order to see all.")
                % {"depth": local.shown_number(DEPTH, self.query.language)}
            )
        return said

    def shown(self) -> str:
        facts = {"size": len(self.page.hits), "count": local.shown_number(self.page.count, self.query.language)}
        return _("%(size)d on this page, %(count)s in all") % facts

    def first_url(self) -> str:
        return self.address(self.query.address()) if self.query.cursor else ""

    def next_url(self) -> str:
        return self.address(self.query.address(cursor=self.page.next)) if self.page.next else ""

    def has_choices(self) -> bool:
        return bool(self.chips())

    def everywhere_url(self) -> str:
        """The same words in all databases; nothing where all are searched already."""
        words = {"q": self.query.wanted.typed} if self.query.wanted else {}
        return f"{reverse('catalogue:search')}?{urlencode(words)}" if self.query.database else ""

    def feed_url(self) -> str:
        """The same search as a feed, newest first."""
        kept = [(name, value) for name, value in self.query.parameters if name in ("q", "covers", "year")]
        kept += [(name, code) for name, codes in self.query.chosen for code in codes]
        if self.query.database:
            kept.append(("database", self.query.database))
        return f"{reverse('catalogue:feed')}?{urlencode(kept)}"
