"""Broken and hostile input of writers, by form and by API: a plain refusal or a draft that still opens."""

import json

import pytest
from django.http import QueryDict

from formats import choosing, registry
from records import actions, storable
from records.forms import parsing, rows
from records.forms.controls import Drawing
from records.models import Record
from tests.people import person
from tests.records.making import a_draft, in_state

# Hundreds of invented documents.
pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    """The Secretariat's second factor is not asked for in a demonstration."""
    settings.DEMONSTRATION = True


@pytest.fixture
def draft(client, author):
    """A draft of the person who is signed in."""
    client.force_login(author)
    return a_draft(by=author, country="KE")


def put(client, record, body: str):
    return client.put(f"/api/v1/drafts/{record.uid}/", body, content_type="application/json")


def addresses(record):
    desk = f"/en/desk/records/{record.uid}/"
    return ["/en/desk/", desk, f"{desk}edit/", f"/api/v1/drafts/{record.uid}/"]


def opened(client, record):
    return {client.get(address).status_code for address in addresses(record)}


@pytest.mark.parametrize(
    "text",
    [
        '"a\\u0000b"',
        '{"a\\u0000": 1}',
        '"\\ud800"',
        '{"\\udfff": 1}',
        "9" * 30,
        "1e999",
        "-1e300",
        "[" * 60 + "]" * 60,
        '{"a":' * 300 + "1" + "}" * 300,
        "[" * 900 + "]" * 900,
        "[" * 50_000 + "]" * 50_000,
        "[" + "{}," * 3_000 + "{}]",
        "NaN",
    ],
    ids=lambda text: text[:20],
)
def test_what_cannot_be_kept_is_refused_and_the_draft_stays_as_it_was(client, draft, text):
    answer = put(client, draft, f'{{"document": {{"acronym": {text}}}}}')

    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert Record.objects.get(pk=draft.pk).digest == draft.digest
    assert opened(client, draft) == {200}


@pytest.mark.parametrize(
    "value",
    [
        5,
        "x",
        True,
        ["x"],
        [[]],
        {"a": 1},
        {"en": "x", "fr": 5},
        [{"id": 5}],
        [{"id": ["x"]}],
        "PRJ/x",
        "PRJ/²",
        "PRJ/99",
    ],
)
def test_a_draft_of_the_wrong_shape_is_kept_and_opens(client, draft, value):
    document = dict.fromkeys(["format", *registry.by_slug("projects").fields], value)

    answer = put(client, draft, json.dumps({"document": document}))

    assert answer.status_code == 200
    assert opened(client, draft) == {200}


def test_a_draft_never_shows_a_link_that_runs_a_script(client, draft):
    links = [{"id": "link1", "url": "javascript:alert(1)"}, {"id": "link2", "url": "https://example.org/"}]

    put(client, draft, json.dumps({"document": draft.document | {"links": links}}))

    page = client.get(f"/en/desk/records/{draft.uid}/").content.decode()
    assert 'href="https://example.org/"' in page
    assert 'href="javascript:' not in page


def test_a_new_draft_that_is_refused_leaves_nothing_behind(client, author):
    client.force_login(author)
    body = {
        "database": "projects",
        "owner": {"kind": "government", "country": "KE"},
        "document": {"notes": "x" * 10**6},
    }

    answer = client.post("/api/v1/drafts/", json.dumps(body), content_type="application/json")

    assert answer.status_code == 409
    assert not Record.objects.exists()


def test_the_form_says_what_cannot_be_kept_and_shows_what_was_typed(client, draft):
    posted = {"languages": "en", "title.en": "Ma\x00ize", "acronym": "STILL HERE", "save": "yes"}

    answer = client.post(f"/en/desk/records/{draft.uid}/edit/", posted)

    assert answer.status_code == 409
    assert "STILL HERE" in answer.content.decode()
    assert Record.objects.get(pk=draft.pk).digest == draft.digest


FORGED = [
    "format", "title", "title.en", "languages.en", "countries.KE", "funding", "funding.zzzz", "funding.zzzz.amount",
    "contacts", ".", "..", " ", "x.y.z", "id", "__class__", "funding\x00", "x.funding",
]  # fmt: skip


@pytest.mark.parametrize("button", ["add", "remove", "up", "choose"])
def test_a_forged_button_changes_nothing_but_rows(client, draft, button):
    typed = {"languages": "en", "title.en": "Maize", "countries": "KE"}

    answers = {
        client.post(f"/en/desk/records/{draft.uid}/edit/", typed | {button: path}).status_code for path in FORGED
    }

    document = Record.objects.get(pk=draft.pk).document
    assert answers <= {302, 403}
    assert (document["format"], document["title"], document["countries"]) == ("PRJ/1", {"en": "Maize"}, ["KE"])
    assert opened(client, draft) == {200}


