"""The two real sheets of the GEF together: one project a number, every figure once, whatever the order of import."""

import csv
import gzip
import io
from collections import Counter

import pytest
from django.core.management import call_command

from exchange.models import Statement
from formats.money import totals
from publishing.models import Publication
from tests.exchange.real_data import DATA, needs

PORTAL, PMIS = (DATA / "projects" / name for name in ("gef_portal_2023.csv.gz", "gef_pmis_master_2016.csv.gz"))
SOURCES = {"gef-portal": PORTAL, "gef-pmis": PMIS}
KEYS = {"gef-portal": "ID", "gef-pmis": "GEF_ID"}
SHARE = 7  # one project in seven: enough of every kind, in a minute

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    needs(PMIS),
]


@pytest.fixture(scope="module")
def parts(tmp_path_factory):
    """A share of both sheets, the same projects of each."""
    folder = tmp_path_factory.mktemp("sheets")
    return {source: a_part(source, path, folder) for source, path in SOURCES.items()}


def a_part(source, path, folder):
    part = folder / f"{source}.csv"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as whole, part.open("w", newline="") as out:
        rows = csv.DictReader(whole)
        writer = csv.DictWriter(out, rows.fieldnames)
        writer.writeheader()
        writer.writerows(row for row in rows if int(row[KEYS[source]]) % SHARE == 0)
    return part


def imported(parts, order, settings):
    settings.DEMONSTRATION = True  # the second sheet names no licence
    for source in order:
        call_command("import_records", source, str(parts[source]), stdout=io.StringIO(), stderr=io.StringIO())
    uids = dict(Statement.objects.values_list("uid", "subject"))
    published = Publication.objects.filter(uid__in=uids).values_list("uid", "document", "envelope")
    return {uids[uid]: (document, envelope) for uid, document, envelope in published}


def test_one_project_a_number_in_either_order(parts, settings):
    one = imported(parts, ["gef-portal", "gef-pmis"], settings)
    told = Counter(Statement.objects.values_list("subject", flat=True))
    assert one.keys() == told.keys()
    assert max(told.values()) == 2
    for subject, (document, envelope) in one.items():
        every_figure_is_there_and_counts_once(subject, document)
        assert len(envelope["also_from"]) == told[subject] - 1

    Statement.objects.all().delete()
    other = imported(parts, ["gef-pmis", "gef-portal"], settings)

    assert {subject: document for subject, (document, _e) in one.items()} == {
        subject: document for subject, (document, _e) in other.items()
    }


def every_figure_is_there_and_counts_once(subject, document):
    rows = {row["id"]: row for row in document.get("funding", [])}
    lines, stated = {}, Counter()
    for statement in Statement.objects.filter(subject=subject):
        lines |= statement.lines
        stated.update((row["id"], row["amount"], row["stage"]) for row in statement.values.get("funding", []))
    assert Counter((row["id"], row["amount"], row["stage"]) for row in rows.values()) == stated

    heads = [row for row in rows.values() if "counted_in" not in row]
    assert max(Counter((lines[row["id"]], row["stage"]) for row in heads).values(), default=1) == 1
    for row in rows.values():
        head = rows[row.get("counted_in", row["id"])]
        assert (lines[head["id"]], head["stage"]) == (lines[row["id"]], row["stage"])
        assert "counted_in" not in head
    assert sum(total.amount for total in totals(rows.values())) == sum(total.amount for total in totals(heads))
