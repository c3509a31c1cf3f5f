"""What a common format is: sections, fields in order, checks; read, lifted and stripped for the public."""

import re
from dataclasses import dataclass
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from formats import checks, reading
from formats.fields import (
    CountryField,
    GroupOfCountriesField,
    LanguageField,
    PlainField,
    TermField,
    TextField,
)
from formats.groups import File, GivenPlace, Group, Link, OtherIdentifier, Served
from formats.problems import Reading


@dataclass(frozen=True)
class Section:
    """A titled part of the form, the paper form and the record page."""

    title: str | Promise
    fields: list[str]
    help: str | Promise = ""


class CommonFormat(Group):
    """A common format, declared once. One instance serves the process: it holds no state of a document.

    Class attributes a format sets: `code` (PRJ), `version` (1), `slug` (projects), `name`, `singular`, `help`.
    `Meta` may set: `sections`, `checks`, `years` (the fields that say which years the record is about),
    `opens` and `closes` (fields of an offer), `entries` (the group whose rows are searched one by one),
    `national` (only a Government may own it), `one_per_country`, `identity` (its records are what roles and owners
    point at), `made_by_the_portal` (nobody writes its records), `lists` (the facet whose values are the titles of its
    records: the page of one leads to the list).
    """

    code: str
    version = 1
    slug: str
    name: str | Promise
    singular: str | Promise
    help: str | Promise = ""
    lifts: dict = {}

    languages = LanguageField(
        many=True,
        of_record=True,
        label=_("Languages of this record"),
        help_text=_("The languages in which you write. Each text field then has a box for each of them."),
        facet="language",
    )
    title = TextField(label=_("Title"), lines="one", words=60, search="title")

    scope = TermField("scope", label=_("Geographic scope"), facet="scope")
    countries = CountryField(
        many=True,
        required=False,
        label=_("Countries"),
        facet="country",
        help_text=_("Needed for a national, sub-national or community scope."),
    )
    groups = GroupOfCountriesField(
        many=True,
        required=False,
        label=_("Groups of countries"),
        facet="group",
        help_text=_("For a global or regional scope: groups, countries or both."),
    )
    place = TextField(
        required=False,
        lines="one",
        search="body",
        label=_("Name of the place"),
        help_text=_("The province, district or community, for a sub-national or community scope."),
    )
    places_as_given = GivenPlace(many=True, required=False, label=_("Places as the source gives them"))

    links = Link(many=True, required=False, label=_("Web links"))
    files = File(
        many=True, required=False, label=_("Files"), help_text=_("The address at which the file can be fetched.")
    )
    identifiers = OtherIdentifier(many=True, required=False, label=_("Other identifiers"))
    frameworks = Served(
        many=True,
        required=False,
        label=_("Goals served"),
        help_text=_("Parts of the official plans it contributes to."),
    )
    other_information = TextField(required=False, label=_("Any other information"), search="body")
    notes = PlainField(
        private=True,
        max_length=5000,
        label=_("Private notes"),
        help_text=_("For yourselves. Never published, and no place for secrets."),
        style={"lines": "many"},
    )

    opening = Section(_("Record"), ["languages", "title"])
    coverage = Section(_("Where"), ["scope", "countries", "groups", "place", "places_as_given"])
    closing = Section(
        _("Links and further information"),
        ["links", "files", "identifiers", "frameworks", "other_information", "notes"],
    )

    class Meta:
        sections: list[Section] = []
        checks = ()

    @cached_property
    def sections(self) -> list[Section]:
        return [self.opening, *self.Meta.sections, self.coverage, self.closing]

    @property
    def checks(self):
        return (*checks.COMMON, *getattr(self.Meta, "checks", ()), *checks.registered(self.code))

    def option(self, name: str, default=None):
        """One of the optional settings of `Meta`."""
        return getattr(self.Meta, name, default)

    @property
    def tag(self) -> str:
        """The name of the format as documents carry it: `PRJ/1`."""
        return f"{self.code}/{self.version}"

    def blank(self, languages: list[str]) -> dict:
        """A new document: what the format leaves no choice about is filled in."""
        scope = {"scope": "national"} if self.option("national") else {}
        return {"format": self.tag, "languages": languages, **scope}

    def read(self, document: object, profile: str = reading.REGISTERED) -> Reading:
        """Read a document of this version: what parsed, and every problem, each with its path."""
        return reading.read(self, document, profile)

    def lift(self, document: dict) -> dict:
        """The document in the shape of today's version; older ones go through one pure function a step.

        What names no version of this format is left as it is: reading it says so.
        """
        named = re.fullmatch(rf"{self.code}/([1-9]\d{{0,3}})", str(document.get("format", self.tag)), re.ASCII)
        version = int(named[1]) if named else self.version
        for step in range(version, self.version):
            document = self.lifts[step](document) | {"format": f"{self.code}/{step + 1}"}
        return document

    def public(self, document: dict) -> dict:
        """The document without its private fields."""
        private = {name for name, field in self.fields.items() if field.private}
        return {key: value for key, value in document.items() if key not in private}
