"""What the index of a host holds, and the name of the folder it lies in."""

import hashlib
from functools import cache
from pathlib import Path

import tantivy

import reference
from catalogue.index import facets, text
from formats import registry
from reference.languages import UN_LANGUAGES

# Sorts: the name in addresses, the index field, and whether the greatest value comes first.
MODIFIED, PUBLISHED, YEAR = "sort_modified", "sort_published", "sort_year"
DEADLINE, PRIORITY = "sort_deadline", "sort_priority"
COUNTRY = {language: f"sort_country_{language}" for language in UN_LANGUAGES}
SORTS = (MODIFIED, PUBLISHED, YEAR, DEADLINE, PRIORITY, *COUNTRY.values())

NUMBERS = ("position", "number", "opens", "closes", "year_from", "year_to", *SORTS)
CODES = ("kind", "identifier", "refers", "named_group")
KEPT_CODES = ("uid", "row")
MADE_BY = ("schema.py", "entry.py", "text.py", "facets.py", "leaf.py", "sorts.py")


def facet_field(name: str) -> str:
    return f"facet_{name}"


@cache
def schema() -> tantivy.Schema:
    """The fields of the index."""
    builder = tantivy.SchemaBuilder()
    for name in CODES:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in KEPT_CODES:
        builder.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
    for name in facets.facets():
        builder.add_text_field(facet_field(name), fast=True, tokenizer_name="raw", index_option="basic")
    for name in NUMBERS:
        builder.add_unsigned_field(name, indexed=True, fast=True)
    for language in text.LANGUAGES:
        builder.add_text_field(f"text_{language}", tokenizer_name=language, index_option="position")
        builder.add_text_field(f"title_{language}", tokenizer_name=language, index_option="position")
    builder.add_text_field("words", tokenizer_name="words", index_option="basic")
    builder.add_bytes_field("change", stored=True)
    return builder.build()


def open_index(folder: Path) -> tantivy.Index:
    """The index in a folder, made if there is none, with the portal's own analyzers."""
    folder.mkdir(parents=True, exist_ok=True)
    index = tantivy.Index(schema(), str(folder))
    for language in text.LANGUAGES:
        index.register_tokenizer(language, text.analyzer(language))
    index.register_tokenizer("words", text.analyzer("und"))
    return index


@cache
def folder_prefix() -> str:
    """The first two parts of a folder's name: what makes the entries, and the reference data they were made with."""
    digest = hashlib.sha256(tantivy.__version__.encode())
    for module in MADE_BY:
        digest.update(Path(__file__).with_name(module).read_bytes())
    for declaration in registry.all_formats():
        digest.update(f"{declaration.tag} {declaration.slug} {_declared(declaration)}".encode())
    return f"{digest.hexdigest()[:12]}-{reference.version()}"


def _declared(group) -> list:
    """How each field of a format is indexed, in order."""
    return [
        (name, type(field).__name__, field.search, field.facet, _declared(field) if hasattr(field, "fields") else ())
        for name, field in group.fields.items()
    ]
