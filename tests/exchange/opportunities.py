"""Reading and importing the files of sources of opportunities, for their tests."""

import io
import json
import os
from pathlib import Path

import pytest
from django.core.management import call_command

from exchange.files import opening
from exchange.mapped.mapping import mapping
from publishing.models import Publication

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("PORTAL_SHARED_DATA", ROOT / "../shared/data")) / "opportunities"


def whole(path):
    """A test on a whole real file, where it is at hand."""
    missing = "the real data is not here: set PORTAL_SHARED_DATA to its folder"
    return lambda test: pytest.mark.slow(pytest.mark.skipif(not path.is_file(), reason=missing)(test))


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
