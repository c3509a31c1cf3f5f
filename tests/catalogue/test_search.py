"""Filters, counts and orders against a recount by hand over a generated set of records."""

import random
from urllib.parse import urlencode

import pytest

from catalogue.index.entry import entries
from catalogue.index.facets import CLOCK, facets, shown_for
from formats import registry
from tests.catalogue.published import bare, found, indexed, numbers, publication, tombstone

AREAS = ["risk-assessment", "lmo-identification", "unintentional-movements", "other"]
COUNTRIES = ["KE", "UG", "FR", "CN", "EG", "BR"]
THEMES = ["detection", "science", "risk-assessment"]
WORDS = ["maize", "cotton", "fish", "laboratory", "training", "border", "protocol"]


def generated(size=150, seed=3):
    """Records of all kinds with codes and words drawn at random, and a tombstone."""
    dice = random.Random(seed)  # noqa: S311 - dice, not secrets
    records = [_drawn(dice, number) for number in range(1, size)]
    return [*records, tombstone(size)]


def _drawn(dice, number):
    code = dice.choice(["PRJ", "OPP", "RES", "REP"])
    document = {
        "title": {dice.choice(["en", "fr"]): " ".join(dice.choices(WORDS, k=4))},
        "areas": dice.sample(AREAS, dice.randint(0, 3)),
        "themes": dice.sample(THEMES, dice.randint(0, 2)),
        "countries": dice.sample(COUNTRIES, dice.randint(0, 3)),
        "groups": dice.sample(["ldc", "africa"], dice.randint(0, 1)),
        "scope": dice.choice(["global", "national", "regional"]),
        "languages": dice.sample(["en", "fr", "ar"], dice.randint(1, 2)),
    }
    if code == "OPP":
        document |= {"deadline": dice.choice(["2020-01-31", "2190-01-31"]), "opens_on": dice.choice(["2019", "2180"])}
        document |= {"eligible_groups": dice.sample(["ldc", "sids"], dice.randint(0, 2))}
    if code == "PRJ":
        document |= {"starts_on": str(dice.randint(2010, 2020)), "ends_on": str(dice.randint(2020, 2030))}
    modified = f"2026-{dice.randint(1, 3):02}-{dice.randint(1, 3):02}T00:00:00Z"
    profile = dice.choice(["registered", "harvested"])
    return bare(number, code, profile, modified_at=modified, **document)


@pytest.fixture(scope="module")
def everything():
    return generated()


@pytest.fixture(scope="module")
def reader(everything, tmp_path_factory):
    return indexed(tmp_path_factory.mktemp("index"), everything)


@pytest.fixture(scope="module")
def by_hand(everything):
    """Each record's entry, by its number."""
    whole = [entry for one in everything for entry in entries(one) if entry.kind == "record"]
    return {entry.number: entry for entry in whole}


def every_number(reader, address):
    """A walk from the first page to the last."""
    seen, cursor = [], None
    while True:
        page = found(reader, f"{address}&page_size=13&facets=area" + (f"&cursor={cursor}" if cursor else ""))
        seen += numbers(page)
        cursor = page.next
        if cursor is None:
            return seen, page


FILTERS = [
    {},
    {"country": ["KE"]},
    {"country": ["KE", "FR"], "area": ["risk-assessment"]},
    {"area": ["unintentional-movements"]},
    {"theme": ["science"], "language": ["fr"], "profile": ["harvested"]},
    {"group": ["africa"], "database": ["projects", "reports"]},
    {"scope": ["global"], "sample": ["no"]},
    {"eligible": ["KE", "ldc"]},
]


@pytest.mark.parametrize("chosen", FILTERS)
def test_values_are_or_within_a_facet_and_and_between_facets(reader, by_hand, chosen):
    expected = {
        number
        for number, entry in by_hand.items()
        if all(entry.facets.get(name, set()) & set(values) for name, values in chosen.items())
    }

    seen, page = every_number(reader, urlencode(chosen, doseq=True))

    assert set(seen) == expected
    assert page.count == len(expected)


@pytest.mark.parametrize("chosen", FILTERS)
def test_facet_counts_are_what_choosing_the_value_would_give(reader, by_hand, chosen):
    page = found(reader, urlencode(chosen, doseq=True), facets=list(facets()))

    for name, shown in page.facets.items():
        others = {one: values for one, values in chosen.items() if one != name}
        entries_left = [
            entry
            for entry in by_hand.values()
            if all(entry.facets.get(one, set()) & set(values) for one, values in others.items())
        ]
        values = {value for entry in entries_left for value in entry.facets.get(name, ())}
        expected = {one: sum(one in entry.facets.get(name, ()) for entry in entries_left) for one in values}
        assert {one.value: one.count for one in shown.values if one.count and one.value not in CLOCK} == expected


@pytest.mark.parametrize("sort", ["modified", "published", "year", "deadline", "priority", "country", "relevance"])
@pytest.mark.parametrize("words", ["", "q=maize"])
def test_a_walk_sees_every_record_exactly_once_in_every_order(reader, sort, words):
    expected = set(numbers(found(reader, f"{words}&page_size=200")))

    seen, page = every_number(reader, f"{words}&sort={sort}")

    assert sorted(seen) == sorted(expected)
    assert page.count == len(expected)


