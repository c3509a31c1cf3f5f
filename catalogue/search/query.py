"""A search as it was asked: read from the parameters of an address, every code checked, none ignored."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from functools import cached_property
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from catalogue.index import schema, sorts
from catalogue.index.facets import facets, shown_for
from catalogue.search import cursors, words
from catalogue.search.bad_query import BadQuery
from formats import registry
from reference import countries
from reference.languages import UN_LANGUAGES

PAGE_SIZE, MOST_ON_A_PAGE = 20, 200
MOST_VALUES = 50
LONGEST_PARAMETER = 1000
RELEVANCE = "relevance"
# The order's name in addresses, its index field, and whether the greatest comes first.
ORDERS = {
    "modified": (schema.MODIFIED, True),
    "published": (schema.PUBLISHED, True),
    "year": (schema.YEAR, True),
    "deadline": (schema.DEADLINE, False),
    "priority": (schema.PRIORITY, False),
    "country": (schema.COUNTRY, False),
}
SINGLE = ("q", "sort", "cursor", "page_size", "modified_after")
PLAIN = (*SINGLE, "year", "covers", "facets")
YEARS = re.compile(r"(\d{4})(?:-(\d{4}))?", re.ASCII)


@dataclass(frozen=True)
class SearchQuery:
    """What to search for, in what order, which page of it, and which facets to count."""

    wanted: words.Wanted
    language: str = "en"
    database: str | None = None
    entries: bool = False
    chosen: tuple[tuple[str, tuple[str, ...]], ...] = ()
    covers: tuple[str, ...] = ()
    years: tuple[tuple[int, int], ...] = ()
    modified_after: int | None = None
    sort: str = "modified"
    cursor: cursors.Cursor | None = None
    page_size: int = PAGE_SIZE
    facets: tuple[str, ...] = ()
    parameters: tuple[tuple[str, str], ...] = ()

    @classmethod
    def parse(
        cls,
        params: QueryDict,
        database: str | None = None,
        language: str = "en",
        *,
        entries: bool = True,
        facets: Iterable[str] | None = None,
        also: Iterable[str] = (),
    ) -> "SearchQuery":
        """Read the parameters of an address; BadQuery for an unknown parameter, code, order or a broken cursor.

        `database`   the one database of the page: then there is no `database` parameter
        `entries`    whether a database whose rows are searched by themselves is searched by rows (pages: yes, API: no)
        `facets`     the facets to count where the address does not say (None: all that fit the databases)
        `also`       parameters that the caller reads itself, such as `lang`
        """
        return _Parser(params, database, language, set(also)).query(cls, entries, facets)

    def values(self, name: str) -> tuple[str, ...]:
        """The values chosen in a facet."""
        return dict(self.chosen).get(name, ())

    @property
    def databases(self) -> tuple[str, ...]:
        """The databases searched; empty for all."""
        return (self.database,) if self.database else self.values("database")

    def address(self, **changes: str | None) -> str:
        """The query string of this search with some parameters replaced (None: left out), from its first page."""
        kept = [(name, text) for name, text in self.parameters if name not in changes and name != "cursor"]
        return urlencode(kept + [(name, text) for name, text in changes.items() if text is not None])

    @cached_property
    def first_page(self) -> str:
        """The query string of this search from its first page."""
        return self.address()

    def without(self, name: str) -> "SearchQuery":
        """The same search without the choices in one facet: what that facet's counts are made of."""
        return replace(self, chosen=tuple(pair for pair in self.chosen if pair[0] != name))


