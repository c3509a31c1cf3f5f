"""The real OAI-PMH responses, where they are at hand: every record accounted for, nothing guessed."""

import re
from collections import Counter
from typing import NamedTuple

import pytest

from exchange.files import opening
from exchange.oai_dc.reader import OaiDc
from exchange.reading.mapped import Mapped
from exchange.reading.row import Row
from records import storable
from reference import languages
from tests.exchange.real_data import DATA, needs

RESPONSES = DATA / "resources" / "oai_dc_responses_2015.tar.gz"
OAI = OaiDc()

pytestmark = [
    pytest.mark.slow,
    needs(RESPONSES),
]


class Read(NamedTuple):
    file: str
    row: Row
    mapped: Mapped

    @property
    def xml(self):
        return self.row.cells["record"]


def whole():
    for member in opening.members(RESPONSES, OAI.endings):
        for row in OAI.rows(member.stream):
            yield Read(member.name, row, OAI.apply(row))


@pytest.fixture(scope="module")
def everything():
    return list(whole())


@pytest.fixture(scope="module")
def accepted(everything):
    return [one for one in everything if one.mapped.document]


def test_every_record_is_accepted_refused_or_taken_back(everything):
    kinds = Counter(
        "refused" if one.mapped.refusals else "taken back" if one.mapped.is_deleted else "accepted"
        for one in everything
    )

    assert len({one.file for one in everything}) == 94
    assert kinds == {"accepted": 5044, "refused": 133, "taken back": 19}
    assert len(everything) == 5196


def test_only_records_without_dublin_core_are_refused(everything):
    refused = [one for one in everything if one.mapped.refusals]
    reasons = Counter(
        (one.file.split("-")[0], finding.value[:30]) for one in refused for finding in one.mapped.refusals
    )

    assert all("no Dublin Core" in finding.reason for one in refused for finding in one.mapped.refusals)
    assert sorted(reasons.values()) == [1, 132]
    assert ("dryad", "status: Item is not available") in reasons
    assert not any("<dc:title" in one.xml for one in refused)


def test_no_identifier_is_given_to_two_records(everything):
    assert max(Counter(one.mapped.identifier for one in everything).values()) == 1
    assert all(one.mapped.identifier in one.xml for one in everything)


def test_every_date_stands_in_its_source(accepted):
    for one in accepted:
        day = one.mapped.document.get("published_on")
        assert day is None or re.search(rf"date[^>]*>\s*{day}", one.xml)


def test_every_language_is_one_and_no_text_is_given_one_that_its_source_does_not_name(accepted):
    for one in accepted:
        assert all(languages.is_language(code) for code in one.mapped.document.get("resource_languages", ()))
        for code in one.mapped.document.get("languages", ()):
            assert f'xml:lang="{code}' in one.xml


def test_every_address_is_one_of_the_web_and_stands_in_its_source(accepted):
    for one in accepted:
        rows = [*one.mapped.document.get("copies", ()), *one.mapped.document.get("links", ())]
        addresses = [row["url"] for row in rows]
        assert all(re.match(r"https?://", address) for address in [*addresses, one.mapped.address or "http://"])
        seen = re.sub("[\u200b\u00ad]", "", one.xml).replace("&amp;amp;", "&amp;")
        assert all(address.removeprefix("https://doi.org/").replace("&", "&amp;") in seen for address in addresses)


def test_all_authors_are_kept_in_their_order(accepted):
    for one in accepted:
        given = re.findall(r"<dc:creator[^>]*>([^<&]*)</dc:creator>", one.xml)
        kept = [author["name"] for author in one.mapped.document.get("authors", ())]
        plain = dict.fromkeys(name for name in (" ".join(text.split()).strip(" ;,") for text in given) if name)
        assert [name for name in kept if name in plain] == list(plain)


def test_what_is_accepted_can_be_stored_and_holds_no_markup_and_no_e_mail_address(accepted):
    for one in accepted:
        assert storable.fault(one.mapped.document) is None
        assert not re.search(r"&(amp|lt|gt|quot|nbsp|#\d+);|</?(p|i|em|br)>|\w@\w+\.\w", str(one.mapped.document))


def test_reading_again_gives_the_same(everything):
    assert [one.mapped.digest for one in whole()] == [one.mapped.digest for one in everything]
