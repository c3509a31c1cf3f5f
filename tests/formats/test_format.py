"""What every declared format has in common."""

import pytest

from formats import registry, walk
from formats.fields import TermField
from formats.format import CommonFormat
from formats.groups import ALPHABET, Group, new_row_id
from formats.reading import ROW_ID
from reference.vocabularies import vocabularies
from tests.documents import COMPLETE, a_project, errors

FORMATS = sorted(COMPLETE)


def groups_of(group):
    yield group
    for field in group.fields.values():
        if isinstance(field, Group):
            yield from groups_of(field)


def test_the_portal_has_six_databases_and_makes_records_of_its_own():
    known = {fmt.code: fmt.slug for fmt in registry.databases()}
    made = {fmt.code: fmt.slug for fmt in registry.all_formats()[6:]}

    assert known == {
        "PRJ": "projects",
        "OPP": "opportunities",
        "NED": "needs",
        "RES": "resources",
        "REP": "reports",
        "ORG": "organizations",
    }
    assert made == {"SRC": "sources"}


def test_a_format_is_found_by_code_slug_and_identifier():
    project = registry.by_code("PRJ")

    assert registry.by_slug("projects") is project
    assert registry.of_uid("CMB-PRJ-KE-12") is project
    with pytest.raises(KeyError):
        registry.by_slug("poems")


def test_no_two_formats_share_a_code():
    class Impostor(CommonFormat):
        code, slug, name, singular = "PRJ", "impostors", "Impostors", "Impostor"

    with pytest.raises(ValueError, match="PRJ"):
        registry.register(Impostor)


@pytest.mark.parametrize("code", FORMATS)
def test_every_field_stands_in_exactly_one_section(code):
    fmt = registry.by_code(code)

    placed = [name for section in fmt.sections for name in section.fields]

    assert sorted(placed) == sorted(fmt.fields)


@pytest.mark.parametrize("code", FORMATS)
def test_wherever_other_can_be_chosen_there_is_room_for_its_words(code):
    for group in groups_of(registry.by_code(code)):
        for name, field in group.fields.items():
            if isinstance(field, TermField) and "other" in field.vocabulary.terms:
                words = group.fields[f"{name}_other"]
                assert words.is_mandatory({name: ["other"] if field.many else "other"})
                assert not words.is_mandatory({})


@pytest.mark.parametrize("code", FORMATS)
def test_every_field_of_words_for_other_belongs_to_a_list_that_has_it(code):
    for group in groups_of(registry.by_code(code)):
        for name in group.fields:
            if name.endswith("_other"):
                assert "other" in group.fields[name.removesuffix("_other")].vocabulary.terms


@pytest.mark.parametrize("code", FORMATS)
def test_every_vocabulary_is_there(code):
    used = {f.vocabulary_name for g in groups_of(registry.by_code(code)) for f in g.fields.values() if _is_term(f)}

    assert used <= set(vocabularies())


def _is_term(field):
    return isinstance(field, TermField)


@pytest.mark.parametrize("code", FORMATS)
def test_the_settings_of_a_format_name_fields_it_has(code):
    fmt = registry.by_code(code)

    named = [*fmt.option("years", ()), fmt.option("opens"), fmt.option("closes"), fmt.option("entries")]

    assert {name for name in named if name} <= set(fmt.fields)
    assert fmt.help
    assert fmt.name


@pytest.mark.parametrize("code", FORMATS)
def test_only_the_place_block_and_a_seat_feed_the_facets_of_places(code):
    feeding = {
        name
        for g in groups_of(registry.by_code(code))
        for name, f in g.fields.items()
        if f.facet in ("country", "group")
    }

    assert feeding <= {"countries", "groups", "country"}


def test_private_notes_never_leave_the_desk():
    document = a_project(notes="For ourselves")

    public = registry.by_code("PRJ").public(document)

    assert "notes" not in public
    assert public == {key: value for key, value in document.items() if key != "notes"}


@pytest.mark.parametrize("code", FORMATS)
def test_a_new_document_says_its_format_and_languages(code):
    fmt = registry.by_code(code)

    blank = fmt.blank(["en"])

    assert blank["format"] == fmt.tag
    assert blank.get("scope") == ("national" if code == "NED" else None)


