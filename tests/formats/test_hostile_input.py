"""Whatever JSON comes in, reading answers, and what it answers can be stored and read again."""

import json
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from formats import registry
from formats.difference import apply, difference
from tests.documents import COMPLETE

# Hundreds of invented documents.
pytestmark = pytest.mark.slow

FORMATS = sorted(COMPLETE)
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=30)
NAMES = sorted({name for code in FORMATS for name in registry.by_code(code).fields} | {"id", "uid", "en", "amount"})
KEYS = st.sampled_from(NAMES) | ANY_TEXT
CODES = st.sampled_from(["KE", "other", "2026-05", "5"])
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | ANY_TEXT | CODES
JSON = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12
)
quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None)


@st.composite
def spoilt_documents(draw):
    """A complete document of some format in which some values, at any depth, are replaced by any JSON."""
    document = COMPLETE[draw(st.sampled_from(FORMATS))]()
    for _time in range(draw(st.integers(1, 4))):
        _spoil(draw, document)
    return document


def _spoil(draw, holder):
    key = draw(st.sampled_from(sorted(holder) if isinstance(holder, dict) else range(len(holder))))
    if isinstance(holder[key], dict | list) and holder[key] and draw(st.booleans()):
        _spoil(draw, holder[key])
    else:
        holder[key] = draw(JSON)


def stored(values):
    """As PostgreSQL would take and give it: no lone surrogates, no NUL, no NaN."""
    text = json.dumps(values, allow_nan=False, ensure_ascii=False)
    assert "\x00" not in text
    return json.loads(text.encode())


@quick
@given(st.sampled_from(FORMATS), JSON, st.sampled_from(["registered", "harvested"]))
def test_reading_answers_whatever_comes(code, document, profile):
    reading = registry.by_code(code).read(document, profile)

    assert stored(reading.values) == reading.values
    assert stored([problem.as_json() for problem in reading.problems])


@quick
@given(spoilt_documents(), st.sampled_from(["registered", "harvested"]))
def test_reading_its_own_values_again_finds_nothing_new(document, profile):
    code = str(document["format"])[:3]
    fmt = registry.by_code(code if code in FORMATS else "PRJ")
    first = fmt.read(document, profile)

    again = fmt.read(first.values, profile)

    assert again.values == first.values
    assert {p.code for p in again.errors} <= {p.code for p in first.errors} | {"required"}
    assert stored(first.values) == first.values


@quick
@given(spoilt_documents(), spoilt_documents())
def test_two_readings_differ_by_changes_that_can_be_applied(one, other):
    fmt = registry.by_code("PRJ")
    before, after = fmt.read(one).values, fmt.read(other).values

    changes = difference(fmt, before, after)

    assert apply(fmt, before, changes) == after


def depth_of(value):
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max(map(depth_of, inner), default=0)


@pytest.mark.parametrize("code", FORMATS)
@pytest.mark.parametrize(("opening", "closing"), [('{"en":', "}"), ("[", "]"), ('[{"id":"abcd","url":', "}]")])
@pytest.mark.parametrize("inmost", ["1", "null"])
def test_deep_nesting_exhausts_nothing(code, opening, closing, inmost):
    depth = 900 // len(closing)
    deep = json.loads(opening * depth + inmost + closing * depth)
    fmt = registry.by_code(code)

    reading = fmt.read(dict.fromkeys([*fmt.fields, "unknown"], deep))

    assert reading.errors
    assert not any(depth_of(value) > 5 for value in reading.values.values())


@pytest.mark.parametrize("code", FORMATS)
@pytest.mark.parametrize("size", [20_000])
def test_huge_values_are_refused_in_good_time(code, size):
    fmt = registry.by_code(code)
    huge_list, huge_object = [{"id": "same"}] * size, {f"k{n}": n for n in range(size)}
    began = time.monotonic()

    for huge in (huge_list, huge_object, "x" * size, ["en"] * size):
        reading = fmt.read(dict.fromkeys(fmt.fields, huge))
        assert len(reading.problems) < 2000

    assert time.monotonic() - began < 10


def test_many_unknown_keys_do_not_make_as_many_problems():
    reading = registry.by_code("PRJ").read({f"key{number}": number for number in range(50_000)})

    assert 100 <= len(reading.problems) < 200


def test_unknown_languages_do_not_multiply_the_warnings():
    languages = [f"tag{number}" for number in range(200)] + ["en", ["fr"], {"ru": 1}, None]

    reading = registry.by_code("PRJ").read(COMPLETE["PRJ"](languages=languages))

    assert reading.values["languages"] == ["en"]
    assert reading.warnings == []


@pytest.mark.parametrize("key", ["\ud800", "\x00", "a" * 1000, "../..", "<script>"])
def test_a_hostile_key_stands_in_a_path_that_can_be_written(key):
    reading = registry.by_code("PRJ").read(COMPLETE["PRJ"](**{key: 1}))

    (problem,) = reading.errors
    assert problem.code == "unknown"
    assert len(problem.path.encode()) < 400
    assert "\x00" not in problem.path


WRONG = [None, True, 0, -1, 1.5, float("nan"), "", "text", [], ["text"], [[]], {}, {"x": 1}, {"id": 5}, [{"id": {}}]]


@pytest.mark.parametrize("code", FORMATS)
@pytest.mark.parametrize("value", WRONG, ids=repr)
def test_every_field_survives_every_type(code, value):
    fmt = registry.by_code(code)
    document = dict.fromkeys(fmt.fields, value)

    reading = fmt.read(document)

    assert stored(reading.values) == reading.values
    assert all(str(problem.message) for problem in reading.problems)
