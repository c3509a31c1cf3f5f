"""A project within a programme: it names it, and sums over both count no money twice, whatever comes first."""

from functools import partial
from io import StringIO
from itertools import permutations

import pytest
from django.core.management import call_command

from exchange.importing import making, statements
from exchange.importing.parts import Whole, placed
from exchange.models import Match, Source, Statement
from formats.money import Total, totals
from publishing import log
from records import actions, erasure
from records.models import Record
from tests.exchange.telling import DAY, a_row, a_source, published, tell
from tests.people import person

pytestmark = pytest.mark.django_db


def figure(key, amount, stage="committed", currency="USD"):
    return {"id": key, "funder": {"name": "Fund"}, "amount": amount, "currency": currency, "stage": stage}


def programme(**given):
    return a_row("P", "iati:P", **({"funding": [figure("whole001", "100.00")]} | given))


def project(identifier="C", part_of="iati:P", **given):
    money = {"funding": [figure("part0001", "40.00"), figure("paid0001", "9.00", "disbursed")]}
    return a_row(identifier, f"iati:{identifier}", part_of=part_of, **(money | given))


def document(subject):
    return published(subject).document


def shown(subject):
    """What a project is part of, and in which lines its own are counted."""
    found = document(subject)
    return found.get("part_of"), [row.get("counted_in") for row in found["funding"]]


def nothing_is_left_to_do():
    head = log.head()
    Statement.objects.update(waits=True)
    making.take_up()
    assert log.head() == head


@pytest.mark.parametrize("order", [*permutations((programme(), project()))], ids=["the whole first", "the part first"])
def test_a_part_names_its_whole_and_its_money_is_counted_there_whatever_comes_first(order):
    source = a_source("dfid", reader="iati")

    for row in order:
        tell(source, row)

    assert shown("iati:C") == ({"uid": published("iati:P").uid}, ["whole001", None])
    assert "part_of" not in document("iati:P")
    nothing_is_left_to_do()


def test_they_may_come_at_once_and_by_itself_a_part_s_money_counts_as_ever():
    tell(a_source("dfid", reader="iati"), project(), programme())
    part, whole = document("iati:C")["funding"], document("iati:P")["funding"]

    assert shown("iati:C")[1] == ["whole001", None]
    assert [(one.stage, one.amount) for one in totals(part + whole)] == [("committed", 100), ("disbursed", 9)]
    assert [(one.stage, one.amount) for one in totals(part)] == [("committed", 40), ("disbursed", 9)]


def test_what_the_whole_does_not_tell_of_is_asked_of_what_it_is_part_of():
    source = a_source("dfid", reader="iati")
    top = a_row("T", "iati:T", funding=[figure("top00001", "500.00"), figure("top00002", "70.00", "disbursed")])

    tell(source, project(), programme(part_of="iati:T"), top)

    assert shown("iati:C") == ({"uid": published("iati:P").uid}, ["whole001", "top00002"])
    assert shown("iati:P") == ({"uid": published("iati:T").uid}, ["top00001"])
    lines = [row for name in "CPT" for row in document(f"iati:{name}")["funding"]]
    assert totals(lines) == [Total("committed", "USD", 500), Total("disbursed", "USD", 70)]


def test_who_is_part_of_itself_by_a_detour_comes_to_an_end():
    source = a_source("dfid", reader="iati")

    tell(source, project("A", "iati:B"), project("B", "iati:A"), project("S", "iati:S"))

    assert document("iati:A")["part_of"] == {"uid": published("iati:B").uid}
    assert document("iati:B")["part_of"] == {"uid": published("iati:A").uid}
    assert "part_of" not in document("iati:S")


def test_a_part_follows_what_becomes_of_its_whole():
    source = a_source("dfid", reader="iati")
    tell(source, project(), programme())

    tell(source, programme(funding=[figure("whole002", "7.00", "disbursed")]))
    assert shown("iati:C")[1] == [None, "whole002"]

    tell(source, a_row("P", "iati:P", is_deleted=True))
    assert shown("iati:C") == (None, [None, None])

    tell(source, programme())
    assert shown("iati:C") == ({"uid": published("iati:P").uid}, ["whole001", None])

    tell(source, project(part_of=""))
    assert shown("iati:C") == (None, [None, None])


