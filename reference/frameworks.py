"""The plans of the Protocol as data: goals, objectives, key areas, indicators, with their editions and marks."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from reference import store

FALLBACK = "en"


@dataclass(frozen=True, slots=True)
class Wording:
    """One edition's words. The mark says whose they are.

    `official` stands so in the source; `repaired` was put together from its fragments; `applied` follows an
    instruction of the source; `suggested` is only proposed here.
    """

    edition: str
    text: str
    mark: str
    source: str = ""
    instruction: str = ""
    note: str = ""
    fragments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FrameworkItem:
    """One item of a plan. `suggested` holds proposals of this portal, never official text."""

    code: str
    framework: str
    kind: str
    parent: str | None
    number: str
    heading: str
    wordings: tuple[Wording, ...]
    applies_to: tuple[str, ...]
    corresponds_to: tuple[str, ...]
    same_as: tuple[str, ...]
    incomplete: bool
    note: str
    suggested: Mapping[str, object]

    @property
    def wording(self):
        """The newest words that are not merely suggested here; None where the sources quote none."""
        return next((one for one in reversed(self.wordings) if one.mark != "suggested"), None)

    @property
    def text(self):
        return self.wording.text if self.wording else self.heading

    @property
    def edition(self):
        return self.wording.edition if self.wording else ""


@dataclass(frozen=True, slots=True)
class Framework:
    """A plan: its items are in the language of the source, its name in all six."""

    code: str
    names: Mapping[str, str]
    period: tuple[int, int]
    language: str
    status: str
    editions: Mapping[str, str]
    selectable: tuple[str, ...]
    items: Mapping[str, FrameworkItem]


@cache
def frameworks():
    """All plans by their codes, the newest first."""
    plans = [_framework(**store.read("frameworks", f"{name}.json")) for name in store.stems("frameworks")]
    return MappingProxyType({plan.code: plan for plan in sorted(plans, key=lambda plan: plan.period, reverse=True)})


def framework_name(code, language=FALLBACK):
    names = frameworks()[code].names
    return names.get(language, names[FALLBACK])


def item(code):
    """The item of this code, such as `IP-2021-2030/A.1`; None for an unknown one."""
    plan = frameworks().get(code.partition("/")[0])
    return plan.items.get(code) if plan else None


@cache
def selectable():
    """The codes that a record may name: the goals, objectives and key areas of the plans, in their order."""
    plans = frameworks().values()
    return tuple(one.code for plan in plans for one in plan.items.values() if one.kind in plan.selectable)


def is_selectable(code):
    return code in selectable()


def label(code, language=FALLBACK):
    """The item's number and words (in the source's language); where it has no words, its kind in `language`."""
    one = item(code)
    if one is None:
        raise KeyError(code)
    return f"{one.number} {one.text}".strip() if one.text else f"{kind_label(one.kind, language)} {one.number}"


def kind_label(kind, language=FALLBACK):
    labels = _kinds()[kind]
    return labels.get(language, labels[FALLBACK])


@cache
def _kinds():
    return store.read("framework-kinds.json")


def _framework(*, code, names, period, editions, selectable, items, **rest):
    return Framework(
        code=code,
        names=MappingProxyType(names),
        period=tuple(period),
        editions=MappingProxyType({row["code"]: row["source"] for row in editions}),
        selectable=tuple(selectable),
        items=MappingProxyType({row["code"]: _item(framework=code, **row) for row in items}),
        **rest,
    )


def _item(*, wordings, heading="", note="", incomplete=False, suggested=None, **rest):
    lists = {name: tuple(rest.pop(name, ())) for name in ("applies_to", "corresponds_to", "same_as")}
    return FrameworkItem(
        wordings=tuple(_wording(**row) for row in wordings),
        heading=heading,
        note=note,
        incomplete=incomplete,
        suggested=MappingProxyType(suggested or {}),
        **lists,
        **rest,
    )


def _wording(*, fragments=(), **rest):
    return Wording(fragments=tuple(fragments), **rest)
