"""How the rows of a group stand on a record page: a list, links, a table or cards. What they hold decides, not whose
they are."""

from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from formats.fields import PlainField, TextField
from formats.presentation import Figure, Shown, Stage

MOST_COLUMNS = 3
MOST_VALUES = 3  # what holds more is a list of its own, and no cell
CELLS = ("line", "terms", "link", "record")
WORDS = ("line", "terms")


@dataclass(frozen=True)
class Line:
    """One row: its values, under the columns of its table where it stands in one. `link` and `text` lead a link."""

    anchor: str
    cells: list[Shown]
    others: list[Figure] | None = None
    link: str = ""
    text: Any = ""


@dataclass(frozen=True)
class Table:
    """Rows under headings; `title` names the table."""

    title: str | Promise
    columns: list[str | Promise]
    lines: list[Line]


def shaped(declared: Any, shown: Shown) -> Shown:
    """The field as a record page shows it.

    Rows become of kind `list` (short texts), `links`, `tables` or `cards` and money `tables`; the rest stays as it is.
    """
    if shown.kind == "money":
        return replace(shown, kind="tables", values=[_of_stage(declared, stage) for stage in shown.values])
    if shown.kind != "rows":
        return shown
    lines = [Line(row.anchor, [shaped(declared.fields[one.name], one) for one in row]) for row in shown.values]
    names = {one.name for line in lines for one in line.cells}
    if _are_links(lines):
        links = [_link(declared, line) for line in lines]
        return replace(shown, kind="links", values=links, translations=_translations(lines))
    if len(names) == 1 and _hold(lines, WORDS):
        return replace(shown, kind="list", values=lines, translations=_translations(lines))
    if len(names) == 1 and _hold(lines, ("record",)):
        return replace(
            shown, kind="record", values=[other for line in lines for one in line.cells for other in one.values]
        )
    if 0 < len(names) <= MOST_COLUMNS and _hold(lines, CELLS):
        return replace(shown, kind="tables", values=[_table(shown.label, lines, list(declared.fields))])
    return replace(shown, kind="cards", values=lines)


def _hold(lines: list[Line], kinds: tuple[str, ...]) -> bool:
    """Whether every value is short and of these kinds."""
    return all(one.kind in kinds and len(one.values) <= MOST_VALUES for line in lines for one in line.cells)


def _are_links(lines: list[Line]) -> bool:
    """Whether every row leads somewhere, and says little beside."""
    return _hold(lines, (*WORDS, "link")) and all(
        [len(one.values) for one in line.cells if one.kind == "link"] == [1] for line in lines
    )


def _link(declared: Any, line: Line) -> Line:
    """The row as a link that bears the text of its first text field, or else its address."""
    texts = [name for name, one in declared.fields.items() if isinstance(one, PlainField | TextField)]
    address = next(one.values[0] for one in line.cells if one.kind == "link")
    text = next((one.values[0] for one in line.cells if one.name in texts[:1]), address["text"])
    rest = [one for one in line.cells if one.kind != "link" and one.name not in texts[:1]]
    return Line(line.anchor, rest, link=address["url"], text=text)


def _translations(lines: list[Line]) -> list:
    return [text for line in lines for one in line.cells for text in one.translations]


def _table(title: str | Promise, lines: list[Line], order: list[str]) -> Table:
    """The lines under the columns that any of them fills, in this order."""
    labels = {one.name: one.label for line in lines for one in line.cells}
    columns = sorted(labels, key=order.index)
    return Table(title, [labels[name] for name in columns], [_under(columns, labels, line) for line in lines])


def _under(columns: list[str], labels: dict[str, str | Promise], line: Line) -> Line:
    given = {one.name: one for one in line.cells}
    return replace(line, cells=[given.get(name) or Shown(name, labels[name], "line", []) for name in columns])


def _of_stage(declared: Any, stage: Stage) -> Table:
    """The amounts lead, the time comes last; other figures for the same money stand beneath their line."""
    lines = [Line(one.row.anchor, _with_period(one.row), one.others) for one in stage.lines]
    others = [name for name in declared.fields if name != "amount"]
    return _table(stage.name, lines, ["amount", *others, "period"])


def _with_period(row: list[Shown]) -> list[Shown]:
    """The row with its two days as one value; a last day alone stays what it is."""
    days = {one.name: str(one.values[0]) for one in row if one.name in ("starts_on", "ends_on")}
    first, last = days.get("starts_on"), days.get("ends_on")
    if not first:
        return row
    period = _("%(first)s to %(last)s") % {"first": first, "last": last} if last and last != first else first
    return [*(one for one in row if one.name not in days), Shown("period", _("Period"), "line", [period])]
