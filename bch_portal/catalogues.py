"""Message catalogues: extracted, merged and compiled with Babel, so that no gettext tools are needed."""

import os

from babel.messages import mofile, pofile
from django.conf import settings


def files():
    """Every catalogue: language and path."""
    for folder in settings.LOCALE_PATHS:
        for path in sorted(folder.glob("*/LC_MESSAGES/*.po")):
            yield path.parts[-3], path


def compile_changed():
    """Compile what is newer than its compiled form. Messages marked as doubtful are left out."""
    for language, source in files():
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file:
            catalogue = pofile.read_po(file, locale=language)
        draft = target.with_suffix(f".{os.getpid()}.new")
        with draft.open("wb") as file:
            mofile.write_mo(file, catalogue)
        draft.replace(target)
