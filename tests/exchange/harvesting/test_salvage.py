"""One record that is no well-formed XML does not end a list: it is refused, and all others are read."""

import csv
from io import BufferedReader, BytesIO

import pytest

from exchange.fetching.fetch import FetchFailed
from exchange.files.opening import UnreadableFile
from exchange.models import Harvest, Statement
from exchange.protocols import salvage
from exchange.protocols.hearing import ROOT
from exchange.protocols.salvage import salvaged
from exchange.reading.row import Row
from tests.exchange.harvesting.making import a_repository, harvested
from tests.exchange.harvesting.repository import Repository, taken
from tests.exchange.harvesting.site import a_site
from tests.exchange.oai import OAI, a_record, rows

HEAD = '<?xml version="1.0"?>\n<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">\n<ListRecords>\n'
TAIL = "\n<resumptionToken>next</resumptionToken></ListRecords></OAI-PMH>"


def record(number, inner="<dc:title>Maize</dc:title>"):
    return a_record(inner, identifier=f"oai:x:{number}")


def a_list(*records, tail=TAIL):
    return HEAD + "\n".join(records) + tail


def parted(text):
    """What is left of a list, as the rows of its reader, and what had to be left out; nothing if it is not mended."""
    data = text if isinstance(text, bytes) else text.encode()
    with salvaged(BufferedReader(BytesIO(data)), ROOT) as rest:
        if rest is None:
            return None
        return [OAI.apply(row).identifier for row in OAI.rows(rest.stream())], rest.broken, rest.stream().read()


@pytest.mark.parametrize(
    "inner",
    [
        "<dc:title>a <br> b</dc:title>",
        "<dc:title>a </i> b</dc:title>",
        "<dc:title>a <b b</dc:title>",
        "<dc:title>a",
        "<dc:title><![CDATA[a</dc:title>",
        "<dc:title><!-- a</dc:title>",
        "<dc:title lang=en>a</dc:title>",
        "<other:title>a</other:title>",
    ],
)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_record_that_is_not_well_formed_is_told_and_the_others_stay(inner, place):
    records = [record(1), record(2)]
    records.insert(place, record(9, inner))

    identifiers, broken, rest = parted(a_list(*records))

    assert identifiers == ["oai:x:1", "oai:x:2"]
    assert [row.number for row in broken] == [place + 1]
    assert "not well-formed" in broken[0].fault
    assert inner in broken[0].cells["record"]
    assert rest.endswith(TAIL.encode())


def test_a_record_without_its_end_is_told_and_the_others_stay():
    identifiers, broken, _rest = parted(a_list(record(1).removesuffix("</record>"), record(2)))

    assert identifiers == ["oai:x:2"]
    assert [row.number for row in broken] == [1]


def test_bytes_that_are_no_signs_are_told_or_mended():
    data = a_list(record(1), record(2, "<dc:title>caf\udce9 <br></dc:title>")).encode("utf-8", "surrogateescape")

    identifiers, [broken], _rest = parted(data)

    assert identifiers == ["oai:x:1"]
    assert "caf� <br>" in broken.cells["record"]


@pytest.mark.parametrize("before", ["", "<dc:date>1</dc:date>\n"])
def test_the_fault_is_told_by_line_and_column_of_the_whole_list(before):
    text = a_list(record(1), record(2, f"{before}<dc:title>a <br> b</dc:title>"))

    _identifiers, [broken], _rest = parted(text)

    before = text[: text.index("</dc:title>", text.index("<br>")) + len("</dc:title>")]
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    assert f"line {line}, column {column})" in broken.fault


def test_mended_in_the_report_the_record_can_be_read_by_itself():
    spaces = 'xmlns:oai="http://www.openarchives.org/OAI/2.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    header = "<oai:header><oai:identifier>oai:x:1</oai:identifier></oai:header>"
    record = f"<oai:record>{header}<dc:title>A <br> B</dc:title></oai:record>"
    text = f"<oai:OAI-PMH {spaces}><oai:ListRecords>{record}</oai:ListRecords></oai:OAI-PMH>"

    _identifiers, [broken], _rest = parted(text)
    mapped = OAI.apply(Row(1, {"record": broken.cells["record"].replace("<br>", "")}))

    assert (mapped.identifier, mapped.refusals) == ("oai:x:1", [])


