"""Making records from statements: of the things that a batch spoke of, and of those that wait to be made anew."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.db import connection, transaction

import publishing.log
from accounts.identifiers import new_uid
from exchange.importing import consolidate, likeness
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
    standing = {subject: [one for one in known[subject] if _stands(one)] for subject in sorted(subjects)}
    uids = {subject: _uid(known[subject], standing[subject]) for subject in standing}
    uids |= {subject: uids[subject] or one.uid for subject, one in left.items()}
    alike = _alike(standing)

    def entry(subject: str) -> Harvested:
        if not standing[subject]:
            return Harvested(
                uids[subject], "", None, replaced_by=uids[left[subject].subject] if subject in left else ""
            )
        return _harvested(uids[subject], standing[subject], alike[subject])

    def keep(outcomes: list[Outcome]) -> None:
        by_uid = {outcome.uid: outcome for outcome in outcomes}
        _remember(known, uids, by_uid)
        before_publishing({subject: by_uid[uid] for subject, uid in uids.items() if uid})

    store([entry(subject) for subject, uid in uids.items() if uid], before_publishing=keep)


def tell_neighbours(subjects: Collection[str]) -> None:
    """Let the records that may be the same as these be made anew too, so that each names the other.

    Where the others alone are a crowd, they were one before, and stay one: they name nobody.
    """
    likenesses = Statement.objects.filter(subject__in=subjects).exclude(likeness="").values("likeness")
    others = Statement.objects.filter(likeness__in=likenesses).exclude(subject__in=subjects)
    likeness.without_crowds(others).update(waits=True)


def take_up(between: Callable[[int], bool] = lambda made: True) -> None:
    """Make anew the records that wait for it, a few at a time; those that somebody is editing go on waiting.

    `between` is told how many were made, and says whether to go on: what is left waits for the next time.
    """
    last = ""
    while subjects := _waiting_after(last):
        with transaction.atomic():
            take_turns()
            Statement.objects.filter(subject__in=subjects).update(waits=False)
            make(subjects)
        last = subjects[-1]
        if not between(len(subjects)):
            return


def _waiting_after(subject: str) -> list[str]:
    waiting = Statement.objects.filter(waits=True, subject__gt=subject)
    return list(waiting.order_by("subject").values_list("subject", flat=True).distinct()[:BATCH])


def _by_subject(statements) -> dict[str, list[Statement]]:
    found = defaultdict(list)
    for statement in statements.select_related("source").order_by("pk"):
        found[statement.subject].append(statement)
    return found


def _stands(statement: Statement) -> bool:
    return not statement.is_deleted and not statement.is_erased and statement.source.may_be_published


def _uid(known: list[Statement], standing: list[Statement]) -> str:
    """The record that stands for the subject already, or a new one if there is something to say."""
    if uid := next((one.uid for one in known if one.uid), ""):
        return uid
    return new_uid(registry.by_slug(standing[0].database).code) if standing else ""


def _alike(standing: dict[str, list[Statement]]) -> dict[str, list[Statement]]:
    likenesses = {one.likeness for statements in standing.values() for one in statements if one.likeness}
    group = likeness.without_crowds(Statement.objects.filter(likeness__in=likenesses))
    group = group.select_related("source").order_by("pk")
    shown = [one for one in group if _stands(one)]
    own = [one.own_subject for one in shown]
    judged = Match.objects.filter(verdict=Match.Verdict.DIFFERENT, subject__in=own)
    apart = set(judged.values_list("subject", "other"))
    return likeness.alike(standing, shown, apart)


def _harvested(uid: str, standing: list[Statement], alike: list[Statement]) -> Harvested:
    first, *others = consolidate.provenances(standing)
    return Harvested(
        uid=uid,
        database=consolidate.in_precedence(standing)[0].database,
        document=consolidate.document(standing),
        provenance=first,
        also_from=others,
        possibly_same=likeness.named(alike),
    )


def _remember(known: dict[str, list[Statement]], uids: dict[str, str], outcomes: dict[str, Outcome]) -> None:
    """Write down which record each statement went into, and which have to wait for somebody who is editing.

    What was taken back, or must not be seen any more, waits too: else it would stand for as long as somebody edits.
    """
    changed: list[Statement] = []
    for subject, statements in known.items():
        waits = bool(uids[subject]) and outcomes[uids[subject]].result == "edited"
        for statement in statements:
            uid = uids[subject] if _stands(statement) else statement.uid
            if statement.uid != uid or statement.waits != waits:
                statement.uid, statement.waits = uid, waits
                changed.append(statement)
    Statement.objects.bulk_update(changed, ["uid", "waits"])
