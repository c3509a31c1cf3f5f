"""A person says what is the same: proposed as a table, judged, loaded; records join and part accordingly."""

import csv
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from exchange.models import Match, Statement
from publishing.models import Publication
from records.models import Record
from tests.exchange.telling import a_row, a_source, published, tell

pytestmark = pytest.mark.django_db

TITLE = "Implementation of the National Biosafety Framework"


@pytest.fixture
def sources():
    gef, aid = a_source("gef-portal"), a_source("aiddata", reader="iati")
    tell(gef, a_row("1", title=TITLE, countries=["BT"]), a_row("2", title=TITLE, countries=["AL"]))
    tell(aid, a_row("x1", "iati:x1", title=f"Bhutan--{TITLE}", countries=["BT"], acronym="AID"))
    return gef, aid


def judged(folder, *verdicts, **cells):
    """The proposed table, filled in."""
    path, filled = folder / "proposed.csv", folder / "judged.csv"
    path.unlink(missing_ok=True)
    call_command("propose_matches", "aiddata", str(path))
    with path.open(encoding="utf-8", newline="") as file, filled.open("w", encoding="utf-8", newline="") as out:
        table = csv.DictReader(file)
        writer = csv.DictWriter(out, table.fieldnames)
        writer.writeheader()
        for row, verdict in zip(table, verdicts, strict=True):
            said = {"verdict": verdict, "reviewed_by": "A. Reviewer", "reviewed_on": "2026-01-02", **cells}
            writer.writerow(row | said)
    return filled


def test_what_looks_the_same_in_the_same_country_is_proposed_once(sources, tmp_path):
    with judged(tmp_path, "").open(encoding="utf-8", newline="") as file:
        [row] = csv.DictReader(file)

    assert (row["subject"], row["other"]) == ("iati:x1", "GEF:1")
    assert (row["title"], row["other_title"]) == (f"Bhutan--{TITLE}", TITLE)


def test_the_same_becomes_one_record_and_the_other_points_to_it(sources, tmp_path):
    before = published("iati:x1").uid

    call_command("load_matches", str(judged(tmp_path, "same")))

    joined = published("GEF:1")
    assert joined.document["acronym"] == "AID"
    assert [one["identifier"] for one in joined.envelope["also_from"]] == ["x1"]
    assert Publication.objects.get(uid=before).replaced_by == joined.uid
    assert Record.objects.get(uid=before).public == "merged"
    assert Statement.objects.get(identifier="x1").uid == joined.uid
    assert Match.objects.get().reviewed_on == date(2026, 1, 2)


def test_the_different_stay_apart_and_are_not_proposed_again(sources, tmp_path):
    assert published("GEF:1").envelope["possibly_same"]

    call_command("load_matches", str(judged(tmp_path, "different")))

    assert published("GEF:1").envelope["possibly_same"] == published("iati:x1").envelope["possibly_same"] == []
    judged(tmp_path)


def test_a_row_without_a_verdict_is_left_for_later(sources, tmp_path, capsys):
    call_command("load_matches", str(judged(tmp_path, "")))

    assert "1 not judged yet" in capsys.readouterr().out
    assert not Match.objects.exists()


def test_a_judgement_may_be_changed(sources, tmp_path):
    table = judged(tmp_path, "different")
    call_command("load_matches", str(table))
    table.write_text(table.read_text(encoding="utf-8").replace(",different,", ",same,"), encoding="utf-8")

    call_command("load_matches", str(table))

    assert Match.objects.get().verdict == "same"
    assert published("GEF:1").document["acronym"] == "AID"

    table.write_text(table.read_text(encoding="utf-8").replace(",same,", ",different,"), encoding="utf-8")
    call_command("load_matches", str(table))

    assert "acronym" not in published("GEF:1").document
    assert published("iati:x1").document["acronym"] == "AID"


def test_a_crosswalk_may_be_loaded_before_the_things_it_speaks_of(tmp_path):
    crosswalk = tmp_path / "crosswalk.csv"
    crosswalk.write_text(
        "subject,other,verdict,reviewed_by,reviewed_on,reason\niati:x1,GEF:1,same,A. Reviewer,2026-01-02,\n",
        encoding="utf-8",
    )
    call_command("load_matches", str(crosswalk))

    tell(a_source("aiddata", reader="iati"), a_row("x1", "iati:x1", acronym="AID"))
    tell(a_source("gef-portal"), a_row("1", title=TITLE))

    assert Record.objects.count() == 1
    assert published("GEF:1").document["title"] == {"en": TITLE}


@pytest.mark.parametrize(
    ("verdict", "cells", "told"),
    [
        ("perhaps", {}, "Row 2.*no verdict"),
        ("same", {"reviewed_by": ""}, "Row 2.*name of the person"),
        ("same", {"reviewed_on": "yesterday"}, "Row 2.*yesterday"),
        ("same", {"subject": ""}, "Row 2.*two different subjects"),
        ("same", {"other": "iati:x1"}, "Row 2.*two different subjects"),
    ],
)
def test_a_wrong_row_refuses_the_whole_table(sources, tmp_path, verdict, cells, told):
    with pytest.raises(CommandError, match=told):
        call_command("load_matches", str(judged(tmp_path, verdict, **cells)))

    assert not Match.objects.exists()


def test_commands_that_make_no_sense_are_refused(sources, tmp_path):
    (tmp_path / "there.csv").touch()
    with pytest.raises(CommandError, match="no source"):
        call_command("propose_matches", "nobody", str(tmp_path / "x.csv"))
    with pytest.raises(CommandError, match="there already"):
        call_command("propose_matches", "aiddata", str(tmp_path / "there.csv"))
    with pytest.raises(CommandError, match="empty"):
        call_command("load_matches", str(tmp_path / "there.csv"))


def test_the_crosswalks_that_come_with_the_portal_can_be_loaded():
    for path in sorted(Path("exchange/crosswalks").glob("*.csv")):
        call_command("load_matches", str(path))

    assert Match.objects.filter(verdict="same", other__startswith="GEF:").count() == 11


def test_a_record_that_went_into_another_comes_back_with_its_source(sources, tmp_path):
    """Joined, taken back by the one source, parted again: then the one source tells of its own thing once more."""
    gef, _aid = sources
    table = judged(tmp_path, "same")
    call_command("load_matches", str(table))
    tell(gef, a_row("1", is_deleted=True))
    table.write_text(table.read_text(encoding="utf-8").replace(",same,", ",different,"), encoding="utf-8")
    call_command("load_matches", str(table))
    left = published("GEF:1")
    assert (left.document, left.action) == (None, "merged")

    tell(gef, a_row("1", title=TITLE, countries=["BT"]))

    again = published("GEF:1")
    assert (again.uid, again.action, again.replaced_by) == (left.uid, "restored", "")
    assert again.document["title"] == {"en": TITLE}
    assert published("iati:x1").document["acronym"] == "AID"
