"""Opportunities of Grants.gov: deadlines without a sign between their parts, titles escaped for web pages."""

import csv
import gzip
import re
from datetime import datetime

import pytest

from exchange.mapped.kinds.text import Text
from exchange.mapped.mapping import mapping
from exchange.reading.draft import Draft
from exchange.reading.entities import plain
from exchange.reading.row import Row
from tests.exchange.opportunities import OPPORTUNITIES, applied, import_records, published, whole

GRANTS = mapping("grants-gov")
EXPORT = OPPORTUNITIES / "grants_gov.csv.gz"
ROW = {
    "ID": "131093",
    "Title": "Fish &amp; Game&#8217;s Grants",
    "Description": "Fish &amp; Game&#8217;s Grants",
    "Source": "grants.gov",
    "URL": "",
    "Deadline": "03212012",
}


def read(**cells):
    return GRANTS.apply(Row(2, ROW | cells))


def test_a_row_becomes_an_opportunity_and_its_title_is_not_its_description_too():
    mapped = read()

    assert len(mapped.document["identifiers"][0].pop("id")) == 8
    assert mapped.document == {
        "format": "OPP/1",
        "languages": ["en"],
        "title": {"en": "Fish & Game’s Grants"},
        "deadline": "2012-03-21",
        "identifiers": [{"scheme": "Grants.gov", "value": "131093"}],
    }
    assert mapped.address == "https://www.grants.gov/search-results-detail/131093"
    assert (mapped.refusals, mapped.notes, mapped.subject, mapped.shown) == ([], [], "Grants.gov:131093", "")


def test_a_description_of_its_own_is_kept():
    assert read(Description="For &lt;all&gt; who fish").document["description"] == {"en": "For <all> who fish"}


def test_without_a_deadline_nothing_is_said_of_one():
    assert not {"deadline", "open_until_withdrawn"} & read(Deadline=" ").document.keys()


@pytest.mark.parametrize("deadline", ["13212012", "02302012", "3212012", "2012-03-21", "Ongoing", "00000000"])
def test_what_is_no_deadline_refuses_the_row(deadline):
    [finding] = read(Deadline=deadline).refusals

    assert (finding.field, finding.value) == ("Deadline", deadline)
    assert finding.reason == "This is no date of the form MMDDYYYY."


@pytest.mark.parametrize(
    ("cells", "field"),
    [({"ID": ""}, "ID"), ({"ID": "12-3"}, "ID"), ({"Title": ""}, "Title"), ({"Source": "a foundation"}, "Source")],
)
def test_a_row_that_is_none_of_these_opportunities_is_refused(cells, field):
    assert [finding.field for finding in read(**cells).refusals] == [field]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Fish &amp; Game", "Fish & Game"),
        ("Fish &amp;amp;amp; Game", "Fish & Game"),
        ("R&D at Texas A&M", "R&D at Texas A&M"),
        ("AT&T; &unknown; &notreally", "AT&T; &unknown; &notreally"),
        ("Women&apos;s &quot;Work&quot; &#150; I&#x2019;m", 'Women\'s "Work" – I’m'),
        ("C&#244;te d&#8217;Ivoire", "Côte d’Ivoire"),
        ("caf&#195;&#169;", "café"),
        ("the President&#239;&#191;&#189;s plan", "the President�s plan"),
        ("President&#191;s", "President¿s"),
        ("<b>Bold</b> &lt;i&gt;sloping&lt;/i&gt;", "Bold sloping"),
        ("a<br/>b<p>c</p>", "a b c"),
        ('<a href="https://example.org">here</a>', "here"),
        ("p < 0.05 and x > y, <T>, List<String>", "p < 0.05 and x > y, <T>, List<String>"),
        ("&#0;&#55296;&#9999999;", "���"),
    ],
)
def test_what_was_escaped_for_web_pages_is_read_as_it_was_meant(written, meant):
    assert " ".join(plain(written).split()) == meant


def test_signs_that_the_source_has_lost_are_noted_once():
    assert [note.field for note in read(Title="A &#65533; B", Description="A &#65533; B").notes] == ["Title"]


def test_only_a_source_that_escapes_its_texts_is_read_so():
    draft = Draft("a source", "1", "en", {})
    Text("T", to="title").read("How to write &amp;", draft)

    assert draft.document["title"] == {"en": "How to write &amp;"}


@pytest.fixture(scope="module")
def raw():
    with gzip.open(EXPORT, "rt", encoding="utf-8", newline="") as file:
        return {row["ID"]: row for row in csv.DictReader(file)}


@whole(EXPORT)
def test_every_row_says_what_stands_there(raw):
    rows = applied("grants-gov", EXPORT)

    assert {mapped.identifier for _row, mapped in rows} == raw.keys()
    assert len(rows) == len(raw)
    for _row, mapped in rows:
        cells, said = raw[mapped.identifier], mapped.document
        assert mapped.refusals == []
        assert said.get("deadline", "") == day(cells["Deadline"])
        assert "open_until_withdrawn" not in said
        assert not re.search(r"&#?\w+;", said["title"]["en"])
        if not re.search("[&<]", cells["Title"]):
            assert said["title"]["en"] == " ".join(cells["Title"].split())
        assert ("description" in said) == (cells["Description"] != cells["Title"])


@whole(EXPORT)
@pytest.mark.django_db
def test_every_row_is_in_and_a_second_run_changes_nothing(raw):
    _code, first = import_records("grants-gov", EXPORT)
    before = published()
    _code, second = import_records("grants-gov", EXPORT)

    assert first == {"read": len(raw), "created": len(raw), "updated": 0, "unchanged": 0, "refused": 0}
    assert second == first | {"created": 0, "unchanged": len(raw)}
    assert published() == before
    assert len(before) == len(raw)


def day(cell):
    """The deadline as another reader reads it."""
    return datetime.strptime(cell, "%m%d%Y").date().isoformat() if cell else ""  # noqa: DTZ007
