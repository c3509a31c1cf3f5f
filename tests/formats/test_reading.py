"""Reading a document: it goes on after an error and says where each problem is."""

import pytest

from formats import checks, registry
from formats.problems import Problem
from tests.documents import COMPLETE, a_need, a_project, a_resource, an_opportunity, errors, read, warnings


@pytest.mark.parametrize("make", COMPLETE.values(), ids=COMPLETE)
def test_a_complete_document_has_no_problems_and_keeps_its_values(make):
    document = make()

    reading = read(document)

    assert reading.problems == []
    assert reading.values == document


@pytest.mark.parametrize("make", COMPLETE.values(), ids=COMPLETE)
def test_values_come_in_the_order_of_the_declaration(make):
    document = make()
    turned = dict(reversed(document.items()))

    values = read(turned).values

    declared = list(registry.by_code(document["format"][:3]).fields)
    assert list(values) == ["format", *(name for name in declared if name in values)]


def test_reading_goes_on_after_an_error():
    document = a_project(status="sleeping", starts_on="last year", total_budget={"amount": "much", "currency": "USD"})

    reading = read(document)

    assert errors(document) == {
        "/status": "unknown_code",
        "/starts_on": "invalid",
        "/total_budget/amount": "invalid",
    }
    assert reading.values["total_budget"] == {"currency": "USD"}
    assert reading.values["description"] == document["description"]


def test_checks_run_on_what_could_be_read():
    document = a_project(status="sleeping", starts_on="2026-05-01", ends_on="2026-04-01")

    found = errors(document)

    assert found == {"/status": "unknown_code", "/ends_on": "order"}


def test_paths_are_json_pointers_into_the_document_as_given():
    empty_row_first = [{}, {"id": "abcd", "funder": {"name": "Fund"}, "amount": "1,5", "currency": "USD"}]
    document = a_project(funding=empty_row_first, total_budget=None, **{"a/b~c": "x"})

    found = errors(document)

    assert found == {"/funding/1/amount": "invalid", "/a~1b~0c": "unknown"}


def test_rows_that_hold_nothing_are_left_out():
    document = a_project(outputs=[{"id": "emptyrow"}, {}, None])

    reading = read(document)

    assert reading.errors == []
    assert "outputs" not in reading.values


def test_unknown_fields_are_reported_at_every_level():
    document = a_project(mascot="panda", total_budget={"amount": "850000", "currency": "USD", "colour": "red"})

    found = errors(document)

    assert found == {"/mascot": "unknown", "/total_budget/colour": "unknown"}


def test_a_document_of_another_format_is_refused():
    document = an_opportunity(format="PRJ/1")

    found = registry.by_code("OPP").read(document)

    assert [problem.path for problem in found.errors] == ["/format"]
    assert found.values["format"] == "OPP/1"


@pytest.mark.parametrize("document", [None, 3, "text", [], [{}], True])
def test_what_is_no_object_is_no_record(document):
    reading = registry.by_code("PRJ").read(document)

    assert reading.values == {}
    assert [problem.code for problem in reading.errors] == ["type"]


def test_a_mandatory_field_is_asked_for_once_though_a_check_asks_too():
    document = an_opportunity(deadline=None)

    problems = [problem for problem in read(document).errors if problem.path == "/deadline"]

    assert len(problems) == 1


def test_a_field_that_was_mistyped_is_not_also_called_missing():
    document = an_opportunity(deadline="soon")

    problems = read(document).errors

    assert [(problem.path, problem.code) for problem in problems] == [("/deadline", "invalid")]


def test_a_field_left_blank_counts_as_not_given():
    document = a_project(acronym="   ", areas=["", None], title={"en": " ", "fr": None})

    found = errors(document)

    assert found == {"/areas": "required", "/title": "required"}


@pytest.mark.parametrize("field", ["recurring", "number_of_places"])
def test_no_and_zero_are_answers(field):
    document = an_opportunity(recurring=False, number_of_places=0)

    values = read(document).values

    assert values[field] == document[field]


def test_of_a_harvested_record_only_the_title_is_demanded():
    document = {"format": "PRJ/1"}

    found = errors(document, "harvested")

    assert found == {"/title": "required"}


@pytest.mark.parametrize("make", COMPLETE.values(), ids=COMPLETE)
def test_a_harvested_record_may_hold_its_title_alone(make):
    document = {"format": make()["format"], "title": {"und": "A title in some language"}}

    reading = read(document, "harvested")

    assert reading.problems == []


