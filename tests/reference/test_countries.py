"""Countries, territories and Parties: complete, unambiguous, never guessed."""

from collections import Counter
from datetime import date

import pytest

from reference import store
from reference.countries import (
    INSTRUMENTS,
    countries,
    country,
    country_name,
    find_country,
    parties,
    resolve_country,
)
from reference.languages import UN_LANGUAGES
from reference.matching import fold
from tests.reference.scripts import written_in

SPELLINGS = {
    "Congo DR": "CD",
    "Congo, Dem. Rep.": "CD",
    "Zaire": "CD",
    "Congo": "CG",
    "Congo (Brazzaville)": "CG",
    "Lao PDR": "LA",
    "Cote d'Ivoire": "CI",
    "CÔTE D’IVOIRE": "CI",
    "Ivory Coast": "CI",
    "Kyrgyz Republic": "KG",
    "Slovak Republic": "SK",
    "Korea DPR": "KP",
    "Korea, Republic of": "KR",
    "Republic Of Korea": "KR",
    "St. Kitts And Nevis": "KN",
    "St. Vincent and Grenadines": "VC",
    "St Lucia": "LC",
    "Bosnia-Herzegovina": "BA",
    "Micronesia": "FM",
    "Timor Leste": "TL",
    "East Timor": "TL",
    "Palestinian Authority": "PS",
    "West Bank and Gaza": "PS",
    "Swaziland": "SZ",
    "Turkey": "TR",
    "Turkiye": "TR",
    "Vietnam": "VN",
    "United Kingdom of Great Britain & Northern Ireland": "GB",
    "UK": "GB",
    "Iran": "IR",
    "Bolivia": "BO",
    "Venezuela": "VE",
    "Tanzania": "TZ",
    "Russia": "RU",
    "Syria": "SY",
    "Moldova": "MD",
    "Czech Republic": "CZ",
    "Burma": "MM",
    "Cape Verde": "CV",
    "The Gambia": "GM",
    "Gambia, The": "GM",
    "Bahamas": "BS",
    "Brunei": "BN",
    "Nauru": "NR",
    "Macedonia": "MK",
    "The former Yugoslav Republic of Macedonia": "MK",
    "Antigua And Barbuda": "AG",
    "São Tomé and Príncipe": "ST",
    "Hong Kong": "HK",
    "Yemen, Rep.": "YE",
    "Yemen Arab Republic": "YE",
    "Egypt, Arab Rep.": "EG",
    "Macedonia, FYR": "MK",
    "T.F.Y.R. Macedonia": "MK",
    "Congo, Rep.": "CG",
    "Congo (DRC)": "CD",
    "D.R.C.": "CD",
    "Dem. Rep. Congo": "CD",
    "Dem. People's Rep. of Korea": "KP",
    "Iran, Islamic Rep.": "IR",
    "Micronesia, Fed. Sts.": "FM",
    "Micronesia, Fed. States": "FM",
    "Venezuela, RB": "VE",
    "Fiji Islands": "FJ",
    "Republic of the Fiji Islands": "FJ",
    "Russian Fed.": "RU",
    "St. Kitts-Nevis": "KN",
    "Sao Tome": "ST",
    "Bosnia and Herzegowina": "BA",
    "Kazakstan": "KZ",
    "Mongolian People’s Republic": "MN",
    "West Bank and Gaza Strip": "PS",
    "Virgin Islands, British": "VG",
    "Virgin Islands, UK": "VG",
    "Virgin Islands, U.S.": "VI",
    "American Samoa": "AS",
    "Western Samoa": "WS",
    "South Sudan": "SS",
    "Equatorial Guinea": "GQ",
    "Guinea Bissau": "GW",
    "Papua New Guinea": "PG",
    "Niger": "NE",
    "Nigeria": "NG",
    "Dominica": "DM",
    "Dominican Rep.": "DO",
    "St. Maarten": "SX",
    "Etats-Unis": "US",
    "  kenya\u00a0 ": "KE",
    "肯尼亚": "KE",
    "Кения": "KE",
    "كينيا": "KE",
    "KEN": "KE",
    "European Union": "EU",
    "EU": "EU",
}

NOT_A_COUNTRY = [
    "",
    "   ",
    "Korea",
    "Serbia and Montenegro",
    "Yugoslavia",
    "Congo, Democratic",
    "Papua",
    "St. Martin",
    "Czechoslovakia",
    "Netherlands Antilles",
    "USSR",
    "Kosovo",
    "Virgin Islands",
    "Saint Martin",
    "Africa",
    "Global",
    "Regional",
    "Keny",
    "Kenya and Uganda",
    "can",
    "England",
]


