"""Rules and lists say the same: for every kind of person, state and owner."""

import pytest

from records.models import Record
from tests.people import PEOPLE, person
from tests.records.making import in_state

pytestmark = pytest.mark.django_db
STATES = [
    (public, work)
    for public in ("never", "published", "withdrawn")
    for work in ("clean", "draft", "submitted", "returned")
    if (public, work) != ("never", "clean")
]


@pytest.fixture
def one_of_each():
    """One record for each state and owner: a Government, an organization, the Secretariat."""
    institute = person(organization="Institute").current_roles[-1].organization_id
    for public, work in STATES:
        in_state(public, work, country="KE")
        in_state(public, work, organization=institute)
        in_state(public, work)


@pytest.mark.slow
def test_lists_show_what_the_rules_allow(one_of_each):
    records = list(Record.objects.all())
    for user in [make() for make in PEOPLE.values()]:
        for queryset, permission in [
            (Record.objects.on_the_desk_of(user), "records.open"),
            (Record.objects.readable_by(user), "records.view_work"),
            (Record.objects.awaiting(user), "records.moderate"),
        ]:
            allowed = {r for r in records if user.has_perm(permission, r)}
            if permission == "records.moderate":
                allowed = {r for r in allowed if r.work == "submitted"}
            assert set(queryset) == allowed, (user, permission)


@pytest.mark.slow
def test_a_stranger_sees_nothing(one_of_each, stranger):
    assert not Record.objects.on_the_desk_of(stranger).exists()
    assert not Record.objects.readable_by(stranger).exists()


def test_nobody_but_its_writers_sees_a_draft(secretariat, author):
    draft = in_state("never", "draft", country="KE", author=author)

    assert not secretariat.has_perm("records.open", draft)
    assert author.has_perm("records.open", draft)


def test_a_person_whose_role_has_ended_sees_nothing_of_it_any_more(author):
    draft = in_state("never", "draft", country="KE", author=author)
    author.roles.filter(country="KE").update(ends_on="2020-01-01", starts_on="2019-01-01")
    again = type(author).objects.get(pk=author.pk)

    assert not again.has_perm("records.view_work", draft)
    assert not Record.objects.on_the_desk_of(again).exists()
