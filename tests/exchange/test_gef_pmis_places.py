"""The GEF's project management sheet: places that it tells by codes and by names."""

import pytest

from tests.exchange.pmis import CODES, LISTED, read, told


@pytest.mark.parametrize(
    ("country", "listed", "codes", "scope", "countries"),
    [
        ("Kenya", "", "KE", "national", ["KE"]),
        ("Swaziland", "", "SZ", "national", ["SZ"]),
        ("Macedonia", "", "MK", "national", ["MK"]),
        ("Timor Leste", "", "TP", "national", ["TL"]),
        ("Congo DR", "", "ZR", "national", ["CD"]),
        ("Serbia", "", "YF", "national", ["RS"]),
        ("Palau", "", "PU", "national", ["PW"]),
        ("Guinea-Bissau", "Ghana, Guinea-Bissau", "GW, GH, GW", "regional", ["GH", "GW"]),
        ("Regional", "Indonesia, Vietnam", "00, ID,VN", "regional", ["ID", "VN"]),
        ("Global", "Peru, Turkey", "1W, PE, TR", "global", ["PE", "TR"]),
        ("Global", "", "1W, 1W", "global", []),
        ("Regional", "", "0", "regional", []),
        ("Regional", "", "00, KE, UG", "regional", ["KE", "UG"]),
        ("", "", "KE", "national", ["KE"]),
        ("", "", "", None, []),
    ],
)
def test_places_are_read_from_codes_and_names_that_agree(country, listed, codes, scope, countries):
    mapped = read(Country=country, **{LISTED: listed, CODES: codes})

    assert mapped.notes == []
    assert mapped.document.get("scope") == scope
    assert sorted(mapped.document.get("countries", [])) == countries


@pytest.mark.parametrize(
    ("listed", "codes", "groups", "countries"),
    [
        ("Africa", "00, 3A", ["africa"], []),
        ("Latin America and Caribbean", "00, 6L", ["latin-america-caribbean"], []),
        ("", "00, 4A", ["asia-pacific"], []),
        ("Africa", "00, KE", ["africa"], ["KE"]),
    ],
)
def test_groups_are_known_by_name_and_by_the_sheets_own_code(listed, codes, groups, countries):
    document = read(Country="Regional", **{LISTED: listed, CODES: codes}).document

    assert (document["scope"], document.get("groups"), document.get("countries", [])) == (
        "regional",
        groups,
        countries,
    )


@pytest.mark.parametrize(
    ("listed", "codes", "countries", "as_text", "doubt"),
    [
        ("Albania, Serbia and Montenegro", "00, AL, SM", ["AL"], ["Serbia and Montenegro"], "SM"),
        ("Kenya, Suriname", "00, KE", ["KE", "SR"], [], "SR"),
        ("Sri Lanka", "00, BU, LK", ["LK"], [], "MM"),
        ("Kenya, Chad", "00, XX, KE, TD", ["KE", "TD"], [], "XX"),
        ("Kenya, Yugoslavia", "00, KE, YF", ["KE"], ["Yugoslavia"], "RS"),
    ],
)
def test_where_codes_and_names_differ_the_names_are_believed_and_the_codes_told(
    listed, codes, countries, as_text, doubt
):
    mapped = read(Country="Regional", **{LISTED: listed, CODES: codes})

    assert sorted(mapped.document["countries"]) == countries
    assert [row["text"] for row in mapped.document.get("places_as_given", [])] == as_text
    [note] = [note for note in mapped.notes if note.field == CODES]
    assert f"by {doubt}:" in note.reason
    assert told(mapped)["Country codes of the source"] == codes


def test_a_name_that_was_cut_off_is_known_by_its_code():
    cut = read(Country="Regional", **{LISTED: "Peru, St. Vin", CODES: "00, PE, VC"})
    unsure = read(Country="Regional", **{LISTED: "Peru, Gui", CODES: "00, PE, GN, GW"})

    assert (cut.document["countries"], cut.notes) == (["PE", "VC"], [])
    assert "places_as_given" not in cut.document
    assert unsure.document["countries"] == ["PE"]
    assert [row["text"] for row in unsure.document["places_as_given"]] == ["Gui"]


def test_a_country_without_a_code_today_stays_text():
    mapped = read(Country="Kosovo", **{CODES: "XK"})

    assert "countries" not in mapped.document
    assert [row["text"] for row in mapped.document["places_as_given"]] == ["Kosovo"]
