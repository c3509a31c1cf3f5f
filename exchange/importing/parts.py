"""What is part of what: a project within a programme, in the part's own words (`Statement.part_of`).

The written rule:
- a record names the record that it is part of (`part_of`), where both are here; what the whole says of its parts
  makes no difference;
- what a part tells of a stage of its money is in the whole's money, if the whole tells of that stage too: its rows
  then name the whole's first figure of the stage in `counted_in`. Where the whole tells nothing of it, that may be so
  for what the whole is part of, and so on. Sums over several records (`formats.money`) then count nothing twice; by
  itself, or without the whole, a part's money counts as ever.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from exchange.importing import consolidate
from exchange.models import Statement

MOST_LEVELS = 5  # from a part to the outermost whole; who is part of itself must not turn for ever


@dataclass(frozen=True)
class Whole:
    """A record that others are part of, and the first of its figures that counts, by stage."""

    uid: str
    figures: Mapping[str, str]


def placed(document: dict, wholes: Sequence[Whole]) -> dict:
    """The document of what is part of these records, the nearest of them first. Pure."""
    if not wholes:
        return document
    heads = {stage: figure for whole in reversed(wholes) for stage, figure in whole.figures.items()}
    rows = [_counted(row, heads) for row in document.get("funding", ())]
    return document | {"part_of": {"uid": wholes[0].uid}} | ({"funding": rows} if rows else {})


def _counted(row: dict, heads: Mapping[str, str]) -> dict:
    head = heads.get(row.get("stage", "")) if row.get("amount") else None
    return {**row, "counted_in": head} if head and "counted_in" not in row else row


def wholes(standing: Mapping[str, Sequence[Statement]], uids: Mapping[str, str]) -> dict[str, list[Whole]]:
    """For each subject, with the statements that stand of it, the records that it is part of: the nearest first.

    `uids` are those of records that are being made just now, by subject.
    """
    found: dict[str, list[Whole]] = {subject: [] for subject in standing}
    passed = {subject: {subject} for subject in standing}
    asked = {subject: name for subject, told in standing.items() if (name := _named(told))}
    for _level in range(MOST_LEVELS):
        known = _known(set(asked.values())) if asked else {}
        above = {subject: known[name] for subject, name in asked.items() if name in known}
        asked = {}
        for subject, told in above.items():
            whole, uid = told[0].subject, _uid(told, uids)
            if uid and whole not in passed[subject]:
                passed[subject].add(whole)
                found[subject].append(Whole(uid, _figures(told)))
                asked |= {subject: name} if (name := _named(told)) else {}
    return found


def tell(subjects: Collection[str]) -> None:
    """Let the records of what is part of these be made anew too."""
    names = list(Statement.objects.filter(subject__in=subjects).values_list("own_subject", flat=True))
    for _level in range(MOST_LEVELS):
        below = Statement.objects.filter(part_of__in=names).exclude(part_of="").exclude(subject__in=subjects)
        # As a list: the database would go through all the levels again for each of them.
        names = list(below.values_list("own_subject", flat=True))
        if not names:
            return
        below.update(waits=True)


def _named(told: Iterable[Statement]) -> str:
    """What a thing is part of, in the words of the first source that says so."""
    return next((one.part_of for one in consolidate.in_precedence(told) if one.part_of), "")


def _known(names: Collection[str]) -> dict[str, list[Statement]]:
    """The statements that stand of the things that are called so by their own sources."""
    called = Statement.objects.filter(own_subject__in=names).select_related("source")
    subjects: dict[str, str] = {}
    for one in consolidate.in_precedence(called):
        if one.stands:
            subjects.setdefault(one.own_subject, one.subject)
    told: dict[str, list[Statement]] = {}
    for one in Statement.objects.filter(subject__in=set(subjects.values())).select_related("source").order_by("pk"):
        if one.stands:
            told.setdefault(one.subject, []).append(one)
    return {name: told[subject] for name, subject in subjects.items() if subject in told}


def _uid(told: Sequence[Statement], uids: Mapping[str, str]) -> str:
    return uids.get(told[0].subject) or next((one.uid for one in told if one.uid), "")


def _figures(told: Sequence[Statement]) -> dict[str, str]:
    figures: dict[str, str] = {}
    for row in consolidate.document(told).get("funding", ()):
        if row.get("amount") and "counted_in" not in row:
            figures.setdefault(row.get("stage", ""), row["id"])
    return figures
