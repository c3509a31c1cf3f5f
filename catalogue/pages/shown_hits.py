"""Hits as a list shows them: plain texts and finished addresses, so that the template only puts them out."""

from datetime import datetime
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from catalogue import clock
from catalogue.pages import deadlines
from catalogue.pages.tickets import carried, choice_address
from catalogue.search.highlight import Fragments
from catalogue.search.hits import Hit
from formats import registry
from formats.format import CommonFormat
from formats.presentation import shown_field

MOST_PLACES = 3
FACTS = ("priority", "status", "type", "horizon")
TOLD = ("databases", "records", "licence", "last_read_on")


def groups(hits: list[Hit], language: str, ticket: str, by_country: bool) -> list[dict[str, Any]]:
    """The hits under headings: one without a name, or one for each country in the order of its first hit."""
    at = clock.now()
    found: dict[str, list] = {}
    for hit in hits:
        title = ", ".join(hit.country_names) if by_country else ""
        found.setdefault(title, []).append(shown(hit, language, ticket, at, names_places=not by_country))
    return [{"title": title, "hits": rows} for title, rows in found.items()]


def shown(hit: Hit, language: str, ticket: str, at: datetime, names_places: bool = True) -> dict[str, Any]:
    """Everything the list says of a hit; its kind only where the list holds several."""
    excerpt = hit.excerpt
    declaration = registry.by_slug(hit.database)
    return {
        "uid": hit.uid,
        "url": carried(address(hit, language), ticket),
        "choose_url": choice_address(ticket, hit.uid),
        "title_html": marked(hit.title_fragments),
        "lang": hit.title.lang,
        "dir": hit.title.dir,
        "excerpt": marked(excerpt.fragments) if excerpt else "",
        "excerpt_lang": hit.excerpt_lang,
        "excerpt_dir": hit.excerpt_dir,
        "kind": "" if hit.query.database else str(hit.kind),
        "facts": [*(places(hit) if names_places else []), *terms(hit), *told(declaration, hit, language)],
        "due": deadlines.sentence(declaration, hit.record, language, at),
        "sample": hit.sample,
        "harvested": hit.profile == "harvested",
        "unconfirmed": clock.is_unconfirmed(hit.record, at),
    }


def address(hit: Hit, language: str) -> str:
    """The record's page; of a row, the place on it."""
    page = f"/{language}/records/{hit.uid}/"
    if hit.row is None:
        return page
    return f"{page}#{registry.by_slug(hit.database).option('entries')}-{hit.row['id']}"


def marked(fragments: Fragments) -> SafeString:
    """The pieces of a text, the words that were looked for in `mark`."""
    pieces = (f"<mark>{escape(text)}</mark>" if is_hit else escape(text) for text, is_hit in fragments)
    return mark_safe("".join(pieces))  # noqa: S308 - every piece is escaped


def places(hit: Hit) -> list[str]:
    """Where it is about: the first three countries and groups."""
    named = hit.country_names + hit.group_names
    if len(named) <= MOST_PLACES:
        return named
    return [*named[:MOST_PLACES], _("and %(count)d more") % {"count": len(named) - MOST_PLACES}]


def terms(hit: Hit) -> list[str]:
    """What its terms say in a word."""
    return [label for name in FACTS if name in hit.codes for label in hit.labels(name)[:2]]


def told(declaration: CommonFormat, hit: Hit, language: str) -> list[str]:
    """What the portal itself says of something, as name and value; nothing for what people wrote."""
    if not declaration.option("made_by_the_portal"):
        return []
    document = hit.record["document"]
    facts = [_fact(declaration, name, document, language) for name in TOLD if name in declaration.fields]
    return [fact for fact in facts if fact]


def _fact(declaration: CommonFormat, name: str, document: dict[str, Any], language: str) -> str:
    """The field in words; one that should be given and is not says so."""
    field, shown = declaration.fields[name], shown_field(declaration, name, document, language)
    if shown is None and not field.required:
        return ""
    words = ", ".join(str(value) for value in shown.values) if shown else _("Not given by the source")
    return _("%(facet)s: %(value)s") % {"facet": field.label, "value": words}
