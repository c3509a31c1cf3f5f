"""Choosing among the languages of a text: the page's language, English, the first given."""

from dataclasses import dataclass

from reference import languages


@dataclass(frozen=True)
class Text:
    """A text in one language, with what HTML needs to show it right."""

    text: str
    lang: str
    dir: str

    def __str__(self):
        return self.text


def chosen(texts: object, language: str) -> Text | None:
    """The text for a reader of `language`; None where there is none. A plain string has no known language."""
    if isinstance(texts, str):
        return text(texts, "und")
    if not isinstance(texts, dict):
        return None
    given = {tag: item for tag, item in texts.items() if isinstance(item, str) and item.strip()}
    tag = next((tag for tag in (language, "en", *given) if tag in given), None)
    return text(given[tag], tag) if tag else None


def others(texts: dict, language: str) -> list[Text]:
    """What the text says in other languages than the chosen one; the same words under another tag say nothing new."""
    first = chosen(texts, language)
    said = {first.text} if first else set()
    found = []
    for tag, item in texts.items():
        if first and isinstance(item, str) and item.strip() and item not in said:
            said.add(item)
            found.append(text(item, tag))
    return found


def text(words: str, tag: str) -> Text:
    return Text(words, "" if tag == "und" else tag, "auto" if tag == "und" else languages.direction(tag))
