"""One result as a list shows it: title and excerpt with the words marked, where, when, what kind."""

import time
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from catalogue.index import leaf
from catalogue.index.entry import headline, offer
from catalogue.index.facets import facets
from catalogue.search.highlight import Excerpt, Fragments, excerpt, highlight
from catalogue.search.query import SearchQuery
from formats import registry
from formats.fields import TextField
from formats.groups import Group
from formats.multilingual import Text, chosen
from formats.walk import Leaf, leaves
from reference import countries
from reference.languages import direction


@dataclass(frozen=True)
class Hit:
    """A record that was found (or one of its rows), seen by a reader of one language."""

    record: dict[str, Any]
    query: SearchQuery = field(repr=False)
    row: dict[str, Any] | None = None

    @property
    def uid(self) -> str:
        return self.record["uid"]

    @property
    def database(self) -> str:
        return self.record["database"]

    @property
    def kind(self):
        """What one record of the database is called."""
        return self._format.singular

    @property
    def profile(self) -> str:
        return self.record["profile"]

    @property
    def sample(self) -> bool:
        return self.record["sample"]

    @property
    def published_at(self) -> str | None:
        return self.record["published_at"]

    @property
    def modified_at(self) -> str | None:
        return self.record["modified_at"]

    @property
    def confirmed_at(self) -> str | None:
        return self.record["confirmed_at"]

    @cached_property
    def title(self) -> Text:
        """The title in the reader's language, with `lang` and `dir`; of a row its own text."""
        texts = self.record["document"].get("title") if self.row is None else self.row.get(headline(self._group))
        return chosen(texts, self.query.language) or Text(self.uid, "", "ltr")

    @property
    def title_fragments(self) -> Fragments:
        """The title in pieces (text, whether it is a word looked for)."""
        return highlight(self.title.text, self.query.wanted, self.title.lang or "und")

    @cached_property
    def excerpt(self) -> Excerpt | None:
        """A piece of the text around the words that were found; the beginning where there are none."""
        return excerpt(self._texts(), self.query.wanted, self.query.language)

    @property
    def excerpt_lang(self) -> str:
        return "" if self.excerpt is None or self.excerpt.language == "und" else self.excerpt.language

    @property
    def excerpt_dir(self) -> str:
        return direction(self.excerpt_lang) if self.excerpt_lang else "auto"

    @cached_property
    def codes(self) -> dict[str, list[str]]:
        """The codes of the hit by facet, in the order of the document."""
        found: dict[str, list[str]] = {}
        for one in self._leaves:
            if one.field.facet:
                known = found.setdefault(one.field.facet, [])
                known += [code for code in leaf.codes(one.field, one.value) if code not in known]
        return found

    def labels(self, facet: str) -> list[str]:
        """What people read in place of the hit's codes of a facet."""
        return [
            facets()[facet].value_label(code, self.query.language, (self.database,))
            for code in self.codes.get(facet, ())
        ]

    @property
    def country_names(self) -> list[str]:
        return [countries.country_name(code, self.query.language) for code in self.codes.get("country", ())]

    @property
    def group_names(self) -> list[str]:
        return [countries.group_name(code, self.query.language) for code in self.codes.get("group", ())]

    @property
    def closes(self) -> str | None:
        """The deadline of an offer as the document writes it."""
        return self.record["document"].get(self._format.option("closes", ""))

    @property
    def state(self) -> str | None:
        """`announced`, `open` or `closed` for an offer, by its dates and the clock; else None."""
        dates = offer(self._format, self.record)
        if dates is None:
            return None
        opens, closes = dates
        now = int(time.time())
        return "announced" if opens > now else "open" if closes > now else "closed"

    @cached_property
    def _format(self):
        return registry.by_slug(self.database)

    @property
    def _group(self) -> Group:
        return self._format.fields[self._format.option("entries")]

    @cached_property
    def _row_leaves(self) -> list[Leaf]:
        return list(leaves(self._group, self.row)) if self.row is not None else []

    @cached_property
    def _leaves(self) -> list[Leaf]:
        shared = leaves(self._format, self.record["document"])
        if self.row is None:
            return list(shared)
        rows = self._format.option("entries")
        return [*self._row_leaves, *(one for one in shared if one.path[0] != rows)]

    def _texts(self) -> list[tuple[str, str]]:
        """The prose, what is mandatory first; of a row its own."""
        own = self._leaves if self.row is None else self._row_leaves
        title = headline(self._group) if self.row is not None else "title"
        prose = [one for one in own if isinstance(one.field, TextField) and one.field.search and one.path != (title,)]
        prose.sort(key=lambda one: (not one.field.required, one.field.lines == "one"))
        return [(tag, text) for one in prose for tag, text in one.value.items() if isinstance(text, str)]
