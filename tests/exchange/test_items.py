"""JSON files: items of named lists as rows; whatever breaks, what came before is good, and the reason is told."""

import io
import json
import tracemalloc
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.files import items
from exchange.files.escapes import Escapes
from exchange.files.opening import UnreadableFile


def rows(data, lists=(), columns=("a", "b")):
    """The cells of all rows, and the message with which the file broke off, if it did."""
    data = data if isinstance(data, bytes) else (data if isinstance(data, str) else json.dumps(data)).encode()
    found = []
    try:
        for row in items.rows(io.BufferedReader(io.BytesIO(data)), lists, columns):
            found.append(row)
    except UnreadableFile as error:
        return found, str(error)
    return found, ""


def cells(*arguments, **settings):
    found, message = rows(*arguments, **settings)
    assert message == ""
    return [row.cells for row in found]


def test_the_items_of_a_list_are_rows_counted_from_one():
    found, message = rows([{"a": "x", "b": "y", "c": "z"}, {"a": "u"}])

    assert [(row.number, row.cells, row.fault) for row in found] == [
        (1, {"a": "x", "b": "y"}, ""),
        (2, {"a": "u", "b": ""}, ""),
    ]
    assert message == ""


def test_the_lists_are_named_and_may_lie_deeper_and_others_are_passed_over():
    document = {
        "meta": {"a": "no", "more": [{"a": "no"}], "news": {"a": [1]}},
        "news": [{"a": "1"}],
        "result": {"items": [{"a": "2"}], "others": [{"a": "no"}]},
        "x": [{"news": [{"a": "no"}]}],
        "dotted.name": [{"a": "3"}],
    }

    assert [row["a"] for row in cells(document, ("news", "result.items", "dotted.name"))] == ["1", "2", "3"]


def test_a_column_may_lead_into_an_item_and_a_key_with_a_point_comes_first():
    item = {"x": {"y": {"z": "deep"}, "y2.z": "no"}, "u": {"v": "one"}, "w": ["a"]}

    assert cells([item], columns=("x.y.z", "u.v", "u.v.w", "w.0", "n.n")) == [
        {"x.y.z": "deep", "u.v": "one", "u.v.w": "", "w.0": "", "n.n": ""}
    ]
    assert cells([{"u.v": "whole", "u": {"v": "way"}}], columns=("u.v",)) == [{"u.v": "whole"}]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ('"ГМО\\u00e9 \\ud83c\\udf31"', "ГМОé 🌱"),
        ("null", ""),
        ("5", "5"),
        ("0.10", "0.10"),
        ("7500000.0", "7500000.0"),
        ("12345678901234567890.12", "12345678901234567890.12"),
        ("1e999999", "1E+999999"),
        ("true", "true"),
        ('["Brazil", null, 1.50]', '["Brazil",null,1.50]'),
        ('{"k": ["v", {"w": false}]}', '{"k":["v",{"w":false}]}'),
    ],
)
def test_a_cell_is_a_string_itself_and_all_else_its_json(value, text):
    assert cells(f'[{{"a": {value}}}]', columns=("a",)) == [{"a": text}]


def test_a_mark_at_the_beginning_and_blanks_around_are_no_fault():
    assert cells(b'\xef\xbb\xbf \n[{"a": "x"}]\n', columns=("a",)) == [{"a": "x"}]


@pytest.mark.parametrize("item", ["5", '"text"', "null", "[]", '[{"a": "x"}]'])
def test_an_item_that_is_no_object_is_a_row_with_a_fault(item):
    found, message = rows(f'[{item}, {{"a": "x"}}]')

    assert (found[0].number, bool(found[0].fault), found[1].cells["a"], message) == (1, True, "x", "")