class Later(CommonFormat):
    """A third version of a small format, with the steps that led to it."""

    code, version, slug = "LTR", 3, "later"
    lifts = {
        1: lambda document: {**document, "title": {"und": document["title"]}},
        2: lambda document: {key: value for key, value in document.items() if key != "colour"},
    }


@pytest.mark.parametrize(
    ("document", "lifted"),
    [
        ({"format": "LTR/1", "title": "Old", "colour": "red"}, {"format": "LTR/3", "title": {"und": "Old"}}),
        (
            {"format": "LTR/2", "title": {"en": "Newer"}, "colour": "red"},
            {"format": "LTR/3", "title": {"en": "Newer"}},
        ),
        ({"format": "LTR/3", "title": {"en": "New"}}, {"format": "LTR/3", "title": {"en": "New"}}),
    ],
)
def test_an_old_document_is_lifted_step_by_step_when_it_is_read(document, lifted):
    before = dict(document)

    assert Later().lift(document) == lifted
    assert document == before


def test_walking_gives_every_leaf_with_its_path_and_field():
    document = a_project()

    found = {leaf.path: leaf.value for leaf in walk.leaves(registry.by_code("PRJ"), document)}

    assert found[("countries",)] == ["KE", "UG"]
    assert found[("funding", "gefgrant", "amount")] == "850000.00"
    assert found[("funding", "gefgrant", "funder")] == {"name": "Global Environment Facility"}
    assert found[("total_budget", "currency")] == "USD"
    assert found[("title",)] == document["title"]


def test_walking_passes_over_what_does_not_fit():
    document = {"funding": "much", "total_budget": 5, "outputs": ["x", {"url": "https://example.org/"}], "title": "T"}

    found = {leaf.path: leaf.value for leaf in walk.leaves(registry.by_code("PRJ"), document)}

    assert found == {("outputs", 1, "url"): "https://example.org/", ("title",): "T"}


def test_rows_get_ids_that_stay():
    ids = iter(["first001", "second01", "third001"])
    fmt = registry.by_code("NED")
    document = {"needs": [{"met_by": [{"uid": "CMB-PRJ-KE-1"}]}, {"id": "keeps", "rank": 1}, {"id": None, "rank": 2}]}

    given = walk.with_row_ids(fmt, document, lambda: next(ids))

    assert given == {
        "needs": [
            {"id": "first001", "met_by": [{"id": "second01", "uid": "CMB-PRJ-KE-1"}]},
            {"id": "keeps", "rank": 1},
            {"id": "third001", "rank": 2},
        ]
    }
    assert walk.with_row_ids(fmt, given, lambda: "unused") == given


def test_giving_ids_leaves_what_is_no_row_as_it_was_typed():
    document = {"needs": "none", "countries": ["UG"], "authority": 4, "unknown": [{}], "links": ["x"]}

    assert walk.with_row_ids(registry.by_code("NED"), document, lambda: "unused") == document


def test_a_new_row_id_can_name_a_row():
    identifiers = {new_row_id() for _number in range(200)}

    assert len(identifiers) == 200
    assert all(ROW_ID.fullmatch(one) and set(one) <= set(ALPHABET) for one in identifiers)


@pytest.mark.parametrize(
    ("coverage", "found"),
    [
        ({"scope": "global"}, {}),
        ({"scope": "global", "groups": ["ldc"], "countries": ["KE"]}, {}),
        ({"scope": "regional"}, {"/groups": "required"}),
        ({"scope": "regional", "countries": ["KE", "UG"]}, {}),
        ({"scope": "national"}, {"/countries": "required"}),
        ({"scope": "national", "countries": ["KE"], "groups": ["ldc"]}, {"/groups": "scope"}),
        ({"scope": "sub-national", "countries": ["KE"]}, {"/place": "required"}),
        ({"scope": "community", "place": {"en": "Kibera", "fr": "Kibera"}}, {"/countries": "required"}),
        ({"scope": "community", "countries": ["KE"], "place": {"en": "Kibera", "fr": "Kibera"}}, {}),
    ],
)
def test_the_scope_asks_for_its_places(coverage, found):
    document = a_project(**({"countries": None, "groups": None} | coverage))

    assert errors(document) == found


def test_a_place_that_is_not_recognised_is_kept_as_text_and_names_no_country():
    place = {"id": "place001", "text": "Former Upper Volta"}
    document = a_project(places_as_given=[place])

    assert errors(document) == {}
