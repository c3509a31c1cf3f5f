"""What sources say becomes records: joined, kept apart, edited, marked, taken back, withheld."""

import itertools
from datetime import date

import pytest

from exchange.importing import likeness, making, statements
from exchange.models import Match, Source, Statement
from publishing import log
from publishing.models import Publication
from records import actions
from records.erasure import erase
from records.models import Event, Record
from tests.exchange.telling import DAY, a_row, a_source, published, tell
from tests.people import person

pytestmark = pytest.mark.django_db

AID = "US-501c3-1"


@pytest.fixture
def aid():
    return a_source("aiddata", reader="iati")


def edited(uid, **fields):
    """A person of the Secretariat edits a published record, and publishes what they wrote."""
    secretary, record = person(secretariat=True), Record.objects.get(uid=uid)
    record = actions.save(record=record, document={**record.document, **fields}, rows=record.contacts, by=secretary)
    publish(record, secretary)


def publish(record, secretary):
    actions.apply_transition(name="submit", record=record, by=secretary)
    actions.apply_transition(name="publish", record=record, by=secretary, seen=record.digest)


def test_two_sources_that_speak_of_one_thing_make_one_record_whatever_the_order(gef, sheet):
    rows = [(gef, a_row(title="The newer title")), (sheet, a_row(title="The older title", acronym="OLD"))]
    made = []
    for order in itertools.permutations(rows):
        Statement.objects.all().delete()
        counts = [tell(source, row) for source, row in order]
        made.append((published().document, published().envelope["provenance"]["source"]))
        assert counts == [{"created": 1}, {"updated": 1}]
        assert [one["source"] for one in published().envelope["also_from"]] == ["Gef-Pmis"]

    assert made[0] == made[1]
    assert made[0][0]["title"] == {"en": "The newer title"}
    assert made[0][0]["acronym"] == "OLD"


def test_telling_the_same_again_changes_nothing(gef, sheet):
    tell(gef, a_row(), a_row("2"))
    tell(sheet, a_row(acronym="A"))
    head = log.head()

    assert tell(gef, a_row(), a_row("2"), is_whole=True) == {"unchanged": 2}
    assert tell(sheet, a_row(acronym="A"), is_whole=True) == {"unchanged": 1}
    assert log.head() == head


def test_two_rows_of_one_batch_about_one_thing_make_one_record(aid):
    rows = [a_row("x", "GEF:1", title="A first activity"), a_row("y", "GEF:1", title="A second activity")]

    assert tell(aid, *rows) == {"created": 2}
    assert Record.objects.count() == 1
    assert Statement.objects.values_list("uid").distinct().count() == 1


def test_what_a_person_edited_stays_theirs_and_the_rest_follows_the_source(gef):
    tell(gef, a_row(title="As the source has it", acronym="OLD"))
    edited(published().uid, title={"en": "As a person has it"})

    counts = tell(gef, a_row(title="As the source has it now", acronym="NEW"))

    assert counts == {"updated": 1, "kept": {"1": ["title"]}}
    assert published().document["title"] == {"en": "As a person has it"}
    assert published().document["acronym"] == "NEW"


def test_a_source_that_differs_from_a_person_is_reported_each_time_it_is_read(gef):
    tell(gef, a_row(title="As the source has it"))
    edited(published().uid, title={"en": "As a person has it"})
    head = log.head()

    assert tell(gef, a_row(title="As the source has it")) == {"unchanged": 1, "kept": {"1": ["title"]}}
    assert tell(gef, a_row(title="As a person has it")) == {"unchanged": 1}
    assert tell(gef, a_row(title="As a person has it")) == {"unchanged": 1}
    assert log.head() == head


def test_a_field_that_a_person_took_away_does_not_come_back(gef):
    tell(gef, a_row(acronym="WRONG"))
    document = Record.objects.get().document
    edited(published().uid, acronym="")

    tell(gef, a_row(acronym="WRONG", number="7"))

    assert document["acronym"] == "WRONG"
    assert not published().document.get("acronym")
    assert published().document["number"] == "7"


def test_a_record_that_somebody_is_editing_is_taken_up_when_they_are_done(gef):
    tell(gef, a_row())
    secretary, record = person(secretariat=True), Record.objects.get()
    draft = actions.save(record=record, document={**record.document, "number": "7"}, rows=[], by=secretary)

    assert tell(gef, a_row(acronym="NEW")) == {"unchanged": 1}
    assert "acronym" not in published().document
    assert "number" not in published().document
    assert Record.objects.get().document["number"] == "7"

    publish(draft, secretary)
    making.take_up()

    assert (published().document["acronym"], published().document["number"]) == ("NEW", "7")
    assert not Statement.objects.filter(waits=True).exists()


