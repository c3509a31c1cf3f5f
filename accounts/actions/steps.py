"""The steps that the actions share: what is checked, how a role begins and ends, what is noted."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import letters
from accounts.models import AccountEvent, Role, User
from accounts.models.roles import Spoken
from reference.countries import country as known_country

Did = AccountEvent.Name


class ActionRefused(Exception):
    """What was asked cannot be done as things stand. Safe to show."""


def require(by: User | None, permission: str, thing: object) -> None:
    """`by` is None for the operator of the machine and for the clock, who ask nobody."""
    if by is not None and not by.has_perm(permission, thing):
        raise PermissionDenied


def locked(user: User) -> User:
    """The person's row, locked: two grants to one person wait for each other."""
    return User.objects.select_for_update().get(pk=user.pk)


def spoken_by(other: Spoken) -> dict[str, Any]:
    """What a role takes over from an invitation or an application."""
    return {name: getattr(other, name) for name in ("kind", "country", "organization", "designated_by", "letter")}


def require_standing(spoken: Spoken, *, by: User | None) -> None:
    """A role names what it must name, and has the letter behind it that it needs."""
    of_country = spoken.kind in {Role.Kind.FOCAL_POINT, Role.Kind.COUNTRY_CONTRIBUTOR}
    if bool(spoken.country) != of_country or (of_country and known_country(spoken.country) is None):
        raise ActionRefused(_("Please choose the country, for a role that speaks for one and for no other."))
    named = bool(spoken.organization_id) + bool(getattr(spoken, "organization_name", ""))
    if named != (spoken.kind == Role.Kind.ORGANIZATION_CONTRIBUTOR):
        raise ActionRefused(_("Please name one organization, for a role that speaks for one and for no other."))
    if needs_letter(spoken, by=by) and not (spoken.designated_by.strip() and spoken.letter.strip()):
        raise ActionRefused(_("Please say who designates this person, and by which letter."))


def needs_letter(spoken: Spoken, *, by: User | None) -> bool:
    """A focal point always; a contributor where no focal point stands behind: a letter speaks for the Government."""
    if spoken.kind == Role.Kind.FOCAL_POINT:
        return True
    if spoken.kind != Role.Kind.COUNTRY_CONTRIBUTOR or by is None or not by.is_secretariat:
        return False
    return not User.objects.focal_points_of(spoken.country).exists()


def require_new(held: QuerySet, spoken: Spoken, refusal: object) -> None:
    same = {name: getattr(spoken, name) for name in ("kind", "country", "organization")}
    if held.filter(**same).exists():
        raise ActionRefused(refusal)


def require_another_secretariat(user: User) -> None:
    """The last one cannot leave: nobody would be left to let anybody in."""
    everybody = User.objects.secretariat().order_by("pk").select_for_update().values_list("pk", flat=True)
    if set(everybody) <= {user.pk}:
        raise ActionRefused(_("This is the last person of the Secretariat. Please name another one first."))


def begin(role: Role, *, by: User | None, replaces_previous: bool = False, note_text: str = "") -> Role:
    """Write the role, end those it replaces, and tell the person."""
    locked(role.user)
    for old in role.user.roles.run_out():
        end(old, by=None, reason="")
    require_standing(role, by=by)
    if role.ends_on and role.ends_on < role.starts_on:
        raise ActionRefused(_("The last day cannot come before the first."))
    require_new(role.user.roles.filter(ended_at=None), role, _("This person holds this role already."))
    if replaces_previous and role.kind == Role.Kind.FOCAL_POINT:
        _end_previous(role, by=by)
    role.save(force_insert=True)
    role.user.__dict__.pop("current_roles", None)
    letters.role_changed(note(Did.GRANTED, by=by, about=role.user, spoken=role, text=note_text), role)
    return role


def _end_previous(role: Role, *, by: User | None) -> None:
    previous = Role.objects.in_force().filter(kind=role.kind, country=role.country).exclude(user=role.user)
    for old in previous.select_for_update(of=["self"]).select_related("user"):
        end(old, by=by, reason=role.letter)


def end(role: Role, *, by: User | None, reason: str) -> AccountEvent:
    role.ended_at, role.ended_by = timezone.now(), by
    role.save(update_fields=["ended_at", "ended_by"])
    event = note(Did.ENDED, by=by, about=role.user, spoken=role, text=reason)
    letters.role_changed(event, role)
    return event


def note(
    name: str, *, by: User | None, about: User | None, spoken: Spoken | None = None, text: str = ""
) -> AccountEvent:
    """Write what happened, with the role in words."""
    return AccountEvent.objects.create(
        name=name,
        by=by,
        about=about,
        role=str(spoken or ""),
        country=spoken.country if spoken else "",
        note=text.strip(),
    )
