"""Published records: the list with every parameter of a search, one record, its versions."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema

from catalogue.api import describing
from catalogue.api.answers import PublicRead
from catalogue.api.refusals import gone, unknown_record, withheld_version
from catalogue.conditional import this_hour
from catalogue.index import reader as index
from catalogue.index.reader import Tombstone
from catalogue.search.bad_query import BadQuery
from catalogue.search.query import SearchQuery
from catalogue.search.searching import Page, search
from formats import registry
from publishing.models import Publication, Version
from publishing.record import moment
from reference.languages import UN_LANGUAGES


class Records(PublicRead):
    """The list of published records: searched, narrowed, sorted, counted."""

    @extend_schema(**describing.RECORDS)
    def get(self, request):
        published = index.reader()
        query = SearchQuery.parse(
            request.query_params, None, self.language(), entries=False, facets=(), also=("lang",)
        )
        tag = self.tag(published.log, published.position, this_hour(), request.get_full_path())
        return self.conditional(tag, lambda: listed(query, search(query, published)))

    def language(self) -> str:
        language = self.request.query_params.get("lang", "") or "en"
        if language not in UN_LANGUAGES:
            raise BadQuery("lang", _("“lang” is one of: %(codes)s.") % {"codes": ", ".join(UN_LANGUAGES)})
        return language


def listed(query: SearchQuery, page: Page) -> dict[str, Any]:
    """The answer of the list. What a walk by relevance leaves out, or ends before, is said."""
    address = f"{settings.SITE_ADDRESS}/api/v1/records/?{query.address(cursor=page.next)}"
    said = {"left_out": page.left_out} if page.left_out else {}
    return {
        "count": page.count,
        "next": address if page.next else None,
        "results": [hit.record for hit in page.hits],
        "facets": {
            name: [{"value": one.value, "count": one.count, "label": one.label} for one in facet.values]
            for name, facet in page.facets.items()
        },
        **said,
        **({"ends_early": True} if page.ends_early else {}),
    }


class Record(PublicRead):
    """One published record."""

    @extend_schema(**describing.RECORD)
    def get(self, request, uid):
        self.take()
        published = index.reader()
        change = published.change(uid)
        if change is None:
            raise unknown_record(uid)
        if change["record"] is None:
            raise gone(published.record(uid))
        return self.conditional(self.tag(published.log, change["position"]), lambda: change["record"])


class Versions(PublicRead):
    """All versions of a published record. The one read that needs the database."""

    @extend_schema(**describing.VERSIONS)
    def get(self, request, uid):
        self.take()
        require_published(uid)
        versions = Version.objects.filter(uid=uid)
        shown = versions.readable().order_by("number")
        withheld = versions.count() - len(shown)
        return self.conditional(self.tag(withheld, *self._seen(shown)), lambda: self._listed(uid, shown, withheld))

    def _seen(self, versions) -> list:
        return [(one.number, one.digest) for one in versions]

    def _listed(self, uid: str, versions, withheld: int) -> dict[str, Any]:
        said = {"withheld": withheld} if withheld else {}
        return {"uid": uid, "versions": [outline(one) for one in versions], **said}


class OneVersion(PublicRead):
    """One version of a published record, in the shape of today's format."""

    @extend_schema(**describing.VERSION)
    def get(self, request, uid, number):
        self.take()
        require_published(uid)
        versions = Version.objects.filter(uid=uid, number=number)
        version = versions.readable().first()
        if version is None:
            raise withheld_version(uid, number) if versions.exists() else unknown_record(f"{uid}-{number}")
        return self.conditional(self.tag(version.digest, number), lambda: whole(version))


def require_published(uid: str) -> None:
    """Versions of what is no longer published cannot be read."""
    publication = Publication.objects.filter(uid=uid).first()
    if publication is None:
        raise unknown_record(uid)
    if publication.document is None:
        raise gone(tombstone(publication))


def tombstone(publication: Publication) -> Tombstone:
    return Tombstone(
        uid=publication.uid,
        database=publication.database,
        action=publication.action,
        at=moment(publication.at),
        reason=publication.reason,
        replaced_by=publication.replaced_by or None,
        version=publication.version,
        position=publication.position,
    )


def outline(version: Version) -> dict[str, Any]:
    return {
        "version": version.number,
        "published_at": moment(version.published_at),
        "digest": version.digest,
        "url": f"{settings.SITE_ADDRESS}/api/v1/records/{version.uid}/versions/{version.number}/",
    }


def whole(version: Version) -> dict[str, Any]:
    document = registry.by_slug(version.database).lift(version.document)
    return {"uid": version.uid, "database": version.database, **outline(version), "document": document}
