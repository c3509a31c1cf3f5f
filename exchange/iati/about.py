"""What an activity is: title, descriptions, status, dates."""

from django.utils.translation import gettext as _
from lxml import etree

from exchange.iati import codes, nodes
from exchange.iati.activity import Activity
from exchange.reading.report import Finding
from exchange.reading.text import clean
from formats import dates
from projects.checks import SIX_MONTHS
from reference.languages import UN_LANGUAGES

# The kinds of a description that say what the project is; the others are its background.
SHORT = ("general", "objectives")
LONGEST_TEXT = 20_000
STARTS = ("start-actual", "start", "start-planned")
ENDS = ("end-actual", "end", "end-planned")


def read(activity: Activity) -> None:
    _title(activity)
    _descriptions(activity)
    _status(activity)
    _dates(activity)


def _title(activity):
    titles: dict[str, str] = {}
    for tag, text in nodes.told(activity.every("title")):
        text = activity.without_emails("title", text)
        if titles.setdefault(tag, clean(text)) != clean(text):
            activity.note("title", text, _("There is another title in this language: the first one is taken."))
    if titles:
        activity.put("title", titles, "title")
    # The languages of a record are some of the United Nations': those in which the title stands.
    spoken = [one for one in UN_LANGUAGES if any(tag.split("-")[0] == one for tag in titles)]
    if spoken:
        activity.put("languages", spoken, "title")
    else:
        activity.document.pop("languages")


def _descriptions(activity):
    """The general description and the objectives are the description; all others are background."""
    given: dict[str, list] = {}
    for element in activity.every("description"):
        kind = nodes.attribute(element, "type")
        given.setdefault(codes.meaning("description", kind) or ("other" if kind else "general"), []).append(element)
    short = [element for kind in SHORT for element in given.pop(kind, ())]
    long = [(kind, element) for kind, elements in given.items() for element in elements]
    if not nodes.texts(short):
        short, long = [element for _kind, element in long], []
    _put_text(activity, "description", nodes.texts(short))
    _put_text(activity, "background", _headed(long))


def _headed(given: list[tuple[str, etree._Element]]) -> dict[str, str]:
    """Texts with the word for their kind before them, where the language is the one of that word."""
    found: dict[str, list[str]] = {}
    for kind, element in given:
        for tag, text in nodes.texts([element]).items():
            head = codes.name("description_names", kind) if tag in ("en", nodes.UNKNOWN) else ""
            found.setdefault(tag, []).append(f"{head}: {text}" if head else text)
    return {tag: "\n\n".join(paragraphs) for tag, paragraphs in found.items()}


def _put_text(activity, name, texts):
    texts = {tag: activity.without_emails("description", text) for tag, text in texts.items()}
    for tag, text in list(texts.items()):
        if len(text) > LONGEST_TEXT:
            activity.note("description", text, _("This text is too long for the common format: it is not kept."))
            del texts[tag]
    if texts:
        activity.put(name, texts, "description")


def _status(activity):
    for element in activity.every("activity-status"):
        given = nodes.code(element)
        told = nodes.words(element) or codes.name("status_names", given, given)
        if not told:
            continue
        activity.tell("Status", told)
        if not (status := codes.meaning("status", given, told)):
            activity.note("activity-status", told, _("This status is not in IATI's list: no term was chosen for it."))
        elif activity.document.get("status", status) != status:
            activity.note("activity-status", told, _("Another status was given before: the first one is taken."))
        else:
            activity.put("status", status, "activity-status")


def _dates(activity):
    """Actual days before planned ones; which they are is told. Of days that contradict each other none is taken."""
    given: dict[str, str] = {}
    for element in activity.every("activity-date"):
        _date(activity, element, given)
    start = next((given[kind] for kind in STARTS if kind in given), None)
    end = next((given[kind] for kind in ENDS if kind in given), None)
    for label, kinds in (("Start", STARTS), ("End", ENDS)):
        if days := [f"{given[kind]}{_manner(kind)}" for kind in kinds if kind in given]:
            activity.tell(label, "; ".join(days))
    start, end = _together(activity, given, start, end)
    if dates.before(end, start):
        activity.note("activity-date", f"{start}, {end}", _("The end comes before the start: neither is taken."))
        return
    activity.cells["activity-date"] = " – ".join(day for day in (start, end) if day)
    for name, day in (("starts_on", start), ("ends_on", end)):
        if day:
            activity.put(name, day, "activity-date")


def _together(activity, given, start, end) -> tuple[str | None, str | None]:
    """The days that are taken: a plan that was not changed says nothing of an actual start shortly before its end."""
    planned = given.get("start-planned"), given.get("end-planned")
    is_mixed = start == given.get("start-actual") and end == given.get("end-planned")
    if is_mixed and all(planned) and _is_short(start, end) and not _is_short(*planned):
        reason = _("The actual start is too near to the planned end: the two planned days are taken.")
        activity.note("activity-date", f"{start}, {end}", reason)
        return planned
    return start, end


def _is_short(start, end) -> bool:
    return dates.before(start, end) and dates.last_day(end) - dates.first_day(start) < SIX_MONTHS


def _date(activity, element, given):
    kind = codes.meaning("date", nodes.attribute(element, "type"))
    if not (told := nodes.day_told(element)):
        return
    if not kind:
        activity.note("activity-date", told, _("It is not said what happens on this day: it is not taken."))
    elif not (day := nodes.day(told)):
        if nodes.attribute(element, "iso-date", "iso_date") and not nodes.is_far(told):
            activity.refusals.append(Finding("activity-date", told, _("This is not a date such as 2010-05-31.")))
        else:
            activity.tell(kind.partition("-")[0].capitalize(), f"{told}{_manner(kind)}")
            activity.note("activity-date", told, _("This is not a date such as 2010-05-31: it is kept as text."))
    elif given.setdefault(kind, day) != day:
        activity.note("activity-date", told, _("Another day was given before for the same: the first one is taken."))


def _manner(kind: str) -> str:
    manner = kind.partition("-")[2]
    return f" ({manner})" if manner else ""
