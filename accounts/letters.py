"""The mails about people and roles: who gets which, in whose language."""

from django.urls import reverse
from django.utils import translation

from accounts.models import AccountEvent, Application, Invitation, Role, User
from delivery import outbox


def invitation(invitation: Invitation, token: str) -> None:
    outbox.queue_letter(
        key=f"invitation-{invitation.pk}",
        to=invitation.email,
        template="accounts/mail/invitation.txt",
        language=invitation.language,
        invitation=invitation,
        address=_address(invitation.language, "accounts:accept_invitation", token=token),
    )


def role_changed(event: AccountEvent, role: Role) -> None:
    """To the person: a role begins or ends."""
    name = "role_granted" if event.name == AccountEvent.Name.GRANTED else "role_ended"
    _to(event.about, event, f"accounts/mail/{name}.txt", "accounts:roles", role=role)


def application_waits(event: AccountEvent, application: Application) -> None:
    """To those who may decide it."""
    for person in deciders(application):
        _about_application(person, event, "application_waits", application)


def application_reminder(event: AccountEvent, application: Application) -> None:
    """To the same once more, and to the Secretariat."""
    people = deciders(application) | User.objects.secretariat().exclude(pk=application.user_id)
    for person in people.distinct():
        _about_application(person, event, "application_reminder", application)


def application_answered(event: AccountEvent, application: Application) -> None:
    """To the applicant: accepted, refused or not decided in time."""
    _about_application(application.user, event, f"application_{application.state}", application)


def deciders(application: Application):
    """The focal points of the country for its contributors; the Secretariat for all else, and where there is none."""
    found = User.objects.none()
    if application.kind == Role.Kind.COUNTRY_CONTRIBUTOR:
        found = User.objects.focal_points_of(application.country).exclude(pk=application.user_id)
    return found or User.objects.secretariat().exclude(pk=application.user_id)


def _about_application(person, event, name, application):
    template = f"accounts/mail/{name}.txt"
    _to(person, event, template, "accounts:application", application=application, pk=application.pk)


def _to(person, event, template, page, *, pk=None, **context):
    outbox.queue_letter(
        key=f"account-event-{event.pk}",
        to=person.email,
        template=template,
        language=person.language,
        name=person.name,
        event=event,
        address=_address(person.language, page, **({"pk": pk} if pk else {})),
        **context,
    )


def _address(language, name, **arguments):
    with translation.override(language):
        return outbox.address(reverse(name, kwargs=arguments))