@pytest.mark.parametrize("behind", ["", "\n<!-- 0.3 s --> ", "<b>Notice</b>: slow in <b>list.php</b>", "-->"])
def test_what_a_server_writes_behind_the_list_is_left_out(site, budget, behind):
    text = a_list(record(1), tail="</ListRecords></OAI-PMH>") + behind
    repository = Repository({"": text})
    repository.address = site(repository).address

    [(page, body)] = taken(repository, budget=budget)

    assert [OAI.apply(row).identifier for row in rows(body)] == ["oai:x:1"]
    assert (list(page.broken), "walk" in page.state) == ([], False)


@pytest.mark.parametrize(
    "text",
    [
        "<rss><br></rss>",
        "<OAI-PMH><br>" + a_list(record(1)),
        HEAD + "<!--" + "x" * 10_000 + "-->" + record(1, "<br>") + TAIL,
        a_list(*(record(number, "<br>") for number in range(1_001))),
        a_list(record(1, "<br>" + "x" * 4_000_000), record(2, "<br>" + "x" * 4_000_000)),
    ],
    ids=["another", "its head", "a long head", "too many", "too large"],
)
def test_what_is_not_wrong_in_some_records_only_is_not_mended(text):
    assert parted(text) is None


def test_a_list_that_breaks_off_still_breaks_off():
    text = a_list(record(1), record(2, "<br>"), record(3))

    with pytest.raises(UnreadableFile, match="Premature end"):
        parted(text[: text.rindex("</metadata>")])


def test_where_a_record_begins_is_found_wherever_the_pieces_end(monkeypatch):
    text = a_list(*(record(number) for number in range(9)), record(9, "<br>"))

    for chunk in (1, 7, 64, 1000):
        monkeypatch.setattr(salvage, "CHUNK", chunk)
        identifiers, broken, _rest = parted(text)
        assert (len(identifiers), [row.number for row in broken]) == (9, [10])


def test_the_walk_goes_on_behind_such_a_list(site, budget):
    last = a_list(record(3), tail="</ListRecords></OAI-PMH>")
    repository = Repository({"": a_list(record(1), record(2, "<dc:title>a <br> b</dc:title>")), "next": last})
    repository.address = site(repository).address

    found = list(taken(repository, budget=budget))

    assert [[row.number for row in page.broken] for page, _body in found] == [[2], []]
    assert [len(rows(body)) for _page, body in found] == [1, 1]
    assert "walk" not in found[-1][0].state


def test_a_list_that_is_cut_off_fails_with_its_name_and_place(site, budget):
    repository = Repository({"": a_list(record(1), record(2))[:-60]})
    repository.address = site(repository).address
    walk = taken(repository, budget=budget)

    page, _body = next(walk)

    assert page.state["walk"]["token"] == ""
    with pytest.raises(
        FetchFailed, match=r"ListRecords-1\.xml \(http.*verb=ListRecords.*\): After record 2 .* line 6, "
    ):
        next(walk)


@pytest.mark.slow
@pytest.mark.django_db
def test_the_record_stands_in_the_report_and_nothing_is_called_gone(settings, tmp_path):
    settings.PORTAL_DATA, settings.HARVEST_PRIVATE_ADDRESSES = tmp_path, True
    with a_site() as site:
        harvest = a_repository(site)
        harvested(harvest)
        Harvest.objects.update(state={})
        second = "/oai?verb=ListRecords&resumptionToken=second"
        site.files[second] = site.files[second].replace(b"Living", b"<br>")

        run = harvested(harvest)

    assert (run.state, run.message, harvest.failures) == ("finished", "", 0)
    assert (run.unchanged, run.refused, run.gone) == (2, 1, 0)
    with open(run.report, newline="") as file:
        [told] = csv.DictReader(file)
    assert (told["file"], told["row"], told["field"]) == ("ListRecords-2.xml", "1", "record")
    assert "<br> modified maize" in told["record"]
    assert "not well-formed" in told["reason"]
    assert Statement.objects.filter(gone_since=None).count() == 3
