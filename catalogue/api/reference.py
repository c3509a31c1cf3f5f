"""What documents are written with: vocabularies, countries and groups, the schemas of the formats."""

from dataclasses import asdict
from functools import cache
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema

from catalogue.api import describing
from catalogue.api.answers import PublicRead
from catalogue.api.refusals import Refusal
from formats import registry
from formats.schema import format_schema
from reference import countries, vocabularies

DRAFT = "https://json-schema.org/draft/2020-12/schema"


class Vocabularies(PublicRead):
    """The controlled vocabularies."""

    @extend_schema(**describing.VOCABULARIES)
    def get(self, request):
        self.take()
        return self.conditional(self.tag(), lambda: {"vocabularies": [outline(name) for name in known()]})


class Vocabulary(PublicRead):
    """One vocabulary: its terms in order, with identifiers, and labels in six languages."""

    @extend_schema(**describing.VOCABULARY)
    def get(self, request, name):
        self.take()
        if name not in known():
            raise Refusal(404, _("There is no vocabulary “%(name)s”.") % {"name": name[:60]})
        return self.conditional(self.tag(name), lambda: terms(name))


class Countries(PublicRead):
    """Countries and territories, the European Union, and the groups they belong to."""

    @extend_schema(**describing.COUNTRIES)
    def get(self, request):
        self.take()
        return self.conditional(self.tag(), places)


class Schemas(PublicRead):
    """The databases, each with the address of its JSON Schema."""

    @extend_schema(**describing.SCHEMAS)
    def get(self, request):
        self.take()
        return self.conditional(
            self.tag(), lambda: {"schemas": [schema_outline(one) for one in registry.all_formats()]}
        )


class Schema(PublicRead):
    """The JSON Schema of the documents of a database."""

    @extend_schema(**describing.SCHEMA)
    def get(self, request, database):
        self.take()
        if database not in {one.slug for one in registry.all_formats()}:
            raise Refusal(404, _("There is no database “%(name)s”.") % {"name": database[:60]})
        return self.conditional(self.tag(database), lambda: schema(database))


def known():
    return vocabularies.vocabularies()


def outline(name: str) -> dict[str, Any]:
    vocabulary = known()[name]
    address = f"{settings.SITE_ADDRESS}/api/v1/vocabularies/{name}/"
    return {"name": name, "source": vocabulary.source, "count": len(vocabulary.terms), "url": address}


@cache
def terms(name: str) -> dict[str, Any]:
    vocabulary = known()[name]
    return {"name": name, "source": vocabulary.source, "terms": [term(one) for one in vocabulary.terms.values()]}


def term(one: vocabularies.Term) -> dict[str, Any]:
    return {
        "code": one.code,
        "identifiers": list(one.identifiers),
        "parent": one.parent,
        "labels": dict(one.labels),
        "marks": dict(one.marks),
        "provisional": one.provisional,
        "retired": one.retired,
    }


@cache
def places() -> dict[str, Any]:
    return {
        "countries": [country(one) for one in countries.countries().values()],
        "groups": [group(one) for one in countries.groups().values()],
    }


def country(one: countries.Country) -> dict[str, Any]:
    return {
        "iso2": one.iso2,
        "iso3": one.iso3,
        "m49": one.m49,
        "names": dict(one.names),
        "aliases": list(one.aliases),
        "groups": list(countries.groups_of(one.iso2)),
        "parties": {name: asdict(membership) for name, membership in one.parties.items()},
    }


def group(one: countries.Group) -> dict[str, Any]:
    return {
        "code": one.code,
        "kind": one.kind,
        "names": dict(one.names),
        "identifiers": list(one.identifiers),
        "members": sorted(one.members),
    }


def schema_outline(declaration) -> dict[str, Any]:
    return {"database": declaration.slug, "format": declaration.tag, "url": schema_address(declaration.slug)}


def schema_address(database: str) -> str:
    return f"{settings.SITE_ADDRESS}/api/v1/schemas/{database}.json"


@cache
def schema(database: str) -> dict[str, Any]:
    """The schema in English; its words are help for people, its codes the contract."""
    with translation.override("en"):
        return {"$schema": DRAFT, "$id": schema_address(database), **format_schema(registry.by_slug(database))}
