"""What only projects must obey."""

from datetime import timedelta
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from formats import dates
from formats.money import totals
from formats.problems import WARNING, Problem

NOT_STARTED = ("proposed", "approved", "cancelled")
DAYS = {"days": 1, "weeks": 7, "months": 30, "years": 365}
SIX_MONTHS = timedelta(days=180)


def says_when(project):
    """A project that has not started gives its dates or its duration; the others' dates are mandatory fields."""
    given = project.get("starts_on") or project.get("duration")
    if project.get("status") in NOT_STARTED and not given:
        yield Problem("starts_on", _("Give the planned start, or the duration."), "required")


def lasts_six_months(project):
    message = _("This is shorter than six months: a stand-alone activity is registered as an Opportunity.")
    start, end = project.get("starts_on"), project.get("ends_on")
    unit, duration = DAYS.get(project.get("duration_unit")), project.get("duration")
    if start and end:
        lasts, path = dates.last_day(end) - dates.first_day(start), "ends_on"
    elif duration and unit:
        lasts, path = timedelta(days=duration * unit), "duration"
    else:
        return
    if timedelta() <= lasts < SIX_MONTHS:
        yield Problem(path, message, "too_short")


def has_a_responsible_agency(project):
    if not any(project.get(name) for name in ("implementing_agencies", "executing_agencies", "partners")):
        message = _("Name at least one implementing agency, executing agency or partner.")
        yield Problem("implementing_agencies", message, "required")


def budget_agrees_with_its_lines(project):
    """Stages of one flow are never added together: the budget is held against each stage by itself."""
    budget = project.get("total_budget") or {}
    sums = [total.amount for total in totals(project.get("funding") or []) if total.currency == budget.get("currency")]
    if budget.get("amount") and sums and Decimal(budget["amount"]) not in sums:
        yield Problem(
            "total_budget/amount", _("The funding lines come to another sum: both are shown."), "differs", WARNING
        )
