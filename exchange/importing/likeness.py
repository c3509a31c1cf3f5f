"""What may be the same thing told by two sources that share no identifier: said to readers, never joined."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence, Set

from django.db.models import Count, QuerySet

from exchange.models import Statement
from exchange.reading.text import clean
from reference.countries import find_country
from reference.matching import fold

SHORTEST = 20  # signs of a title: shorter ones are alike by chance
MOST = 10
MOST_ALIKE = 200  # things of one title: more say nothing by it, and would be compared each with each


def likeness(database: str, document: dict) -> str:
    """The same text for documents of one database whose titles are the same but for case, accents and signs."""
    title = fold(_without_country(next(iter(document.get("title", {}).values()), "")))
    return hashlib.sha256(f"{database}:{title}".encode()).hexdigest() if len(title) >= SHORTEST else ""


def without_crowds(statements: QuerySet[Statement]) -> QuerySet[Statement]:
    """Those among these that share their likeness with few: at most so many of each, however large a source is."""
    counted = statements.order_by().values("likeness").annotate(number=Count("pk"))
    crowds = counted.filter(number__gt=MOST_ALIKE).values_list("likeness", flat=True)
    return statements.exclude(likeness__in=list(crowds))


Judged = Set[tuple[str, str]]  # two subjects of which somebody said that they are not the same


def _without_country(title: str) -> str:
    """A title without the country that some sources put before it: `Bhutan--Implementation of …`."""
    country, mark, rest = title.partition("--")
    return rest if mark and find_country(clean(country)) else title


def alike(subjects: Iterable[str], standing: Iterable[Statement], apart: Judged) -> dict[str, list[Statement]]:
    """For each subject, the statements of other sources about other things that may be the same.

    `standing` are all statements that share a likeness with these subjects' own.
    """
    by_likeness = defaultdict(list)
    for statement in standing:
        by_likeness[statement.likeness].append(statement)
    found: dict[str, list[Statement]] = {}
    for group in by_likeness.values():
        for one in group:
            others = [other for other in group if _may_be_the_same(one, other, apart)]
            found.setdefault(one.subject, []).extend(others)
    return {subject: found.get(subject, []) for subject in subjects}


def named(statements: Sequence[Statement]) -> list[dict]:
    """The records of these statements as rows `{uid}`, each once, in order.

    Without their titles: those would stand here still when the records are withdrawn, erased or redacted.
    """
    return [{"uid": uid} for uid in sorted({one.uid for one in statements if one.uid})[:MOST]]


def _may_be_the_same(one: Statement, other: Statement, apart: Judged) -> bool:
    """Two sources, two subjects, and not in different countries as far as both say where they are."""
    if one.source_id == other.source_id or one.subject == other.subject:
        return False
    if {(one.own_subject, other.subject), (other.own_subject, one.subject)} & apart:
        return False
    here, there = (set(statement.values.get("countries", [])) for statement in (one, other))
    return bool(here & there) or not here or not there