class _Parser:
    """Reads one address, parameter by parameter."""

    def __init__(self, params: QueryDict, database: str | None, language: str, also: set[str]) -> None:
        self.params, self.database, self.also = params, database, also
        self.language = language if language in UN_LANGUAGES else "en"
        if database is not None:
            registry.by_slug(database)

    def query(self, cls, entries, counted) -> SearchQuery:
        self._refuse_unknown()
        wanted = words.read(self._one("q"))
        chosen = self._chosen()
        databases = (self.database,) if self.database else dict(chosen).get("database", ())
        by_rows = bool(entries and self.database and registry.by_slug(self.database).option("entries"))
        sort = self._sort(wanted, by_rows)
        return cls(
            wanted=wanted,
            language=self.language,
            database=self.database,
            entries=by_rows,
            chosen=chosen,
            covers=tuple(self._country("covers", text) for text in self._many("covers")),
            years=tuple(self._years(text) for text in self._many("year")),
            modified_after=self._moment("modified_after"),
            sort=sort,
            cursor=cursors.read(self._one("cursor"), sort),
            page_size=self._page_size(),
            facets=self._facets(counted, databases),
            parameters=self._normal(chosen),
        )

    def _refuse_unknown(self) -> None:
        known = {*PLAIN, *facets(), *self.also} - ({"database"} if self.database else set())
        for name in self.params:
            if name not in known:
                raise BadQuery(name, _("There is no parameter “%(name)s”.") % {"name": name[:60]})

    def _one(self, name: str) -> str:
        given = [text for text in self.params.getlist(name) if text.strip()]
        if len(given) > 1:
            raise BadQuery(name, _("Give “%(name)s” only once.") % {"name": name})
        if given and len(given[0]) > LONGEST_PARAMETER:
            raise BadQuery(name, _("“%(name)s” is too long.") % {"name": name})
        return given[0].strip() if given else ""

    def _many(self, name: str) -> list[str]:
        given = list(dict.fromkeys(text.strip() for text in self.params.getlist(name) if text.strip()))
        if len(given) > MOST_VALUES:
            message = _("“%(name)s” takes at most %(most)d values.") % {"name": name, "most": MOST_VALUES}
            raise BadQuery(name, message)
        return given

    def _chosen(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The facet values chosen, each as its code."""
        databases = self._databases()
        found = {name: [self._code(name, text, databases) for text in self._many(name)] for name in facets()}
        return tuple((name, tuple(dict.fromkeys(codes))) for name, codes in found.items() if codes)

    def _databases(self) -> tuple[str, ...]:
        if self.database:
            return (self.database,)
        return tuple(self._code("database", text, ()) for text in self._many("database"))

    def _code(self, name: str, text: str, databases: tuple[str, ...]) -> str:
        code = facets()[name].resolve(text, databases)
        if code is None:
            raise BadQuery(name, _("“%(value)s” is not a value of “%(name)s”.") % {"value": text[:60], "name": name})
        return code

    def _country(self, name: str, text: str) -> str:
        code = countries.resolve_country(text)
        if code is None:
            raise BadQuery(name, _("“%(value)s” is not the code of a country.") % {"value": text[:60]})
        return code

    def _years(self, text: str) -> tuple[int, int]:
        match = YEARS.fullmatch(text)
        if not match or int(match[1]) > int(match[2] or match[1]):
            raise BadQuery("year", _("Write a year as 2026, or several as 2024-2026."))
        return int(match[1]), int(match[2] or match[1])

    def _moment(self, name: str) -> int | None:
        """A day (from its beginning, UTC) or a time, as seconds."""
        given = self._one(name)
        if not given:
            return None
        try:
            if len(given) <= len("2026-01-01"):
                return sorts.seconds(datetime.combine(date.fromisoformat(given), time(), UTC))
            moment = datetime.fromisoformat(given)
            return sorts.seconds(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
        except (ValueError, OverflowError) as problem:
            raise BadQuery(name, _("Write the time as 2026-01-31 or 2026-01-31T12:00:00Z.")) from problem

    def _sort(self, wanted: words.Wanted, by_rows: bool) -> str:
        usual = RELEVANCE if wanted.positive else "country" if by_rows else "modified"
        sort = self._one("sort") or usual
        if sort != RELEVANCE and sort not in ORDERS:
            names = ", ".join((RELEVANCE, *ORDERS))
            raise BadQuery("sort", _("“sort” is one of: %(names)s.") % {"names": names})
        return usual if sort == RELEVANCE and not wanted.positive else sort

    def _page_size(self) -> int:
        given = self._one("page_size") or str(PAGE_SIZE)
        if not re.fullmatch(r"\d{1,3}", given, re.ASCII) or not 1 <= int(given) <= MOST_ON_A_PAGE:
            raise BadQuery("page_size", _("A page holds 1 to %(most)d results.") % {"most": MOST_ON_A_PAGE})
        return int(given)

    def _facets(self, counted: Iterable[str] | None, databases: tuple[str, ...]) -> tuple[str, ...]:
        given = [name.strip() for text in self._many("facets") for name in text.split(",") if name.strip()]
        for name in given:
            if name not in facets():
                raise BadQuery("facets", _("There is no facet “%(name)s”.") % {"name": name[:60]})
        if given or counted is not None:
            return tuple(dict.fromkeys(given or counted))
        # Where the database is a choice, it stays one: another may be chosen beside it.
        choosable = () if self.database else ("database",)
        return tuple(dict.fromkeys((*choosable, *shown_for(databases))))

    def _normal(self, chosen) -> tuple[tuple[str, str], ...]:
        """The parameters as an address of ours writes them: codes resolved, in one order."""
        plain = [(name, text) for name in PLAIN for text in self._many(name)]
        others = [(name, text) for name in self.also for text in self.params.getlist(name)]
        return (*plain, *((name, code) for name, codes in chosen for code in codes), *others)
