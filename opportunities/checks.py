"""What only opportunities must obey."""

from django.utils.translation import gettext_lazy as _

from formats import dates
from formats.problems import Problem


def closes_or_stays_open(opportunity):
    """A deadline or "open until withdrawn", one of the two: "no" to the second is no answer to the first."""
    deadline, stays_open = opportunity.get("deadline"), opportunity.get("open_until_withdrawn")
    if not deadline and not stays_open:
        yield Problem("deadline", _("Give the deadline, or say that it is open until withdrawn."), "required")
    if deadline and stays_open:
        message = _("An offer that is open until withdrawn has no deadline: remove one of the two.")
        yield Problem("open_until_withdrawn", message, "contradiction")


def closes_after_it_opens(opportunity):
    deadline = opportunity.get("deadline", "")
    if dates.before(dates.day(deadline), opportunity.get("opens_on")):
        yield Problem("deadline", _("The deadline cannot come before applications open."), "order")
