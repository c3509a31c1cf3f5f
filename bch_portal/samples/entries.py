"""The sample records as their files tell them: dates relative to the day of loading, references by key."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
DATABASES = ("organizations", "projects", "opportunities", "resources", "reports", "needs")
# What marks a record as one of these, on its page and for the next loading: {scheme: "Sample", value: its key}.
SCHEME = "Sample"
RELATIVE = re.compile(r"([+-]\d+)([dmy])(T\d\d:\d\d\[[\w/]+\])?")


@dataclass(frozen=True)
class Sample:
    """One entry of a file.

    owner     `secretariat`, a country, or `org:` and the key of an organization
    state     published, or where its working copy waits: draft, submitted, returned (with `returned`)
    later     what its second version changes: new values by JSON pointer
    waiting   a change submitted on top of what is published: `{by, changes}`
    """

    database: str
    key: str
    owner: str
    contact: str
    document: dict
    state: str = "published"
    returned: dict = field(default_factory=dict)
    later: dict = field(default_factory=dict)
    waiting: dict = field(default_factory=dict)


def samples() -> list[Sample]:
    """All entries, in the order of the files."""
    return [
        Sample(database=database, **entry)
        for database in DATABASES
        for entry in json.loads((FOLDER / f"{database}.json").read_text("utf-8"))
    ]


def references(value) -> Iterator[str]:
    """The keys that a part of a document refers to."""
    if isinstance(value, dict):
        yield from [value["ref"]] if "ref" in value else (key for item in value.values() for key in references(item))
    elif isinstance(value, list):
        yield from (key for item in value for key in references(item))


def resolved(value, refer: Callable[[str], dict], today: date):
    """The value with its references as `refer` answers them, and its relative dates counted from `today`."""
    if isinstance(value, dict):
        return refer(value["ref"]) if "ref" in value else {k: resolved(v, refer, today) for k, v in value.items()}
    if isinstance(value, list):
        return [resolved(item, refer, today) for item in value]
    relative = RELATIVE.fullmatch(value) if isinstance(value, str) else None
    return _day(int(relative[1]), relative[2], today) + (relative[3] or "") if relative else value


def _day(count: int, unit: str, today: date) -> str:
    """`+45d` is a day, `-3m` a month, `+1y` a year."""
    if unit == "d":
        return (today + timedelta(days=count)).isoformat()
    months = today.year * 12 + today.month - 1 + count * (12 if unit == "y" else 1)
    year, month = divmod(months, 12)
    return f"{year}" if unit == "y" else f"{year}-{month + 1:02}"


def changed(document: dict, changes: dict) -> dict:
    """A copy of the document with other values at some JSON pointers."""
    document = json.loads(json.dumps(document))
    for pointer, value in changes.items():
        *way, last = pointer.lstrip("/").split("/")
        place = document
        for step in way:
            place = place[int(step) if isinstance(place, list) else step]
        place[last] = value
    return document
