"""A document as people read it: sections of labelled values, ready for a template. Dispatches on the field's type."""

from dataclasses import dataclass, field
from functools import singledispatch
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from formats import fields, local, money, multilingual, prose
from formats.format import CommonFormat
from formats.groups import Group, Money
from formats.problems import is_empty


@dataclass(frozen=True)
class Shown:
    """One labelled value. `kind` says how a template shows `values`:

    prose   texts {html, lang, dir}             line   strings or `multilingual.Text`
    terms   names                               link   {url, text, language}
    record  {uid, name}                         rows   lists of Shown
    money   stages of its flow, see `Stage`
    """

    name: str
    label: str | Promise
    kind: str
    values: list
    translations: list = field(default_factory=list)
    totals: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Part:
    """A section of the record with something in it."""

    title: str | Promise
    fields: list[Shown]


class Row(list):
    """The values of one row of a group; `anchor` leads to it on the page."""

    def __init__(self, group: Group, values: dict, language: str):
        super().__init__(shown_group(group, values, language))
        given = values.get("id") if isinstance(values, dict) else None
        self.anchor = f"{group.field_name}-{given}" if given else ""


@dataclass(frozen=True)
class Figure:
    """Another figure for the same money: the amount, who says it, what else it says otherwise; as words."""

    amount: str
    source: str
    differs: bool
    more: list[tuple[str | Promise, str]]
    anchor: str


@dataclass(frozen=True)
class Line:
    """A line of money that counts, with the other figures for the same money."""

    row: Row
    others: list[Figure]


@dataclass(frozen=True)
class Stage:
    """The lines of one stage of the flow."""

    name: str
    lines: list[Line]


def present(declaration: CommonFormat, document: dict, language: str) -> list[Part]:
    """The sections of a document in the reader's language; what is empty is left out."""
    parts = []
    for section in declaration.sections:
        shown = [item for name in section.fields if (item := shown_field(declaration, name, document, language))]
        if shown:
            parts.append(Part(section.title, shown))
    return parts


def shown_field(group: Group, name: str, values: dict, language: str) -> Shown | None:
    """One field of a group; None where it is empty or only serves its neighbour."""
    value, declared = values.get(name), group.fields[name]
    if is_empty(value) or declared.private:
        return None
    items = value if declared.many and isinstance(value, list) else [value]
    kind, shown = show(declared, [item for item in items if not is_empty(item)], language)
    return Shown(
        name, declared.label, kind, shown, _translations(declared, value, language), _totals(declared, items, language)
    )


def _totals(declared, rows: list, language: str) -> list[str]:
    """What the rows of a group of money come to, a sentence for each stage and currency."""
    if not _adds_up(declared):
        return []
    stage = declared.fields["stage"]
    return [
        f"{_name(stage, total.stage, language)}: {amount}" if total.stage else amount
        for total in money.totals(row for row in rows if isinstance(row, dict))
        if (amount := local.shown_amount(total.amount, total.currency, language))
    ]


def _adds_up(declared) -> bool:
    return getattr(getattr(declared, "Meta", None), "adds_up", False)


def shown_group(group: Group, values: dict, language: str) -> list[Shown]:
    if not isinstance(values, dict):
        return []
    return [item for name in group.fields if (item := shown_field(group, name, values, language))]


def _translations(declared, value, language):
    if not isinstance(declared, fields.TextField) or not isinstance(value, dict):
        return []
    return [_prose(text) for text in multilingual.others(value, language)]


def _prose(text: multilingual.Text) -> dict[str, Any]:
    return {"html": prose.rendered(text.text), "lang": text.lang, "dir": text.dir}


@singledispatch
def show(declared, values: list, language: str) -> tuple[str, list]:
    """The kind and the shown values of a field."""
    return "line", [str(value) for value in values]


@show.register
def _show_text(declared: fields.TextField, values, language):
    texts = [text for value in values if (text := multilingual.chosen(value, language))]
    return ("line", texts) if declared.lines == "one" else ("prose", [_prose(text) for text in texts])