def test_what_a_source_gave_wrongly_is_an_error_in_a_harvested_record_too():
    document = {"format": "PRJ/1", "title": {"en": "Title"}, "starts_on": "2026-13"}

    found = errors(document, "harvested")

    assert found == {"/starts_on": "invalid"}


def test_word_limits_refuse_a_registered_text_and_only_warn_of_a_harvested_one():
    document = a_project(description={"en": "word " * 151, "fr": "mot " * 150})

    registered, harvested = errors(document), warnings(document, "harvested")

    assert registered == {"/description/en": "too_long"}
    assert harvested == {"/description/en": "too_long"}


@pytest.mark.parametrize(("characters", "found"), [(300, {}), (301, {"/description/zh": "too_long"})])
def test_two_chinese_characters_count_as_a_word(characters, found):
    document = a_project(
        languages=["zh"],
        description={"zh": "玉" * characters},
        title={"zh": "边境检测"},
        categories_other={"zh": "交换"},
    )

    assert {path: code for path, code in errors(document).items() if path.startswith("/description")} == found


def test_a_mandatory_text_needs_one_of_the_languages_of_the_record():
    document = an_opportunity(languages=["en", "fr"], description={"ru": "Две недели лекций."})

    found = errors(document)

    assert found == {"/description": "required"}


def test_a_text_that_a_condition_makes_mandatory_needs_one_of_the_languages_too():
    document = an_opportunity(type="other", type_other={"ru": "Смотр"})

    found = errors(document)

    assert found == {"/type_other": "required"}


def test_a_missing_translation_warns():
    document = a_project(background={"fr": "Sans documents."})

    reading = read(document)

    assert reading.errors == []
    assert {problem.path: problem.code for problem in reading.warnings} == {"/background/en": "translation"}


def test_a_text_may_stand_in_further_languages():
    document = an_opportunity(description={"en": "Two weeks", "sw": "Wiki mbili", "zh-Hant": "兩週", "und": "2"})

    reading = read(document)

    assert reading.problems == []
    assert list(reading.values["description"]) == ["en", "sw", "zh-Hant", "und"]


def test_codes_may_be_given_by_the_identifiers_of_the_bch_and_are_kept_as_codes():
    identifier = "cc16ea96-352b-4a31-adbe-49c2dd912569"
    document = a_resource(themes=[identifier, "socio-economic-trade"])

    reading = read(document)

    assert reading.errors == []
    assert reading.values["themes"] == ["socio-economic-trade"]


def test_a_list_names_each_code_once():
    document = a_project(countries=["KE", "ke", "UG", "KE"])

    assert read(document).values["countries"] == ["KE", "UG"]


def test_each_wrong_code_of_a_list_is_told_and_the_others_are_kept():
    document = a_project(countries=["KE", "Atlantis", 4, "UG"])

    reading = read(document)

    assert errors(document) == {"/countries/1": "unknown_code", "/countries/2": "type"}
    assert reading.values["countries"] == ["KE", "UG"]


@pytest.mark.parametrize("identifier", ["UPPER", "x", "a b c d", 7, {"a": 1}, "row00001"])
def test_an_id_that_cannot_name_a_row_is_refused_and_not_kept(identifier):
    first = {"id": "row00001", "text": {"en": "maize"}}
    document = a_resource(languages=["en"], key_words=[first, {"id": identifier, "text": {"en": "rice"}}])

    reading = read(document)

    assert [(problem.path, problem.code) for problem in reading.errors] == [("/key_words/1/id", "row_id")]
    assert reading.values["key_words"] == [first, {"text": {"en": "rice"}}]


def test_problems_in_rows_within_rows_have_their_full_path():
    need = a_need(met_by=[{"id": "project1", "uid": "CMB-PRJ-KE-12", "name": "One"}, {"id": "wrong001", "uid": "12"}])
    document = COMPLETE["NED"](needs=[need])

    found = errors(document)

    assert found == {"/needs/0/met_by/1": "uid"}


def test_a_check_can_be_added_from_above_and_its_problems_are_told():
    def never_on_a_friday(values):
        if values.get("acronym") == "FRIDAY":
            yield Problem("acronym", "Not on a Friday.", "friday")

    checks.register("PRJ", never_on_a_friday)

    try:
        found = errors(a_project(acronym="FRIDAY"))
    finally:
        checks._added["PRJ"].remove(never_on_a_friday)

    assert found == {"/acronym": "friday"}
