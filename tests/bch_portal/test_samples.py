"""The sample site: sound as it is written, published the way people publish, gone with one command."""

import datetime
import json
import re
from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from accounts.demonstration import PEOPLE
from accounts.models import User
from bch_portal.samples import loading, removing
from bch_portal.samples.entries import DATABASES, FOLDER, changed, references, resolved, samples
from delivery.models import Message
from formats import registry
from publishing.models import Publication, Version
from records.models import Event, Record
from reference.countries import groups
from reference.languages import UN_LANGUAGES
from tests.records.making import in_state

# All samples are written and published.
pytestmark = pytest.mark.slow

ENTRIES = {entry.key: entry for entry in samples()}
PUBLISHED = [entry for entry in ENTRIES.values() if entry.state == "published"]
DAYS = [datetime.date(2026, 1, 31), datetime.date(2027, 12, 31), datetime.date(2028, 2, 29)]


@pytest.fixture(scope="module")
def sample_site(django_db_setup, django_db_blocker):
    """The whole site, loaded once; each test with `db` works in a transaction inside this one."""
    with django_db_blocker.unblock():
        around = transaction.atomic()
        around.__enter__()
        loading.load()
    yield
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        around.__exit__(None, None, None)


def as_pointed(key):
    """What stands in place of a reference where no record has been made."""
    code = registry.by_slug(ENTRIES[key].database).code
    return {"uid": f"CMB-{code}-SCBD-1", "name": key}


def written_on(entry, day):
    """The document of an entry as it is loaded on a day, and as its later versions change it."""
    document = {"format": registry.by_slug(entry.database).tag, **resolved(entry.document, as_pointed, day)}
    yield document
    for changes in (entry.later, entry.waiting.get("changes", {})):
        document = changed(document, resolved(changes, as_pointed, day))
        yield document


def offers(day, *, opens, closes):
    """The published opportunities whose dates answer the two questions."""
    found = [resolved(entry.document, as_pointed, day) for entry in PUBLISHED if entry.database == "opportunities"]
    return [one for one in found if opens(one.get("opens_on", "")) and closes(one.get("deadline", "9999")[:10])]


@pytest.mark.parametrize("entry", PUBLISHED, ids=lambda entry: entry.key)
def test_every_published_sample_reads_without_errors_on_any_day(entry):
    documents = [document for day in DAYS for document in written_on(entry, day)]

    found = [registry.by_slug(entry.database).read(document).errors for document in documents]

    assert found == [[]] * len(documents)


@pytest.mark.parametrize("entry", PUBLISHED, ids=lambda entry: entry.key)
def test_every_sample_is_written_in_all_the_languages_it_names(entry):
    reading = registry.by_slug(entry.database).read(next(written_on(entry, DAYS[0])))

    missing = [problem.path for problem in reading.warnings if problem.code == "translation"]

    assert [path for path in missing if re.match(r"/(title|description|abstract|summary|profile)/", path)] == []


def test_there_are_about_sixty_over_all_databases_languages_and_continents():
    named = {code for entry in PUBLISHED for code in entry.document.get("countries", [])}
    continents = [groups()[slug].members for slug in ("africa", "americas", "asia", "oceania", "europe")]
    used = {code for entry in PUBLISHED for code in named_countries(entry)}

    assert 55 <= len(ENTRIES) <= 80
    assert {entry.database for entry in PUBLISHED} == set(DATABASES)
    assert {tag for entry in PUBLISHED for tag in entry.document["languages"]} == set(UN_LANGUAGES)
    assert len(named) >= 15
    assert all(members & used for members in continents)


def named_countries(entry):
    return [*entry.document.get("countries", []), *filter(None, [entry.document.get("country")])]


def test_each_language_has_a_sample_of_its_own_and_some_samples_have_several():
    languages = Counter(tuple(entry.document["languages"]) for entry in PUBLISHED)

    assert {one[0] for one in languages if len(one) == 1} == set(UN_LANGUAGES)
    assert sum(count for one, count in languages.items() if len(one) > 1) >= 20


def test_every_country_with_needs_lists_four_to_eight():
    lists = [entry.document["needs"] for entry in PUBLISHED if entry.database == "needs"]

    assert len(lists) >= 8
    assert all(4 <= len(rows) <= 8 for rows in lists)


def test_references_lead_to_samples_that_are_published():
    pointed = {key for entry in PUBLISHED for part in (entry.document, entry.later) for key in references(part)}

    assert pointed <= {entry.key for entry in PUBLISHED}
    assert len(pointed) >= 25


def test_addresses_and_links_lead_nowhere_but_to_the_example_site():
    text = "\n".join((FOLDER / f"{database}.json").read_text("utf-8") for database in DATABASES)

    assert set(re.findall(r"https?://([^/\"]+)", text)) == {"example.org"}
    assert set(re.findall(r"@([\w.-]+)", text)) == {"example.org"}


