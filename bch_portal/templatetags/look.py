"""Tags of the look: the languages of a page, and the pieces that hold content of their own."""

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language_info

register = template.Library()


@register.simple_tag(takes_context=True)
def language_links(context):
    """The page at hand in each of the six languages, each named in itself; its home where no request is known."""
    request = context.get("request")
    path = request.get_full_path() if request else "/"
    return [
        {"code": code, "name": get_language_info(code)["name_local"].capitalize(), "url": in_language(path, code)}
        for code, _name in settings.LANGUAGES
    ]


def in_language(path, code):
    """`/en/search/?q=rice` → `/fr/search/?q=rice`; an address without a language leads to the language's home."""
    first, _slash, rest = path.removeprefix("/").partition("/")
    return f"/{code}/{rest}" if first in dict(settings.LANGUAGES) else f"/{code}/"


@register.simple_block_tag
def notice(content, tone="", title=""):
    """A boxed message: tone is empty, `good`, `warm`, `bad` or `quiet`."""
    return render_to_string("components/notice.html", {"content": content, "tone": tone, "title": title})


@register.simple_block_tag
def panel(content, title, level=2):
    """A quiet box beside the text, with a heading."""
    return render_to_string("components/panel.html", {"content": content, "title": title, "level": level})
