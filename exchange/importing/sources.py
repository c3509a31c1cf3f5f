"""Which source an import is of: made at its first import, with what its reader knows of it."""

from contextlib import suppress

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exchange import readers
from exchange.importing import making, statements
from exchange.mapped.mapping import parse
from exchange.models import Source, Statement
from exchange.pages import publish_source
from exchange.reading.reader import Reader
from exchange.reading.row import readable
from publishing.log import LogBusy
from records.models import Record

OWN_MAPPING = "mapped"  # the reader of a source whose mapping was written at the desk
RESERVED = {"new"}  # an address of the desk

whole_key = RegexValidator(
    r"^[a-z0-9]+(-[a-z0-9]+)*\Z", gettext_lazy("Small letters, digits and single hyphens only.")
)


class SourceRefused(Exception):
    """No source can be called so. Safe to show."""


def closed() -> set[str]:
    """The keys of the sources of which nothing may be shown: without a licence, and outside a demonstration."""
    if settings.DEMONSTRATION:
        return set()
    return set(Source.objects.filter(licence="").values_list("key", flat=True))


def hold_back() -> None:
    """Let what is shown and may not be wait to be made anew: what was a demonstration is none any more."""
    if not (keys := closed()):
        return
    shown = Record.objects.filter(public=Record.Public.PUBLISHED, told__sources__has_any_keys=sorted(keys))
    with transaction.atomic():
        making.take_turns()
        Statement.objects.filter(uid__in=shown.values("uid")).update(waits=True)
    for source in Source.objects.filter(key__in=keys).exclude(uid=""):
        publish_source(source)


def source_of(key: str, reader: str, *, name: str = "", licence: str | None = None) -> Source:
    """The source of this key, made if need be. A name and a licence that are given are its own from now on.

    SourceRefused for a key that no address can hold, and for what is too long.
    """
    name, licence = _one_line(name), None if licence is None else _one_line(licence)
    source = Source.objects.filter(key=key).first()
    if source is None:
        known = readers.reader(reader)
        licence = known.licence if licence is None else licence
        source = Source(key=key, reader=reader, name=name or known.name, licence=licence)
        _require_sound(source)
        source.save()
        return source
    said = {"name": name or source.name, "licence": source.licence if licence is None else licence}
    _require_sound(Source(key=key, reader=source.reader, **said))
    if any(getattr(source, field) != value for field, value in said.items()):
        with suppress(LogBusy):  # what is left is made anew after the import, or by the worker
            statements.renew(source, **said)
    return source


def _require_sound(source: Source) -> None:
    """A key that stands in addresses, and words that are no longer than their columns."""
    try:
        source.clean_fields()
        whole_key(source.key)
    except ValidationError as error:
        by_field = error.message_dict if hasattr(error, "error_dict") else {"key": error.messages}
        told = "; ".join(f"{field}: {' '.join(messages)}" for field, messages in by_field.items())
        raise SourceRefused(told) from error
    if source.key in RESERVED:
        raise SourceRefused(_("There is a source of this key already: choose another."))


def _one_line(text: str) -> str:
    return " ".join(readable(text).split())


def reader_of(source: Source) -> Reader:
    """What reads a source: the format it names, or the mapping written for it; MappingError if that is wrong."""
    if source.reader == OWN_MAPPING:
        return parse(source.mapping, source.key)
    return readers.reader(source.reader)
