"""Text that was written for web pages, and then put into a field for plain text: signs and tags taken off again."""

import html
import re

from exchange.reading.text import clean

# Only tags that set text: what else stands in angle brackets may be mathematics, or an address.
BREAKS = "p|br|div|li|ul|ol|h[1-6]|tr|td|th|table|blockquote|section|sec|title|list|list-item"
INLINE = (
    "a|b|i|u|s|em|strong|span|sub|sup|small|big|tt|code|font|abbr|cite|q|center|tbody|thead|img|hr"
    r"|italic|bold|sc|underline|abstract|o:p|st1:\w{1,30}"
)
SETTINGS = r"""(?:\s+[\w:-]{1,40}\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[^\s<>"']+))*\s*"""
PARTS = re.compile(BREAKS, re.IGNORECASE)
BREAK = re.compile(rf"</?(?:jats:)?(?:{BREAKS}){SETTINGS}/?>", re.IGNORECASE)
TAG = re.compile(rf"</?(?:jats:)?(?:{INLINE}){SETTINGS}/?>", re.IGNORECASE)
# Word processors leave orders to themselves there.
REMARK = re.compile(r"<!--.*?-->", re.DOTALL)
# With the semicolon only: an address such as `?a=1&sect=2` holds none.
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
ESCAPED_TWICE = 2
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\ud800-\udfff]")
# Numbers of another page of codes, as the signs that every browser makes of them: quotation marks, dashes.
MISTAKEN = re.compile("[\x80-\x84\x86-\x9f]")
PARAGRAPH = re.compile(r"\n[ \t\r]*\n")

EMAIL = re.compile(
    r"(?<![\w.%+-])(?:mailto:\s?)?[\w.%+-]{1,64}[@＠](?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24}", re.IGNORECASE
)
DOUBLED = re.compile(" {2,}")
EMPTIED = re.compile(r"\(\s*\)|<\s*>|\[\s*\]")


def paragraphs(text: str) -> str:
    """Plain text of one or more paragraphs, with an empty line between them."""
    text = BREAK.sub("\n\n", _unescaped(text))
    return "\n\n".join(part for part in (clean(part) for part in PARAGRAPH.split(text)) if part)


def without_emails(text: str) -> str:
    """The text without the e-mail addresses in it: they are data of persons."""
    if "@" not in text and "＠" not in text:
        return text
    found = EMAIL.sub("", text)
    return text if found == text else DOUBLED.sub(" ", EMPTIED.sub("", found)).strip(" ,;")


def _unescaped(text: str) -> str:
    for _time in range(ESCAPED_TWICE):
        text = ENTITY.sub(lambda found: html.unescape(found[0]), text) if "&" in text else text
    remarks, end, text = text.rpartition("-->")  # up to the last that ends
    return _sound(TAG.sub("", REMARK.sub("", f"{remarks}{end}") + text))


def _sound(text: str) -> str:
    """The text without what cannot be shown; soft hyphens would part words in a search."""
    if not CONTROL.search(text):
        return text
    return CONTROL.sub("", MISTAKEN.sub(lambda found: html.unescape(f"&#{ord(found[0])};"), text))