def test_a_record_that_the_secretariat_withdrew_is_not_brought_back(gef):
    tell(gef, a_row())
    record = Record.objects.get()
    actions.apply_transition(name="withdraw", record=record, by=person(secretariat=True), reasons=["error"])

    assert tell(gef, a_row(acronym="NEW")) == {"unchanged": 1}
    assert published().document is None


def test_what_is_not_in_the_source_any_more_is_marked_and_stays(gef):
    tell(gef, a_row(), a_row("2"), is_whole=True)

    assert tell(gef, a_row(), is_whole=True) == {"unchanged": 1}

    gone = published("GEF:2")
    assert gone.document["title"]
    assert gone.action == "amended"
    assert gone.envelope["provenance"]["gone_since"] == DAY.isoformat()
    assert "gone_since" not in published("GEF:1").envelope["provenance"]


def test_what_comes_back_loses_its_mark(gef):
    tell(gef, a_row(), a_row("2"), is_whole=True)
    tell(gef, a_row(), is_whole=True)

    assert tell(gef, a_row(), a_row("2"), is_whole=True) == {"unchanged": 1, "updated": 1}
    assert "gone_since" not in published("GEF:2").envelope["provenance"]


def test_a_part_of_a_source_marks_nothing(gef):
    tell(gef, a_row(), a_row("2"))

    tell(gef, a_row())

    assert not Statement.objects.exclude(gone_since=None).exists()


def test_what_a_source_takes_back_leaves_a_tombstone_and_may_come_again(gef):
    tell(gef, a_row())
    uid = published().uid

    assert tell(gef, a_row(is_deleted=True)) == {"updated": 1}
    assert (published().document, published().action, published().reason) == (None, "withdrawn", "source")
    assert tell(gef, a_row(is_deleted=True)) == {"unchanged": 1}
    assert tell(gef, a_row()) == {"updated": 1}
    assert (published().uid, published().action) == (uid, "restored")
    history = Event.objects.filter(record__uid=uid).order_by("pk").values_list("name", "public_after")
    assert list(history) == [("harvested", "published"), ("taken-back", "withdrawn"), ("updated", "published")]


def test_what_only_its_source_took_back_may_come_again_as_another_thing(gef):
    tell(gef, a_row())
    tell(gef, a_row(is_deleted=True))

    assert tell(gef, a_row(subject="GEF:9")) == {"created": 1}
    assert published("GEF:9").document


def test_a_day_on_which_nothing_new_was_said_to_readers_is_no_news(gef):
    money = {"id": "f1", "amount": "1000", "currency": "USD", "stage": "planned"}
    tell(gef, a_row(funding=[money]))
    head = log.head()

    assert tell(gef, a_row(funding=[money], lines={"f1": "grant"}), day=date(2026, 3, 4)) == {"unchanged": 1}
    assert log.head() == head


def test_what_one_of_two_sources_takes_back_stays_by_the_word_of_the_other(gef, sheet):
    tell(gef, a_row(title="The newer title"))
    tell(sheet, a_row(title="The older title"))

    tell(gef, a_row(is_deleted=True))

    assert published().document["title"] == {"en": "The older title"}
    assert published().envelope["provenance"]["source"] == "Gef-Pmis"
    assert published().envelope["also_from"] == []


def test_what_was_never_had_cannot_be_taken_back(gef):
    assert tell(gef, a_row(is_deleted=True)) == {"unchanged": 1}
    assert not Statement.objects.exists()


def test_without_a_licence_nothing_is_published_until_there_is_one(settings):
    silent = a_source("gef-pmis", licence="")

    assert tell(silent, a_row()) == {"created": 1, "withheld": 1}
    assert not Publication.objects.exists()
    assert tell(silent, a_row()) == {"unchanged": 1}

    Source.objects.filter(pk=silent.pk).update(licence="CC0")
    silent.refresh_from_db()
    statements.renew(silent)

    assert published().envelope["provenance"]["licence"] == "CC0"


def test_a_source_that_loses_its_licence_loses_its_records(gef):
    tell(gef, a_row())
    Source.objects.filter(pk=gef.pk).update(licence="")

    statements.renew(gef)

    assert published().document is None


def test_an_unlicensed_source_adds_nothing_to_a_record_of_another(gef):
    silent = a_source("gef-pmis", licence="")
    tell(gef, a_row())

    assert tell(silent, a_row(acronym="SECRET")) == {"created": 1, "withheld": 1}
    assert "acronym" not in published().document
    assert published().envelope["also_from"] == []
    assert Statement.objects.get(source=silent).uid == ""


