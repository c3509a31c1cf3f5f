"""The web form: what is typed is kept, rows come and go without scripts, and nothing is lost on a round trip."""

import re

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from formats import registry
from formats.groups import Group
from records import actions
from records.forms import parsing
from records.forms.controls import Drawing
from records.models import Record
from tests.records.making import CONTACT, DOCUMENTS, a_draft, in_state, moved

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    """The Secretariat's second factor is not asked for in a demonstration."""
    settings.DEMONSTRATION = True


def edit(record):
    return f"/en/desk/records/{record.uid}/edit/"


def posted(controls, post=None) -> QueryDict:
    """What a browser sends for these controls, unchanged."""
    post = QueryDict(mutable=True) if post is None else post
    for control in controls:
        if control.kind in ("group", "rows", "row", "multilingual"):
            if control.kind == "rows":
                for row in control.children:
                    post.appendlist(control.name, row.value)
            posted(control.children, post)
        elif control.kind == "reference":
            for key in ("name", "uid"):
                post[f"{control.name}.{key}"] = control.value.get(key, "")
        elif control.options:
            for option in [o for parent in control.options for o in (parent, *parent.children)]:
                if option.chosen:
                    post.appendlist(control.name, option.label if control.kind == "typed" else option.value)
        else:
            post[control.name] = str(control.value)
    return post


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("database", DOCUMENTS)
def test_a_form_posted_unchanged_gives_the_same_document(database, language):
    fmt, document = registry.by_slug(database), DOCUMENTS[database]()
    sections = Drawing(language, document["languages"], []).sections(fmt, document)

    back = parsing.document_from(fmt, posted([c for section in sections for c in section.controls]))

    assert in_order(back) == in_order({key: value for key, value in document.items() if key != "format"})


def in_order(value):
    """The value with its lists of codes sorted: the ticks of a form have the order of the vocabulary."""
    if isinstance(value, dict):
        return {key: in_order(item) for key, item in value.items()}
    if isinstance(value, list):
        return sorted(value) if all(isinstance(item, str) for item in value) else [in_order(item) for item in value]
    return value


def test_what_only_sources_fill_in_is_kept_and_asked_of_nobody(client, author):
    record = a_draft(by=author, country="KE")
    told = record.document["funding"]
    client.force_login(author)

    page = client.get(edit(record)).content.decode()
    client.post(edit(record), posted(all_controls(record)) | {"title.en": "Renamed"})
    record.refresh_from_db()

    assert record.title == "Renamed"
    assert record.document["funding"] == told
    assert page.count("Sheet of grants, 2023: asked for") == 2  # shown, and kept in a hidden control
    assert 'name="funding.gefgrant.counted_in"' not in page
    assert '<input type="hidden" name="funding.gefasked.counted_in" value="gefgrant">' in page


def all_controls(record):
    fmt = registry.by_slug(record.database)
    sections = Drawing("en", record.document["languages"], []).sections(fmt, record.document)
    return [control for section in sections for control in section.controls]


@pytest.mark.parametrize("database", DOCUMENTS)
def test_every_field_of_a_format_stands_in_one_section(database):
    fmt = registry.by_slug(database)

    assert sorted(name for section in fmt.sections for name in section.fields) == sorted(fmt.fields)


@given(st.dictionaries(st.text(max_size=30), st.lists(st.text(max_size=20), max_size=3), max_size=20))
def test_any_post_is_read_into_something_the_format_can_judge(given_post):
    post = QueryDict(mutable=True)
    for key, values in given_post.items():
        post.setlist(key, values)
    fmt = registry.by_code("PRJ")

    reading = fmt.read({"languages": ["en"], **parsing.document_from(fmt, post)})

    assert reading.errors


def test_what_cannot_be_parsed_is_shown_again_as_typed(client, author):
    record = a_draft(by=author, country="KE")
    client.force_login(author)

    client.post(edit(record), {"languages": "en", "title.en": "Maize", "starts_on": "in spring", "save": "yes"})
    page = client.get(edit(record)).content.decode()

    assert 'value="in spring"' in page
    assert "Write the date as 2026" in page


