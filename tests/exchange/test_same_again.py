"""The same rows in another dress are the same rows; where one says something new, that record alone follows."""

import csv
import io
import json

import pytest

from exchange.models import Statement
from publishing import log
from publishing.models import Publication
from tests.exchange.every_source import ITEMS, TABLES, a_document, a_file, a_record, import_records

pytestmark = pytest.mark.django_db
NUMBERS = range(1, 8)


@pytest.fixture(autouse=True)
def _data_of_its_own(settings, tmp_path):
    settings.PORTAL_DATA = tmp_path / "data"
    settings.DEMONSTRATION = True  # some of these sources name no licence


def records(source):
    return [a_record(source, number, f"Biosafety in practice, part {number}") for number in NUMBERS]


def dressed(source, given):
    """The same in another order, with blanks about every word, and other columns beside."""
    turned = [dict(reversed(record.items())) for record in reversed(given)]
    if source in ITEMS:
        return json.dumps(json.loads(a_document(source, *turned)), indent=3, ensure_ascii=True)
    columns = [*reversed(list(csv.DictReader(io.StringIO(a_document(source, *given))).fieldnames)), "Remarks", ""]
    target = io.StringIO(newline="")
    table = csv.writer(target, delimiter=";", lineterminator="\n", quoting=csv.QUOTE_ALL)
    table.writerow(f" {name}\xa0" for name in columns)
    table.writerows([f"\t{record.get(name, '')}\xa0 " for name in columns] for record in turned)
    return target.getvalue()


@pytest.mark.parametrize("source", [*TABLES, *ITEMS])
def test_other_orders_blanks_and_signs_between_cells_are_no_news(tmp_path, source):
    import_records(source, a_file(tmp_path, source, a_document(source, *records(source))))
    head = log.head()

    code, counted, said = import_records(source, a_file(tmp_path, source, dressed(source, records(source)), "again"))

    assert (code, counted["unchanged"], counted["read"]) == (0, len(NUMBERS), len(NUMBERS)), said
    assert log.head() == head


@pytest.mark.parametrize("source", [*TABLES, *ITEMS])
def test_the_record_of_a_row_that_says_something_new_follows_and_no_other(tmp_path, source):
    import_records(source, a_file(tmp_path, source, a_document(source, *records(source))))
    before = dict(Statement.objects.values_list("identifier", "digest"))
    published = dict(Publication.objects.values_list("uid", "version"))
    given = records(source)
    changed = {"Countries": "Uganda", "Country": "Uganda", "Deadline": "12302026", "budget": "2000"}
    name = next((name for name in changed if name in given[3]), "summary")
    given[3][name] = changed.get(name, "It was written anew.")

    _code, counted, _said = import_records(source, a_file(tmp_path, source, dressed(source, given), "again"))

    assert (counted["updated"], counted["unchanged"]) == (1, len(NUMBERS) - 1)
    now = dict(Publication.objects.filter(uid__in=Statement.objects.values("uid")).values_list("uid", "version"))
    assert sum(published[uid] != version for uid, version in now.items()) == 1
    after = dict(Statement.objects.values_list("identifier", "digest"))
    assert sum(before[key] != after[key] for key in before) == 1