@pytest.mark.parametrize(("spelling", "code"), SPELLINGS.items())
def test_a_name_an_alias_or_a_former_name_finds_its_country(spelling, code):
    found = find_country(spelling)

    assert found.iso2 == code


@pytest.mark.parametrize("text", NOT_A_COUNTRY)
def test_what_is_ambiguous_gone_or_unknown_finds_no_country(text):
    assert find_country(text) is None


def test_every_country_is_found_by_its_names_its_aliases_and_its_alpha_3_code():
    spellings = [
        (text, one.iso2)
        for one in countries().values()
        for text in (*one.names.values(), *one.aliases, one.iso3)
        if text
    ]

    found = [(text, find_country(text).iso2) for text, _code in spellings]

    assert found == spellings


def test_an_alias_points_to_one_country_and_repeats_no_name():
    owners = Counter()
    for one in countries().values():
        folded = {fold(name) for name in one.names.values()} | {fold(alias) for alias in one.aliases}
        owners.update(folded)
        assert not {fold(alias) for alias in one.aliases} & {fold(name) for name in one.names.values()}, one.iso2

    assert [name for name, count in owners.items() if count > 1] == []


def test_the_list_holds_iso_3166_and_the_european_union_with_unique_codes():
    rows = store.read("countries.json")["countries"]
    states = [row for row in rows if row["iso2"] != "EU"]

    assert len(rows) == len(countries()) == 250
    assert len({row["iso3"] for row in states}) == 249
    assert len({row["m49"] for row in states}) == 249
    assert all(len(row["iso3"]) == 3 and len(row["m49"]) == 3 for row in states)
    assert (country("EU").iso3, country("EU").m49) == ("", "")


@pytest.mark.parametrize("language", UN_LANGUAGES)
def test_every_country_is_named_in_the_script_of_every_language(language):
    wrong = [one.iso2 for one in countries().values() if not written_in(language, country_name(one.iso2, language))]

    assert wrong == []


@pytest.mark.parametrize("language", UN_LANGUAGES)
def test_no_two_countries_share_a_name(language):
    names = Counter(one.names[language] for one in countries().values())

    assert [name for name, count in names.items() if count > 1] == []


def test_names_are_the_current_ones_of_the_united_nations():
    names = {code: country_name(code) for code in ("TR", "SZ", "CV", "NR", "MK", "CZ", "NL")}

    assert names == {
        "TR": "Türkiye",
        "SZ": "Eswatini",
        "CV": "Cabo Verde",
        "NR": "Naoero",
        "MK": "North Macedonia",
        "CZ": "Czechia",
        "NL": "Netherlands (Kingdom of the)",
    }


def test_a_language_without_a_name_falls_back_to_english():
    assert country_name("KE", "pt") == "Kenya"


def test_codes_are_accepted_in_small_letters_where_the_clearing_house_writes_them_so():
    assert [resolve_country(code) for code in ("ke", "KE", " eu ", "xx", "ken")] == ["KE", "KE", "EU", None, None]
    assert country("xx") is None


def test_the_parties_are_as_many_as_the_lists_say():
    counts = {instrument: len(parties(instrument)) for instrument in INSTRUMENTS}

    assert counts == {"cartagena": 173, "nagoya-kl": 55}
    assert "EU" in parties("cartagena") & parties("nagoya-kl")
    assert parties("nagoya-kl") <= parties("cartagena")


def test_a_party_counts_from_the_ninetieth_day_after_its_instrument():
    afghanistan = country("AF").parties["cartagena"]

    assert (afghanistan.deposited, afghanistan.since) == (date(2013, 2, 20), date(2013, 5, 21))
    assert "AF" not in parties("cartagena", on=date(2013, 5, 20))
    assert "AF" in parties("cartagena", on=date(2013, 5, 21))


def test_nobody_is_a_party_before_the_instrument_is_in_force():
    assert parties("cartagena", on=date(2003, 9, 10)) == frozenset()
    assert parties("nagoya-kl", on=date(2018, 3, 4)) == frozenset()
    assert len(parties("cartagena", on=date(2003, 9, 11))) > 40


def test_a_party_whose_day_is_not_known_counts_from_the_day_of_the_list():
    unknown = {code for code in parties("cartagena") if country(code).parties["cartagena"].since is None}

    assert unknown == {"CI", "KW", "PS", "AE"}
    assert not unknown & parties("cartagena", on=date(2025, 12, 31))
    assert unknown <= parties("cartagena", on=date(2026, 8, 31))


def test_the_list_cannot_be_changed():
    with pytest.raises(TypeError):
        countries()["XX"] = country("KE")
    with pytest.raises(AttributeError):
        country("KE").iso2 = "XX"