def test_a_row_is_added_filled_moved_and_removed_by_buttons(client, author):
    record = a_draft(by=author, country="KE", funding=None)
    client.force_login(author)
    fields = {"languages": "en", "title.en": "Maize"}

    client.post(edit(record), fields | {"add": "funding"})
    first = Record.objects.get(pk=record.pk).document["funding"][0]["id"]
    fields |= {"funding": [first], f"funding.{first}.funder.name": "Fund"}
    client.post(edit(record), fields | {"add": "funding"})
    second = Record.objects.get(pk=record.pk).document["funding"][1]["id"]
    fields |= {"funding": [first, second], f"funding.{second}.funder.name": "Bank"}
    answer = client.post(edit(record), fields | {"up": f"funding.{second}"})
    moved_up = [row["funder"]["name"] for row in Record.objects.get(pk=record.pk).document["funding"]]
    client.post(edit(record), fields | {"remove": f"funding.{first}"})

    assert moved_up == ["Bank", "Fund"]
    assert answer["Location"].endswith(f"#f-funding.{second}")
    assert [row["id"] for row in Record.objects.get(pk=record.pk).document["funding"]] == [second]


def test_a_country_is_recognised_by_its_name_in_any_language_and_kept_as_typed_otherwise(client, author):
    record = a_draft(by=author, country="KE")
    client.force_login(author)

    client.post(
        edit(record), {"languages": "en", "countries": ["KE"], "countries.typed": "Pérou; Atlantis", "save": "y"}
    )

    assert Record.objects.get(pk=record.pk).document["countries"] == ["KE", "PE", "Atlantis"]
    assert "“Atlantis” is not in the list." in client.get(edit(record)).content.decode()


def test_a_conflict_shows_what_was_typed_and_overwrites_nothing(client, author):
    record = a_draft(by=author, country="KE")
    client.force_login(author)
    old = re.search(r'name="based_on" value="(\w+)"', client.get(edit(record)).content.decode())[1]
    client.post(edit(record), {"languages": "en", "title.en": "Theirs", "based_on": old, "save": "yes"})

    answer = client.post(edit(record), {"languages": "en", "title.en": "Mine", "based_on": old, "save": "yes"})

    assert answer.status_code == 409
    assert 'value="Mine"' in answer.content.decode()
    assert Record.objects.get(pk=record.pk).title == "Theirs"


@pytest.mark.parametrize("database", DOCUMENTS)
def test_a_form_that_nobody_has_filled_in_complains_of_nothing(client, author, database):
    client.force_login(author)

    answer = client.post(f"/en/desk/records/new/{database}/", {"owner": "government:KE"}, follow=True)

    assert "it is mandatory" not in answer.content.decode()


def test_what_is_missing_in_a_row_is_named_and_leads_to_its_control(client, author):
    need = {"id": "freezers", "specific_need": {"en": "Freezers"}}
    record = a_draft(by=author, database="needs", country="KE", needs=[need])
    client.force_login(author)

    page = client.get(f"/en/desk/records/{record.uid}/").content.decode()

    assert f'<a href="{edit(record)}#f-needs.freezers.area">Needs 1 › Capacity-building area</a>' in page
    assert 'id="f-needs.freezers.area"' in client.get(edit(record)).content.decode()


def test_a_person_cannot_edit_what_is_submitted_but_its_moderator_can(client, author, focal_point):
    record = moved(a_draft(by=author, database="needs", country="KE"), "submit", by=author)

    client.force_login(author)
    assert client.get(edit(record)).status_code == 403
    client.force_login(focal_point)
    assert client.get(edit(record)).status_code == 200


def test_a_refused_step_says_why_and_keeps_the_comment(client, focal_point, author):
    record = moved(a_draft(by=author, database="needs", country="KE"), "submit", by=author)
    client.force_login(focal_point)

    answer = client.post(f"/en/desk/records/{record.uid}/return/", {"note": "Which crops do you mean?"})

    assert answer.status_code == 409
    assert "Which crops do you mean?" in answer.content.decode()
    assert "Choose at least one reason." in answer.content.decode()


