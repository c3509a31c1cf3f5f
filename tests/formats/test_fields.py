"""Each field type: what it accepts, how it writes it, what it refuses."""

import pytest
from rest_framework.serializers import ValidationError

from formats import fields
from formats.groups import Money
from tests.documents import a_project, a_resource, an_opportunity, errors, read

HUGE = pytest.param(10**5000, id="huge")


def accepted(field, data):
    value = field.to_internal_value(data)
    field.run_validators(value)
    return value


def refusal(field, data):
    with pytest.raises(ValidationError) as refused:
        accepted(field, data)
    return refused.value.get_codes()


@pytest.mark.parametrize(
    ("typed", "written"),
    [("125000", "125000.00"), ("0", "0.00"), (" 12.5 ", "12.50"), (7, "7.00"), ("999999999999999.99",) * 2],
)
def test_an_amount_is_a_decimal_string(typed, written):
    assert accepted(fields.AmountField(), typed) == written


@pytest.mark.parametrize(
    "typed",
    [
        "1,5",
        "1 000",
        "-3",
        "1e5",
        "USD 5",
        "١٢",
        "1.234",
        "NaN",
        "9" * 16,
        1.5,
        True,
        None,
        [],
        {},
        HUGE,
    ],
)
def test_what_is_not_digits_is_no_amount(typed):
    assert refusal(fields.AmountField(), typed)


@pytest.mark.parametrize("typed", ["2026", "2026-05", "2026-02-28", 2026, " 2026-05 ", "2024-02-29"])
def test_a_partial_date_is_kept_as_precise_as_it_was_given(typed):
    assert accepted(fields.PartialDateField(), typed) == str(typed).strip()


@pytest.mark.parametrize(
    "typed",
    ["2026-13", "2026-02-30", "2025-02-29", "26", "05/2026", "2026-5", "1799", "2201", "٢٠٢٦", True, 2026.5, None, []],
)
def test_what_is_no_day_month_or_year_is_refused(typed):
    assert refusal(fields.PartialDateField(), typed) == ["invalid"]


@pytest.mark.parametrize("typed", ["2026-05-31", "2026-05-31T17:00[Africa/Nairobi]", "2026-05-31T00:00[UTC]"])
def test_a_deadline_is_a_day_or_a_time_with_its_zone(typed):
    assert accepted(fields.DeadlineField(), typed) == typed


@pytest.mark.parametrize(
    "typed",
    [
        "2026",
        "2026-05",
        "2026-05-31T17:00",
        "2026-05-31T17:00Z",
        "2026-05-31T17:00+03:00",
        "2026-05-31T25:00[UTC]",
        "2026-02-31T10:00[UTC]",
        "2026-05-31T17:00[Africa/Atlantis]",
        "2026-05-31T17:00[../../etc/passwd]",
        "0001-01-01T00:00[Asia/Tokyo]",
        20260531,
        None,
    ],
)
def test_a_deadline_without_a_day_or_with_an_unknown_zone_is_refused(typed):
    assert refusal(fields.DeadlineField(), typed) == ["invalid"]


@pytest.mark.parametrize(("typed", "kept"), [("KE", "KE"), ("ke", "KE"), ("eu", "EU")])
def test_a_country_is_its_two_letters(typed, kept):
    assert accepted(fields.CountryField(), typed) == kept


@pytest.mark.parametrize("typed", ["Kenya", "KEN", "XX", "", "K" * 10_000, 404, ["KE"], {"KE": 1}, None])
def test_a_country_is_never_guessed(typed):
    assert refusal(fields.CountryField(), typed)


@pytest.mark.parametrize(("field", "code"), [(fields.GroupOfCountriesField(), "ldc"), (fields.CurrencyField(), "USD")])
def test_a_code_of_a_list_is_accepted_as_it_stands(field, code):
    assert accepted(field, code) == code
    assert code in field.codes()


def test_a_currency_is_written_in_capitals():
    assert accepted(fields.CurrencyField(), "eur") == "EUR"


