"""Who may do what about people and roles. Everything asks `user.has_perm("accounts.…", object)`."""

import rules

from accounts.models import Role


@rules.predicate
def is_secretariat(user, _=None) -> bool:
    return user.is_secretariat


@rules.predicate
def is_focal_point(user, _=None) -> bool:
    return bool(user.focal_countries)


@rules.predicate
def contributes_to_own_country(user, spoken=None) -> bool:
    """A role, invitation or application for somebody who writes under this focal point."""
    return (
        spoken is not None and spoken.kind == Role.Kind.COUNTRY_CONTRIBUTOR and spoken.country in user.focal_countries
    )


@rules.predicate
def is_own(user, thing=None) -> bool:
    """A role or an application of the person who asks."""
    return thing is not None and thing.user_id == user.pk


@rules.predicate
def is_self(user, person=None) -> bool:
    return person is not None and person.pk == user.pk


@rules.predicate
def speaks_for_own_country(user, person=None) -> bool:
    """A person with a role for a country of this focal point."""
    return person is not None and bool(user.focal_countries & person.countries)


@rules.predicate
def is_pending(_, application=None) -> bool:
    return application is not None and application.is_pending


@rules.predicate
def is_open(_, invitation=None) -> bool:
    return invitation is not None and invitation.is_open


@rules.predicate
def is_membership(_, role=None) -> bool:
    return role is not None and role.kind == Role.Kind.MEMBER


may_grant = is_secretariat | contributes_to_own_country

# Nobody grants a role to oneself or decides the own application; everybody may give a role back.
rules.add_perm("accounts.grant_role", may_grant)
rules.add_perm("accounts.end_role", (may_grant | is_own) & ~is_membership)
rules.add_perm("accounts.list_people", is_secretariat | is_focal_point)
rules.add_perm("accounts.view_person", is_self | is_secretariat | speaks_for_own_country)
rules.add_perm("accounts.close_account", is_secretariat & ~is_self)
rules.add_perm("accounts.view_events", is_secretariat)
rules.add_perm("accounts.view_invitation", may_grant)
rules.add_perm("accounts.withdraw_invitation", may_grant & is_open)
rules.add_perm("accounts.view_application", is_own | may_grant)
rules.add_perm("accounts.decide_application", may_grant & is_pending & ~is_own)
rules.add_perm("accounts.withdraw_application", is_own & is_pending)