@show.register
def _show_codes(declared: fields.CodeField, values, language):
    return "terms", [_name(declared, value, language) for value in values]


def _name(declared, code, language):
    known = isinstance(code, str) and declared.resolve(code)
    return declared.name(known, language) if known else str(code)


@show.register
def _show_date(declared: fields.PartialDateField, values, language):
    return "line", [local.shown_date(str(value), language) for value in values]


@show.register
def _show_number(declared: fields.NumberField, values, language):
    return "line", [local.shown_number(value, language) if type(value) is int else str(value) for value in values]


@show.register
def _show_amount(declared: fields.AmountField, values, language):
    return "line", [local.shown_amount(value, "", language) for value in values]


@show.register
def _show_yes_no(declared: fields.YesNoField, values, language):
    return "line", [_("Yes") if value is True else _("No") for value in values]


@show.register
def _show_address(declared: fields.AddressField, values, language):
    """A working copy may hold what is no web address (`javascript:`): that is text, and no link."""
    if not all(str(value).lower().startswith(("http://", "https://")) for value in values):
        return "line", [str(value) for value in values]
    return "link", [{"url": str(value), "text": str(value), "language": ""} for value in values]


@show.register
def _show_reference(declared: fields.ReferenceField, values, language):
    return "record", [value if isinstance(value, dict) else {"name": str(value)} for value in values]


@show.register
def _show_group(declared: Group, values, language):
    if _adds_up(declared):
        return "money", _stages(declared, [value for value in values if isinstance(value, dict)], language)
    return "rows", [Row(declared, value, language) for value in values]


@show.register
def _show_money(declared: Money, values, language):
    shown = [v if isinstance(v, dict) else {"amount": v} for v in values]
    return "line", [local.shown_amount(v.get("amount", ""), str(v.get("currency", "")), language) for v in shown]


def _stages(declared: Group, rows: list[dict], language: str) -> list[Stage]:
    """The rows of a group of money by the stages of its flow; what several figures tell is one line."""
    stages: dict[str, list[Line]] = {}
    for head, others in money.figures(rows):
        line = Line(_line(declared, head, language), [_figure(declared, one, head, language) for one in others])
        stages.setdefault(str(head.get("stage") or ""), []).append(line)
    return [
        Stage(_name(declared.fields["stage"], stage, language) if stage else _("No stage given"), stages[stage])
        for stage in sorted(stages, key=money.place_of)
    ]


def _line(declared: Group, values: dict, language: str) -> Row:
    """The row with its amount first; the stage is said above it, and here what a sum of several records must know."""
    elsewhere = {"counted_in": _("A figure of the whole that this is part of: add up one of the two.")}
    row = Row(declared, _beside(values, "stage") | (elsewhere if values.get("counted_in") else {}), language)
    if amount := _amount(values, language):
        row.insert(0, Shown("amount", declared.fields["amount"].label, "line", [amount]))
    return row


def _figure(declared: Group, values: dict, head: dict, language: str) -> Figure:
    """What it says in the same words as the line it is counted in is not said again."""
    own = {key: value for key, value in _beside(values, "stage", "source").items() if value != head.get(key)}
    row = Row(declared, own | {"id": values.get("id")}, language)
    more = [(shown.label, "; ".join(_words(one) for one in shown.values)) for shown in row]
    return Figure(
        _amount(values, language), str(values.get("source") or ""), money.differ(values, head), more, row.anchor
    )


def _beside(values: dict, *others: str) -> dict:
    """What a line says beside its amount."""
    return {key: value for key, value in values.items() if key not in ("amount", "currency", "counted_in", *others)}


def _amount(values: dict, language: str) -> str:
    amount, currency = values.get("amount") or "", values.get("currency") or ""
    return local.shown_amount(amount, str(currency), language) if amount or currency else ""


def _words(value: Any) -> str:
    return str(value.get("name") or value.get("uid") or "") if isinstance(value, dict) else str(value)
