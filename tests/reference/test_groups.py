"""Groups of countries: complete, counted as the sources say, found by their names."""

from collections import Counter

import pytest

from reference.countries import (
    countries,
    find_group,
    group,
    group_name,
    groups,
    groups_of,
    parties,
    resolve_group,
)
from reference.languages import UN_LANGUAGES
from reference.matching import fold
from tests.reference.scripts import written_in

COUNTS = {
    "african": 54,
    "asia-pacific": 57,
    "cee": 23,
    "grulac": 33,
    "weog": 29,
    "ldc": 44,
    "lldc": 32,
    "sids": 39,
    "transition": 17,
    "cartagena-parties": 173,
    "nagoya-kl-parties": 55,
    "african-union": 54,
    "asean": 11,
    "caricom": 15,
    "comesa": 21,
    "eac": 8,
    "ecowas": 12,
    "eu-members": 27,
    "pacific-islands-forum": 18,
    "sadc": 16,
}

SPELLINGS = {
    "Africa": "africa",
    "African Group": "african",
    "Latin America and Caribbean": "latin-america-caribbean",
    "Latin America & the Caribbean": "latin-america-caribbean",
    "Asia/Pacific": "asia-pacific",
    "Asia and the Pacific": "asia-pacific",
    "Europe and Central Asia": "europe-central-asia",
    "GRULAC": "grulac",
    "Caribbean Region": "caribbean",
    "LAC Region": "latin-america-caribbean",
    "WEOG": "weog",
    "Central and Eastern Europe": "cee",
    "Least developed countries": "ldc",
    "SIDS": "sids",
    "Pays les moins avancés": "ldc",
    "非洲": "africa",
    "ecowas": "ecowas",
    "8920655d-3986-465b-837a-ce055b428a74": "ldc",
}


@pytest.mark.parametrize(("code", "count"), COUNTS.items())
def test_a_group_has_as_many_members_as_its_source_says(code, count):
    assert len(group(code).members) == count


@pytest.mark.parametrize(("text", "code"), SPELLINGS.items())
def test_a_group_is_found_by_name_alias_code_or_identifier(text, code):
    assert find_group(text).code == code


@pytest.mark.parametrize("text", ["Global", "Regional", "National", "Kenya", "", "Afric"])
def test_a_scope_or_a_country_is_not_a_group(text):
    assert find_group(text) is None


def test_only_codes_and_identifiers_stand_for_a_group_in_a_document():
    assert resolve_group("african") == "african"
    assert resolve_group("D50FE62D-8A5E-4407-83F8-AFCAAF708EA4") == "african"
    assert resolve_group("African Group") is None


def test_every_member_is_a_country():
    dangling = {one.code: one.members - countries().keys() for one in groups().values()}

    assert {code: missing for code, missing in dangling.items() if missing} == {}
    assert all(one.members for one in groups().values())


def test_names_aliases_and_identifiers_point_to_one_group():
    owners = Counter()
    for one in groups().values():
        owners.update({fold(name) for name in (*one.names.values(), *one.aliases)})
        owners.update(one.identifiers)

    assert [name for name, count in owners.items() if count > 1] == []


@pytest.mark.parametrize("language", UN_LANGUAGES)
def test_every_group_is_named_in_every_language(language):
    wrong = [code for code in groups() if not written_in(language, group_name(code, language))]

    assert wrong == []


def test_a_state_belongs_to_one_regional_group_and_one_level_of_development():
    regional = Counter(code for one in groups().values() if one.kind == "un-regional" for code in one.members)
    levels = Counter(code for name in ("developing", "developed", "transition") for code in group(name).members)

    assert set(regional.values()) == {1}
    assert set(levels.values()) == {1}
    assert regional.keys() <= levels.keys()
    assert levels.keys() - regional.keys() == {"VA"}


def test_least_developed_and_small_island_states_are_developing():
    assert group("ldc").members <= group("developing").members
    assert group("sids").members <= group("developing").members


def test_regions_of_the_united_nations_divide_the_world_once():
    regions = Counter(code for one in groups().values() if one.kind == "region" for code in one.members)

    assert set(regions.values()) == {1}
    assert countries().keys() - regions.keys() == {"AQ", "EU"}


def test_the_parties_are_groups_too():
    assert group("cartagena-parties").members == parties("cartagena")
    assert group("nagoya-kl-parties").members == parties("nagoya-kl")


def test_a_country_knows_its_groups():
    assert {"african", "eastern-africa", "developing", "cartagena-parties", "eac"} <= set(groups_of("KE"))
    assert groups_of("XX") == ()
