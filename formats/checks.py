"""What every document must obey beyond its fields, and the checks that other apps add at start-up."""

from collections import defaultdict
from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from formats import dates
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


COMMON = (scope_names_its_places, groups_belong_to_a_wide_scope)


def file_names_its_language(file):
    """A file without a language cannot be found by those who read it: a warning, not a refusal."""
    if file.get("url") and not file.get("language"):
        yield Problem("language", _("Say in which language the file is."), "language", WARNING)


def _in_order(first: str, last: str) -> Callable:
    def ends_after_it_starts(values):
        if dates.before(values.get(last), values.get(first)):
            yield Problem(last, _("The end cannot come before the start."), "order")

    return ends_after_it_starts


ends_after_it_starts = _in_order("starts_on", "ends_on")
period_ends_after_it_starts = _in_order("period_starts_on", "period_ends_on")
