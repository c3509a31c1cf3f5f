"""Lines of text that were escaped for web pages, once or more often: signs for entities, and tags taken off."""

import html
import re

from exchange.reading.markup import BREAK, ENTITY, TAG

# The bytes of one sign, each written as if it were a sign of its own: `&#195;&#169;` is “é”.
BYTES = re.compile(r"(?:&#(?:12[89]|1[3-9][0-9]|2[0-4][0-9]|25[0-5]);){2,}")
# `&amp;amp;`: text that was escaped again each time it was passed on.
MOST_TIMES = 4
LOST = "\ufffd"


def plain(text: str) -> str:
    """The text with signs for entities, and without tags of HTML; any other `<…>` stays as it was typed."""
    for _again in range(MOST_TIMES):
        decoded = ENTITY.sub(_sign, BYTES.sub(_signs, text))
        if decoded == text:
            break
        text = decoded
    return BREAK.sub(" ", TAG.sub("", text))


def _sign(reference: re.Match) -> str:
    """The sign of one reference; an unknown name stays as it is."""
    return html.unescape(reference[0])


def _signs(references: re.Match) -> str:
    numbers = bytes(int(number) for number in re.findall("[0-9]+", references[0]))
    try:
        return numbers.decode()
    except UnicodeDecodeError:
        return references[0]
