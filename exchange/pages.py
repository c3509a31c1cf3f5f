"""The page of a source in the catalogue: an ordinary published record, made from what its readings came to."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Min, Q
from django.utils import timezone

import publishing.log
from accounts.identifiers import new_uid
from exchange.format import Source as SourceFormat
from exchange.importing.keeping import unquoted
from exchange.models import ImportRun, Source, Statement
from exchange.reading.draft import row_id
from formats import registry
from publishing.log import Entry
from publishing.models import Publication
from publishing.record import moment
from records.envelope import owner
from records.models import Record
from reference import vocabularies

CODE = SourceFormat.code
FIGURES = ("read", "refused")
NO_LICENCE = "legal"
LANGUAGE = "en"  # in which the Secretariat describes its sources


@transaction.atomic
def publish_source(source: Source) -> None:
    """Bring the page of a source up to date, if it says anything else than before; take it away without a licence.

    It must be the last write of the caller's transaction: from here to the commit every other publisher waits.
    """
    source.uid = Source.objects.select_for_update().values_list("uid", flat=True).get(pk=source.pk)
    published = Publication.objects.filter(uid=source.uid).first() if source.uid else None
    stands = published is not None and published.document is not None
    if not source.may_be_published:
        if stands:
            publishing.log.withdraw(source.uid, NO_LICENCE)
        return
    told = document(source)
    if stands and published.document == told:
        return
    if not source.uid:
        source.uid = new_uid(CODE)
        source.save(update_fields=["uid"])
    action = "updated" if stands else "restored" if published else "published"
    first = published.envelope["published_at"] if stands else None
    publishing.log.publish([Entry(source.uid, SourceFormat.slug, told, _envelope(first), action)])


def document(source: Source) -> dict[str, Any]:
    """What is told of a source, as its format reads it: what it does not say is left out."""
    declaration = registry.by_code(CODE)
    told = {
        "format": declaration.tag,
        "languages": [LANGUAGE],
        "title": {LANGUAGE: source.name},
        "about": {LANGUAGE: source.about},
        "home": source.home,
        "licence": _licence(source.licence),
        "reader": source.reader,
        **_holdings(source),
        **_harvested(source),
        **_readings(source),
    }
    return declaration.public(declaration.read(told).values)


def _licence(given: str) -> str:
    known = vocabularies.vocabulary("licence")
    return known.label(given, LANGUAGE) if given in known.terms else given


def _holdings(source: Source) -> dict[str, Any]:
    """The databases it fills, and what stands of it: published, not listed any more, kept back."""
    standing = Statement.objects.filter(source=source, is_deleted=False, is_erased=False)
    counted = (
        standing.values("database")
        .annotate(gone=Count("pk", filter=Q(gone_since__isnull=False)), withheld=Count("pk", filter=Q(uid="")))
        .order_by("database")
    )
    held = list(counted)
    told = {name: sum(one[name] for one in held) for name in ("gone", "withheld")}
    # Asked by itself: within the count above the database looks through all that is published for each statement.
    records = Publication.objects.filter(
        document__isnull=False, uid__in=standing.exclude(uid="").values("uid")
    ).count()
    return {"databases": [one["database"] for one in held], "records": records, **told}


def _harvested(source: Source) -> dict[str, Any]:
    """Whether it is asked by itself, and how often."""
    harvest = getattr(source, "harvest", None)
    if harvest is None or harvest.is_paused:
        return {"automatic": False}
    return {"automatic": True, "every": harvest.every}


def _readings(source: Source) -> dict[str, Any]:
    """When it was read first and last, and what the last reading came to."""
    runs = source.runs.filter(state=ImportRun.State.FINISHED).exclude(trigger=ImportRun.Trigger.TRIAL)
    last = runs.order_by("started_at", "pk").last()
    if last is None:
        return {}
    return {
        "first_read_on": _day(runs.aggregate(first=Min("started_at"))["first"]),
        "last_read_on": _day(last.started_at),
        "last_reading": {name: getattr(last, name) for name in FIGURES},
        # Without what they quote: a refused row is not published, not in part either.
        "reasons": [
            {"id": row_id(source.key, "reasons", reason), "reason": reason, "count": count}
            for reason, count in sorted(unquoted(last.reasons).items(), key=lambda one: (-one[1], one[0]))
        ],
    }


def _day(at: datetime) -> str:
    return moment(at)[:10]


def _envelope(first: str | None) -> dict[str, Any]:
    """What stands beside the document: the Secretariat answers for its sources."""
    now = moment(timezone.now())
    return {
        "profile": "registered",
        "sample": False,
        "published_at": first or now,
        "modified_at": now,
        "confirmed_at": None,
        "owner": owner(Record(owner_kind=Record.OwnerKind.SECRETARIAT)),
        "contacts": [],
        "provenance": None,
        "also_from": [],
        "possibly_same": [],
        "replaced_by": None,
    }
