"""Role x owner x state, for every address of a record. The table is written from the design, not from the rules."""

import json
import logging
from contextlib import contextmanager

import pytest
from django.db import transaction
from django.test import Client

from accounts.models import Organization
from records import workflow
from records.models import Record
from tests.people import PEOPLE, person
from tests.records.making import in_state

STATES = [
    ("never", "draft"),
    ("never", "submitted"),
    ("never", "returned"),
    ("published", "clean"),
    ("published", "draft"),
    ("published", "submitted"),
    ("withdrawn", "clean"),
]
EVERYBODY = ["anonymous", *PEOPLE]
# Kenya has a focal point; the organization's author writes for "Institute".
WRITERS = {"KE": {"author", "focal_point"}, "Institute": {"organization_author"}, "": {"secretariat"}}
MODERATORS = {"KE": {"focal_point"}, "Institute": {"secretariat"}, "": {"secretariat"}}
NATIONAL = "KE"


def opens(owner, public, work):
    shown = public != "never" or work in ("submitted", "returned")
    return WRITERS[owner] | ({"secretariat"} if shown else set())


def reads(owner, public, work):
    return WRITERS[owner] | ({"secretariat"} if work in ("submitted", "returned") else set())


def edits(owner, public, work):
    return MODERATORS[owner] if work == "submitted" else WRITERS[owner]


def may(step, owner, work):
    """Who may ask for a step at all; whether the state allows it is another question."""
    own_draft = WRITERS[owner] if work != "submitted" else set()
    withdraws = MODERATORS[owner] | (WRITERS[owner] if owner != NATIONAL else set())
    return {
        "submit": own_draft - {"focal_point"},
        "take_back": WRITERS[owner] - {"focal_point"},
        "return": MODERATORS[owner],
        "endorse": MODERATORS[owner] if owner == NATIONAL else set(),
        "endorse_by_letter": set(),
        "publish": {"secretariat"} if owner != NATIONAL else set(),
        "confirm": WRITERS[owner],
        "discard": own_draft,
        "abandon": own_draft,
        "ask_for_withdrawal": {"secretariat"} if owner == NATIONAL else set(),
        "withdraw": withdraws,
        "restore": withdraws,
        "merge": {"secretariat"} if owner != NATIONAL else set(),
        "expire": set(),
    }[step]


@contextmanager
def undone():
    """What is done inside leaves no trace."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def _quiet():
    """Thousands of refusals are expected here; writing each down would take longer than making it."""
    logging.disable()
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def world(db, settings, _quiet):
    """A browser for everybody, signed in once, and one record of each owner in each state."""
    settings.DEMONSTRATION = True
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
    people = {who: PEOPLE[who]() for who in PEOPLE}
    institute = Organization.objects.get(name="Institute")
    records = {}
    for state in STATES:
        records["KE", *state] = in_state(*state, country="KE", author=people["author"], decider=people["focal_point"])
        records["Institute", *state] = in_state(
            *state,
            organization=institute.uid,
            author=people["organization_author"],
            decider=people["secretariat"],
        )
        records["", *state] = in_state(*state, author=people["secretariat"], decider=people["secretariat"])
    return {who: browser(people.get(who)) for who in EVERYBODY}, records


def browser(user):
    client = Client()
    if user:
        client.force_login(user)
    return client


def expected(who, allowed, opened, *, api=False):
    """404 to those who may not know of it, 403 to those who may not do it, and something else to the others."""
    if who == "anonymous":
        return {401, 403} if api else {302}
    return {404} if who not in opened else {403} if who not in allowed else {200, 302, 400, 409}


def ask(client, method, address, **body):
    with undone():
        return getattr(client, method)(address, **body).status_code


def as_json(body):
    return {"data": json.dumps(body), "content_type": "application/json"}


@pytest.mark.slow
def test_pages_and_working_copies_open_to_those_who_may(world):
    browsers, records = world
    wrong = []
    for (owner, *state), record in records.items():
        opened, read = opens(owner, *state), reads(owner, *state)
        page, api = f"/en/desk/records/{record.uid}/", f"/api/v1/drafts/{record.uid}/"
        for who, client in browsers.items():
            for address, answers in [
                (page, expected(who, opened, opened)),
                (f"{page}edit/", expected(who, edits(owner, *state), opened)),
                (api, expected(who, read, read, api=True)),
            ]:
                status = ask(client, "get", address)
                if status not in answers:
                    wrong.append((who, owner, *state, address, status, answers))

    assert wrong == []


@pytest.mark.slow
@pytest.mark.parametrize("owner", WRITERS)
def test_steps_are_refused_to_those_who_may_not_make_them(world, owner):
    browsers, records = world
    wrong = []
    for (whose, *state), record in records.items():
        for step in workflow.BY_NAME if whose == owner else ():
            allowed, opened = may(step, owner, state[1]), opens(owner, *state)
            for who, client in browsers.items():
                page = ask(client, "post", f"/en/desk/records/{record.uid}/{step}/")
                api = ask(client, "post", f"/api/v1/drafts/{record.uid}/steps/", **as_json({"name": step}))
                if page not in expected(who, allowed, opened) or api not in expected(who, allowed, opened, api=True):
                    wrong.append((who, owner, *state, step, page, api))

    assert wrong == []


@pytest.mark.slow
def test_nobody_saves_what_they_may_not_edit(world):
    browsers, records = world
    changed = {"title": {"en": "Changed"}}
    wrong = []
    for (owner, *state), record in records.items():
        opened, editors, read = opens(owner, *state), edits(owner, *state), reads(owner, *state)
        for who, client in browsers.items():
            form = ask(client, "post", f"/en/desk/records/{record.uid}/edit/", data={"title.en": "Changed"})
            api = ask(client, "put", f"/api/v1/drafts/{record.uid}/", **as_json({"document": changed}))
            if form not in expected(who, editors, opened) or api not in expected(who, editors, read, api=True):
                wrong.append((who, owner, *state, form, api))

    assert wrong == []
    assert not Record.objects.filter(title="Changed").exists()


def test_a_country_without_a_focal_point_is_spoken_for_by_the_secretariat(client, db, settings):
    settings.DEMONSTRATION = True
    record = in_state("never", "submitted", country="UG", author=person(contributor="UG"))
    client.force_login(person(secretariat=True))

    page = client.get(f"/en/desk/records/{record.uid}/").content.decode()

    assert "endorse_by_letter" in page
    assert f"/{record.uid}/publish/" not in page
