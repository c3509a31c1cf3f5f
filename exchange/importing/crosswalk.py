"""Crosswalks: tables in which a person says which things of two sources are the same, and the tables to fill in.

Nothing is joined by likeness alone. `propose` writes what looks the same; a person who looked at both puts `same` or
`different` beside it, with a name and a day; `load` takes that over, and the records follow.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from exchange.files import opening, tables
from exchange.importing import likeness, making
from exchange.importing.making import Left
from exchange.models import Match, Source, Statement
from exchange.reading.report import plain, safe
from exchange.reading.row import Row
from exchange.reading.text import clean
from records.harvest import held_by_people

COLUMNS = ("subject", "title", "other", "other_title", "verdict", "reviewed_by", "reviewed_on", "reason")
NEEDED = ("subject", "other", "verdict", "reviewed_by", "reviewed_on", "reason")
BATCH = 50


class CrosswalkRefused(Exception):
    """The table cannot be taken over; nothing of it was. Safe to show."""


@dataclass(frozen=True)
class Loaded:
    """How many rows said what; rows without a verdict are left for later."""

    same: int
    different: int
    open: int


def propose(source: Source, target: Path) -> int:
    """Write what of this source looks like a thing of another, and was not judged yet; how many rows that are."""
    with target.open("w", encoding="utf-8", newline="") as file:
        table, count = csv.writer(file), 0
        table.writerow(COLUMNS)
        for one, other in _pairs(source):
            titles = [next(iter(statement.values["title"].values()), "") for statement in (one, other)]
            row = [one.own_subject, titles[0], other.subject, titles[1], "", "", "", ""]
            table.writerow([safe(cell) for cell in row])
            count += 1
    return count


def load(path: Path) -> Loaded:
    """Take over a table that was filled in, and bring the records up to date. CrosswalkRefused names the row."""
    matches, unjudged = [], 0
    for row in _rows(path):
        match = _match(row)
        unjudged += match is None
        matches += [match] if match else []
    with transaction.atomic():
        for match in matches:
            judged_again = Q(other=match.other)
            if match.verdict == Match.Verdict.SAME:
                judged_again |= Q(verdict=match.verdict)
            Match.objects.filter(judged_again, subject=match.subject).delete()
            match.save()
    for start in range(0, len(matches), BATCH):
        _apply(matches[start : start + BATCH])
    making.take_up()
    same = sum(match.verdict == Match.Verdict.SAME for match in matches)
    return Loaded(same=same, different=len(matches) - same, open=unjudged)


def _pairs(source: Source) -> Iterator[tuple[Statement, Statement]]:
    judged = set(Match.objects.values_list("subject", "other"))
    own = Statement.objects.filter(source=source, is_deleted=False).exclude(likeness="").order_by("identifier")
    for one in own.iterator(chunk_size=500):
        group = likeness.without_crowds(Statement.objects.filter(likeness=one.likeness, is_deleted=False))
        group = group.order_by("subject", "source")
        seen: set[str] = set()
        for other in likeness.alike([one.subject], [one, *group.exclude(pk=one.pk)], judged)[one.subject]:
            if other.subject not in seen:
                seen.add(other.subject)
                yield one, other


def _rows(path: Path) -> Iterator[Row]:
    try:
        for member in opening.members(path, (".csv", ".csv.gz")):
            yield from tables.rows(member.stream, NEEDED)
    except opening.UnreadableFile as error:
        raise CrosswalkRefused(str(error)) from error


def _match(row: Row) -> Match | None:
    """The word of a row; None if nobody has judged it yet."""
    cells = {name: clean(plain(row.cells.get(name, ""))) for name in NEEDED}
    if row.fault:
        raise _refused(row, row.fault)
    if not cells["verdict"]:
        return None
    if cells["verdict"] not in Match.Verdict.values:
        raise _refused(row, _("“%(verdict)s” is no verdict: write same or different.") % cells)
    if not cells["reviewed_by"] or not cells["subject"] or not cells["other"] or cells["subject"] == cells["other"]:
        raise _refused(row, _("A verdict needs two different subjects, and the name of the person who looked."))
    return Match(**{**cells, "reviewed_on": _day(row, cells["reviewed_on"])})


def _day(row: Row, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise _refused(row, _("“%(text)s” is no day such as 2026-05-31.") % {"text": text}) from error


def _refused(row: Row, reason: str) -> CrosswalkRefused:
    return CrosswalkRefused(
        _("Row %(row)d: %(reason)s Nothing was taken over.") % {"row": row.number, "reason": reason}
    )


@transaction.atomic
def _apply(matches: list[Match]) -> None:
    """Move the statements to what they are the same as, or back, and make the records of both sides anew.

    Those whose records people have in hand stay where they are: they move with a later import of their source.
    """
    making.take_turns()
    left, touched = {}, {match.other for match in matches}
    told = Statement.objects.filter(own_subject__in=[match.subject for match in matches], is_erased=False)
    held = held_by_people(told.exclude(uid="").values_list("uid", flat=True))
    for match in matches:
        is_same = match.verdict == Match.Verdict.SAME
        for statement in told.filter(own_subject=match.subject).exclude(uid__in=held):
            goes_to = match.other if is_same else match.subject
            touched |= {statement.subject, goes_to}
            if statement.subject != goes_to and (is_same or statement.subject == match.other):
                left[statement.subject] = Left(statement.uid, goes_to)
                Statement.objects.filter(pk=statement.pk).update(subject=goes_to, uid="")
    making.tell_neighbours(touched)
    making.make(touched, left)
