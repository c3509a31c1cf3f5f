"""How long words of rows are kept that stand in no statement: in reports, in notes, in what trials showed.

For some weeks, and not beyond the erasure of a record of their source. The counts of runs are kept for ever.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from exchange.models import ImportRun

KEPT_FOR = timedelta(days=90)
OURS = re.compile(r"([0-9]+)\.(refused|notes)\.csv")
QUOTED = re.compile("“[^”]*”")


def folder() -> Path:
    """Where reports lie, unless the command was told otherwise."""
    return Path(settings.PORTAL_DATA) / "imports"


def report_of(run: ImportRun) -> Path | None:
    """The report of a run, if it lies here."""
    path = Path(run.report or "-").resolve()
    return path if path.is_relative_to(folder().resolve()) and path.is_file() else None


def elsewhere(run: ImportRun) -> str:
    """Where the report of a run lies, if the command was told to write it somewhere else."""
    return "" if Path(run.report).resolve().is_relative_to(folder().resolve()) else run.report


def unquoted(reasons: dict[str, int]) -> Counter[str]:
    """The reasons for refusals without what they quote of the rows, counted together."""
    counted: Counter[str] = Counter()
    for reason, count in reasons.items():
        counted[QUOTED.sub("“…”", " ".join(reason.split()))] += count
    return counted


def forget_old() -> None:
    """Take away the words that are old enough, and their files; also those of runs that were killed."""
    before = timezone.now() - KEPT_FOR
    _empty(ImportRun.objects.filter(ended_at__lt=before))
    _remove(path for path in _files() if path.stat().st_mtime < before.timestamp())


def forget_of(sources: Collection[str]) -> None:
    """Take away all that the runs of these sources kept: a record that they tell of is erased, or words of it are."""
    runs = ImportRun.objects.filter(source__key__in=sources)
    _empty(runs)
    numbers = {str(pk) for pk in runs.values_list("pk", flat=True)}
    transaction.on_commit(lambda: _remove(path for path in _files() if path.name.partition(".")[0] in numbers))


def _empty(runs: QuerySet[ImportRun]) -> None:
    changed = []
    for run in runs.only("report", "reasons", "preview").iterator(chunk_size=500):
        before = (run.report, run.reasons, run.preview)
        run.report, run.reasons = "", dict(unquoted(run.reasons))
        if isinstance(run.preview, dict):
            run.preview = {**run.preview, "rows": []}
        if before != (run.report, run.reasons, run.preview):
            changed.append(run)
    ImportRun.objects.bulk_update(changed, ["report", "reasons", "preview"], batch_size=200)


def _files() -> list[Path]:
    return [path for path in folder().glob("*.csv") if OURS.fullmatch(path.name)]


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)
