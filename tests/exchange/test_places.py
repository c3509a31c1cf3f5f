"""Places: countries, groups, scope words, and what nobody knows."""

import pytest

from exchange.reading import places

WORDS = {"Global": "global", "Regional": "regional"}


@pytest.mark.parametrize(
    ("cell", "scope", "countries", "groups", "unknown"),
    [
        ("Kenya", "national", ["KE"], [], []),
        ("Kenya, Uganda", "regional", ["KE", "UG"], [], []),
        ("Global", "global", [], [], []),
        ("Regional", "regional", [], [], []),
        ("Regional, Belarus", "regional", ["BY"], [], []),
        ("Kenya, Regional, Global", "global", ["KE"], [], []),
        ("Africa, Regional", "regional", [], ["africa"], []),
        ("Africa", "regional", [], ["africa"], []),
        ("Asia/Pacific, Viet Nam, Regional", "regional", ["VN"], ["asia-pacific"], []),
        ("Kosovo", None, [], [], ["Kosovo"]),
        ("Kosovo, Albania", "regional", ["AL"], [], ["Kosovo"]),
        ("Korea, Republic of", "national", ["KR"], [], []),
        ("Congo, Democratic Republic of the", "national", ["CD"], [], []),
        ("Congo, Congo DR, Korea, Republic of", "regional", ["CG", "CD", "KR"], [], []),
        ("Bonaire, Sint Eustatius and Saba, Kenya", "regional", ["BQ", "KE"], [], []),
        ("Kenya,Kenya , kenya", "national", ["KE"], [], []),
        ("Kenya\xa0, \tUganda,,", "regional", ["KE", "UG"], [], []),
        ("Cote d'Ivoire, St. Kitts And Nevis", "regional", ["CI", "KN"], [], []),
        (" , ", None, [], [], []),
        ("Congo, D.R., Congo, Dem. Rep. of, Congo", "regional", ["CD", "CG"], [], []),
        ("Guinea, Equatorial, Sudan, South, Samoa, American", "regional", ["GQ", "SS", "AS"], [], []),
        ("Türkiye, Republic of, Korea, Rep. of, Kenya", "regional", ["TR", "KR", "KE"], [], []),
        ("Eswatini (Swaziland), Burma/Myanmar, Sudan (South)", "regional", ["SZ", "MM", "SS"], [], []),
        ("Yemen, PDR, Virgin Islands, UK", "regional", ["YE", "VG"], [], []),
        ("Congo, Democratic, Kenya", "regional", ["KE"], [], ["Congo, Democratic"]),
        ("Congo (DRC)/Angola, Niger (Nigeria)", None, [], [], ["Congo (DRC)/Angola", "Niger (Nigeria)"]),
        ("Sudan, Nowhere", "regional", ["SD"], [], ["Nowhere"]),
    ],
)
def test_a_cell_of_places_is_read_without_guessing(cell, scope, countries, groups, unknown):
    coverage = places.read(cell, WORDS)

    assert (coverage.scope, coverage.countries, coverage.groups, coverage.unknown) == (
        scope,
        countries,
        groups,
        unknown,
    )


@pytest.mark.parametrize("name", ["Niger ia", "Guineas", "Korea", "Serbia and Montenegro", "Yugoslavia"])
def test_a_name_that_is_nearly_a_country_is_none(name):
    coverage = places.read(name, WORDS)

    assert (coverage.countries, coverage.unknown) == ([], [name])


def test_a_cell_of_many_places_is_read_in_one_pass():
    coverage = places.read("Nowhere, Kenya, " * 10_000, WORDS)

    assert (coverage.countries, coverage.unknown) == (["KE"], ["Nowhere"])
