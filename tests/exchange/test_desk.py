"""The pages about sources: the Secretariat's alone; what is wrong is said at the field, and what was typed is kept."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from exchange import tasks
from exchange.harvesting import lease as leases
from exchange.importing import run as importing
from exchange.models import Harvest, ImportRun, Source, Statement
from tests.exchange.harvesting.making import a_sheet_of, a_source
from tests.exchange.harvesting.site import a_site
from tests.people import PEOPLE

pytestmark = pytest.mark.django_db

GIVEN = {
    "key": "my-source",
    "name": "My source",
    "about": "Projects",
    "home": "https://www.example.org/",
    "licence": "CC BY 4.0",
    "protocol": "document",
    "address": "https://data.example.org/sheet.csv",
    "reader": "gef-portal",
    "mapping": "",
    "oai_set": "",
    "oai_prefix": "",
    "every": "24",
    "most_per_minute": "600",
}


@pytest.fixture(autouse=True)
def _data_of_its_own(settings, tmp_path):
    settings.PORTAL_DATA = tmp_path / "data"
    settings.HARVEST_PRIVATE_ADDRESSES = True
    settings.DEMONSTRATION = True  # no second factor


@pytest.fixture
def site():
    with a_site() as site:
        site.files["/sheet.csv"] = a_sheet_of(1, 2, "no number")
        yield site


@pytest.fixture
def desk(client, secretariat):
    client.force_login(secretariat)
    return client


def saved(desk, **given):
    return desk.post("/en/desk/sources/new/", GIVEN | given)


def stepped(desk, step, key="gef"):
    answer = desk.post(f"/en/desk/sources/{key}/steps/", {"step": step}, follow=True)
    assert answer.status_code == 200
    return " ".join(str(message) for message in answer.context["messages"])


def tried(harvest):
    """A trial that was asked for, as the worker makes it."""
    tasks.try_source(pk=ImportRun.objects.get(source=harvest.source, state="running").pk)


def pages(run):
    key = run.source_id
    return [
        *(reverse("sources:sources"), reverse("sources:new")),
        *(reverse(f"sources:{name}", args=[key]) for name in ("source", "edit", "step")),
        *(reverse(f"sources:{name}", args=[key, run.pk]) for name in ("run", "report")),
    ]


# Who -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", [who for who in PEOPLE if who != "secretariat"])
def test_nobody_but_the_secretariat_sees_or_does_anything(client, who):
    harvest = a_source()
    run = importing.start(harvest.source, ["sheet.csv"])
    client.force_login(PEOPLE[who]())

    for path in pages(run):
        assert client.get(path).status_code in (403, 405), path
        assert client.post(path, GIVEN | {"step": "resume"}).status_code in (403, 405), path

    assert "/desk/sources/" not in client.get("/en/desk/").content.decode()
    assert Source.objects.count() == 1


def test_who_is_not_signed_in_is_led_to_the_door(client):
    run = importing.start(a_source().source, ["sheet.csv"])

    for path in pages(run):
        assert client.get(path)["Location"].startswith("/en/account/login/"), path


def test_no_step_is_taken_by_following_a_link_or_without_the_token(desk, secretariat):
    a_source(paused=False)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(secretariat)

    assert desk.get("/en/desk/sources/gef/steps/?step=pause").status_code == 405
    assert strict.post("/en/desk/sources/gef/steps/", {"step": "pause"}).status_code == 403
    assert not Harvest.objects.get().is_paused


# Saving ----------------------------------------------------------------------------------------------


def test_a_new_source_is_paused_until_it_was_tried(desk):
    answer = saved(desk)

    assert answer["Location"] == "/en/desk/sources/my-source/"
    harvest = Harvest.objects.get()
    assert (harvest.is_paused, harvest.address, harvest.every) == (True, GIVEN["address"], 24)
    page = desk.get(answer["Location"]).content.decode()
    assert "Try it first" in page
    assert 'value="resume"' not in page


def test_a_source_that_is_read_by_hand_has_no_harvest(desk):
    assert saved(desk, protocol="by-hand", address="", every="", most_per_minute="").status_code == 302

    assert not Harvest.objects.exists()
    assert desk.get("/en/desk/sources/my-source/").status_code == 200
    assert "Read by hand" in desk.get("/en/desk/sources/").content.decode()


def test_the_list_says_which_source_has_no_licence_and_whose_import_was_stopped(desk):
    saved(desk, protocol="by-hand", address="")
    assert "No licence" not in desk.get("/en/desk/sources/").content.decode()

    Source.objects.update(licence="")
    importing.start(Source.objects.get(), ["sheet.csv"])
    importing.end_killed(ImportRun.objects.all())
    page = desk.get("/en/desk/sources/").content.decode()

    assert "No licence" in page
    assert "Stopped before its end" in page


@pytest.mark.parametrize(
    ("wrong", "field", "reason"),
    [
        ({"key": "My Source"}, "key", "Small letters"),
        ({"key": "new"}, "key", "already"),
        ({"name": ""}, "name", "required"),
        ({"home": "javascript:alert(1)"}, "home", "valid URL"),
        ({"address": ""}, "address", "required"),
        ({"address": "ftp://example.org/a"}, "address", "Only addresses that begin with"),
        ({"address": "http://10.0.0.1/a"}, "address", "public network"),
        ({"address": "http://169.254.169.254/latest/"}, "address", "public network"),
        ({"address": "https://name:word@example.org/"}, "address", "name and password"),
        ({"address": "http://0x7f000001/"}, "address", "not the name of a host"),
        ({"protocol": "gopher"}, "protocol", "Select a valid choice"),
        ({"reader": "nothing"}, "reader", "Select a valid choice"),
        ({"protocol": "oai-pmh"}, "reader", "does not answer in this format"),
        ({"every": "0"}, "every", "greater than or equal to 1"),
        ({"every": ""}, "every", "required"),
        ({"most_per_minute": "a lot"}, "most_per_minute", "whole number"),
        ({"reader": "mapped"}, "mapping", "Write the mapping"),
        ({"reader": "mapped", "mapping": "database = projects"}, "mapping", "This is not a mapping"),
        ({"name": "a\x00b"}, "name", "Null characters"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_what_was_typed_is_kept(desk, wrong, field, reason):
    answer = saved(desk, about="typed <before>", **wrong)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert not Source.objects.exists()
    told = re.search(rf'<a href="#id_{field}">([^<]*)</a>', page)
    assert told, "the summary leads to the field"
    assert reason in told[1]
    assert f'id="id_{field}"' in page
    assert 'aria-invalid="true"' in page
    assert "typed &lt;before&gt;" in page


@pytest.mark.parametrize(
    "text",
    [
        "", "=", "[", "a = 1", "columns = 5", "columns = [1]", "columns = []\nsubject = 3", "\x1b", "[[columns]]\n",
        "[[columns]]\nkind = 5", "[[columns]]\nkind = 'text'\ncolumn = 1", "database = 'nothing'\ncolumns = []",
    ],
)  # fmt: skip
def test_no_mapping_however_wrong_breaks_the_page(desk, text):
    answer = saved(desk, reader="mapped", mapping=text)

    assert answer.status_code == 200
    assert not Source.objects.exists()


def test_a_key_is_taken_once_and_never_changed(desk):
    saved(desk)

    assert "already" in saved(desk).content.decode()
    assert 'name="key"' not in desk.get("/en/desk/sources/my-source/edit/").content.decode()


def test_options_of_oai_pmh_are_kept_for_it_alone(desk):
    saved(desk, oai_set="biosafety", oai_prefix="oai_dc")
    assert Harvest.objects.get().options == {}

    saved(desk, key="other", protocol="oai-pmh", reader="oai-dc", oai_set="biosafety")

    assert Harvest.objects.get(source__key="other").options == {"set": "biosafety"}


def test_options_that_the_form_does_not_know_are_kept(desk):
    saved(desk, protocol="oai-pmh", reader="oai-dc", oai_set="biosafety")
    Harvest.objects.update(options={"set": "biosafety", "from": "2020-01-01"})
    edit = {name: value for name, value in GIVEN.items() if name != "key"}

    desk.post("/en/desk/sources/my-source/edit/", edit | {"protocol": "oai-pmh", "reader": "oai-dc"})

    assert Harvest.objects.get().options == {"from": "2020-01-01"}


def test_other_settings_pause_a_source_until_they_were_tried_and_take_it_from_the_worker(desk, site):
    harvest = a_source(site.at("/sheet.csv"), paused=True)
    stepped(desk, "try")
    tried(harvest)
    stepped(desk, "resume")
    lease = leases.take(harvest.pk)
    edit = {name: value for name, value in GIVEN.items() if name != "key"} | {"name": "GEF of the tests"}

    desk.post("/en/desk/sources/gef/edit/", edit | {"address": site.at("/sheet.csv"), "every": "2"})
    harvest.refresh_from_db()
    assert (harvest.is_paused, harvest.every, harvest.lease) == (False, 2, lease.token)

    desk.post("/en/desk/sources/gef/edit/", edit | {"address": site.at("/other.csv")})
    harvest.refresh_from_db()
    assert (harvest.is_paused, harvest.lease) == (True, None)
    with pytest.raises(leases.LeaseLost):
        lease.renew()


def test_another_name_or_licence_is_told_beside_every_record(desk, site):
    harvest = a_source(site.at("/sheet.csv"), licence="")
    tasks.harvest(pk=harvest.pk)
    edit = {name: value for name, value in GIVEN.items() if name != "key"} | {"address": site.at("/sheet.csv")}

    desk.post("/en/desk/sources/gef/edit/", edit | {"name": "Another name"})

    assert Statement.objects.filter(waits=True).count() == 2
    tasks.take_up_waiting()
    assert not Statement.objects.filter(waits=True).exists()
    assert {one.provenance["source"] for one in Statement.objects.select_related("source")} == {"Another name"}


# Steps -----------------------------------------------------------------------------------------------


def test_a_source_goes_from_a_trial_to_a_harvest(desk, site):
    harvest = a_source(site.at("/sheet.csv"), paused=True)

    assert "Try it first" in stepped(desk, "resume")
    assert "begins in a moment" in stepped(desk, "try")
    run = ImportRun.objects.get()
    waiting = desk.get(f"/en/desk/sources/gef/runs/{run.pk}/").content.decode()
    assert "Look again" in waiting
    tried(harvest)
    found = desk.get(f"/en/desk/sources/gef/runs/{run.pk}/").content.decode()
    assert "Project 2" in found
    assert "The row is refused" in found
    assert 'value="resume"' in found

    assert "Resumed" in stepped(desk, "resume")
    harvest.refresh_from_db()
    assert not harvest.is_paused
    tasks.harvest(pk=harvest.pk)
    assert Statement.objects.count() == 2
    assert "In order" in desk.get("/en/desk/sources/").content.decode()


def test_a_trial_that_could_read_no_row_resumes_nothing(desk, site):
    harvest = a_source(site.at("/nothing.csv"), paused=True)
    stepped(desk, "try")
    tried(harvest)

    assert "Try it first" in stepped(desk, "resume")
    harvest.refresh_from_db()
    assert harvest.is_paused
    assert "404" in desk.get("/en/desk/sources/gef/").content.decode()


def test_one_trial_at_a_time(desk):
    a_source(paused=True)
    stepped(desk, "try")

    assert "under way already" in stepped(desk, "try")
    assert ImportRun.objects.count() == 1


def test_pausing_hastening_and_a_step_there_is_not(desk):
    harvest = a_source(next_at=timezone.now() + timedelta(hours=5))

    assert "within a minute" in stepped(desk, "now")
    harvest.refresh_from_db()
    assert harvest.next_at <= timezone.now()
    assert "Paused" in stepped(desk, "pause")
    assert "resume it" in stepped(desk, "now")
    harvest.refresh_from_db()
    assert harvest.is_paused
    assert desk.post("/en/desk/sources/gef/steps/", {"step": "explode"}).status_code == 404


def test_resuming_forgets_the_failures(desk, site):
    harvest = a_source(site.at("/sheet.csv"), paused=True, failures=10)
    assert "Paused, failing" in desk.get("/en/desk/sources/").content.decode()
    stepped(desk, "try")
    tried(harvest)

    stepped(desk, "resume")

    harvest.refresh_from_db()
    assert (harvest.failures, harvest.is_paused) == (0, False)


# Runs ------------------------------------------------------------------------------------------------


def test_what_was_refused_can_be_taken_home(desk, site):
    harvest = a_source(site.at("/sheet.csv"))
    tasks.harvest(pk=harvest.pk)
    run = ImportRun.objects.get()

    page = desk.get(f"/en/desk/sources/gef/runs/{run.pk}/").content.decode()
    answer = desk.get(f"/en/desk/sources/gef/runs/{run.pk}/report/")

    assert f"/en/desk/sources/gef/runs/{run.pk}/report/" in page
    assert answer["Content-Disposition"] == f'attachment; filename="gef-{run.pk}.refused.csv"'
    assert b"no number" in b"".join(answer.streaming_content)
    assert f"import_records gef gef-{run.pk}.refused.csv" in page


@pytest.mark.parametrize(
    "path", ["", "/etc/passwd", "{data}/secret_key", "{data}/imports/../secret_key", "{data}/imports"]
)
def test_no_other_file_is_given_whatever_the_run_says(desk, settings, path):
    (settings.PORTAL_DATA / "imports").mkdir(parents=True)
    (settings.PORTAL_DATA / "secret_key").write_text("secret")
    run = importing.start(a_source().source, ["sheet.csv"])
    ImportRun.objects.update(report=path.format(data=settings.PORTAL_DATA))

    assert desk.get(f"/en/desk/sources/gef/runs/{run.pk}/report/").status_code == 404


def test_a_run_is_found_under_its_own_source_only(desk):
    run = importing.start(a_source(key="one").source, ["sheet.csv"])
    a_source(key="two")

    assert desk.get(f"/en/desk/sources/two/runs/{run.pk}/").status_code == 404


def test_what_a_source_says_is_shown_as_text(desk, site):
    site.files["/sheet.csv"] = a_sheet_of(1, "<script>alert(1)</script>", Title="<b>bold</b>")
    harvest = a_source(site.at("/sheet.csv"), paused=True)
    stepped(desk, "try")
    tried(harvest)

    page = desk.get(f"/en/desk/sources/gef/runs/{ImportRun.objects.get().pk}/").content.decode()

    assert "<script>alert" not in page
    assert "<b>bold" not in page
    assert "&lt;b&gt;bold" in page


@pytest.mark.parametrize("language", ["ar", "zh"])
def test_the_pages_answer_in_every_language(desk, site, language):
    harvest = a_source(site.at("/sheet.csv"))
    tasks.harvest(pk=harvest.pk)
    run = ImportRun.objects.get().pk
    paths = ["", "new/", "gef/", "gef/edit/", f"gef/runs/{run}/"]

    for path in paths:
        answer = desk.get(f"/{language}/desk/sources/{path}", follow=True)
        assert answer.status_code == 200, path
