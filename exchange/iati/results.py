"""What an activity achieved: its results in words, and the figures of their indicators."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from lxml import etree

from exchange.iati import codes, nodes
from exchange.iati.activity import Activity
from exchange.reading.text import clean

MOST_OUTCOMES = 5_000
MOST_FIGURES = 4_000  # characters of all indicators
PERCENTAGE = "2"  # the one measure that is written with a sign


def read(activity: Activity) -> None:
    _outcomes(activity)
    _indicators(activity)


def _outcomes(activity):
    """The titles and descriptions of results, or their titles only, if there is room."""
    for with_descriptions in (True, False):
        told = _told(activity, with_descriptions).items()
        texts = {tag: activity.without_emails("result", text) for tag, text in told}
        if texts and all(len(text) <= MOST_OUTCOMES for text in texts.values()):
            activity.put("outcomes", texts, "result")
            return
    if texts:
        activity.note("result", "", _("The results are too long for the common format: see the source."))


def _told(activity, with_descriptions: bool) -> dict[str, str]:
    lines: dict[str, list[str]] = {}
    for element in activity.every("result"):
        kind = codes.name("result", nodes.attribute(element, "type"))
        titles = nodes.texts(nodes.every(element, "title"))
        about = nodes.texts(nodes.every(element, "description")) if with_descriptions else {}
        for tag in titles | about:
            text = ": ".join(clean(one[tag]) for one in (titles, about) if tag in one)
            head = f"{kind}: " if kind and tag in ("en", nodes.UNKNOWN) else ""
            lines.setdefault(tag, []).append(f"- {head}{text}")
    return {tag: "\n".join(found) for tag, found in lines.items()}


def _indicators(activity):
    """What was measured, told with its figures; of so many that there is no room for all, none."""
    found = [line for element in activity.every("result", "indicator") if (line := _indicator(element))]
    if sum(map(len, found)) > MOST_FIGURES:
        activity.tell("Indicators, see the source", str(len(found)))
        reason = _("The indicators are too many for the common format: see the source.")
        activity.note("result/indicator", str(len(found)), reason)
        return
    for line in found:
        activity.tell("Indicator", activity.without_emails("result/indicator", line))


def _indicator(element) -> str:
    sign = "%" if nodes.attribute(element, "measure") == PERCENTAGE else ""
    baselines = [_baseline(one, sign) for one in nodes.every(element, "baseline")]
    figures = [*baselines, *(_period(one, sign) for one in nodes.every(element, "period"))]
    return ": ".join(part for part in (_name(element), "; ".join(one for one in figures if one)) if part)


def _name(element) -> str:
    """Its title; with that of its result, where the title alone may say no more than `Number`."""
    result = nodes.words(nodes.first(element.getparent(), "title"))
    own = nodes.words(nodes.first(element, "title")) or nodes.words(nodes.first(element, "description"))
    return " – ".join(dict.fromkeys(part for part in (result, own) if part))


def _baseline(element, sign) -> str:
    when = nodes.day_told(element) or nodes.attribute(element, "year")
    return f"baseline {value}{f' ({when})' if when else ''}" if (value := _value(element, sign)) else ""


def _period(element, sign) -> str:
    days = [nodes.day_told(nodes.first(element, name)) for name in ("period-start", "period-end")]
    figures = ", ".join(_figures(element, sign))
    when = " to ".join(dict.fromkeys(day for day in days if day))
    return f"{when}: {figures}" if when and figures else figures


def _figures(period: etree._Element, sign: str) -> Iterator[str]:
    for name in ("target", "actual"):
        for element in nodes.every(period, name):
            if value := _value(element, sign):
                parts = [nodes.attribute(one, "value") for one in nodes.every(element, "dimension")]
                of = f" ({', '.join(part for part in parts if part)})" if any(parts) else ""
                yield f"{name}{of} {value}"


def _value(element, sign) -> str:
    """A figure; where there is none, the comment that stands in its place."""
    value = nodes.attribute(element, "value")
    return f"{value}{sign if value[-1:].isdigit() else ''}" if value else nodes.words(nodes.first(element, "comment"))
