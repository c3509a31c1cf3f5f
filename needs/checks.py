"""What only country needs must obey."""

from django.utils.translation import gettext_lazy as _

from formats.problems import WARNING, Problem


def is_of_one_country(record):
    if record.get("scope", "national") != "national":
        yield Problem("scope", _("The needs are those of one country: choose the national scope."), "scope")
    if len(record.get("countries") or []) > 1:
        yield Problem("countries", _("Name one country: each has a record of its own."), "too_many")


def ranks_each_need_once(record):
    """Two needs in the same place leave the country's own order open: a warning, since ties may be meant."""
    seen = set()
    for index, need in enumerate(record.get("needs") or []):
        if need.get("rank") in seen:
            yield Problem(f"needs/{index}/rank", _("Another need has the same place in the order."), "tie", WARNING)
        seen |= {need["rank"]} if "rank" in need else set()


def what_met_it_agrees_with_its_state(need):
    if need.get("met_by") and need.get("state", "open") == "open":
        message = _("Records are named that met this need: say whether it is met, or partly met.")
        yield Problem("state", message, "state", WARNING)
