"""Languages that a repository writes into its texts: `[pt] Milho`, `[en] Maize`."""

import re
from collections.abc import Sequence

from exchange.oai_dc.draft import Value
from exchange.oai_dc.tongues import NOT_KNOWN, tag

MARK = re.compile(r"\[([a-z]{2})\] (?=\S)")
# A pair of brackets may open any sentence. It is a mark where all of these begin so, and there are several.
MARKED = ("title", "description", "subject")
FEWEST = 3


def with_marked_languages(values: dict[str, list[Value]]) -> dict[str, list[Value]]:
    """The texts of a record without their marks, in the languages that these name."""
    texts = [one for field in MARKED for one in values.get(field, ())]
    if len(texts) < FEWEST or not all(_language(one) for one in texts):
        return values
    return {field: _unmarked(given) if field in MARKED else given for field, given in values.items()}


def _unmarked(given: Sequence[Value]) -> list[Value]:
    return [one._replace(text=MARK.sub("", one.text, count=1), language=_language(one)) for one in given]


def _language(one: Value) -> str:
    found = MARK.match(one.text) if one.language == NOT_KNOWN else None
    language = tag(found[1]) if found else NOT_KNOWN
    return "" if language == NOT_KNOWN else language
