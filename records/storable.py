"""What can be kept as a working copy: JSON that PostgreSQL, Python and every other reader of JSON read alike."""

import re

from django.utils.translation import gettext_lazy as _

LARGEST = 1_000_000  # bytes of JSON
DEEPEST = 40
MOST_ROWS = 2_000
GREATEST = 2**53
NO_TEXT = re.compile(r"[\x00\ud800-\udfff]")


def fault(value):
    """Why a value cannot be kept, safe to show; None where it can. No depth of nesting exhausts the stack."""
    waiting, rows = [(value, 0)], 0
    while waiting:
        item, depth = waiting.pop()
        if depth > DEEPEST:
            return _("The record is nested more than %(most)d levels deep.") % {"most": DEEPEST}
        if isinstance(item, dict):
            waiting += [(inner, depth + 1) for pair in item.items() for inner in pair]
        elif isinstance(item, list):
            waiting += [(inner, depth + 1) for inner in item]
            rows += sum(isinstance(inner, dict) for inner in item)
        elif wrong := _wrong_leaf(item):
            return wrong
    if rows > MOST_ROWS:
        return _("The record has more than %(most)d rows in all: make several records of it.") % {"most": MOST_ROWS}
    return None


def _wrong_leaf(item):
    if isinstance(item, str) and NO_TEXT.search(item):
        return _("The record holds characters that no text can hold: NUL, or half of a character.")
    if isinstance(item, int | float) and not abs(item) <= GREATEST:
        return _("The record holds a number beyond what every program reads alike: write it as text.")
    return None
