"""What the elements of Dublin Core become. All of them are free text: what is not certain stays as it was written."""

import re
from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from exchange.oai_dc import days, shared_words, tongues, words
from exchange.oai_dc.draft import OaiDraft, Value
from exchange.oai_dc.licences import licence
from exchange.oai_dc.links import identifiers, relations
from exchange.reading import places
from exchange.reading.text import parts
from formats.fields.declared import LONGEST_TEXT
from formats.fields.references import LONGEST_NAME
from formats.fields.texts import MOST_LANGUAGES

LONGEST_TITLE = 2_000
LONGEST_LINE = 300
LONGEST_KEY_WORD = 300
MOST_TYPES = MOST_CODES = 100

# In these repositories' own countries the word names a part of the country too.
AMBIGUOUS_PLACES = ("georgia",)
# What catalogues of libraries write between the parts of a description stays at their ends.
STOPS = re.compile(r"(?: [/:;=]| ?,)$")
SEMICOLONS = str.maketrans("；؛", ";;")
# `MAIZE,RISK ANALYSIS,TRADE`; but “Adaptation, Psychological”, “2,4-D”, “N,N-dimethyl”.
COMMAS = re.compile(r"[^,]{2,}[^\d,](?:,[^\W\d_][^,]+[^\d,]){2,}")
APART = "\x1f"


def _titles(values, draft):
    """The first is the title, and the first in each other language a translation of it."""
    titles: dict[str, str] = {}
    for one in values:
        if one.language in titles or len(titles) == MOST_LANGUAGES:
            draft.tell("Other title", one.line)
        else:
            titles[one.language] = draft.cut("dc:title", STOPS.sub("", one.line), LONGEST_TITLE)
    draft.put("title", titles, "dc:title")


def _creators(values, draft):
    """Persons and organizations alike: nothing tells them apart. Not cut at `;`: some write the affiliation so."""
    given = dict.fromkeys(one.line.strip(" ;,") for one in values)
    for name in filter(shared_words.is_nobody, given):
        draft.tell("Creator", name)
    names = [name for name in given if name and not shared_words.is_nobody(name)]
    draft.add_all("authors", "dc:creator", ((name, {"name": name}) for name in names if len(name) <= LONGEST_NAME))
    for name in names:
        if len(name) > LONGEST_NAME:
            draft.note("dc:creator", name, _("This is no name: it was kept in the other information."))
            draft.tell("Creator", name)


def _prose(field: str, column: str) -> Callable:
    """Texts that become paragraphs of one field, language by language."""

    def read(values, draft):
        texts: dict[str, list[str]] = {}
        for one in values:
            if one.language in texts or len(texts) < MOST_LANGUAGES:
                texts.setdefault(one.language, []).append(one.text)
        joined = {tag: "\n\n".join(dict.fromkeys(given)) for tag, given in texts.items()}
        draft.put(field, {tag: draft.cut(column, text, LONGEST_TEXT) for tag, text in joined.items()}, column)

    return read


def _line(field: str, column: str, label: str) -> Callable:
    """Texts that stand in one line, as many as it holds; the rest becomes other information."""

    def read(values, draft):
        kept, rest = [], []
        for text in dict.fromkeys(STOPS.sub("", one.line) for one in values):
            around, words_of_it = shared_words.collected(text)
            if around or shared_words.is_nobody(text):
                draft.tell(around or label, words_of_it or text)
                continue
            fits = not rest and len("; ".join([*kept, text])) <= LONGEST_LINE
            (kept if fits else rest).append(text)
        if kept:
            draft.put(field, "; ".join(kept), column)
        for text in rest:
            draft.tell(label, text)

    return read


def _told(label: str) -> Callable:
    """What has no field of its own."""

    def read(values, draft):
        for text in dict.fromkeys(one.line for one in values):
            draft.tell(label, text)

    return read


def _subjects(values, draft):
    """Key words, and classes of a classification by their numbers."""
    rows = {}
    for one in values:
        for text in _key_words(one.line):
            if number := shared_words.classified(text):
                draft.tell("Classification", number)
            elif len(text) > LONGEST_KEY_WORD:
                draft.tell("Subject", text)
            else:
                rows[f"{one.language}{APART}{text}"] = {"text": {one.language: text}}
    draft.add_all("key_words", "dc:subject", rows.items())


def _key_words(text: str) -> list[str]:
    """A cell is cut at semicolons, which no single key word holds; at commas where no blank follows any of several."""
    listed = parts(text.translate(SEMICOLONS), ";")
    if len(listed) == 1 and COMMAS.fullmatch(text):
        return parts(text, ",")
    return listed


