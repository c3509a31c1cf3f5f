"""The figures of an activity: budgets, planned disbursements, transactions, each with what it is and whose it is."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _
from lxml import etree

from exchange.iati import codes, nodes, organizations
from exchange.iati.activity import Activity
from exchange.reading.report import Finding
from exchange.reading.text import clean
from formats import dates
from reference import currencies
from reference.matching import fold

# The elements of each kind of plan: the first of a kind is what it is called today.
PLANS = {"budget": ("budget", "budget-planned"), "planned-disbursement": ("planned-disbursement",)}
LONGEST_PURPOSE = 2000


@dataclass(frozen=True)
class Figure:
    """One amount, or several that were added up. Without a stage it is told, and not counted."""

    kind: str
    words: str  # what it is, for readers
    stage: str
    amount: Decimal
    currency: str
    column: str
    key: str
    funder: str = ""
    type: str = ""
    starts_on: str = ""
    ends_on: str = ""
    purpose: dict[str, str] = field(default_factory=dict)
    count: int = 1

    @property
    def year(self) -> str:
        return self.starts_on[:4]


class Figures:
    """Reads the figures of one activity; what cannot be read is refused or noted."""

    def __init__(self, activity: Activity):
        self.activity = activity

    def __iter__(self) -> Iterator[Figure]:
        yield from self._plans()
        for element in self.activity.every("transaction"):
            yield from self._transaction(element)

    @staticmethod
    def is_currency(code: str) -> bool:
        return currencies.is_currency(code.upper())

    def _plans(self) -> Iterator[Figure]:
        """Budgets and planned disbursements. Where a plan was revised, its original is told and not counted."""
        for kind, names in PLANS.items():
            found = []
            for element in (one for name in names for one in self.activity.every(name)):
                state = codes.meaning("budget", nodes.attribute(element, "type"))
                found += [(state, one) for one in self._plan(element, kind, state)]
            revised = [one for state, one in found if state == "revised"]
            periods = {
                currency: Periods(one for one in revised if one.currency == currency)
                for currency in dict.fromkeys(one.currency for one in revised)
            }
            for state, one in found:
                is_replaced = state != "revised" and one.currency in periods and periods[one.currency].meet(one)
                yield _told_only(one) if is_replaced else one

    def _plan(self, element, kind, state) -> Iterator[Figure]:
        status = codes.meaning("budget_status", nodes.attribute(element, "status"))
        words = ", ".join(part for part in (codes.name("transaction_names", kind), state, status) if part)
        starts = self._day(nodes.first(element, "period-start"), f"{kind}/period-start")
        ends = self._day(nodes.first(element, "period-end"), f"{kind}/period-end")
        if dates.before(ends, starts):
            self.activity.note(kind, f"{starts}, {ends}", _("The end comes before the start: neither is taken."))
            starts = ends = ""
        starts = starts or ("" if ends else self._checked(_day_of_value(element), f"{kind}/value"))
        yield from self._figure(element, kind, words, starts, ends)

    def _transaction(self, element) -> Iterator[Figure]:
        kind, told = _kind(element)
        if not kind:
            reason = _("This type is not in IATI's list: the amount is kept as text and not counted.")
            self.activity.note("transaction/transaction-type", told, reason)
        starts = self._day_of_transaction(element)
        words = codes.name("transaction_names", kind) or clean(f"Transaction {told}")
        yield from self._figure(element, kind, words, starts, "")

    def _figure(self, element, kind, words, starts, ends) -> Iterator[Figure]:
        path = "transaction" if element.tag == "transaction" else kind
        column, value = f"{path}/value", nodes.first(element, "value")
        if not (told := nodes.own(value)):
            self.activity.note(column, "", _("No amount is given: there is nothing to count."))
            return
        if (amount := nodes.number(told)) is None:
            reason = _("This is not an amount in digits, such as 125000 or 125000.50.")
            self.activity.refusals.append(Finding(column, told, reason))
            return
        stage, currency = self._stage(kind), nodes.attribute(value, "currency") or self.activity.currency
        if not self.is_currency(currency):
            reason = _(
                "The currency is not given, or is none of ISO 4217: the amount is kept as text and not counted."
            )
            self.activity.note(column, f"{told} {currency}".strip(), reason)
            stage = ""
        else:
            currency = currency.upper()
        provider = self._provider(element, kind)
        funder = self.activity.short(
            f"{path}/provider-org", organizations.name_of(provider), organizations.LONGEST_NAME
        )
        yield Figure(
            kind=kind,
            words=words,
            stage=stage,
            amount=amount,
            currency=currency,
            column=column,
            key=":".join((kind, nodes.attribute(element, "ref"), starts, ends, currency, str(amount), funder)),
            funder=funder,
            type=organizations.type_of_funding(provider),
            starts_on=starts,
            ends_on=ends,
            purpose=self._purpose(element),
        )

    def _purpose(self, element) -> dict[str, str]:
        """What the money is for, in the words of the source."""
        texts = nodes.texts(nodes.every(element, "description"))
        column = f"{element.tag}/description"
        texts = {tag: self.activity.without_emails(column, clean(text)) for tag, text in texts.items()}
        return {tag: self.activity.short(column, text, LONGEST_PURPOSE) for tag, text in texts.items() if text}

    def _stage(self, kind: str) -> str:
        stages = codes.tables()["stages"].items()
        return next((stage for stage, views in stages if any(kind in view for view in views)), "")

    def _provider(self, element, kind) -> etree._Element | None:
        """Who gives: the provider; else the one that funds the activity; else, as the standard says of money that
        goes out, who reports. Where several fund it, none is chosen."""
        given = nodes.first(element, "provider-org")
        if nodes.words(given):
            return given
        if reference := nodes.code(given):
            return self._participants.get(fold(reference), given)
        if len(self._funders) == 1:
            return self._funders[0]
        reporter = self.activity.first("reporting-org")
        is_second_hand = nodes.attribute(reporter, "secondary-reporter") in ("1", "true")
        goes_out = element.tag == "transaction" and bool(kind) and not kind.startswith("incoming")
        return reporter if goes_out and not self._funders and not is_second_hand else None

    @cached_property
    def _funders(self) -> list[etree._Element]:
        return organizations.funding(self.activity)

    @cached_property
    def _participants(self) -> dict[str, etree._Element]:
        """The organizations of the activity by their references, those that have names."""
        elements = [*self.activity.every("participating-org"), *self.activity.every("reporting-org")]
        return {fold(nodes.code(one)): one for one in reversed(elements) if nodes.code(one) and nodes.words(one)}

    def _day_of_transaction(self, element) -> str:
        """Its own day; else that of its value, else that of the step it stands for in the earliest files."""
        given = {
            "transaction-date": nodes.day_told(nodes.first(element, "transaction-date")),
            "value": _day_of_value(element),
            "milestone-date": nodes.day_told(nodes.first(element, "milestone-date")),
        }
        name = next((name for name, told in given.items() if told), "value")
        return self._checked(given[name], f"transaction/{name}")

    def _day(self, element, column) -> str:
        return self._checked(nodes.day_told(element), column)

    def _checked(self, told: str, column: str) -> str:
        """A day; words that are none are refused."""
        day = nodes.day(told) if told else ""
        if day is None and nodes.is_far(told):
            self.activity.note(column, told, _("This day stands for none: it is not taken."))
        elif day is None:
            self.activity.refusals.append(Finding(column, told, _("This is not a date such as 2010-05-31.")))
        return day or ""


def _kind(element: etree._Element) -> tuple[str, str]:
    """What a transaction is, and the words that say so: its type, or its state as the earliest files give it."""
    given = [nodes.attribute(element, "type")]
    for one in (nodes.first(element, "transaction-type"), nodes.first(element, "status")):
        given += [nodes.code(one), nodes.words(one)]
    kind = codes.meaning("transaction", *(one for one in given if one))
    if fold(nodes.attribute(element, "flow")) == "incoming":
        kind = codes.name("incoming", kind, kind)
    return kind, next((one for one in reversed(given) if one), "")


def _day_of_value(element: etree._Element) -> str:
    return nodes.day_told(nodes.first(element, "value"), "value-date", "value_date")


class Periods:
    """The periods of some plans in one currency, and whether another plan speaks of a day in one of them."""

    def __init__(self, plans: Iterable[Figure]):
        self.spans: list[tuple[date, date]] = []
        for first, last in sorted(_span(one) for one in plans):
            if self.spans and first <= self.spans[-1][1]:
                self.spans[-1] = (self.spans[-1][0], max(last, self.spans[-1][1]))
            else:
                self.spans.append((first, last))

    def meet(self, plan: Figure) -> bool:
        first, last = _span(plan)
        before = bisect_right(self.spans, (last, date.max)) - 1
        return before >= 0 and self.spans[before][1] >= first


def _span(plan: Figure) -> tuple[date, date]:
    """The first and the last day of a plan; without its period, nobody can tell what it does not speak of."""
    first = dates.first_day(plan.starts_on) if plan.starts_on else date.min
    return first, dates.last_day(plan.ends_on) if plan.ends_on else date.max


def _told_only(one: Figure) -> Figure:
    return replace(one, stage="", words=f"{one.words}, replaced by a revision")
