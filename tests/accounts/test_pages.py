"""The pages about people and roles: who gets which, and what they do."""

import pytest
from django.urls import reverse
from django.utils import translation

from accounts import actions
from accounts.models import Application, Invitation, Role, User
from tests.factories import ApplicationFactory, UserFactory
from tests.people import PEOPLE

KIND = Role.Kind


def at(name, **arguments):
    with translation.override("en"):
        return reverse(f"accounts:{name}", kwargs=arguments)


def everything():
    """One page of each kind, with the answer that each kind of person gets."""
    kenyan, peruvian = UserFactory(contributor="KE"), UserFactory(contributor="PE")
    asked, nobody = ApplicationFactory(country="KE"), UserFactory()
    role = kenyan.roles.get(kind=KIND.COUNTRY_CONTRIBUTOR)
    all_people, leaders = dict.fromkeys(PEOPLE, 200), {"secretariat", "focal_point", "foreign_focal_point"}
    only_leaders = {who: 200 if who in leaders else 403 for who in PEOPLE}
    kenya = {who: 200 if who in {"secretariat", "focal_point"} else 404 for who in PEOPLE}
    return {
        at("profile"): all_people,
        at("roles"): all_people,
        at("apply"): all_people,
        at("people"): only_leaders,
        at("invitations"): only_leaders,
        at("invite"): only_leaders,
        at("applications"): only_leaders,
        at("person", pk=kenyan.pk): kenya,
        at("grant", pk=kenyan.pk): kenya,
        at("end_role", pk=role.pk): kenya,
        at("application", pk=asked.pk): kenya,
        at("close", pk=kenyan.pk): {**kenya, "focal_point": 403},
        at("person", pk=nobody.pk): {who: 200 if who == "secretariat" else 404 for who in PEOPLE},
        at("person", pk=peruvian.pk): {
            who: 200 if who in {"secretariat", "foreign_focal_point"} else 404 for who in PEOPLE
        },
    }


@pytest.mark.parametrize("who", PEOPLE)
def test_each_kind_of_person_gets_these_pages_and_no_others(client, settings, db, who):
    settings.DEMONSTRATION = True
    client.force_login(PEOPLE[who]())
    expected = {address: answers[who] for address, answers in everything().items()}

    given = {address: client.get(address).status_code for address in expected}

    assert given == expected


def test_without_signing_in_every_page_leads_to_the_door(client, db):
    addresses = list(everything())

    answers = {client.get(address).headers.get("Location", "").partition("?")[0] for address in addresses}

    assert answers == {"/en/account/login/"}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_page_has_one_heading_in_every_direction(client, settings, db, language):
    settings.DEMONSTRATION = True
    client.force_login(PEOPLE["secretariat"]())

    pages = {a: client.get(a.replace("/en/", f"/{language}/")).content.decode() for a in everything()}

    assert {address: page.count("<h1") for address, page in pages.items()} == dict.fromkeys(pages, 1)
    assert all(f'dir="{"rtl" if language == "ar" else "ltr"}"' in page for page in pages.values())


@pytest.fixture
def boss(client, settings, secretariat):
    settings.DEMONSTRATION = True
    client.force_login(secretariat)
    return secretariat


def test_a_role_is_granted_on_a_page(client, boss, stranger):
    form = {"kind": KIND.FOCAL_POINT, "country": "KE", "designated_by": "Ministry", "letter": "5 May 2026"}

    answer = client.post(at("grant", pk=stranger.pk), form)

    assert answer.url == at("person", pk=stranger.pk)
    assert User.objects.get(pk=stranger.pk).focal_countries == {"KE"}


def test_what_is_refused_is_said_and_what_was_typed_is_kept(client, boss, stranger):
    form = {"kind": KIND.FOCAL_POINT, "country": "KE", "designated_by": "Ministry of Water"}

    page = client.post(at("grant", pk=stranger.pk), form).content.decode()

    assert "by which letter" in page
    assert "Ministry of Water" in page
    assert not Role.objects.filter(kind=KIND.FOCAL_POINT).exists()


def test_a_focal_point_is_offered_the_own_country_only(client, focal_point, author):
    client.force_login(focal_point)
    forged = {"kind": KIND.COUNTRY_CONTRIBUTOR, "country": "PE", "email": "new@example.org", "language": "en"}

    page = client.get(at("grant", pk=author.pk)).content.decode()
    answer = client.post(at("invite"), forged)

    assert ("Kenya" in page, "Peru" in page) == (True, False)
    assert answer.status_code == 200
    assert not Invitation.objects.exists()


def test_a_role_is_ended_and_an_account_closed_on_pages(client, boss, author):
    role = author.roles.get(kind=KIND.COUNTRY_CONTRIBUTOR)
    client.post(at("end_role", pk=role.pk), {"reason": "Moved."})
    client.post(at("close", pk=author.pk), {"reason": "Left."})

    page = client.get(at("person", pk=author.pk)).content.decode()

    author = User.objects.get(pk=author.pk)
    assert (author.countries, author.is_active) == (frozenset(), False)
    assert "Moved." in page
    assert "Left." in page