def test_offers_are_announced_open_and_closed_on_whatever_day_they_are_loaded():
    day = DAYS[1]
    today = day.isoformat()

    announced = offers(day, opens=lambda opens: opens > today, closes=lambda closes: closes > today)
    stand_open = offers(day, opens=lambda opens: opens <= today, closes=lambda closes: closes > today)
    over = offers(day, opens=lambda opens: True, closes=lambda closes: closes < today)

    assert len(announced) >= 2
    assert len(stand_open) >= 6
    assert len(over) >= 3
    assert any(one.get("open_until_withdrawn") for one in stand_open)


def test_loading_publishes_every_sample_as_a_sample(sample_site, db):
    shown = Publication.objects.filter(document__isnull=False)

    assert shown.count() == len(PUBLISHED)
    assert all(publication.envelope["sample"] is True for publication in shown)
    assert all(publication.envelope["contacts"] for publication in shown)


def test_what_was_published_carries_the_history_of_people(sample_site, db):
    kenya = loading.loaded()["needs-ke"]
    steps = list(kenya.events.order_by("pk").values_list("name", "by__email"))

    assert steps[:3] == [
        ("created", "contributor.ke@example.org"),
        ("submit", "contributor.ke@example.org"),
        ("endorse", "focal.ke@example.org"),
    ]
    assert Version.objects.filter(uid=kenya.uid).count() == 2
    assert not Event.objects.filter(by=None).exists()


def test_working_copies_wait_for_those_who_decide(sample_site, db):
    focal_point = User.objects.get(email="focal.ke@example.org")
    secretariat = User.objects.get(email="secretariat@example.org")

    of_kenya = [loading.key_of(record.document) for record in Record.objects.awaiting(focal_point)]
    of_all = {loading.key_of(record.document) for record in Record.objects.awaiting(secretariat)}
    returned = Record.objects.get(work="returned")

    assert of_kenya == ["needs-ke"]
    assert of_all == {"open-textbook", "decree-guide"}
    assert returned.events.get(name="return").note


def test_only_mails_about_waiting_records_are_left_for_the_demonstration(sample_site, db):
    steps = Message.objects.filter(key__startswith="event-")
    recipients = set(Message.objects.values_list("to", flat=True))

    assert 1 <= steps.count() <= 6
    assert recipients <= {email for email, _name, _role in PEOPLE}


def test_a_second_loading_changes_nothing(sample_site, db):
    before = state_of_the_site()

    written = loading.load()

    assert not written
    assert state_of_the_site() == before


def state_of_the_site():
    positions = list(Publication.objects.order_by("uid").values_list("uid", "position", "version"))
    works = list(Record.objects.order_by("uid").values_list("uid", "work", "saved_at"))
    return positions, works, Event.objects.count(), User.objects.count(), Message.objects.count()


@pytest.mark.slow
def test_a_loading_that_broke_off_is_completed_by_the_next(sample_site, db):
    removing.remove()
    broken_off = loading.Loading(samples())
    for entry in list(ENTRIES.values())[:30]:
        broken_off.bring_in(entry)

    loading.load()

    assert Publication.objects.filter(document__isnull=False).count() == len(PUBLISHED)
    assert Record.objects.get(slot="NED:KE").work == "submitted"
    assert Record.objects.get(slot="NED:KE").version == 2


def test_removal_leaves_tombstones_and_nothing_of_what_was_written(sample_site, db):
    erased, closed = removing.remove()

    records = Record.objects.all()
    assert erased == len(ENTRIES)
    assert closed == User.objects.count()
    assert not Publication.objects.filter(document__isnull=False).exists()
    assert set(Publication.objects.values_list("action", flat=True)) == {"erased"}
    assert not Version.objects.exists()
    assert {(one.public, one.work, one.title, json.dumps(one.document)) for one in records} == {
        ("erased", "clean", "", "{}")
    }


def test_a_second_removal_finds_nothing_to_do(sample_site, db):
    removing.remove()
    before = state_of_the_site()

    removing.remove()

    assert state_of_the_site() == before


@pytest.mark.slow
def test_the_sample_site_can_be_loaded_again_after_its_removal(sample_site, db):
    removing.remove()

    loading.load()

    assert Publication.objects.filter(document__isnull=False).count() == len(PUBLISHED)
    assert User.objects.filter(is_active=True).count() == User.objects.count()


def test_removal_leaves_the_records_of_others_alone(sample_site, db):
    record = in_state("published", "clean")

    removing.remove()

    assert Publication.objects.get(uid=record.uid).document


def test_samples_are_refused_where_nobody_asked_for_a_demonstration(db, monkeypatch):
    monkeypatch.delenv("SAMPLES", raising=False)
    before = state_of_the_site()

    with pytest.raises(CommandError, match="SAMPLES=yes"):
        call_command("load_samples")

    assert state_of_the_site() == before


def test_the_commands_tell_who_can_sign_in_and_what_was_done(sample_site, db, settings, tmp_path, capsys, monkeypatch):
    settings.PORTAL_DATA = tmp_path
    monkeypatch.setenv("SAMPLES", "yes")

    call_command("load_samples")
    told = (tmp_path / "accounts.txt").read_text()
    call_command("remove_samples")

    printed = capsys.readouterr().out
    assert "secretariat@example.org" in told
    assert f"erased: {len(ENTRIES)}" in printed
    assert not (tmp_path / "accounts.txt").exists()
