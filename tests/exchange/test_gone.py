"""What a source does not give any more is marked, but not where a part of it may have been read."""

import pytest

from exchange.models import Statement
from publishing.models import Publication
from tests.exchange.sheets import a_row, a_sheet, import_records

pytestmark = pytest.mark.django_db


@pytest.fixture
def whole(tmp_path):
    """A sheet of sixty projects that was read."""
    sheet = a_sheet(tmp_path, *(a_row(id=str(number)) for number in range(1, 61)))
    import_records(sheet)
    return sheet


def rows(*numbers):
    return [a_row(id=str(number)) for number in numbers]


def gone():
    return Statement.objects.exclude(gone_since=None).count()


def test_what_disappears_is_marked_and_stays(tmp_path, whole):
    _code, _counts, said = import_records(a_sheet(tmp_path, *rows(*range(11, 61)), name="later.csv"))

    assert gone() == 10
    assert "10 are not in the source any more" in said
    marked = Publication.objects.filter(envelope__provenance__gone_since__isnull=False, document__isnull=False)
    assert marked.count() == 10


def test_where_most_is_missing_nothing_is_marked_and_the_question_is_put(tmp_path, whole):
    code, counts, said = import_records(a_sheet(tmp_path, *rows(1, 2), name="later.csv"))

    assert (code, counts["unchanged"]) == (0, 2)
    assert "58 of 60 known rows are missing" in said
    assert gone() == 0


def test_the_other_half_of_a_source_marks_nothing_either(tmp_path, whole):
    _code, counts, said = import_records(a_sheet(tmp_path, *rows(*range(61, 201)), name="other.csv"))

    assert counts["created"] == 140
    assert "60 of 60 known rows are missing" in said
    assert gone() == 0


def test_who_says_that_it_is_the_whole_is_believed(tmp_path, whole):
    import_records(a_sheet(tmp_path, *rows(1, 2), name="later.csv"), "--whole")

    assert gone() == 58


def test_a_part_marks_nothing_however_large_it_is(tmp_path, whole):
    _code, _counts, said = import_records(a_sheet(tmp_path, *rows(*range(2, 61)), name="later.csv"), "--part")

    assert gone() == 0
    assert "marked" not in said


def test_a_row_that_is_refused_is_not_gone(tmp_path, whole):
    later = [*rows(*range(1, 60)), a_row(id="60", title="")]
    import_records(a_sheet(tmp_path, *later, name="later.csv"))

    assert gone() == 0


def test_what_was_dropped_since_is_gone_and_stays(tmp_path, whole):
    later = [*rows(*range(1, 60)), a_row(id="60", status="Dropped")]

    _code, counts, said = import_records(a_sheet(tmp_path, *later, name="later.csv"))

    assert (counts["unchanged"], counts["refused"], gone()) == (59, 1, 1)
    assert "1 are not in the source any more" in said
    assert Statement.objects.exclude(gone_since=None).get().subject == "GEF:60"


def test_what_was_dropped_in_one_row_and_lives_in_another_is_not_gone(tmp_path, whole):
    later = [*rows(*range(1, 61)), a_row(id="60", status="Dropped")]

    import_records(a_sheet(tmp_path, *later, name="later.csv"))

    assert gone() == 0


def test_a_report_that_is_fed_again_marks_nothing(tmp_path, whole):
    report = tmp_path / "r.csv"
    import_records(a_sheet(tmp_path, a_row(id="61", gef_grant="much"), name="later.csv"), "--part", "--report", report)
    report.write_text(report.read_text(encoding="utf-8").replace("much", "5"), encoding="utf-8")

    _code, counts, _said = import_records(report)

    assert counts["created"] == 1
    assert gone() == 0