def test_the_difference_with_the_published_version_is_on_the_page(client, secretariat):
    record = moved(a_draft(by=secretariat), "submit", "publish", by=secretariat)
    client.force_login(secretariat)
    document = record.document | {"acronym": "NEWNAME", "title": record.document["title"] | {"en": "Another title"}}
    actions.save(record=record, document=document, rows=record.contacts, by=secretariat)
    page = client.get(f"/en/desk/records/{record.uid}/").content.decode()

    changes = page[page.index('id="changes"') :]
    assert "2 changes since the published version" in page
    assert "DETECT" in changes
    assert "NEWNAME" in changes


def test_an_amount_typed_another_way_is_no_change(client, secretariat):
    record = moved(a_draft(by=secretariat), "submit", "publish", by=secretariat)
    client.force_login(secretariat)
    document = record.document | {"total_budget": {"amount": "850000", "currency": "USD"}, "acronym": "OTHER"}
    actions.save(record=record, document=document, rows=record.contacts, by=secretariat)

    page = client.get(f"/en/desk/records/{record.uid}/").content.decode()

    assert "1 change since the published version" in page


def test_hostile_text_is_shown_harmless_everywhere(client, secretariat):
    attack = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    contact = CONTACT | {"name": attack}
    record = a_draft(by=secretariat, title={"en": attack}, acronym=attack, description={"en": attack})
    actions.save(record=record, document=record.document, rows=[contact], by=secretariat)
    client.force_login(secretariat)

    for address in (edit(record), f"/en/desk/records/{record.uid}/", "/en/desk/"):
        assert "<img src=x" not in client.get(address).content.decode()
        assert "<script>alert" not in client.get(address).content.decode()


def test_the_queue_costs_the_same_for_one_request_and_for_many(client, secretariat):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(secretariat)
    in_state("never", "submitted")
    with CaptureQueriesContext(connection) as one:
        client.get("/en/desk/queue/")
    for _time in range(3):
        in_state("never", "submitted")

    with CaptureQueriesContext(connection) as many:
        page = client.get("/en/desk/queue/").content.decode()

    assert len(many) == len(one)
    assert "4 records" in page


def test_fields_of_groups_are_drawn_whatever_the_document_holds():
    fmt = registry.by_code("PRJ")
    wrong = {name: ["x", 1, None, {"a": []}] for name, field in fmt.fields.items()} | {"languages": "en"}

    sections = Drawing("en", ["en"], fmt.read(wrong).problems).sections(fmt, wrong)

    assert sum(len(section.controls) for section in sections) == len(fmt.fields)
    assert any(isinstance(field, Group) for field in fmt.fields.values())


def test_a_record_chosen_in_the_catalogue_comes_back_into_its_field(client, author, secretariat):
    other = moved(a_draft(by=secretariat), "submit", "publish", by=secretariat)
    record = a_draft(by=author, country="KE", part_of=None)
    client.force_login(author)

    away = client.post(edit(record), {"languages": "en", "title.en": "Maize", "choose": "part_of"})
    ticket = re.search(r"ticket=([^&]+)", away["Location"])[1]
    page = client.get(f"{edit(record)}?ticket={ticket}&chosen={other.uid}").content.decode()
    old = re.search(r'name="based_on" value="(\w+)"', page)[1]
    typed = {"languages": "en", "title.en": "Maize", "part_of.uid": other.uid, "part_of.name": "Whole"}
    client.post(edit(record), typed | {"based_on": old, "save": "yes"})

    assert "database=projects" in away["Location"]
    assert f'value="{other.uid}"' in page
    assert Record.objects.get(pk=record.pk).document["part_of"] == {"uid": other.uid, "name": "Whole"}


def test_a_section_is_saved_and_the_next_one_opens(client, author):
    record = a_draft(by=author, country="KE")
    client.force_login(author)

    page = client.get(edit(record)).content.decode()
    answer = client.post(edit(record), {"languages": "en", "title.en": "Maize", "save": "section-3"})
    elsewhere = client.post(edit(record), {"languages": "en", "title.en": "Maize", "save": "//evil.example"})

    assert 'name="save" value="section-2"' in page
    assert 'name="save" value="section-contacts"' in page
    assert answer["Location"] == f"{edit(record)}#section-3"
    assert elsewhere["Location"] == edit(record)
