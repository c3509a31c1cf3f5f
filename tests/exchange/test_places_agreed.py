"""Places told by codes and by names: what they say together, and which codes are doubtful."""

import pytest

from exchange.reading import places


def agreed(names, codes):
    coverage, doubts = places.agreed(places.read_codes(codes, {}), places.read(names, {}))
    return coverage.countries, coverage.unknown, doubts


@pytest.mark.parametrize(
    ("names", "codes", "countries", "unknown", "doubts"),
    [
        ("Peru, Suri", "PE, SR", ["PE", "SR"], [], []),  # cut off, with four letters left
        ("Peru, Sur", "PE, SR", ["PE"], ["Sur"], ["SR"]),
        ("Peru, Guin", "PE, GN, GW", ["PE"], ["Guin"], ["GN", "GW"]),  # it may be either
        ("Kenya, Atlantis", "KE, XX", ["KE"], ["Atlantis"], []),  # the code may stand for the name
        ("Kenya, Peru", "KE, PE, XX", ["KE", "PE"], [], ["XX"]),
        ("Kenya", "XX", ["KE"], [], ["KE", "XX"]),
        ("Kenya", "", ["KE"], [], []),
        ("Atlantis", "KE", [], ["Atlantis"], ["KE"]),
        ("", "KE, XX", ["KE"], ["XX"], []),
    ],
)
def test_names_are_believed_and_what_only_one_of_both_says_is_doubtful(names, codes, countries, unknown, doubts):
    assert agreed(names, codes) == (countries, unknown, doubts)


def test_names_that_no_list_knows_make_no_scope():
    assert places.read("Kosovo, Atlantis", {}).scope is None
    assert places.agreed(places.read_codes("", {}), places.read("Kosovo, Atlantis", {}))[0].scope is None
