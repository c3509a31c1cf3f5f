"""Message catalogues: extracted, merged, checked and compiled with Babel, so that no gettext tools are needed."""

import io
import os
import re

from babel.messages import Catalog, mofile, pofile
from babel.messages.extract import DEFAULT_KEYWORDS, extract_python
from django.conf import settings
from django.utils.translation.template import templatize

COMPLETE = ("ar", "fr", "ru", "es", "zh")  # the languages that must be whole; English is the language of the sources
APART = {"tests", "benchmarks", "migrations", "locale", "node_modules", "staticfiles", "var"}
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def files():
    """Every catalogue: language and path."""
    for folder in settings.LOCALE_PATHS:
        for path in sorted(folder.glob("*/LC_MESSAGES/*.po")):
            yield path.parts[-3], path


def read(language, path):
    with path.open("rb") as file:
        return pofile.read_po(file, locale=language)


def compile_changed():
    """Compile what is newer than its compiled form. Messages marked as doubtful are left out."""
    for language, source in files():
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        draft = target.with_suffix(f".{os.getpid()}.new")
        with draft.open("wb") as file:
            mofile.write_mo(file, read(language, source))
        draft.replace(target)


def sources():
    """Every file that may hold translatable texts."""
    for folder, names, found in os.walk(settings.BASE_DIR):
        names[:] = sorted(name for name in names if name not in APART and not name.startswith("."))
        for name in sorted(found):
            if name.endswith((".py", ".html", ".txt")) and not name.startswith("requirements"):
                yield settings.BASE_DIR.__class__(folder) / name


def extracted():
    """The texts of the sources as a catalogue without translations."""
    catalogue = Catalog(project="bch-portal", charset="utf-8", fuzzy=False)
    for path in sources():
        place = str(path.relative_to(settings.BASE_DIR))
        for _line, function, message, comments in messages_of(path):
            add(catalogue, function, message, place, comments)
    return catalogue


def messages_of(path):
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        text = "\n".join(line.strip() for line in templatize(text, origin=str(path)).splitlines())
    return extract_python(io.BytesIO(text.encode()), KEYWORDS, ["Translators:"], {"encoding": "utf-8"})


def add(catalogue, function, message, place, comments):
    """File one call as Babel's own front end does: which argument is the context, which the plural."""
    texts = message if isinstance(message, tuple) else (message,)
    spec = KEYWORDS[function] or (1,)
    context = next((texts[part[0] - 1] for part in spec if isinstance(part, tuple)), None)
    ids = [texts[part - 1] for part in spec if isinstance(part, int) and part <= len(texts)]
    if ids and all(isinstance(text, str) and text for text in ids):
        key = tuple(ids) if len(ids) > 1 else ids[0]
        catalogue.add(key, locations=[(place, None)], auto_comments=comments, context=context)


def merge():
    """Bring every catalogue up to date with the sources, making those that are missing."""
    template = extracted()
    for language, _name in settings.LANGUAGES:
        if language == settings.LANGUAGE_CODE:
            continue
        path = settings.LOCALE_PATHS[0] / language / "LC_MESSAGES" / "django.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        catalogue = read(language, path) if path.exists() else Catalog(locale=language, fuzzy=False)
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        with path.open("wb") as file:
            pofile.write_po(file, catalogue, width=0, sort_output=True, include_lineno=False, omit_header=False)


def problems(language):
    """What keeps a language from being complete, one line each."""
    path = settings.LOCALE_PATHS[0] / language / "LC_MESSAGES" / "django.po"
    if not path.exists():
        yield f"{language}: there is no catalogue; `make messages` makes one"
        return
    catalogue = read(language, path)
    for message in extracted():
        if message.id:
            yield from problems_of(language, message, catalogue.get(message.id, message.context))


def problems_of(language, source, translated):
    said = str(source.id)[:70]
    if translated is None:
        yield f"{language}: not in the catalogue: {said}"
        return
    strings = translated.string if isinstance(translated.string, tuple | list) else (translated.string,)
    if translated.fuzzy or not all(strings):
        yield f"{language}: not translated: {said}"
    elif not source.pluralizable and placeholders(source.id) != placeholders(strings[0]):
        yield f"{language}: the placeholders differ: {said}"


def placeholders(text):
    return set(PLACEHOLDER.findall(text))