def test_a_whole_of_another_source_is_named_once_it_may_be_seen():
    silent = a_source("dfid", licence="", reader="iati")
    tell(a_source("ngo", reader="iati"), project("A"))
    tell(silent, programme(), project("Z"))
    assert shown("iati:A") == (None, [None, None])

    Source.objects.filter(pk=silent.pk).update(licence="CC0")
    silent.refresh_from_db()
    statements.renew(silent)

    assert shown("iati:A") == shown("iati:Z") == ({"uid": published("iati:P").uid}, ["whole001", None])
    nothing_is_left_to_do()


def test_a_whole_that_is_another_source_s_project_is_found_there():
    tell(a_source("gef-portal"), a_row("7", "GEF:7", funding=[figure("grant001", "100.00")], lines={"grant001": "g"}))
    Match.objects.create(subject="iati:P", other="GEF:7", verdict="same", reviewed_by="A. Reviewer", reviewed_on=DAY)

    tell(a_source("aiddata", reader="iati"), project(), programme())

    assert shown("iati:C") == ({"uid": published("GEF:7").uid}, ["grant001", None])


def test_money_that_a_person_edited_stays_as_it_was_edited():
    source, secretary = a_source("dfid", reader="iati"), person(secretariat=True)
    tell(source, project())
    record = Record.objects.get(uid=published("iati:C").uid)
    mine = {**record.document, "funding": [figure("mine0001", "1.00")]}
    record = actions.save(record=record, document=mine, rows=[], by=secretary)
    actions.apply_transition(name="submit", record=record, by=secretary)
    actions.apply_transition(name="publish", record=record, by=secretary, seen=record.digest)

    tell(source, programme())

    assert shown("iati:C") == ({"uid": published("iati:P").uid}, [None])
    assert document("iati:C")["funding"][0]["amount"] == "1.00"


def test_an_erased_whole_is_not_named_any_more():
    source = a_source("dfid", reader="iati")
    tell(source, project(), programme())

    erasure.erase(record=Record.objects.get(uid=published("iati:P").uid), reason="personal-data")
    making.take_up()

    assert shown("iati:C") == (None, [None, None])


ACTIVITY = """<iati-activity default-currency="GBP" xml:lang="en"><iati-identifier>{0}</iati-identifier>
<title><narrative>Seeds {0}</narrative></title>{1}<transaction><transaction-type code="2"/>
<transaction-date iso-date="2015-01-01"/><value>{2}</value></transaction></iati-activity>"""
PARENT = '<related-activity ref="GB-1-1" type="1"/>'


def test_a_file_of_a_programme_and_its_projects_is_read_once_and_counted_once(tmp_path, settings):
    settings.PORTAL_DATA = tmp_path / "data"
    told = [("GB-1-1-101", PARENT, 60), ("GB-1-1", "", 100), ("GB-1-1-102", PARENT, 40)]
    path = tmp_path / "file.xml"
    path.write_text(f"<iati-activities>{''.join(ACTIVITY.format(*one) for one in told)}</iati-activities>")
    read = partial(call_command, "import_records", "iati", path, "--licence", "CC0", stdout=StringIO())

    read()
    head = log.head()
    read()

    assert log.head() == head
    lines = [row for name, *_rest in told for row in document(f"iati:{name}")["funding"]]
    assert totals(lines) == [Total("committed", "GBP", 100)]
    assert document("iati:GB-1-1-102")["part_of"] == {"uid": published("iati:GB-1-1").uid}


def test_a_figure_that_is_counted_in_another_of_its_own_record_stays_so():
    rows = [figure("a", "1"), {**figure("b", "2"), "counted_in": "a"}, {"id": "c", "funder": {"name": "In words"}}]

    made = placed({"funding": rows}, [Whole("CMB-PRJ-SCBD-1", {"committed": "w"})])

    assert [row.get("counted_in") for row in made["funding"]] == ["w", "a", None]


def test_a_whole_that_may_not_be_seen_any_more_is_not_named():
    donor = a_source("dfid", reader="iati")
    tell(donor, programme())
    tell(a_source("ngo", reader="iati"), project("A"))

    Source.objects.filter(pk=donor.pk).update(licence="")
    donor.refresh_from_db()
    statements.renew(donor)

    assert shown("iati:A") == (None, [None, None])
    nothing_is_left_to_do()
