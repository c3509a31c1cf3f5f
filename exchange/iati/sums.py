"""Adding up figures where the common format cannot hold them one by one: corrections, and too many of them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from exchange.iati.activity import Activity
from exchange.iati.figures import Figure
from exchange.iati.organizations import LONGEST_NAME

CENT = Decimal("0.01")
# By what figures are added up where there are too many: each step makes fewer of them.
STEPS = (
    ("stage", "kind", "funder", "currency", "year"),
    ("stage", "kind", "funder", "currency"),
    ("stage", "funder", "currency"),
    ("stage", "currency"),
)


def rounded(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)


def plain(amount: Decimal) -> str:
    """An amount as the source wrote it, but for an exponent."""
    return format(amount, "f")


def added_up(activity: Activity, figures: Sequence[Figure], most: int) -> tuple[list[Figure], list[Figure]]:
    """The lines that the format can hold, at most so many, and the figures that fit into none."""
    lines, left = _corrected(activity, figures)
    if len(lines) <= most:
        return lines, left
    for step in STEPS:
        lines, more = _corrected(activity, [_sum(group) for group in _groups(figures, step)])
        if len(lines) <= most:
            break
    message = _("There are more than %(most)d figures: they are added up by %(step)s.")
    activity.note("transaction/value", str(len(figures)), message % {"most": most, "step": ", ".join(step)})
    return lines, more


def _corrected(activity, figures: Iterable[Figure]) -> tuple[list[Figure], list[Figure]]:
    """Negative amounts correct others: they are added up with those of the funder, else with those of the stage."""
    lines: list[Figure] = []
    left: list[Figure] = []
    for of_stage in _groups(figures, ("stage", "currency")):
        if all(one.amount >= 0 for one in of_stage):
            lines += of_stage
            continue
        families = [_family(group) for group in _groups(of_stage, ("funder",))]
        if any(one.amount < 0 for family in families for one in family):
            families = [[_sum(of_stage)]]
        single = {id(one) for one in of_stage}
        for line in (one for family in families for one in family):
            (lines if line.amount >= 0 else left).append(line)
            if line.amount < 0 or id(line) not in single:
                _note(activity, line)
    return lines, left


def _family(group: list[Figure]) -> list[Figure]:
    """The figures of one funder at one stage in one currency: one by one, or as one if any is negative."""
    return [_sum(group)] if any(one.amount < 0 for one in group) else group


def _note(activity, line: Figure):
    reason = _("A negative amount corrects others and cannot stand alone: %(count)d amounts are added up.")
    if line.amount < 0:
        reason = _("The amounts of this stage come to less than nothing: they are kept as text.")
    activity.note(line.column, plain(line.amount), reason % {"count": line.count})


def _groups(figures: Iterable[Figure], names: tuple[str, ...]) -> list[list[Figure]]:
    found: dict[tuple, list[Figure]] = {}
    for one in figures:
        found.setdefault(tuple(getattr(one, name) for name in names), []).append(one)
    return list(found.values())


def _sum(figures: list[Figure]) -> Figure:
    """One figure for several."""
    if len(figures) == 1:
        return figures[0]
    head = figures[0]
    starts = sorted(one.starts_on for one in figures if one.starts_on)
    ends = sorted(last for one in figures if (last := one.ends_on or one.starts_on))
    names = [name for name in dict.fromkeys(one.funder for one in figures) if name]
    types = {one.type for one in figures}
    return replace(
        head,
        amount=sum((one.amount for one in figures), Decimal(0)),
        funder=joined if len(joined := "; ".join(names)) <= LONGEST_NAME else "",
        type=types.pop() if len(types) == 1 else "",
        starts_on=starts[0] if starts else "",
        ends_on=ends[-1] if ends else "",
        purpose={},
        words=", ".join(dict.fromkeys(word for one in figures for word in one.words.split(", "))),
        count=sum(one.count for one in figures),
        key=f"sum:{':'.join((head.stage, head.kind, head.funder, head.currency, head.year))}",
    )
