"""The dates of a row, each in a column of its own: all of them are told, some fill a field."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from exchange.mapped import settings
from exchange.mapped.kinds.base import Kind
from exchange.mapped.kinds.dates import Date, parse
from exchange.reading.draft import Draft
from formats import dates


@dataclass(frozen=True)
class Step:
    """A date that fills a field, if no step before it did.

    `status`: the states of the record in which it may; none means in any. So the date that was expected can be
    taken for what has not begun, and is never shown as the day on which something happened.
    """

    to: str
    column: str
    status: tuple[str, ...] = ()

    def may_fill(self, document: Mapping) -> bool:
        return self.to not in document and (not self.status or document.get("status") in self.status)


@dataclass(frozen=True)
class Milestones(Kind):
    """Columns of dates, told in the order of `told` as lines of the other information; what is no date is refused.

    column   one that every row fills
    formats  the forms in which the source writes dates, and the `pivot` of years with two digits, as for `date`
    told     the columns, and how their dates are called for readers
    fills    the steps that fill fields, the surest first: `to`, `column` (one of `told`), `status`
    order    two fields, a start and an end: where the end lies before the start, neither is taken
    shortest how many days lie between them at least: where they are fewer, such as where what was delayed has passed
             the end once expected, neither is taken
    """

    formats: tuple[str, ...]
    told: Mapping[str, str]
    pivot: int | None = None
    fills: tuple[Mapping, ...] = ()
    order: tuple[str, ...] = ()
    shortest: int = 0
    steps: tuple[Step, ...] = field(init=False)

    def __post_init__(self):
        Date(self.column, "title", self.formats, self.pivot)  # refuses forms and a pivot that mean nothing
        steps = tuple(settings.made(Step, step) for step in self.fills)
        if any(step.column not in self.told for step in steps) or len(self.order) not in (0, 2):
            raise ValueError("“fills” names columns that are told, and “order” two fields")
        object.__setattr__(self, "steps", steps)

    @property
    def columns(self):
        return (self.column, *self.told)

    @property
    def targets(self) -> tuple[str, ...]:
        """The fields that it fills."""
        return tuple(step.to for step in self.steps)

    def read(self, cell, draft):
        found = self._found(draft)
        for column, label in self.told.items():
            if column in found:
                draft.tell(label, found[column])
        taken = {}
        for step in self.steps:
            if step.column in found and step.may_fill(draft.document | taken):
                taken[step.to] = step.column
        if doubt := self._doubt({name: found[column] for name, column in taken.items()}):
            for column in (taken.pop(name) for name in self.order):
                draft.note(column, draft.cell(column), doubt)
        for name, column in taken.items():
            draft.put(name, found[column], column)

    def _found(self, draft: Draft) -> dict[str, str]:
        found = {}
        for column in self.told:
            if draft.cell(column).strip():
                try:
                    found[column] = parse(draft.cell(column), self.formats, self.pivot or 0).text
                except ValueError as error:
                    draft.refuse(column, error)
        return found

    def _doubt(self, given: Mapping[str, str]) -> str:
        """Why the start and the end cannot both be right, if so."""
        if not self.order or not all(name in given for name in self.order):
            return ""
        try:
            first, last = dates.first_day(given[self.order[0]]), dates.last_day(given[self.order[1]])
        except ValueError:
            return ""
        if last < first:
            return _("The end lies before the start: neither date was taken.")
        if (last - first).days < self.shortest:
            return _("The end lies too soon after the start: neither date was taken.")
        return ""