def test_an_item_of_too_many_values_is_a_row_with_a_fault():
    [row], _message = rows([{str(number): "x" for number in range(items.MOST_COLUMNS + 1)}])

    assert "501" in row.fault


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"   ", "not a JSON document"),
        (b"ID,Title\n1,x", "not a JSON document"),
        (b"<html>", "not a JSON document"),
        (b"PK\x03\x04", "not a JSON document"),
        (b'{"a": 1}\n{"a": 2}\n', "make one list of all"),
        ('[{"a": "x"}]'.encode("utf-16"), "UTF-16"),
        ('[{"a": "x"}]'.encode("utf-16-le"), "UTF-16"),
        ('[{"a": "x"}]'.encode("utf-32"), "UTF-16"),
        (b'{"a": "x"}', "no list. It has: a."),
        (b"5", "no list. It has: nothing."),
        (b'"text"', "no list"),
    ],
)
def test_what_is_no_list_of_items_is_refused_with_the_reason(data, says):
    found, message = rows(data)

    assert found == []
    assert says in message


@pytest.mark.parametrize(
    "rest",
    [
        *(b"", b",", b', {"a": ', b', {"a": "x"', b", NaN]", b", Infinity]", b", 01]", b"]]", b"] {}", b",]", b"}"),
        *(b', {"a": "\xff"}]', b', {"a": "\x01"}]', b', {"a": "\\x"}]', b", {a: 1}]", b", {'a': 1}]", b", /* c */ 1]"),
        *(b", 1e99999999999999999999999]", b', {"a": %s}]' % (b"9" * 5000), b", 0.%s]" % (b"9" * 5000)),
    ],
)
def test_where_a_file_breaks_off_the_items_before_are_good_and_the_place_is_told(rest):
    found, message = rows(b'[{"a": "x"}, {"a": "y"}' + rest)

    assert [row.cells["a"] for row in found[:2]] == ["x", "y"]
    assert message.startswith(f"After item {len(found)} ")


def test_the_message_tells_after_which_item_the_file_broke_off():
    found, message = rows(b'[{"a": "x"}, {"a": "y"}, {"a": ')

    assert [row.cells["a"] for row in found] == ["x", "y"]
    assert message.startswith("After item 2 the file is no JSON any more (parse error: premature EOF")


def test_a_list_that_is_missing_is_told_after_the_others_were_read():
    found, message = rows({"one": [{"a": "x"}], "two": {"a": "y"}, "four": None}, ("one", "two", "three", "four"))

    assert [row.cells["a"] for row in found] == ["x"]
    assert message == "These lists are missing: two, three, four. The document has: one, two, four."


@pytest.mark.parametrize("where", ['[{"a": %s}]', '{"passed over": %s, "x": []}'])
def test_a_document_of_endless_depth_is_refused(where):
    for opening, closing in ("[]", ('{"a":', "}")):
        deep = where % (opening * 100_000 + "1" + closing * 100_000)

        assert "levels deep" in rows(deep, ("x",) if "passed" in where else ())[1]


def test_depth_within_the_bound_is_read():
    deep = "[" * 60 + "]" * 60

    assert cells(f'[{{"a": {deep}}}]', columns=("a",)) == [{"a": deep}]


@pytest.mark.parametrize(
    "big",
    [
        b'{"a": "%s"}' % (b"x" * 3_000_000),
        b'{"%s": 1}' % (b"x" * 3_000_000),
        b'{"a": [%s1]}' % (b"1," * 1_500_000),
    ],
)
def test_an_item_that_is_far_too_large_ends_the_file_after_those_before(big):
    found, message = rows(b'[{"a": "x"}, %s, {"a": "y"}]' % big)

    assert [row.cells["a"] for row in found] == ["x"]
    assert message.startswith("After item 1 comes an item of more than 1000000 bytes")


def test_a_text_outside_of_the_lists_is_bounded_but_what_is_passed_over_may_be_long():
    long = {"other": [{"a": "x" * 1000}] * 3000, "x": [{"a": "y"}]}

    assert cells(long, ("x",), ("a",)) == [{"a": "y"}]
    assert "more than" in rows({"other": "x" * 3_000_000, "x": []}, ("x",))[1]