def test_a_resource_may_be_in_any_language_and_a_record_in_the_six():
    of_record, of_resource = fields.LanguageField(of_record=True), fields.LanguageField()

    assert accepted(of_resource, "sw") == "sw"
    assert refusal(of_record, "sw") == ["unknown_code"]
    assert of_record.codes() == ["ar", "zh", "en", "fr", "ru", "es"]
    assert of_resource.codes()[:6] == of_record.codes()
    assert "sw" in of_resource.codes()


def test_goals_of_the_plans_may_be_named_and_their_indicators_may_not():
    field = fields.FrameworkField()

    assert accepted(field, "IP-2021-2030/A.1") == "IP-2021-2030/A.1"
    assert refusal(field, "IP-2021-2030/Z.99") == ["unknown_code"]
    assert all(accepted(field, code) == code for code in field.codes())


@pytest.mark.parametrize(("typed", "kept"), [(0, 0), ("24", 24), (10**12, 10**12)])
def test_a_number_is_whole_and_not_negative(typed, kept):
    assert accepted(fields.NumberField(), typed) == kept


@pytest.mark.parametrize("typed", [-1, "-1", 1.5, "1.5", "many", True, None, [], {}, 10**13, HUGE, "9" * 5000])
def test_what_is_no_whole_number_is_refused(typed):
    assert refusal(fields.NumberField(), typed)


@pytest.mark.parametrize("typed", ["https://example.org/a?b=c#d", "http://example.org:8080/", "https://例え.jp/"])
def test_a_web_address_is_kept_as_given(typed):
    assert accepted(fields.AddressField(), typed) == typed


@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "ftp://example.org/",
        "//example.org/",
        "example.org",
        "https://exa mple.org/",
        "https://[::1",
        "https://example.org/" + "a" * 2000,
        "https://example.org/\u0000",
        7,
        None,
        {},
    ],
)
def test_what_is_no_page_of_the_web_is_no_address(typed):
    assert refusal(fields.AddressField(), typed)


@pytest.mark.parametrize("typed", ["office", "a@b", "a\u0000@example.org", "a@example.org\nBcc: x@y.org", 5, None])
def test_what_is_no_address_of_mail_is_refused(typed):
    assert refusal(fields.EmailField(), typed)


@pytest.mark.parametrize("text", ["a\u0000b", "a\ud800b", "a\u001bb", "a\u007fb"])
def test_text_that_cannot_be_stored_or_shown_is_refused(text):
    found = errors(a_project(acronym=text, background={"en": text}))

    assert found == {"/acronym": "control", "/background/en": "control"}


def test_text_keeps_its_lines_and_paragraphs():
    document = an_opportunity(description={"en": "  First.\r\n\r\n- one\r- two\n"})

    assert read(document).values["description"] == {"en": "First.\n\n- one\n- two"}


def test_a_title_stands_on_one_line():
    found = errors(an_opportunity(title={"en": "Two\nlines"}))

    assert found == {"/title/en": "lines"}


@pytest.mark.parametrize("tag", ["English", "e", "en_GB", "en-", "-", "\ud800", "a" * 40])
def test_what_is_no_language_tag_is_refused(tag):
    reading = read(an_opportunity(description={"en": "Text", tag: "Text"}))

    assert [problem.code for problem in reading.errors] == ["language"]
    assert all(str(problem.message).encode() and problem.path.encode() for problem in reading.errors)


def test_a_text_has_a_bounded_length_and_number_of_languages():
    tags = [f"{one}{two}" for one in "abcdefgh" for two in "abcdefgh"]
    long, many = {"en": "a" * 20_001}, dict.fromkeys(tags, "text")

    assert errors(a_project(background=long)) == {"/background/en": "too_long"}
    assert errors(a_project(background=many)) == {"/background": "too_many"}


