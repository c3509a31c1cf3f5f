"""Whatever sources say, and people do in between: the records are what was said last, and what people wrote."""

from collections import Counter
from itertools import permutations

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exchange.importing import consolidate, making, parts, statements
from exchange.models import Match, Source, Statement
from formats import registry
from publishing import log
from publishing.models import Publication, Version
from records import actions
from records.models import Record
from tests.exchange.telling import DAY, a_row, a_source, tell
from tests.people import person

SOURCES = ("gef-portal", "gef-pmis", "aiddata")
OWN = "iati:1"  # what AidData calls a thing, unless somebody said which one it is
BY_A_PERSON = "as a person wrote"  # no source says so

sources, subjects = st.sampled_from(SOURCES), st.sampled_from(("GEF:1", "GEF:1", "GEF:2"))
figures = st.lists(
    st.tuples(st.sampled_from(["planned", "disbursed"]), st.sampled_from(["", "grant", "fee"]), st.integers(1, 9)),
    max_size=3,
)
words = st.fixed_dictionaries(
    {},
    optional={
        "acronym": st.sampled_from("ABC"),
        "number": st.sampled_from("123"),
        "countries": st.sampled_from([["KE"], ["UG"]]),
        "starts_on": st.sampled_from(["2001", "2002"]),
        "ends_on": st.sampled_from(["2005", "2006"]),
        "other_information": st.sampled_from([{"en": "One thing"}, {"fr": "Une autre"}]),
    },
)
wholes = st.sampled_from(["", "", "GEF:1", "GEF:2", "iati:1"])
steps = st.one_of(
    st.tuples(st.just("tell"), sources, subjects, words, figures, wholes),
    st.tuples(st.just("tell"), sources, subjects, words, figures, wholes),
    st.tuples(st.just("take_back"), sources, subjects),
    st.tuples(st.just("read_whole"), sources),
    st.tuples(st.just("edit"), subjects, st.sampled_from(["acronym", "number"])),
    st.tuples(st.just("withdraw"), subjects),
    st.tuples(st.just("licence"), sources, st.booleans()),
    st.tuples(st.just("judge"), st.sampled_from(["same", "different"])),
)


class World:
    """The portal, and beside it the plainest account of what it was told."""

    def __init__(self):
        self.sources = {key: a_source(key, reader="iati" if key == "aiddata" else key) for key in SOURCES}
        self.secretary = person(secretariat=True)
        self.said, self.rows = {}, {}
        self.edits, self.withdrawn = {}, set()

    def tell(self, source, subject, told, money, whole):
        row = self._row(source, subject, told, money, whole)
        self.said[source, row.identifier], self.rows[source, row.identifier] = row.document, row
        tell(self.sources[source], row)

    def _row(self, source, subject, told, money, whole):
        ids = [f"{source[-4:]}{subject[-1]}{n}" for n in range(len(money))]
        rows = [
            {"id": ids[n], "funder": {"name": "A funder"}, "amount": f"{amount}.00"}
            | {"currency": "USD", "stage": stage}
            for n, (stage, _line, amount) in enumerate(money)
        ]
        lines = {ids[n]: line for n, (_stage, line, _amount) in enumerate(money) if line}
        own = subject.replace("GEF", "iati") if source == "aiddata" else subject
        funding = {"funding": rows} if rows else {}
        title = f"A project in the words of {source}"
        return a_row(subject[-1], own, title=title, lines=lines, part_of=whole, **told, **funding)

    def take_back(self, source, subject):
        if (source, subject[-1]) in self.rows:
            self.said[source, subject[-1]] = None
            self.rows.pop((source, subject[-1]))
            tell(self.sources[source], a_row(subject[-1], subject, is_deleted=True))

    def read_whole(self, source):
        tell(self.sources[source], *(row for (who, _n), row in self.rows.items() if who == source), is_whole=True)

    def edit(self, subject, name):
        record = self._published(subject)
        # What names a record that is withdrawn cannot be published anew by people, until they mend it.
        if record and record.document.get("part_of", {}).get("uid") not in self.withdrawn:
            document = {**record.document, name: BY_A_PERSON}
            if document != record.document:
                record = actions.save(record=record, document=document, rows=[], by=self.secretary)
                actions.apply_transition(name="submit", record=record, by=self.secretary)
                actions.apply_transition(name="publish", record=record, by=self.secretary, seen=record.digest)
            self.edits.setdefault(record.uid, {})[name] = BY_A_PERSON

    def withdraw(self, subject):
        if record := self._published(subject):
            actions.apply_transition(name="withdraw", record=record, by=self.secretary, reasons=["error"])
            self.withdrawn.add(record.uid)

    def _published(self, subject):
        uids = Statement.objects.filter(subject=subject).values("uid")
        return Record.objects.filter(uid__in=uids, public="published").first()

    def licence(self, source, is_given):
        Source.objects.filter(key=source).update(licence="CC0" if is_given else "")
        self.sources[source].refresh_from_db()
        statements.renew(self.sources[source])

    def judge(self, verdict):
        Match.objects.filter(subject=OWN).delete()
        Match.objects.create(subject=OWN, other="GEF:1", verdict=verdict, reviewed_by="A. Reviewer", reviewed_on=DAY)
        if ("aiddata", "1") in self.rows:
            tell(self.sources["aiddata"], self.rows["aiddata", "1"])


