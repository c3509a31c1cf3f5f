"""Reading and importing the files of sources of opportunities, for their tests."""

import io
import json

import pytest
from django.core.management import call_command

from exchange.files import opening
from exchange.mapped.mapping import mapping
from publishing.models import Publication
from tests.exchange.real_data import DATA, needs

OPPORTUNITIES = DATA / "opportunities"


def whole(path):
    """A test on a whole real file, where it is at hand."""
    return lambda test: pytest.mark.slow(needs(path)(test))


def applied(source, path):
    """Every row of a file, with what it became."""
    reader = mapping(source)
    rows = (row for member in opening.members(path, reader.endings) for row in reader.rows(member.stream))
    return [(row, reader.apply(row)) for row in rows]


def published():
    """The opportunities that are published, and in which version."""
    return dict(Publication.objects.filter(document__format="OPP/1").values_list("uid", "version"))


def import_records(source, *arguments):
    """Run the command as a person does: its exit code, and the counts of its last line."""
    out, code = io.StringIO(), 0
    try:
        call_command("import_records", source, *map(str, arguments), stdout=out, stderr=io.StringIO())
    except SystemExit as ended:
        code = ended.code
    return code, json.loads(out.getvalue().splitlines()[-1])
