"""Sources that tell of invented projects, written through the importer's own door."""

from collections import Counter
from datetime import date
from types import SimpleNamespace

from django.utils import timezone

from exchange.importing import making, statements
from exchange.models import ImportRun, Source, Statement
from exchange.reading.mapped import Mapped
from publishing.models import Publication

DAY = date(2026, 1, 2)
FORMAT = {"format": "PRJ/1", "languages": ["en"]}
TITLE = "A project that builds capacity"


def a_source(key="gef-portal", licence="CC0", reader=""):
    made, _new = Source.objects.get_or_create(
        key=key, defaults={"name": key.title(), "licence": licence, "reader": reader or key}
    )
    return made


def a_row(identifier="1", subject="", *, title=TITLE, is_deleted=False, lines=(), part_of="", **values):
    document = None if is_deleted else {**FORMAT, "title": {"en": title}, **values}
    return Mapped(
        identifier,
        subject=subject or f"GEF:{identifier}",
        document=document,
        address=f"https://example.org/{identifier}",
        lines=dict(lines),
        is_deleted=is_deleted,
        part_of=part_of,
    )


def tell(source, *rows, day=DAY, is_whole=False):
    """What became of these rows, as one import of the source."""
    ImportRun.objects.filter(source=source).update(state="finished", ended_at=timezone.now())
    run, counts = ImportRun.objects.create(source=source), Counter()
    reader = SimpleNamespace(database="projects")
    written = statements.write(statements.Batch(run, reader, day, [(row, "") for row in rows]), counts.update)
    if is_whole:
        listed = statements.listed(source, run.started_at, [""])
        listed.exclude(last_run=run).update(gone_since=day, waits=True)
    making.take_up()
    return {
        **{name: count for name, count in counts.items() if count},
        **({"kept": written.kept} if written.kept else {}),
    }


def published(subject="GEF:1"):
    """What the public reads of a subject."""
    uid = Statement.objects.filter(subject=subject).exclude(uid="").values_list("uid", flat=True).first()
    return Publication.objects.get(uid=uid)
