"""Who may do what with a record: sentences, in one place. `records.querysets` asks the same of lists."""

import rules
from rules import predicate

from accounts.models import Role
from records.models import Record

Public, Work = Record.Public, Record.Work


@predicate
def speaks_for_owner(user, record):
    """The person may write in the name of the record's owner today."""
    if record.owner_kind == Record.OwnerKind.GOVERNMENT:
        return record.owner_country in user.countries
    if record.owner_kind == Record.OwnerKind.ORGANIZATION:
        return record.owner_organization_id in user.organizations
    return user.is_secretariat


@predicate
def is_secretariat(user, _record=None):
    return user.is_secretariat


@predicate
def is_national(_user, record):
    return record.is_national


@predicate
def is_focal_point_of_its_country(user, record):
    return record.owner_country in user.focal_countries


@predicate
def its_country_has_no_focal_point(_user, record):
    roles = Role.objects.in_force().filter(kind=Role.Kind.FOCAL_POINT, country=record.owner_country)
    return not roles.filter(user__is_active=True).exists()


@predicate
def was_shown_to_moderators(_user, record):
    """Submitted now, returned, or published once: more than somebody's own draft."""
    return record.version > 0 or record.work in (Work.SUBMITTED, Work.RETURNED)


@predicate
def work_is_with_moderators(_user, record):
    return record.work in (Work.SUBMITTED, Work.RETURNED)


@predicate
def work_is_submitted(_user, record):
    return record.work == Work.SUBMITTED


@predicate
def is_closed(_user, record):
    return record.public in (Public.MERGED, Public.ERASED)


@predicate
def is_harvested(_user, record):
    return record.profile == "harvested"


stands_in = is_secretariat & is_national & its_country_has_no_focal_point
moderates = (is_national & is_focal_point_of_its_country) | (~is_national & is_secretariat) | stands_in
# What people edit in a harvested record stays theirs: `records.harvest` takes over the rest only.
writes = speaks_for_owner & ~work_is_submitted & ~is_closed

rules.add_perm("records.open", speaks_for_owner | (is_secretariat & was_shown_to_moderators))
rules.add_perm("records.view_work", speaks_for_owner | (is_secretariat & work_is_with_moderators))
rules.add_perm("records.change_work", writes | (moderates & work_is_submitted))
rules.add_perm("records.submit", writes & ~(is_national & is_focal_point_of_its_country))
rules.add_perm("records.take_back", speaks_for_owner & ~(is_national & is_focal_point_of_its_country))
rules.add_perm("records.discard", writes)
rules.add_perm("records.moderate", moderates)
rules.add_perm("records.endorse", is_national & is_focal_point_of_its_country)
rules.add_perm("records.endorse_by_letter", stands_in)
rules.add_perm("records.publish", is_secretariat & ~is_national)
rules.add_perm("records.confirm", speaks_for_owner & ~is_harvested)
rules.add_perm("records.ask_for_withdrawal", is_secretariat & is_national)
rules.add_perm(
    "records.withdraw",
    (is_national & is_focal_point_of_its_country) | (~is_national & (is_secretariat | speaks_for_owner)) | stands_in,
)
rules.add_perm("records.merge", is_secretariat & ~is_national)
rules.add_perm("records.expire", rules.always_deny)


def may_create(user, *, national: bool, owner_kind: str, country: str = "", organization: str = "") -> bool:
    """Whether the person may start a record for this owner; a national format belongs to a Government."""
    if owner_kind == Record.OwnerKind.GOVERNMENT:
        return country in user.countries
    if national:
        return False
    if owner_kind == Record.OwnerKind.ORGANIZATION:
        return organization in user.organizations
    return owner_kind == Record.OwnerKind.SECRETARIAT and user.is_secretariat
