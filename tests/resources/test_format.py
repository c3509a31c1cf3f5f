"""The fields of RES: what is mandatory, and when."""

import pytest

from formats import registry
from tests.documents import a_resource, errors, read

MANDATORY = ["languages", "title", "types", "published_on", "abstract", "areas", "copies", "licence", "scope"]
WORDS = {"en": "Words", "es": "Palabras"}


@pytest.mark.parametrize("field", MANDATORY)
def test_a_resource_cannot_do_without(field):
    assert errors(a_resource(**{field: None}))[f"/{field}"] == "required"


def test_nothing_else_is_mandatory_beside_an_author():
    document = {name: a_resource()[name] for name in ["format", "authors", *MANDATORY]}

    assert errors(document) == {}


def test_types_have_two_levels_and_both_can_be_chosen():
    vocabulary = registry.by_code("RES").fields["types"].vocabulary

    assert vocabulary.ancestors("manual") == ("teaching",)
    assert errors(a_resource(types=["teaching", "manual", "legal-document"])) == {}


@pytest.mark.parametrize(
    ("field", "code"),
    [("types", ["other"]), ("areas", ["other"]), ("medium", "other"), ("licence", "other"), ("targets", ["other"])],
)
def test_other_asks_for_words(field, code):
    assert errors(a_resource(**{field: code})) == {f"/{field}_other": "required"}
    assert errors(a_resource(**{field: code, f"{field}_other": WORDS})) == {}


def test_the_abstract_has_at_most_three_hundred_words():
    assert errors(a_resource(abstract={"en": "word " * 300})) == {}
    assert errors(a_resource(abstract={"en": "word " * 301})) == {"/abstract/en": "too_long"}


@pytest.mark.parametrize("published_on", ["2023", "2023-11", "2023-11-30"])
def test_the_date_of_publication_is_a_year_a_month_or_a_day(published_on):
    assert read(a_resource(published_on=published_on)).values["published_on"] == published_on


def test_a_copy_has_an_address():
    assert errors(a_resource(copies=[{"id": "copy0001", "form": "PDF"}])) == {"/copies/0/url": "required"}


def test_a_copy_whose_language_is_not_told_warns():
    reading = read(a_resource(copies=[{"id": "copy0001", "url": "https://library.example.org/a.pdf"}]))

    assert [(problem.path, problem.severity) for problem in reading.problems] == [("/copies/0/language", "warning")]


def test_a_cover_picture_has_an_address_and_needs_no_language():
    assert errors(a_resource(cover={"description": WORDS})) == {"/cover/url": "required"}
    assert read(a_resource(cover={"url": "https://library.example.org/a.png"})).problems == []


def test_key_words_are_rows_of_multilingual_text():
    assert errors(a_resource(key_words=[{"id": "keyword1", "text": "maize"}])) == {"/key_words/0/text": "type"}


def test_other_identifiers_are_searched_as_such():
    group = registry.by_code("RES").fields["identifiers"]
    doi = {"id": "doi00001", "scheme": "DOI", "value": "10.1000/182"}

    assert group.fields["value"].search == "identifier"
    assert errors(a_resource(identifiers=[doi])) == {}


def test_the_language_of_the_work_is_not_that_of_the_record():
    fields = registry.by_code("RES").fields

    assert fields["resource_languages"].facet == "content_language"
    assert errors(a_resource(resource_languages=["qu"], languages=["en", "es"])) == {}


def test_the_year_of_a_resource_is_that_of_its_publication():
    assert registry.by_code("RES").option("years") == ("published_on", "published_on")