def test_in_a_demonstration_a_source_without_a_licence_is_shown(settings):
    settings.DEMONSTRATION = True

    assert tell(a_source("gef-pmis", licence=""), a_row()) == {"created": 1}
    assert published().document


def test_what_may_be_the_same_stays_apart_and_each_names_the_other(gef, aid):
    for order in ((gef, aid), (aid, gef)):
        Statement.objects.all().delete()
        told = {gef: a_row(countries=["KE"]), aid: a_row(AID, f"iati:{AID}", countries=["KE", "UG"])}
        for source in order:
            tell(source, told[source])

        one, other = published("GEF:1"), published(f"iati:{AID}")
        assert one.uid != other.uid
        assert one.envelope["possibly_same"] == [{"uid": other.uid}]
        assert other.envelope["possibly_same"] == [{"uid": one.uid}]


@pytest.mark.parametrize(
    "row",
    [
        a_row(AID, f"iati:{AID}", countries=["UG"]),
        a_row(AID, f"iati:{AID}", title="Another project that builds capacity", countries=["KE"]),
    ],
)
def test_another_title_or_another_country_is_not_possibly_the_same(gef, aid, row):
    tell(gef, a_row(countries=["KE"]))
    tell(aid, row)

    assert published().envelope["possibly_same"] == []


@pytest.mark.parametrize("silent", ["GEF:1", f"iati:{AID}"])
def test_who_does_not_say_where_it_is_may_be_the_same_as_one_that_does(gef, aid, silent):
    tell(gef, a_row(**({} if silent == "GEF:1" else {"countries": ["KE"]})))
    tell(aid, a_row(AID, f"iati:{AID}", **({"countries": ["KE"]} if silent == "GEF:1" else {})))

    one, other = published("GEF:1"), published(f"iati:{AID}")
    assert one.envelope["possibly_same"] == [{"uid": other.uid}]
    assert other.envelope["possibly_same"] == [{"uid": one.uid}]


def test_a_title_of_very_many_things_says_nothing_of_any_whatever_the_order(gef, aid, monkeypatch):
    monkeypatch.setattr(likeness, "MOST_ALIKE", 3)
    many, other = [a_row(str(number)) for number in range(1, 4)], [a_row(AID, f"iati:{AID}")]
    for told in ([(gef, many[:2]), (aid, other), (gef, many[2:])], [(aid, other), (gef, many)]):
        Statement.objects.all().delete()
        for source, rows in told:
            tell(source, *rows)

        assert [published(f"GEF:{number}").envelope["possibly_same"] for number in (1, 2, 3)] == [[], [], []]
        assert published(f"iati:{AID}").envelope["possibly_same"] == []

    erase(record=Record.objects.get(uid=published("GEF:3").uid), reason="legal")
    making.take_up()

    assert published("GEF:1").envelope["possibly_same"] == [{"uid": published(f"iati:{AID}").uid}]
    assert len(published(f"iati:{AID}").envelope["possibly_same"]) == 2


def test_what_waits_is_made_anew_a_few_at_a_time_for_as_long_as_there_is_time(gef, monkeypatch):
    monkeypatch.setattr(making, "BATCH", 2)
    tell(gef, *(a_row(str(number)) for number in range(1, 6)))
    Statement.objects.update(waits=True)
    made = []

    making.take_up(lambda number: bool(made.append(number)) or len(made) < 2)

    assert made == [2, 2]
    assert Statement.objects.filter(waits=True).count() == 1


def test_two_things_of_one_source_are_never_possibly_the_same(gef):
    tell(gef, a_row(), a_row("2"))

    assert published().envelope["possibly_same"] == []


def test_a_reviewed_match_joins_what_came_in_before_and_leaves_a_pointer(gef, aid):
    tell(gef, a_row())
    tell(aid, a_row(AID, f"iati:{AID}", acronym="AID"))
    apart = published(f"iati:{AID}").uid
    Match.objects.create(
        subject=f"iati:{AID}", other="GEF:1", verdict="same", reviewed_by="A. Reviewer", reviewed_on=DAY
    )

    assert tell(aid, a_row(AID, f"iati:{AID}", acronym="AID")) == {"updated": 1}

    joined, left = published(), Publication.objects.get(uid=apart)
    assert joined.document["acronym"] == "AID"
    assert joined.envelope["possibly_same"] == []
    assert (left.document, left.action, left.replaced_by) == (None, "merged", joined.uid)


def test_a_match_that_was_judged_different_is_not_named_any_more(gef, aid):
    Match.objects.create(
        subject=f"iati:{AID}", other="GEF:1", verdict="different", reviewed_by="A. Reviewer", reviewed_on=DAY
    )
    tell(gef, a_row())
    tell(aid, a_row(AID, f"iati:{AID}"))

    assert published().envelope["possibly_same"] == []
