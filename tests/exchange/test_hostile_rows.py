"""Whatever a row or a file holds, the importer answers: accepted, refused, or told why it stopped."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.files import opening, tables
from exchange.mapped import mapping
from exchange.reading.row import Row
from tests.exchange.sheets import COLUMNS, a_row, text_of

pytestmark = pytest.mark.slow

GEF = mapping.mapping("gef-portal")
# All of Unicode, bytes that are none, and what the sheet really holds.
CELLS = st.one_of(
    st.text(max_size=40),
    st.binary(max_size=10).map(lambda data: data.decode("utf-8", "surrogateescape")),
    st.sampled_from(
        ["Global", "Kenya, Korea, Republic of", "1,233,000", "Completed", "2012", "-", ",,,", "Project Title:"]
    ),
)


@given(st.fixed_dictionaries(dict.fromkeys(COLUMNS, CELLS)), st.booleans())
@settings(max_examples=300, deadline=None)
def test_every_row_is_accepted_or_refused_and_what_is_accepted_can_be_stored(cells, numbered):
    mapped = GEF.apply(Row(2, cells | ({"ID": "7"} if numbered else {})))

    assert bool(mapped.refusals) or mapped.document["title"]["en"]
    if not mapped.refusals:
        stored = json.dumps(mapped.document, ensure_ascii=False)
        assert "\\u0000" not in stored
        assert stored.encode()


@given(st.binary(max_size=300), st.booleans())
@settings(max_examples=300, deadline=None)
def test_every_file_gives_rows_or_a_reason(tmp_path_factory, data, has_header):
    path = tmp_path_factory.mktemp("any") / "file"
    path.write_bytes((text_of([a_row()]).encode() if has_header else b"") + data)

    told, rows = "", []
    try:
        rows.extend(row for member in opening.members(path, (".csv",)) for row in tables.rows(member.stream, COLUMNS))
    except opening.UnreadableFile as error:
        told = str(error)

    if has_header:
        assert rows[0] == Row(2, a_row())
    else:
        assert told
    for row in rows:
        mapped = GEF.apply(row)
        assert mapped.refusals or mapped.document["title"]