def replayed(known):
    """The published set as a reader has it who knows `known` and follows the log from there."""
    position, documents = known
    for change in log.changes_after(position, 10_000):
        documents[change.uid] = change.document
    return documents


@pytest.mark.slow
@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(before=st.lists(steps, min_size=4, max_size=10), after=st.lists(steps, min_size=4, max_size=14))
def test_records_are_what_was_said_last_and_what_people_wrote(before, after):
    with transaction.atomic():
        world = World()
        for name, *given_ in before:
            getattr(world, name)(*given_)
        known = log.head().position, {one.uid: one.document for one in Publication.objects.all()}
        for name, *given_ in after:
            getattr(world, name)(*given_)

        statements_are_what_was_said_last(world)
        records_are_what_their_statements_make(world)
        nothing_is_an_orphan()
        assert replayed(known) == dict(Publication.objects.values_list("uid", "document"))
        nothing_is_left_to_do()
        transaction.set_rollback(True)


def statements_are_what_was_said_last(world):
    kept = {(one.source_id, one.identifier): one for one in Statement.objects.all()}
    assert kept.keys() == world.said.keys()
    for key, said in world.said.items():
        assert kept[key].is_deleted == (said is None)
        assert said is None or kept[key].values == said


def records_are_what_their_statements_make(world):
    for subject in set(Statement.objects.values_list("subject", flat=True)):
        told = list(Statement.objects.filter(subject=subject).select_related("source"))
        standing = [one for one in told if not one.is_deleted and one.source.licence]
        uids = {one.uid for one in standing} or {one.uid for one in told if one.uid}
        public = {one.uid: one.document for one in Publication.objects.filter(uid__in=uids)}
        if not standing or uids & world.withdrawn:
            assert set(public.values()) <= {None}
            continue
        (uid,) = uids
        made = {consolidated(order) for order in permutations(standing)}
        assert len(made) == 1
        whole = parts.wholes({subject: standing}, {})[subject]
        expected = parts.placed(consolidate.document(standing), whole) | world.edits.get(uid, {})
        assert public[uid] == registry.by_slug("projects").public(expected)
        assert Version.objects.filter(uid=uid).order_by("number").last().document == public[uid]
        heads = {figure for one in whole for figure in one.figures.values()}
        each_figure_counts_once(public[uid].get("funding", []), standing, heads)


def consolidated(order):
    return repr(consolidate.document(order))


def each_figure_counts_once(rows, standing, heads):
    """In its own record, or in that of a whole."""
    told = Counter(row["id"] for one in standing for row in one.values.get("funding", []))
    assert Counter(row["id"] for row in rows) == told
    by_id = {row["id"]: row for row in rows}
    for row in rows:
        if headline := by_id.get(row.get("counted_in")):
            assert headline.get("counted_in") not in by_id
            assert headline["stage"] == row["stage"]
        else:
            assert row.get("counted_in") in {None, *heads}


def nothing_is_an_orphan():
    uids = set(Statement.objects.exclude(uid="").values_list("uid", flat=True))
    records = dict(Record.objects.values_list("uid", "public"))
    assert uids <= records.keys()
    assert {uid for uid, public in records.items() if public == "published"} <= uids
    standing = {one.uid for one in Publication.objects.exclude(document=None)}
    assert {uid for uid, public in records.items() if public == "published"} == standing


def nothing_is_left_to_do():
    """Making everything anew changes nothing: there is no other way to say the same."""
    assert not Statement.objects.filter(waits=True).exists()
    head = log.head()
    Statement.objects.update(waits=True)
    making.take_up()
    assert log.head() == head