def test_a_form_with_more_rows_than_a_record_may_have_is_refused_before_it_is_drawn(client, draft):
    posted = {"languages": "en", "funding": [f"r{number:07d}" for number in range(2_001)]}

    answer = client.post(f"/en/desk/records/{draft.uid}/edit/", posted)

    assert answer.status_code == 413
    assert len(answer.content) < 20_000


def test_a_step_with_characters_that_no_text_can_hold_is_made_without_them(client, draft):
    answer = client.post(f"/en/desk/records/{draft.uid}/abandon/", {"note": "\x00no", "reasons": "\x00"})

    assert answer.status_code == 302
    assert draft.events.get(name="abandon").note == "no"


@pytest.mark.parametrize(
    ("path", "is_rows"),
    [("funding", True), ("links", True), ("part_of", False), ("title", False), ("funding.zzzz", False), ("", False)],
)
def test_rows_are_added_only_where_the_format_has_rows(path, is_rows):
    assert rows.is_repeatable(registry.by_slug("projects"), path) == is_rows


def test_a_ticket_fills_the_form_it_was_made_for_and_no_other(client, draft, secretariat):
    target = in_state("published", "clean", author=secretariat)
    other = a_draft(by=draft.created_by, country="KE")
    here, elsewhere = (f"/en/desk/records/{record.uid}/edit/" for record in (draft, other))
    query = {"ticket": choosing.ticket(elsewhere, "part_of"), "chosen": target.uid}

    assert f'value="{target.uid}"' in client.get(elsewhere, query).content.decode()
    assert f'value="{target.uid}"' not in client.get(here, query).content.decode()
    assert client.get(elsewhere, query | {"chosen": "\x00"}).status_code == 200


def test_unknown_languages_do_not_multiply_the_controls():
    fmt = registry.by_slug("projects")
    few, many = (
        Drawing("en", tags, []).sections(fmt, {"languages": tags})
        for tags in (["en"], ["en", *(f"x{number}" for number in range(500)), ["fr"], {"ru": 1}])
    )

    assert [len(control.children) for part in few for control in part.controls] == [
        len(control.children) for part in many for control in part.controls
    ]


def test_the_texts_of_a_long_form_are_read_in_one_pass():
    post = QueryDict(mutable=True)
    fmt = registry.by_slug("needs")
    for number in range(500):
        row = f"r{number:07d}"
        post.appendlist("needs", row)
        for tag in ("en", "fr", "es", "ru", "ar", "zh"):
            post[f"needs.{row}.specific_need.{tag}"] = "x"
            post[f"needs.{row}.measures.{tag}"] = "x"

    document = parsing.document_from(fmt, post)

    assert len(document["needs"]) == 500
    assert all(len(row["specific_need"]) == 6 for row in document["needs"])


def test_who_may_not_read_a_working_copy_is_not_told_its_problems(client, author):
    record = in_state("published", "clean", country="KE", author=author)
    secret = record.document | {"starts_on": "a secret of the draft"}
    actions.save(record=record, document=secret, rows=record.contacts, by=author)
    client.force_login(person(secretariat=True))

    answer = client.post(
        f"/api/v1/drafts/{record.uid}/steps/",
        json.dumps({"name": "ask_for_withdrawal"}),
        content_type="application/json",
    )

    assert answer.status_code == 409
    assert "problems" not in answer.json()


@pytest.mark.parametrize("value", [2**53, -(2**53), 0.1, "x" * 10, [{}] * 2_000, {"a": [{"b": None}]}, True])
def test_what_every_program_reads_alike_can_be_kept(value):
    assert storable.fault(value) is None


@pytest.mark.parametrize("successor", ["itself", "CMB-PRJ-SCBD-999999", "javascript:alert(1)", "a draft", "\x00"])
def test_a_record_is_merged_only_into_another_published_one(client, secretariat, successor):
    record = in_state("published", "clean", author=secretariat)
    named = {"itself": record.uid, "a draft": a_draft(by=secretariat).uid}.get(successor, successor)
    client.force_login(secretariat)

    answer = client.post(f"/en/desk/records/{record.uid}/merge/", {"successor": named})

    assert answer.status_code == 409
    assert Record.objects.get(pk=record.pk).public == "published"