def _dates(values, draft):
    """The date of publication, if it is the only day, month or year, or all say the same.

    Repositories give the dates of their own work (received, shown) beside that of publication and tell none apart;
    what has a time of day was noted by a system, and counts only where it is the only date.
    """
    given = []
    for text in dict.fromkeys(one.line.strip(" ;,") for one in values):
        if end := shared_words.embargo(text):
            draft.tell("End of the embargo", end)
        else:
            given.append(text)
    if not given:
        return
    sure = [day for day in map(days.day, given) if day]
    if chosen := days.finest(sure) or _alone(given, values):
        draft.put("published_on", chosen, "dc:date")
    elif sure:
        draft.note("dc:date", "; ".join(given[:10]), _("Which of these is the date of publication is not said."))
    else:
        draft.note("dc:date", "; ".join(given[:10]), _("None of this is surely the date of publication."))
    for text in given:
        if text != chosen:
            draft.tell("Date", text)


def _alone(given, values):
    """The day of a moment that is the only date. One that stands twice is when a work was received, and shown."""
    is_only = len(given) == 1 and all(one.line.strip(" ;,") == given[0] for one in values)
    is_only = is_only and (len(values) == 1 or not days.is_of_a_system(given[0]))
    return days.day_of_moment(given[0]) if is_only else None


def _languages(values, draft):
    codes: dict[str, None] = {}
    for one in values:
        named = tongues.spoken(one.line)
        codes |= dict.fromkeys(named)
        if not named:
            draft.tell("Language", one.line)
            draft.note("dc:language", one.line, _("This names no language of ISO 639: it is kept as text."))
    if codes:
        draft.put("resource_languages", list(codes)[:MOST_CODES], "dc:language")


def _types(values, draft):
    types, media = {}, {}
    for text in dict.fromkeys(part for one in values for part in parts(one.line, ";")):
        if code := words.resource_type(text):
            types[code] = None
            if code == "thesis" and (kind := words.degree(text)):
                draft.tell("Thesis", kind)
        elif code := words.medium(text):
            media[code] = None
        elif said := shared_words.version(text):
            draft.tell("Version", said)
        elif said := shared_words.review(text):
            draft.tell("Review", said)
        elif shared_words.says_nothing(text):
            draft.tell("Type", text.rpartition("/")[2])
        else:
            draft.note("dc:type", text, _("The list of types has no such word: it is kept as text."))
            draft.tell("Type", text)
    if types:
        draft.put("types", list(types)[:MOST_TYPES], "dc:type")
    if len(media) == 1:
        draft.put("medium", next(iter(media)), "dc:type")
    for code in media if len(media) > 1 else ():
        draft.tell("Medium", code)


def _rights(values, draft):
    for said in dict.fromkeys(shared_words.access(one.line) for one in values):
        if said:
            draft.tell("Access", said)
    if worded := [one for one in values if not shared_words.access(one.line)]:
        _prose("rights", "dc:rights")(worded, draft)
    codes = {code for one in values if (code := licence(one.line))}
    if len(codes) == 1:
        draft.put("licence", codes.pop(), "dc:rights")
    elif codes:
        draft.note("dc:rights", "; ".join(sorted(codes)), _("Several licences are named: none was chosen."))


def _coverage(values, draft):
    """Countries and groups where the whole text is their name; it may also be a town or a time."""
    known, others = [], []
    for text in dict.fromkeys(one.line for one in values):
        listed = parts(text.translate(SEMICOLONS), ";")
        is_known = bool(listed) and all(map(_is_place, listed))
        if is_known and len(known) + len(listed) <= MOST_CODES:
            known += listed
        else:
            others.append(text)
    for name, value in places.read(APART.join(known), {}, APART).document().items():
        # A town or a sea beside a country: how wide the whole is, is not said.
        if name != "scope" or not others:
            draft.put(name, value, "dc:coverage")
    for text in others:
        draft.tell("Coverage", text)


def _is_place(text: str) -> bool:
    return text.casefold() not in AMBIGUOUS_PLACES and not places.read(text, {}, APART).unknown


FIELDS: dict[str, Callable[[Sequence[Value], OaiDraft], None]] = {
    "title": _titles,
    "creator": _creators,
    # Supervisors, editors, libraries, and only sometimes authors.
    "contributor": _told("Contributor"),
    "publisher": _line("publisher", "dc:publisher", "Publisher"),
    "date": _dates,
    "type": _types,
    "language": _languages,
    "source": _line("source", "dc:source", "Source"),
    "description": _prose("abstract", "dc:description"),
    "subject": _subjects,
    "identifier": identifiers,
    "relation": relations,
    "coverage": _coverage,
    "rights": _rights,
    # Of which of the copies is not said.
    "format": _told("Format"),
}
