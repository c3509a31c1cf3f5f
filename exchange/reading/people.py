"""Texts without the ways to reach a person: those are data of persons, and go out of date."""

import re

from exchange.reading.markup import EMAIL
from exchange.reading.text import clean

# Some sources took the addresses out themselves, and left the names that stood beside them.
REMOVED = re.compile(r"\[\s*e-?mail(\s+address)?\s+(removed|redacted|protected|hidden)\s*\]", re.IGNORECASE)
TELEPHONE = re.compile(
    r"\b(tel|telephone|phone|mobile|fax|whatsapp)\b(\W{1,3}(no|number)\b)?\W{0,5}\+?\d[\d ()./-]{5,30}\d",
    re.IGNORECASE,
)
# A short word with a point is no end: a number follows it.
SENTENCE = re.compile(r"(?<=[.!?;])(?<!\btel\.)(?<!\bfax\.)(?<!\bno\.)\s+", re.IGNORECASE)


def without_contacts(text: str) -> str:
    """The text on one line, without the sentences that give an e-mail address or a telephone number."""
    return " ".join(sentence for sentence in SENTENCE.split(clean(text)) if not is_contact(sentence))


def is_contact(sentence: str) -> bool:
    return any(pattern.search(sentence) for pattern in (EMAIL, REMOVED, TELEPHONE))
