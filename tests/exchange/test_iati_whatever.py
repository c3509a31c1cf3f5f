"""Whatever an activity holds, its reader answers: a document that can be stored, or reasons why not."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from exchange.iati import reader
from exchange.reading.row import Row
from formats import registry
from tests.exchange.activities import FULL, document, row

# Hundreds of invented activities.
pytestmark = pytest.mark.slow

NUMBERS = ["", " ", "0", "-1", "1", "99", "298", "998", "1e5", "0.005", "999999999999999", "-0", "1,000", "100%"]
OTHERS = ["B1", "n/a", "KE", "ZZ", "EUR", "US$", "2014-01-01", "2014-02-30", "9999-12-31", "en_US", "xx-", "http://["]
SAID = ["Incoming Funds", "Closed", "Africa", "&lt;p&gt;", "\u202e", "http://example.org", "x" * 600, "word " * 5000]
WORDS = st.one_of(
    st.sampled_from([*NUMBERS, *OTHERS, *SAID]),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30),
)
PLACES = st.integers(0, 10_000)
WAYS = st.sampled_from(["drop", "double", "text", "attribute", "rename", "move"])
CHANGES = st.lists(st.tuples(WAYS, PLACES, PLACES, WORDS))


def changed(changes):
    """The full activity with its elements dropped, doubled, filled, renamed and moved about."""
    root = etree.fromstring(FULL)
    for change, one, other, words in changes:
        elements = [element for element in root.iter() if element is not root]
        if elements:
            _change(root, elements[one % len(elements)], [root, *elements][other % (len(elements) + 1)], change, words)
    return etree.tostring(root, encoding="unicode")


def _change(root, element, other, change, words):
    if change == "drop":
        element.getparent().remove(element)
    elif change == "double":
        other.append(etree.fromstring(etree.tostring(element, with_tail=False)))
    elif change == "text":
        element.text = "".join(sign for sign in words if sign.isprintable())
    elif change == "attribute":
        names = [*other.attrib, *element.attrib, "type", "iso_date", "ref", "flow"]
        element.set(names[len(words) % len(names)], "".join(sign for sign in words if sign.isprintable()))
    elif change == "rename":
        element.tag = other.tag
    elif element is not other and other not in element.iter():
        other.append(element)


@given(CHANGES)
@settings(max_examples=400, deadline=None)
def test_every_activity_is_accepted_or_refused_and_what_is_accepted_can_be_stored(changes):
    mapped = reader.apply(Row(1, {"record": changed(changes)}))

    assert all(finding.field and finding.reason for finding in [*mapped.refusals, *mapped.notes])
    if not mapped.refusals:
        json.dumps(mapped.document).encode()
        assert mapped.identifier
        assert mapped.document["title"]
        assert registry.by_slug("projects").read(mapped.document, "harvested").errors == []
        assert "Personne Essai" not in str(mapped.document.get("partners"))


@given(st.text(max_size=200), st.text(max_size=50))
@settings(max_examples=300, deadline=None)
def test_every_text_is_answered(text, content):
    assert reader.apply(Row(1, {"record": text})).refusals
    reader.apply(row(content))
    reader.apply(row(f"<transaction><value>{content}</value></transaction>"))


def test_an_activity_of_2_03_in_two_languages_is_read_whole():
    mapped = reader.apply(Row(1, {"record": FULL}))
    found = mapped.document

    assert mapped.refusals == []
    assert found["title"] == {"fr": "Biosécurité au Sahel", "en": "Biosafety in the Sahel"}
    assert found["languages"] == ["en", "fr"]
    assert found["description"] == {"fr": "Former les laboratoires.", "en": "Train laboratories."}
    assert found["background"] == {"fr": "Techniciens"}
    assert (found["status"], found["starts_on"], found["ends_on"]) == ("ongoing", "2022-03-15", "2025-12-31")
    assert (found["scope"], found["countries"], found["groups"]) == ("regional", ["ML", "NE"], ["western-africa"])
    assert [one["name"] for one in found["implementing_agencies"]] == ["Ministère"]
    assert [one["name"] for one in found["executing_agencies"]] == ["Université"]
    assert [(one["stage"], one["amount"], one["currency"], one["funder"]["name"]) for one in found["funding"]] == [
        ("planned", "1000000.00", "XOF", "Fondation d’essai"),
        ("planned", "1200.50", "EUR", "Fondation d’essai"),
        ("committed", "900000.26", "XOF", "Fondation d’essai"),
        ("disbursed", "250.00", "USD", "Fondation d’essai"),
    ]
    assert found["files"][0]["language"] == "fr"
    assert found["outcomes"] == {"fr": "- Laboratoires formés"}
    assert "Personne Essai" not in json.dumps(found, ensure_ascii=False)
    assert "Disbursement, not counted: -100 XOF" in found["other_information"]["en"]


def test_an_activity_alone_is_a_document_too():
    assert document("<recipient-country code='KE'/>")["countries"] == ["KE"]
