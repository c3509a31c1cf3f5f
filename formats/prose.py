"""Plain text as people type it, made into safe HTML: paragraphs, lists, links."""

import re

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

ADDRESS = re.compile(r"https?://[^\s<>\"']{1,2000}")
TRAILING = ".,;:!?)]}»”"


def linked(text: str) -> SafeString:
    """The text escaped, its web addresses made links."""
    parts, last = [], 0
    for match in ADDRESS.finditer(text):
        address = match[0].rstrip(TRAILING)
        parts += [escape(text[last : match.start()]), _link(address)]
        last = match.start() + len(address)
    parts.append(escape(text[last:]))
    return mark_safe("".join(parts))  # noqa: S308 - every part was escaped above


def _link(address: str) -> str:
    return f'<a href="{escape(address)}" rel="nofollow noopener">{escape(address)}</a>'


def rendered(text: str) -> SafeString:
    """A blank line parts paragraphs; lines that begin with `- ` are a list."""
    blocks = (block.strip("\n") for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n")))
    return mark_safe("".join(_block(block) for block in blocks if block.strip()))  # noqa: S308 - built of escaped parts


def _block(block: str) -> str:
    html, items, lines = [], [], []

    def close():
        if lines:
            html.append(f"<p>{'<br>'.join(lines)}</p>")
        if items:
            html.append(f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>")
        lines.clear()
        items.clear()

    for line in block.split("\n"):
        is_item = line.startswith("- ")
        if (is_item and lines) or (not is_item and items):
            close()
        (items if is_item else lines).append(linked(line.removeprefix("- ").strip()))
    close()
    return "".join(html)