def test_a_long_list_is_read_in_little_memory(tmp_path):
    path = tmp_path / "long.json"
    path.write_bytes(b'[%s{"a": "last"}]' % (b'{"a": "%s"},' % (b"x" * 500) * 8_000))
    with path.open("rb") as stream:
        tracemalloc.start()
        count = sum(1 for _row in items.rows(stream, (), ("a",)))
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()

    assert count == 8_001
    assert most < 1_000_000


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=10,
)


def exactly(text):
    """What a text of JSON says, with each number as it was written."""
    return json.loads(text, parse_int=Decimal, parse_float=Decimal)


@pytest.mark.slow
@given(st.lists(st.dictionaries(st.sampled_from("abc"), VALUES), max_size=5))
@settings(max_examples=200, deadline=None)
def test_every_list_of_objects_is_read_whole(listed):
    for row, item in zip(cells(listed), listed, strict=True):
        for column, cell in row.items():
            value = item.get(column)
            if value is None:
                assert cell == ""
            else:
                assert (cell if isinstance(value, str) else exactly(cell)) == exactly(json.dumps(value))


@pytest.mark.slow
@given(st.binary(max_size=200) | st.text('[]{},:"\\u0daeEntrufls.-+ 19', max_size=100).map(str.encode))
@settings(max_examples=500, deadline=None)
def test_every_file_gives_rows_or_a_reason(data):
    for lists in ((), ("a",)):
        found, message = rows(data, lists)

        assert message or found or b"[" in data


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"caf\u00e9 \ud83d\ude00", "café 😀"),
        (r"cut \ud83d", "cut \ufffd"),
        (r"cut \uD83D\u0041", "cut \ufffdA"),
        (r"\ude00 cut", "\ufffd cut"),
        (r"\ud83d\ud83d\ude00", "\ufffd😀"),
        (r"a path: C:\\ud83d", r"a path: C:\ud83d"),
    ],
)
def test_half_a_sign_is_shown_to_be_lost_and_the_others_stay(written, read):
    assert [row["a"] for row in cells(f'[{{"a": "{written}"}}, {{"a": "{written}"}}]')] == [read, read]


@pytest.mark.parametrize("size", range(1, 14))
def test_half_a_sign_is_found_wherever_the_document_is_cut_into_pieces(size):
    document = rb'"x\\ud83d \ud83d\ude00 \ud83d \ude00\\\ud83d\n"'
    escapes = Escapes()

    pieces = [escapes.mended(document[start : start + size]) for start in range(0, len(document), size)]

    assert b"".join([*pieces, escapes.held]) == rb'"x\\ud83d \ud83d\ude00 \ufffd \ufffd\\\ufffd\n"'


def test_a_file_of_nothing_but_escapes_is_read_in_one_pass():
    escapes = Escapes()

    lengths = [len(escapes.mended(b"\\" * 65_535)) for _piece in range(20)]

    assert sum(lengths) + len(escapes.held) == 20 * 65_535
    assert len(escapes.held) < 12


@pytest.mark.parametrize(
    ("written", "read"),
    [("5e5", "500000"), ("7.50E+2", "750"), ("1e-3", "0.001"), ("0.10", "0.10"), ("1e400", "1E+400")],
)
def test_a_number_is_written_out(written, read):
    assert cells(f'[{{"a": {written}}}]')[0]["a"] == read


def test_an_item_that_lacks_what_its_source_always_gives_is_of_another_source():
    data = b'[{"a": null, "b": "1"}, {"b": "2"}]'

    sound, foreign = items.rows(io.BufferedReader(io.BytesIO(data)), (), ("a", "b"), needs=("a",))

    assert (sound.fault, sound.cells) == ("", {"a": "", "b": "1"})
    assert "no “a”" in foreign.fault
    assert foreign.cells["b"] == "2"
