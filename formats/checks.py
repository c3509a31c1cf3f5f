"""What every document must obey beyond its fields, and the checks that other apps add at start-up."""

from collections import defaultdict
from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from formats.problems import WARNING, Problem

_added: dict[str, list[Callable]] = defaultdict(list)


def register(code: str, check: Callable) -> None:
    """Add a check to a format from above: the one hook by which `insight` answers while a record is written."""
    _added[code].append(check)


def registered(code: str) -> tuple[Callable, ...]:
    return tuple(_added[code])


def scope_names_its_places(values):
    scope, countries, groups = values.get("scope"), values.get("countries"), values.get("groups")
    if scope in ("national", "sub-national", "community") and not countries:
        yield Problem("countries", _("Name the country: the scope is not regional or global."), code="required")
    if scope == "regional" and not (countries or groups):
        yield Problem("groups", _("Name the groups or the countries of the region."), code="required")
    if scope in ("sub-national", "community") and not values.get("place"):
        yield Problem("place", _("Name the place: the scope is smaller than a country."), code="required")


def groups_belong_to_a_wide_scope(values):
    if values.get("scope") in ("national", "sub-national", "community") and values.get("groups"):
        yield Problem(
            "groups", _("Groups belong to a global or regional scope: choose that, or remove them."), code="scope"
        )


def files_name_their_language(values):
    """Files without a language cannot be found by those who read it: a warning, not a refusal."""
    for index, row in enumerate(values.get("files") or []):
        if row and "language" not in row:
            yield Problem(f"files/{index}/language", _("Say in which language the file is."), "language", WARNING)


COMMON = (scope_names_its_places, groups_belong_to_a_wide_scope, files_name_their_language)