def test_a_reference_names_a_record_of_the_databases_asked_for():
    field = fields.ReferenceField(to=("RES", "REP"))

    assert accepted(field, {"uid": "CMB-RES-SCBD-7", "name": "Manual"}) == {"uid": "CMB-RES-SCBD-7", "name": "Manual"}
    assert refusal(field, {"uid": "CMB-PRJ-SCBD-7", "name": "Project"}) == ["database"]
    assert refusal(field, {"uid": "CMB-RES-SCBD-0"}) == ["uid"]
    assert refusal(field, {"name": "Manual"}) == ["shape"]


@pytest.mark.parametrize("data", ["CMB-RES-SCBD-7", 7, ["CMB"], {"uid": "CMB-RES-SCBD-7", "rank": 1}, {"uid": ["x"]}])
def test_a_reference_has_the_shape_of_one(data):
    assert refusal(fields.ReferenceField(), data)


def test_a_party_is_a_name_or_a_record_of_an_organization():
    field = fields.PartyField()

    assert accepted(field, {"name": "Fund"}) == {"name": "Fund"}
    assert accepted(field, {"uid": "CMB-ORG-SCBD-3", "name": "Fund"})["uid"] == "CMB-ORG-SCBD-3"
    assert refusal(field, {"uid": "CMB-PRJ-SCBD-3", "name": "Fund"}) == ["database"]


def test_a_name_that_is_too_long_is_refused_and_not_cut():
    found = errors(a_project(partners=[{"id": "partner1", "name": "n" * 501}]))

    assert found == {"/partners/0": "too_long"}


@pytest.mark.parametrize(
    ("money", "path"), [({"amount": "5"}, "/total_budget/currency"), ({"currency": "USD"}, "/total_budget/amount")]
)
def test_an_amount_and_its_currency_go_together(money, path):
    assert errors(a_project(total_budget=money)) == {path: "required"}


def test_lists_and_rows_have_an_end():
    rows = [{"text": {"en": "maize"}}] * 501

    found = errors(a_resource(key_words=rows, countries=["KE"] * 251))

    assert found == {"/key_words": "too_many", "/countries": "too_many"}


def test_a_group_of_fields_keeps_the_portals_keywords():
    group = Money(many=True, required=False, label="Amounts")

    assert group.many is True
    assert group.is_mandatory({}) is False
    assert list(group.fields) == ["amount", "currency"]


def test_a_code_field_that_names_no_list_is_a_mistake_of_its_author():
    with pytest.raises(TypeError, match="names no list"):
        fields.CodeField().resolve("x")


@pytest.mark.parametrize(
    ("field", "code", "name"),
    [
        (fields.TermField("status"), "ongoing", "В стадии осуществления"),
        (fields.CountryField(), "KE", "Кения"),
        (fields.GroupOfCountriesField(), "ldc", "Наименее развитые страны"),
        (fields.LanguageField(), "sw", "суахили"),
        (fields.CurrencyField(), "USD", "USD"),
    ],
)
def test_people_read_the_name_of_a_code_in_their_language(field, code, name):
    assert field.name(code, "ru") == name
    assert code in field.codes()


def test_a_goal_is_read_in_the_words_of_its_plan():
    assert fields.FrameworkField().name("IP-2021-2030/A.1", "en").startswith("A.1 ")


def test_a_term_that_is_retired_is_read_but_not_offered():
    field = fields.TermField("theme")

    offered = field.codes()

    assert all(field.resolve(code) == code for code in field.vocabulary.terms)
    assert offered == [code for code, term in field.vocabulary.terms.items() if not term.retired]


def test_every_message_of_the_portals_own_can_be_written():
    types = [one for one in vars(fields).values() if isinstance(one, type) and issubclass(one, fields.Declared)]

    own = [text for one in types for text in vars(one).get("default_error_messages", {}).values()]

    # `fail` of the REST framework formats a message: a brace in it would be an error of its own.
    assert len(own) > 8
    assert [str(text).format() for text in own] == [str(text) for text in own]
