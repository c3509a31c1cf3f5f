"""The money of an activity: which figures are counted, and which are only told."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from exchange.iati import codes, nodes
from exchange.iati.activity import Activity
from exchange.iati.figures import Figure, Figures
from exchange.iati.sums import added_up, plain, rounded
from formats.groups import MOST_ROWS


def read(activity: Activity) -> list[str]:
    """Fill the funding; the funders that it names."""
    figures = list(Figures(activity))
    counted, others = _views(figures)
    lines, left = added_up(activity, counted, MOST_ROWS)
    _note_rounding(activity, lines)
    seen: dict[str, int] = {}
    for line in lines:
        seen[line.key] = seen.get(line.key, 0) + 1
        activity.add("funding", f"{line.key}#{seen[line.key]}", _row(activity, line), line.column)
    _tell(activity, [*others, *left])
    _total(activity, bool(lines))
    return [line.funder for line in lines if line.funder]


def _views(figures: Iterable[Figure]) -> tuple[list[Figure], list[Figure]]:
    """The figures that are counted, and those that are only told.

    IATI gives the money of one stage in several views: a budget and the disbursements planned within it, what a
    provider sends and what the receiver books as incoming. To count two of them is to count the money twice.
    """
    counted: list[Figure] = []
    others = [one for one in figures if not one.stage]
    for stage, views in codes.tables()["stages"].items():
        of_stage = [one for one in figures if one.stage == stage]
        told = [view for view in views if any(one.kind in view for one in of_stage)]
        # Some publishers write noughts where they have nothing to say: these stand for no money elsewhere.
        has_money = (view for view in told if any(one.amount for one in of_stage if one.kind in view))
        chosen = next(has_money, told[0] if told else ())
        is_given = any(one.amount for one in of_stage if one.kind in chosen)
        for one in of_stage:
            counts = one.kind in chosen and (one.amount or not is_given)
            (counted if counts else others).append(one)
    return counted, others


def _row(activity, line: Figure) -> dict:
    row = {
        "funder": {"name": line.funder} if line.funder else None,
        "type": line.type,
        "amount": plain(rounded(line.amount)),
        "currency": line.currency,
        "stage": line.stage,
        "starts_on": line.starts_on,
        "ends_on": line.ends_on,
        "purpose": line.purpose or {"en": line.words},
        "source": _source(activity, line),
    }
    return {key: value for key, value in row.items() if value}


def _source(activity, line: Figure) -> str:
    """Which figure of which source a line is."""
    who = f"IATI ({activity.reporter})" if activity.reporter and len(activity.reporter) <= 200 else "IATI"
    what = line.words.lower() if line.count == 1 else f"{line.words.lower()}, {line.count} amounts added up"
    return f"{who}: {what}"


def _note_rounding(activity, lines: list[Figure]):
    long = [line for line in lines if rounded(line.amount) != line.amount]
    if long:
        reason = _("Amounts with more than two decimals are rounded to two; there are %(count)d of them.")
        activity.note(long[0].column, plain(long[0].amount), reason % {"count": len(long)})


def _tell(activity, others: Iterable[Figure]):
    """Money that is told and not counted, added up by what it is and who gives it."""
    groups: dict[tuple, list[Figure]] = {}
    for one in others:
        groups.setdefault((one.words, one.funder, one.currency), []).append(one)
    for (words, funder, currency), figures in groups.items():
        total = plain(sum((one.amount for one in figures), figures[0].amount * 0))
        days = sorted({day for one in figures for day in (one.starts_on, one.ends_on) if day})
        parts = [
            f"{total} {currency}" if currency else f"{total} (currency not given)",
            f"from {funder}" if funder else "",
            " to ".join(dict.fromkeys([*days[:1], *days[-1:]])),
            f"{len(figures)} amounts" if len(figures) > 1 else "",
        ]
        activity.tell(f"{words}, not counted", ", ".join(part for part in parts if part))


def _total(activity, has_lines: bool):
    """The total cost is the budget where there are no lines to add up, and told where there are."""
    element = activity.first("total-cost")
    given = nodes.own(element)
    if not given:
        return
    amount = nodes.number(given)
    currency = nodes.attribute(element, "currency") or activity.currency
    if amount is None or amount < 0 or not Figures.is_currency(currency):
        activity.tell("Total cost", f"{given} {currency}".strip())
        reason = _("This is no amount in a known currency: it is kept as text.")
        activity.note("total-cost", f"{given} {currency}".strip(), reason)
    elif has_lines:
        activity.tell("Total cost", f"{given} {currency}")
    else:
        activity.put("total_budget", {"amount": plain(rounded(amount)), "currency": currency.upper()}, "total-cost")
        if rounded(amount) != amount:
            activity.note("total-cost", given, _("The amount has more than two decimals: it is rounded."))
