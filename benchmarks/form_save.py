"""Saving a whole form on the desk, against the plain update of the same row in the same database."""

from datetime import date

from django.test import Client

from accounts.models import Role, User
from benchmarks.row import Row
from benchmarks.timing import timed
from records import actions
from records.models import Record
from tests.documents import a_project

RUNS = 60
AGAINST = "the row alone updated and committed"


def run() -> list[Row]:
    """Each save changes the title; the browser's part is what it posts, the page it is led to is not counted."""
    author = focal_point()
    record = actions.create(
        database="projects", by=author, owner_kind="government", country="KE", document=document(0)
    )
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(author)
    numbers = iter(range(1, 10_000))
    saved = timed(lambda: save(client, record.uid, next(numbers)), RUNS)
    plain = timed(lambda: Record.objects.filter(pk=record.pk).update(document=document(next(numbers))), RUNS)
    opened = timed(lambda: client.get(f"/en/desk/records/{record.uid}/edit/"), RUNS)
    return [
        Row("form saved, median", saved.median * 1000, "ms", saved.median / plain.median, AGAINST),
        Row("form opened, median", opened.median * 1000, "ms", opened.median / plain.median, AGAINST),
    ]


def focal_point() -> User:
    user = User.objects.create_user("focal@example.org", "never used here", name="Faith Focal")
    Role.objects.create(user=user, kind=Role.Kind.MEMBER, starts_on=date(2026, 1, 1))
    Role.objects.create(user=user, kind=Role.Kind.FOCAL_POINT, country="KE", starts_on=date(2026, 1, 1))
    return user


def document(number: int) -> dict:
    """A complete project with thirty activities: a long form."""
    titles = dict.fromkeys(("en", "fr"), f"Detecting living modified maize, {number}")
    rows = ((f"activi{row:02}", {"en": f"Training of laboratory staff, part {row}"}) for row in range(30))
    return a_project(title=titles, activities=[{"id": one, "description": text} for one, text in rows])


def save(client: Client, uid: str, number: int) -> None:
    answer = client.post(f"/en/desk/records/{uid}/edit/", {**flat(document(number)), "save": ""})
    if answer.status_code != 302:
        raise RuntimeError(f"the form was not saved: {answer.status_code}")


def flat(value, path: str = "") -> dict[str, str | list[str]]:
    """A document as the controls of its form: each named by its path, and rows by their ids."""
    if isinstance(value, dict):
        named = ((name, one) for name, one in value.items() if name not in ("id", "format"))
        return {key: text for name, one in named for key, text in flat(one, f"{path}.{name}".strip(".")).items()}
    if isinstance(value, list) and value and isinstance(value[0], dict):
        controls = {key: text for row in value for key, text in flat(row, f"{path}.{row['id']}").items()}
        return {path: [row["id"] for row in value], **controls}
    return {path: value}
