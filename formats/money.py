"""Adding up money: per currency and stage, never across them. Converting is nobody's business here."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

STAGES = ("planned", "committed", "disbursed")


@dataclass(frozen=True, order=True)
class Total:
    """What the lines of one stage come to in one currency; the stage is empty where the source gives none."""

    stage: str
    currency: str
    amount: Decimal


def totals(lines: Iterable[dict]) -> list[Total]:
    """The sums of funding lines `{amount, currency, stage}`, by stage and currency.

    Planned, committed and disbursed are stages of one flow: they are never added together.
    Lines without a sound amount and currency add nothing. What several figures tell counts once: see `figures`.
    """
    sums: dict[tuple[str, str], Decimal] = {}
    for line in headlines(list(lines)):
        if (amount := _amount(line)) is not None:
            key = (str(line.get("stage") or ""), str(line["currency"]))
            sums[key] = sums.get(key, Decimal(0)) + amount
    return [Total(stage, currency, amount) for (stage, currency), amount in sorted(sums.items(), key=_in_order)]


def headlines(lines: Sequence[dict]) -> list[dict]:
    """The lines that count: those that no other line stands for."""
    return [line for line, _others in figures(lines)]


def figures(lines: Sequence[dict]) -> list[tuple[dict, list[dict]]]:
    """Each line that counts, with the other figures told for the same money.

    `counted_in` names the line that stands for the same money at the same stage, perhaps in the record of which this
    one is part: so the lines of several records are added up as one list. Where there is no such line, or they name
    each other in a circle, the line counts: money is never lost.
    """
    named = {_named(line, "id"): line for line in lines}
    others: dict[tuple[str, str], list[dict]] = defaultdict(list)
    counted = []
    for line in lines:
        if (head := _head(line, named)) is line:
            counted.append(line)
        else:
            others[_named(head, "id")].append(line)
    return [(line, others.pop(_named(line, "id"), [])) for line in counted]


def differ(one: dict, other: dict) -> bool:
    """Whether two figures for the same money are not the same."""
    return (_amount(one), one.get("currency")) != (_amount(other), other.get("currency"))


def place_of(stage: str) -> tuple[int, str]:
    """What sorts stages in the order of their flow; what is none of them comes last."""
    return (STAGES.index(stage) if stage in STAGES else len(STAGES), stage)


def _head(line: dict, named: dict[tuple[str, str], dict]) -> dict:
    """The line that a line is counted in in the end; itself where it counts."""
    head, passed = line, {id(line)}
    while head.get("counted_in") and (above := named.get(_named(head, "counted_in"))) is not None:
        if id(above) in passed:
            return line
        passed.add(id(above))
        head = above
    return head


def _named(line: dict, by: str) -> tuple[str, str]:
    return str(line.get(by)), str(line.get("stage"))


def _amount(line: dict) -> Decimal | None:
    try:
        amount = Decimal(str(line["amount"])) if line.get("currency") else None
    except (KeyError, InvalidOperation):
        return None
    return amount if amount is None or amount.is_finite() else None


def _in_order(item):
    (stage, currency), _amount_of = item
    return (*place_of(stage), currency)
