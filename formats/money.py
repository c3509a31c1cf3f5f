"""Adding up money: per currency and stage, never across them. Converting is nobody's business here."""

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
    Lines without a sound amount and currency add nothing. What several figures tell counts once: see `headlines`.
    """
    sums: dict[tuple[str, str], Decimal] = {}
    for line in headlines(list(lines)):
        if (amount := _amount(line)) is not None:
            key = (str(line.get("stage") or ""), str(line["currency"]))
            sums[key] = sums.get(key, Decimal(0)) + amount
    return [Total(stage, currency, amount) for (stage, currency), amount in sorted(sums.items(), key=_in_order)]


def headlines(lines: Sequence[dict]) -> list[dict]:
    """The lines that count: those that no other line stands for.

    `counted_in` names the line that stands for the same money at the same stage. Where there is no such line, or
    it is itself counted elsewhere, the line counts: money is never lost.
    """
    heads = {_named(line, "id") for line in lines if not line.get("counted_in")}
    return [line for line in lines if not line.get("counted_in") or _named(line, "counted_in") not in heads]


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
    return (STAGES.index(stage) if stage in STAGES else len(STAGES), stage, currency)
