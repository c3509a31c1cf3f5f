"""The figures of an activity: budgets, planned disbursements, transactions, each with what it is and whose it is."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
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

PLANS = ("budget", "planned-disbursement")
LONGEST_PURPOSE = 500


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
        for kind in PLANS:
            found = []
            for element in self.activity.every(kind):
                state = codes.meaning("budget", nodes.attribute(element, "type"))
                found += [(state, one) for one in self._plan(element, kind, state)]
            revised = [one for state, one in found if state == "revised"]
            for state, one in found:
                if state != "revised" and any(_overlap(one, other) for other in revised):
                    yield _told_only(one)
                else:
                    yield one

    def _plan(self, element, kind, state) -> Iterator[Figure]:
        status = codes.meaning("budget_status", nodes.attribute(element, "status"))
        words = ", ".join(part for part in (codes.name("transaction_names", kind), state, status) if part)
        starts = self._day(nodes.first(element, "period-start"), f"{kind}/period-start")
        ends = self._day(nodes.first(element, "period-end"), f"{kind}/period-end")
        if dates.before(ends, starts):
            self.activity.note(kind, f"{starts}, {ends}", _("The end comes before the start: neither is taken."))
            starts = ends = ""
        starts = starts or ("" if ends else self._day_of_value(element, kind))
        yield from self._figure(element, kind, words, starts, ends)

    def _transaction(self, element) -> Iterator[Figure]:
        kind, told = _kind(element)
        if not kind:
            reason = _("This type is not in IATI's list: the amount is kept as text and not counted.")
            self.activity.note("transaction/transaction-type", told, reason)
        starts = self._day(nodes.first(element, "transaction-date"), "transaction/transaction-date")
        starts = starts or self._day_of_value(element, "transaction")
        starts = starts or self._day(nodes.first(element, "milestone-date"), "transaction/milestone-date")
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
        funder = organizations.name_of(provider)
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
            purpose=_purpose(element),
        )

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

    def _day_of_value(self, element, path) -> str:
        value = nodes.first(element, "value")
        return self._checked(nodes.day_told(value, "value-date", "value_date"), f"{path}/value")

    def _day(self, element, column) -> str:
        return self._checked(nodes.day_told(element), column)

    def _checked(self, told: str, column: str) -> str:
        """A day; words that are none are refused."""
        day = nodes.day(told) if told else ""
        if day is None:
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


def _purpose(element: etree._Element) -> dict[str, str]:
    """What the money is for, in the words of the source."""
    texts = nodes.texts(nodes.every(element, "description"))
    lines = {tag: clean(text) for tag, text in texts.items()}
    return {tag: text if len(text) <= LONGEST_PURPOSE else f"{text[:LONGEST_PURPOSE]}…" for tag, text in lines.items()}


def _overlap(one: Figure, other: Figure) -> bool:
    """Whether two plans speak of a day in common; without their periods, nobody can tell that they do not."""
    apart = dates.before(one.ends_on, other.starts_on) or dates.before(other.ends_on, one.starts_on)
    return one.currency == other.currency and not apart


def _told_only(one: Figure) -> Figure:
    return replace(one, stage="", words=f"{one.words}, replaced by a revision")
