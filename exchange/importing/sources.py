"""Which source an import is of: made at its first import, with what its reader knows of it."""

from exchange import readers
from exchange.importing import statements
from exchange.mapped.mapping import parse
from exchange.models import Source
from exchange.reading.reader import Reader

OWN_MAPPING = "mapped"  # the reader of a source whose mapping was written at the desk


def source_of(key: str, reader: str, *, name: str = "", licence: str | None = None) -> Source:
    """The source of this key, made if need be. A name and a licence that are given are its own from now on."""
    source = Source.objects.filter(key=key).first()
    if source is None:
        known = readers.reader(reader)
        licence = known.licence if licence is None else licence
        return Source.objects.create(key=key, reader=reader, name=name or known.name, licence=licence)
    said = {"name": name or source.name, "licence": source.licence if licence is None else licence}
    if any(getattr(source, field) != value for field, value in said.items()):
        Source.objects.filter(pk=source.pk).update(**said)
        source.refresh_from_db()
        statements.renew(source)
    return source


def reader_of(source: Source) -> Reader:
    """What reads a source: the format it names, or the mapping written for it; MappingError if that is wrong."""
    if source.reader == OWN_MAPPING:
        return parse(source.mapping, source.key)
    return readers.reader(source.reader)
