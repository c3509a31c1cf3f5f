"""What the page of a record shows: its sections with live names, its envelope in words, what points at it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from catalogue import clock
from catalogue.index.entry import value_name
from catalogue.index.reader import Reader
from catalogue.pages import deadlines, shapes
from catalogue.pages.live_names import with_live_names
from formats import local, multilingual, registry
from formats.format import CommonFormat
from formats.presentation import Part, Shown, shown_field
from publishing.record import address
from reference import countries, languages, vocabularies

MOST_SHOWN, MOST_LINKS = 20, 1000


@dataclass(frozen=True)
class RecordPage:
    """A published record for a reader of one language; templates ask it for what they show."""

    record: dict[str, Any]
    published: Reader
    language: str
    at: datetime
    shows_all_links: bool = False

    @cached_property
    def declaration(self) -> CommonFormat:
        return registry.by_slug(self.record["database"])

    @cached_property
    def title(self) -> multilingual.Text:
        return title(self.record, self.language)

    @cached_property
    def document(self) -> dict[str, Any]:
        return with_live_names(self.declaration, self.record["document"], self.published, self.language)

    @property
    def parts(self) -> list[Part]:
        """The sections; what a source should give and does not is said too."""
        made = []
        for section in self.declaration.sections:
            shown = [item for name in section.fields if (item := self._shown(name)) is not None]
            if shown:
                made.append(Part(section.title, shown))
        return made

    def _shown(self, name: str) -> Shown | None:
        shown = shown_field(self.declaration, name, self.document, self.language)
        if name == "title" and shown is not None and not shown.translations:
            return None  # the heading of the page says it
        if (
            shown is None
            and (self.is_harvested or self.is_made_by_the_portal)
            and self.declaration.fields[name].required
        ):
            return Shown(name, self.declaration.fields[name].label, "missing", [])
        return shown and shapes.shaped(self.declaration.fields[name], shown)

    @property
    def is_harvested(self) -> bool:
        return self.record["profile"] == "harvested"

    @property
    def is_made_by_the_portal(self) -> bool:
        """Whether nobody wrote it: then there is nothing of it on the desk, and nobody to write to."""
        return self.declaration.option("made_by_the_portal", False)

    @property
    def list_url(self) -> str:
        """The search for the records that carry this one's title in a facet, where its format names one."""
        facet = self.declaration.option("lists")
        return f"{reverse('catalogue:search')}?{urlencode({facet: str(self.title)})}" if facet else ""

    @property
    def is_unconfirmed(self) -> bool:
        return clock.is_unconfirmed(self.record, self.at)

    @property
    def state(self) -> str | None:
        return clock.state(self.declaration, self.record, self.at)

    @property
    def due(self) -> str:
        """The sentence about the deadline of an offer."""
        return deadlines.sentence(self.declaration, self.record, self.language, self.at)

    @property
    def places(self) -> list[str]:
        """The countries and groups that the record names."""
        document = self.record["document"]
        named = [countries.country_name(code, self.language) for code in document.get("countries", [])]
        return named + [countries.group_name(code, self.language) for code in document.get("groups", [])]

    @property
    def owner(self) -> dict[str, str]:
        shown = shown_owner(self.record["owner"], self.language)
        live = self.published.records([shown["uid"]]).get(shown["uid"]) if shown["uid"] else None
        return shown | {"name": str(title(live, self.language))} if live else shown

    @property
    def dates(self) -> list[tuple[str, str, str]]:
        """Label, moment, and day in words of each date of the envelope."""
        labels = (
            ("published_at", _("First published")),
            ("modified_at", _("Last changed")),
            ("confirmed_at", _("Last confirmed by its owner")),
        )
        return [(label, self.record[name], self._day(name)) for name, label in labels if self.record[name]]

    def _day(self, name: str) -> str:
        return local.shown_date(self.record[name][:10], self.language)

    @property
    def provenance(self) -> dict[str, str] | None:
        """Where the record was taken from; None for one that was written here."""
        return self._source(self.record["provenance"]) if self.record["provenance"] else None

    @property
    def also_from(self) -> list[dict[str, str]]:
        """The other sources that tell of the same thing."""
        return [self._source(given) for given in self.record["also_from"]]

    def _source(self, given: dict[str, str]) -> dict[str, str]:
        """One source with its days and licence in words."""
        licence, known = given.get("licence"), vocabularies.vocabulary("licence")
        days = {"day": given.get("retrieved_on"), "gone": given.get("gone_since")}
        return (
            given
            | {"about_url": self._about(given.get("source", ""))}
            | {name: local.shown_date(day, self.language) if day else "" for name, day in days.items()}
            | {"licence_name": known.label(licence, self.language) if licence in known.terms else licence or ""}
        )

    def _about(self, source: str) -> str:
        """The page of a source of this name, if there is one."""
        found = self.published.records(self.published.resolve(value_name("source", source)))
        pages = [one["uid"] for one in found.values() if registry.by_slug(one["database"]).option("lists") == "source"]
        return reverse("catalogue:record", args=pages[:1]) if source and pages else ""

    @property
    def possibly_same(self) -> list[dict[str, Any]]:
        """The published records that may be about the same thing."""
        uids = [one["uid"] for one in self.record["possibly_same"]]
        found = self.published.records(uids) if uids else {}
        return [link(found[uid], self.language) for uid in uids if uid in found]

    @property
    def citation(self) -> str:
        """How to cite it: who, when, what, where. Of what was taken over, who is the source."""
        facts = {
            "owner": (self.record["provenance"] or {}).get("source") or self.owner["name"],
            "year": (self.record["modified_at"] or self.record["published_at"])[:4],
            "title": str(self.title),
            "uid": self.record["uid"],
            "version": self.record["version"],
            "address": self.address,
        }
        return (
            _(
                "%(owner)s (%(year)s). %(title)s. Biosafety Capacity-Building Portal, "
                "record %(uid)s, version %(version)s. %(address)s"
            )
            % facts
        )

    @property
    def address(self) -> str:
        return address(self.record["uid"])

    @property
    def reading_languages(self) -> list[dict[str, Any]]:
        """The languages that the record's texts are written in, each with the page in it."""
        given = [code for code in languages.UN_LANGUAGES if code in self.record["languages"]]
        return [
            {
                "code": code,
                "name": languages.language_name(code, code).capitalize(),
                "url": f"/{code}/records/{self.record['uid']}/",
                "current": code == self.language,
            }
            for code in given
        ]

    @cached_property
    def referring(self) -> dict[str, Any]:
        """The records that point at this one: some of them, and how many there are."""
        records, count = self.published.referring(
            self.record["uid"], MOST_LINKS if self.shows_all_links else MOST_SHOWN
        )
        return {"links": [link(record, self.language) for record in records], "count": count}

    @property
    def has_more_links(self) -> bool:
        return self.referring["count"] > len(self.referring["links"])


def title(record: dict[str, Any], language: str) -> multilingual.Text:
    """The title for a reader; the identifier where a source gave none."""
    return multilingual.chosen(record["document"].get("title"), language) or multilingual.text(record["uid"], "und")


def link(record: dict[str, Any], language: str) -> dict[str, Any]:
    """A record as a link in a list."""
    return {
        "url": reverse("catalogue:record", args=[record["uid"]]),
        "title": title(record, language),
        "database_name": registry.by_slug(record["database"]).singular,
        "uid": record["uid"],
    }


def shown_owner(owner: dict[str, Any], language: str) -> dict[str, str]:
    """The owner's name in the reader's language, and the record of an organization."""
    if owner["kind"] == "government":
        country = countries.country_name(owner["country"], language)
        return {"name": _("Government of %(country)s") % {"country": country}, "uid": ""}
    if owner["kind"] == "secretariat":
        return {"name": _("Secretariat of the Convention on Biological Diversity"), "uid": ""}
    return {"name": owner["name"], "uid": owner.get("uid") or ""}