def test_an_order_is_what_its_name_says(reader, by_hand):
    modified, _page = every_number(reader, "sort=modified")
    years, _page = every_number(reader, "sort=year")

    assert modified == sorted(by_hand, key=lambda number: -by_hand[number].sorts["sort_modified"])
    assert [(by_hand[number].years or (0, 0))[1] for number in years] == sorted(
        ((entry.years or (0, 0))[1] for entry in by_hand.values()), reverse=True
    )


def test_a_choice_without_results_stays_visible(reader):
    page = found(reader, "country=KE&area=other&theme=detection&database=reports&language=ar&country=BR&year=2022")

    assert {"KE", "BR"} <= {one.value for one in page.facets["country"].values if one.chosen}


@pytest.mark.parametrize(("address", "first", "last"), [("year=2015", 2015, 2015), ("year=2025-2027", 2025, 2027)])
def test_the_year_is_that_of_the_subject(reader, by_hand, address, first, last):
    expected = {n for n, one in by_hand.items() if one.years and one.years[0] <= last and one.years[1] >= first}

    assert set(every_number(reader, address)[0]) == expected


def test_covers_adds_the_countrys_groups_and_what_is_global(reader, by_hand):
    expected = {
        number
        for number, one in by_hand.items()
        if "KE" in one.facets.get("country", ()) or "africa" in one.named_groups or "global" in one.facets["scope"]
    }

    assert set(every_number(reader, "covers=KE")[0]) == expected


def test_offers_are_announced_open_and_closed_by_their_dates(reader, everything):
    def expected(opens, deadline):
        offers = [one for one in everything if one.database == "opportunities"]
        return {
            int(one.uid.rpartition("-")[2])
            for one in offers
            if one.document["opens_on"] in opens and one.document["deadline"] == deadline
        }

    assert set(every_number(reader, "state=open")[0]) == expected(["2019"], "2190-01-31")
    assert set(every_number(reader, "state=announced")[0]) == expected(["2180"], "2190-01-31") | expected(
        ["2180"], "2020-01-31"
    )
    page = found(reader, "", database="opportunities")
    counted = {one.value: one.count for one in page.facets["state"].values}
    for state in CLOCK:
        assert counted.get(state, 0) == found(reader, f"state={state}", database="opportunities").count


def test_modified_after_counts_from_the_moment_given(reader, everything):
    after = {one.uid for one in everything if one.envelope and one.envelope["modified_at"] >= "2026-02-02"}

    page = found(reader, "modified_after=2026-02-02&page_size=200")

    assert {hit.uid for hit in page.hits} == after


def test_needs_are_searched_one_by_one_on_their_page_and_as_records_elsewhere(tmp_path):
    reader = indexed(tmp_path, [publication("NED", 1)])

    page, record = found(reader, "", database="needs"), found(reader, "database=needs")

    assert (page.counted, page.count) == ("needs", 2)
    assert [hit.row["id"] for hit in page.hits] == ["riskteam", "laborat1"]
    assert page.hits[1].title.text == "Freezers at the two border posts"
    assert (record.counted, record.count, record.hits[0].row) == ("records", 1, None)


def test_a_need_is_found_by_its_own_words_and_its_records_country(tmp_path):
    reader = indexed(tmp_path, [publication("NED", 1)])

    assert [hit.row["id"] for hit in found(reader, "q=freezers+Uganda", database="needs").hits] == ["laborat1"]
    assert found(reader, "priority=high&country=UG", database="needs").count == 1


def test_a_hit_tells_what_a_list_shows(tmp_path):
    reader = indexed(tmp_path, [publication("OPP", 1, envelope={"sample": True})])

    hit = found(reader, "q=dossiers", language="fr").hits[0]

    assert (hit.title.lang, hit.title.dir, hit.sample, hit.profile) == ("en", "ltr", True, "registered")
    assert ("dossiers", True) in hit.excerpt.fragments
    assert (hit.excerpt_lang, hit.excerpt_dir) == ("en", "ltr")
    assert hit.country_names == ["Kenya", "Ouganda"]
    assert hit.labels("type") == [registry.by_slug("opportunities").fields["type"].name("training-course", "fr")]
    assert (hit.closes, hit.state) == ("2027-03-31T17:00[Europe/Oslo]", "announced")


def test_every_facet_offered_is_one_there_is():
    for declaration in registry.all_formats():
        assert set(shown_for((declaration.slug,))) <= set(facets())


@pytest.mark.parametrize(
    ("profile", "dates", "state"),
    [
        ("registered", {"open_until_withdrawn": True}, "open"),
        ("registered", {"deadline": "2020-01-31"}, "closed"),
        ("harvested", {"opens_on": "2020"}, None),
        ("harvested", {"open_until_withdrawn": False}, None),
        ("harvested", {"open_until_withdrawn": True}, "open"),
        ("harvested", {"open_until_withdrawn": True, "opens_on": "2180"}, "announced"),
        ("harvested", {"open_until_withdrawn": True, "deadline": "2020-01-31"}, "closed"),
    ],
)
def test_an_offer_without_deadline_is_open_unless_its_source_does_not_say(tmp_path, profile, dates, state):
    reader = indexed(tmp_path, [bare(1, "OPP", profile, **dates)])

    assert found(reader, "").hits[0].state == state
    assert [one for one in CLOCK if found(reader, f"state={one}").count] == ([state] if state else [])
