"""What a source does not give any more is marked, but not where a part of it may have been read."""

import pytest

from exchange.models import Statement
from publishing.models import Publication
from tests.exchange import every_source
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


@pytest.mark.parametrize(("known", "given", "marked"), [(21, 1, 20), (22, 1, 0), (44, 22, 22), (44, 21, 0)])
def test_nobody_is_asked_about_twenty_rows_or_about_half_of_them(tmp_path, known, given, marked):
    import_records(a_sheet(tmp_path, *rows(*range(1, known + 1))))

    import_records(a_sheet(tmp_path, *rows(*range(1, given + 1)), name="later.csv"))

    assert gone() == marked


def test_a_row_that_does_not_say_what_it_is_about_may_be_any_so_nothing_is_marked(tmp_path):
    import_records(a_sheet(tmp_path, *rows(1, 2)))

    import_records(a_sheet(tmp_path, *rows(1), a_row(id=""), name="later.csv"))

    assert gone() == 0


def test_a_source_without_a_row_is_more_likely_broken_than_empty(tmp_path):
    import_records(a_sheet(tmp_path, *rows(1, 2)))

    import_records(a_sheet(tmp_path, name="later.csv"))

    assert gone() == 0


def test_of_iati_each_file_is_a_whole_by_itself_and_what_moves_to_another_is_not_gone(tmp_path):
    def read(name, *numbers):
        records = [every_source.a_record("iati", number) for number in numbers]
        file = every_source.a_file(tmp_path, "iati", every_source.a_document("iati", *records), name=name)
        return every_source.import_records("iati", file, "--licence", "CC0")

    def marked():
        return list(Statement.objects.exclude(gone_since=None).values_list("identifier", flat=True))

    read("one", 1, 2, 3)
    read("two", 4, 5)
    assert marked() == []

    read("two", 3, 4)
    assert marked() == ["XX-1-5"]

    read("one", 1)
    assert sorted(marked()) == ["XX-1-2", "XX-1-5"]
