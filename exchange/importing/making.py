"""Making records from statements: of the things that a batch spoke of, and of those that wait to be made anew."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.db import connection, transaction

import publishing.log
from accounts.identifiers import new_uid
from exchange.importing import consolidate, likeness, parts
from exchange.importing.parts import Whole
from exchange.models import Match, Statement
from formats import registry
from records.harvest import Harvested, Outcome, store

BATCH = 100
LOCK = 0x73746174656D656E  # of the statements: two sources must not make two records of one thing


def take_turns(at_most: str = "0") -> None:
    """Until the end of this transaction nobody else writes statements, or makes records from them.

    It comes before every lock of a row. LogBusy after a wait of `at_most`, such as `4500ms`; `0` waits for ever.
    """
    with publishing.log.patiently(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [at_most])
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


@dataclass(frozen=True)
class Left:
    """The record of a subject that a statement left, and the subject that it went to."""

    uid: str
    subject: str


def make(
    subjects: Collection[str],
    left: Mapping[str, Left] = MappingProxyType({}),
    before_publishing: Callable[[dict[str, Outcome]], None] = lambda outcomes: None,
) -> None:
    """Bring the records of these subjects up to date with what is stated of them; the end of a transaction.

    `left` are those subjects among them of which nothing may be stated any more.
    `before_publishing` gets what became of the records, by subject.
    """
    known = _by_subject(Statement.objects.filter(subject__in=subjects))
    standing = {subject: [one for one in known[subject] if one.stands] for subject in sorted(subjects)}
    uids = {subject: _uid(known[subject], standing[subject]) for subject in standing}
    uids |= {subject: uids[subject] or one.uid for subject, one in left.items()}
    alike, wholes = _alike(standing, uids), parts.wholes(standing, uids)

    def entry(subject: str) -> Harvested:
        if not standing[subject]:
            return Harvested(
                uids[subject], "", None, replaced_by=uids[left[subject].subject] if subject in left else ""
            )
        return _harvested(uids[subject], standing[subject], alike[subject], wholes[subject])

    def keep(outcomes: list[Outcome]) -> None:
        by_uid = {outcome.uid: outcome for outcome in outcomes}
        _remember(known, uids, by_uid)
        before_publishing({subject: by_uid[uid] for subject, uid in uids.items() if uid})

    store([entry(subject) for subject, uid in uids.items() if uid], before_publishing=keep)


def tell_neighbours(subjects: Collection[str]) -> None:
    """Let the records that speak of these be made anew too: what may be the same, and what is part of them.

    Where the others of one title alone are a crowd, they were one before, and stay one: they name nobody.
    """
    parts.tell(subjects)
    own = Statement.objects.filter(subject__in=subjects).exclude(likeness="")
    alike = Statement.objects.filter(likeness__in=list(own.values_list("likeness", flat=True))).exclude(likeness="")
    likeness.without_crowds(alike.exclude(subject__in=subjects)).update(waits=True)


def take_up(between: Callable[[int], bool] = lambda made: True) -> None:
    """Make anew the records that wait for it, a few at a time; those that somebody is editing go on waiting.

    `between` is told how many were made, and says whether to go on: what is left waits for the next time.
    """
    while _take_up(between):
        pass


def _take_up(between: Callable[[int], bool]) -> bool:
    """The same once through; whether records came into being, of which others that wait now have to speak."""
    last, has_born = "", False
    while subjects := _waiting_after(last):
        with transaction.atomic():
            take_turns()
            unborn = _unborn(subjects)
            Statement.objects.filter(subject__in=subjects).update(waits=False)
            tell_neighbours(unborn)
            make(subjects)
        has_born |= bool(unborn)
        last = subjects[-1]
        if not between(len(subjects)):
            return False
    return has_born


def _unborn(subjects: Collection[str]) -> set[str]:
    """Those of which there is no record yet, and has to be one."""
    told = Statement.objects.filter(subject__in=subjects).select_related("source").defer("values", "lines")
    by_subject = defaultdict(list)
    for one in told:
        by_subject[one.subject].append(one)
    return {
        subject
        for subject, known in by_subject.items()
        if not any(one.uid for one in known) and any(one.stands for one in known)
    }


def _waiting_after(subject: str) -> list[str]:
    waiting = Statement.objects.filter(waits=True, subject__gt=subject)
    return list(waiting.order_by("subject").values_list("subject", flat=True).distinct()[:BATCH])


def _by_subject(statements) -> dict[str, list[Statement]]:
    found = defaultdict(list)
    for statement in statements.select_related("source").order_by("pk"):
        found[statement.subject].append(statement)
    return found


def _uid(known: list[Statement], standing: list[Statement]) -> str:
    """The record that stands for the subject already, or a new one if there is something to say."""
    if uid := next((one.uid for one in known if one.uid), ""):
        return uid
    return new_uid(registry.by_slug(standing[0].database).code) if standing else ""


def _alike(standing: dict[str, list[Statement]], uids: dict[str, str]) -> dict[str, list[Statement]]:
    likenesses = {one.likeness for statements in standing.values() for one in statements if one.likeness}
    group = likeness.without_crowds(Statement.objects.filter(likeness__in=likenesses).exclude(likeness=""))
    group = group.select_related("source").order_by("pk")
    shown = [one for one in group if one.stands]
    for one in shown:  # some of these records are being made just now
        one.uid = one.uid or uids.get(one.subject, "")
    own = [one.own_subject for one in shown]
    judged = Match.objects.filter(verdict=Match.Verdict.DIFFERENT, subject__in=own)
    apart = set(judged.values_list("subject", "other"))
    return likeness.alike(standing, shown, apart)


def _harvested(uid: str, standing: list[Statement], alike: list[Statement], wholes: list[Whole]) -> Harvested:
    first, *others = consolidate.provenances(standing)
    return Harvested(
        uid=uid,
        database=consolidate.in_precedence(standing)[0].database,
        document=parts.placed(consolidate.document(standing), wholes),
        provenance=first,
        also_from=others,
        possibly_same=likeness.named(alike),
        sources=list(dict.fromkeys(one.source_id for one in consolidate.in_precedence(standing))),
    )


def _remember(known: dict[str, list[Statement]], uids: dict[str, str], outcomes: dict[str, Outcome]) -> None:
    """Write down which record each statement went into, and which have to wait for somebody who is editing.

    What was taken back, or must not be seen any more, waits too: else it would stand for as long as somebody edits.
    """
    changed: list[Statement] = []
    for subject, statements in known.items():
        waits = bool(uids[subject]) and outcomes[uids[subject]].result == "edited"
        for statement in statements:
            uid = uids[subject] if statement.stands else statement.uid
            if statement.uid != uid or statement.waits != waits:
                statement.uid, statement.waits = uid, waits
                changed.append(statement)
    Statement.objects.bulk_update(changed, ["uid", "waits"])