def test_an_application_is_made_and_decided_on_pages(client, focal_point, stranger):
    client.force_login(stranger)
    client.post(at("apply"), {"kind": KIND.COUNTRY_CONTRIBUTOR, "country": "KE", "motivation": "I know it."})
    asked = Application.objects.get()
    client.force_login(focal_point)
    page = client.get(at("applications")).content.decode()

    client.post(at("application", pk=asked.pk), {"answer": "refuse", "reason": "Ask later."})

    assert "Stella Stranger" in page
    asked.refresh_from_db()
    assert (asked.state, asked.reason) == ("refused", "Ask later.")


def test_the_applicant_reads_the_answer_but_cannot_give_it(client, stranger):
    asked = ApplicationFactory(user=stranger)
    client.force_login(stranger)

    page = client.get(at("application", pk=asked.pk)).content.decode()
    forged = client.post(at("application", pk=asked.pk), {"answer": "accept"})
    client.post(at("withdraw_application", pk=asked.pk))

    assert "Accept" not in page
    assert forged.status_code == 403
    asked.refresh_from_db()
    assert asked.state == "withdrawn"


def test_an_invitation_is_written_and_withdrawn_on_pages(client, boss):
    form = {"kind": KIND.SECRETARIAT, "email": "new@example.org", "language": "fr"}
    client.post(at("invite"), form)
    invitation = Invitation.objects.get()

    client.post(at("withdraw_invitation", pk=invitation.pk))

    invitation.refresh_from_db()
    assert invitation.withdrawn_at
    assert "Withdrawn" in client.get(at("invitations")).content.decode()


def test_people_are_found_by_words_role_and_country(client, boss, focal_point, author, stranger):
    def found(**query):
        return {person.name for person in client.get(at("people"), query).context["page"]}

    assert found(q="stella stranger") == {"Stella Stranger"}
    assert found(kind=KIND.FOCAL_POINT) == {"Faith Focal"}
    assert found(country="KE") == {"Faith Focal", "Achieng Author"}


def test_the_profile_is_saved_and_the_page_goes_on_in_the_language_chosen(client, stranger):
    client.force_login(stranger)

    answer = client.post(at("profile"), {"name": "Stella S.", "language": "fr"})

    stranger.refresh_from_db()
    assert (stranger.name, stranger.language, answer.url) == ("Stella S.", "fr", "/fr/account/")


@pytest.mark.parametrize("name", ["people", "applications", "invitations"])
def test_no_list_costs_more_for_more_rows(client, boss, django_assert_max_num_queries, name):
    def more():
        UserFactory(contributor="KE", organization=None)
        ApplicationFactory(for_organization=True)
        actions.invite(by=boss, email="new@example.org", kind=KIND.SECRETARIAT)

    def cost():
        with django_assert_max_num_queries(100) as queries:
            client.get(at(name))
        return len(queries)

    more()
    one = cost()
    for _ in range(5):
        more()

    assert cost() == one


def orders():
    """What is asked by a button, with the answer that each kind of person gets: 302 is done."""
    boss = UserFactory(secretariat=True)
    new = {"email": "new@example.org", "designated_by": "Ministry", "letter": "1"}
    offered, _ = actions.invite(by=boss, kind=KIND.COUNTRY_CONTRIBUTOR, country="KE", **new)
    higher, _ = actions.invite(by=boss, kind=KIND.FOCAL_POINT, country="KE", **new)
    kenyan = UserFactory(contributor="KE")
    role = kenyan.roles.get(kind=KIND.COUNTRY_CONTRIBUTOR)
    kenya = {who: 302 if who in {"secretariat", "focal_point"} else 404 for who in PEOPLE}
    only_boss = {who: 302 if who == "secretariat" else 404 for who in PEOPLE}
    return {
        at("withdraw_invitation", pk=offered.pk): kenya,
        at("withdraw_invitation", pk=higher.pk): only_boss,
        at("withdraw_application", pk=ApplicationFactory(country="KE").pk): {
            who: 403 if who in {"secretariat", "focal_point"} else 404 for who in PEOPLE
        },
        at("application", pk=ApplicationFactory(country="KE").pk): kenya,
        at("application", pk=ApplicationFactory(for_focal_point=True).pk): only_boss,
        at("end_role", pk=role.pk): kenya,
        at("close", pk=kenyan.pk): {who: 302 if who == "secretariat" else 404 for who in PEOPLE},
    }


@pytest.mark.parametrize("who", PEOPLE)
def test_each_kind_of_person_has_these_orders_carried_out_and_no_others(client, settings, db, who):
    settings.DEMONSTRATION = True
    client.force_login(PEOPLE[who]())
    expected = {address: answers[who] for address, answers in orders().items()}

    given = {a: client.post(a, {"reason": "Because.", "answer": "refuse"}).status_code for a in expected}

    assert given == expected
