"""Mapping files: how the rows of a source become documents. `docs/mapping.md` says what they may hold."""

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from io import BufferedReader
from itertools import count
from pathlib import Path

from django.utils.translation import gettext as _

from exchange.files import items, tables
from exchange.mapped import addresses, settings
from exchange.mapped.identity import Subject
from exchange.mapped.kinds import KINDS, PARTS, Kind
from exchange.mapped.kinds.dates import drop_contradictions
from exchange.reading.draft import Draft
from exchange.reading.mapped import Mapped
from exchange.reading.report import Finding
from exchange.reading.row import Row, is_sound, readable
from exchange.reading.text import clean
from formats import registry
from reference.languages import is_language
from reference.vocabularies import vocabulary

FOLDER = Path(__file__).parent.parent / "mappings"
MOST_TEXT = 200_000
MOST_KINDS = 500
LONGEST_NOTHING = 100
# The forms of a source, and how the names of their files end.
ARCHIVES = (".tar", ".tar.gz", ".tgz")
ENDINGS = {
    "table": (".csv", ".csv.gz", *ARCHIVES),
    "items": (".json", ".json.gz", *ARCHIVES),
}
# Dates of which the first cannot come after the second.
IN_ORDER = (("starts_on", "ends_on"), ("opens_on", "deadline"))
# Cells to try a mapping with: a word or number, and an address.
SAMPLES = ("1", "https://example.org/1")


class MappingError(Exception):
    """A mapping file does not say what it has to."""


@dataclass(frozen=True)
class Mapping:
    """One source of tables or of JSON: who it is, and what its columns mean."""

    source: str
    name: str
    licence: str
    address: str
    database: str
    language: str
    subject: Subject
    kinds: tuple[Kind, ...]
    empty: tuple[str, ...] = ()
    form: str = "table"
    lists: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()

    is_collected_by_file = False

    @property
    def endings(self) -> tuple[str, ...]:
        """How the names of its files end."""
        return ENDINGS[self.form]

    @property
    def key(self) -> str:
        return self.subject.column

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The columns that a file must have, in the order of the mapping."""
        read = (column for kind in self.kinds for column in kind.columns)
        return tuple(dict.fromkeys((*self.subject.columns, *read)))

    def rows(self, stream: BufferedReader) -> Iterator[Row]:
        """The rows of a file of this source."""
        if self.form == "items":
            return items.rows(stream, self.lists, self.columns, self.needs)
        return tables.rows(stream, self.columns)

    def apply(self, row: Row) -> Mapped:
        """The document of one row, and every point about it. Never raises for what a row may hold."""
        cells = {column: self._given(row.cells.get(column, "")) for column in self.columns}
        identifier = self.subject.identifier(cells)
        if faults := self._faults(row, cells):
            return Mapped(identifier, refusals=faults)
        draft = Draft(self.source, identifier, self.language, cells)
        for kind in self.kinds:
            if cells[kind.column].strip():
                kind.read(cells[kind.column], draft)
        return self._mapped(identifier, draft)

    @cached_property
    def _nothing(self) -> frozenset[str]:
        """The words for "not given", in small letters."""
        return frozenset(word.casefold() for word in self.empty)

    def _given(self, cell: str) -> str:
        """The cell, or nothing where it holds a word of the source for nothing."""
        return "" if len(cell) <= LONGEST_NOTHING and clean(cell).casefold() in self._nothing else cell

    def _faults(self, row, cells) -> list[Finding]:
        if row.fault:
            return [Finding("", "", row.fault)]
        unsound = [column for column, cell in cells.items() if not is_sound(cell)]
        if unsound:
            reason = _("This is not UTF-8: save the file in UTF-8, or mend the signs.")
            return [Finding(column, readable(cells[column]), reason) for column in unsound]
        return [fault] if (fault := self.subject.fault(cells)) else []

    def _mapped(self, identifier, draft) -> Mapped:
        drop_contradictions(draft, *IN_ORDER)
        shown = self.subject.shown(draft.cells)
        document = draft.read(registry.by_slug(self.database), column_of=self._column_of)
        return Mapped(
            identifier,
            subject=f"{self.subject.scheme}:{identifier}",
            document=document,
            refusals=draft.refusals,
            notes=draft.notes,
            address=addresses.fill(self.address, draft.cells | {addresses.IDENTIFIER: shown}),
            shown=shown if shown != identifier else "",
            lines=draft.lines,
            is_out=draft.is_out,
        )

    def _column_of(self, path: str) -> str:
        """The column that should have filled a field which is missing."""
        name = path.split("/")[1] if path else ""
        return next((kind.column for kind in self.kinds if getattr(kind, "to", None) == name), name)


def sources() -> list[str]:
    """The names of the sources that have a mapping file."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


@cache
def mapping(source: str) -> Mapping:
    """The mapping of a source; KeyError if there is none."""
    if source not in sources():
        raise KeyError(source)
    return parse((FOLDER / f"{source}.toml").read_text(encoding="utf-8"), source)


def parse(text: str, source: str) -> Mapping:
    """A mapping from its text; MappingError tells what is wrong with it, whatever stands there."""
    try:
        if len(text) > MOST_TEXT:
            raise ValueError(f"a mapping has at most {MOST_TEXT} signs")
        made = _made(tomllib.loads(text), source)
        _check(made)
    except RecursionError as error:
        raise MappingError(f"{source}: nested too deep") from error
    # Where a person writes a word instead of a table, or a table instead of a word, it is one of these.
    except (re.error, LookupError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise MappingError(f"{source}: {str(error)[:300]}") from error
    return made


def _made(data: dict, source: str) -> Mapping:
    if missing := {"columns", "subject"} - data.keys():
        raise ValueError(f"“{min(missing)}” is missing")
    rows, subject = data.pop("columns"), data.pop("subject")
    if len(rows) > MOST_KINDS:
        raise ValueError(f"a mapping has at most {MOST_KINDS} columns")
    if "column" in subject:
        subject["columns"] = [subject.pop("column"), *subject.get("columns", [])]
    parts = {"source": source, "subject": settings.made(Subject, subject), "kinds": [*map(_kind, count(1), rows)]}
    if taken := parts.keys() & data.keys():
        raise ValueError(f"a mapping has no setting “{min(taken)}”")
    return settings.made(Mapping, data | parts)


def _kind(number: int, given: dict) -> Kind:
    """One of `columns`; ValueError says in which of them something is wrong."""
    kind, settled = given.get("kind", ""), {name: value for name, value in given.items() if name != "kind"}
    try:
        if kind not in KINDS:
            raise ValueError(f"there is no kind of column “{kind}”: {', '.join(KINDS)}")
        for name in PARTS.keys() & settled.keys():
            settled[name] = settings.made(PARTS[name], settled[name])
        return settings.made(KINDS[kind], settled)
    except (ValueError, TypeError, AttributeError) as error:
        raise ValueError(f"columns, number {number} “{given.get('column', '')!s:.60}”: {error}") from error


def _check(made: Mapping) -> None:
    """Whether what the mapping names exists: form, address, fields and terms."""
    if made.form not in ENDINGS:
        raise ValueError(f"there is no form “{made.form}”: {', '.join(ENDINGS)}")
    if (made.lists or made.needs) and made.form != "items":
        raise ValueError("only items lie in lists and need keys")
    if made.language != "und" and not is_language(made.language):
        raise ValueError(f"“{made.language}” is not the code of a language")
    addresses.check(made.address, made.columns)
    known = registry.by_slug(made.database).fields
    for kind in made.kinds:
        for target in getattr(kind, "targets", (getattr(kind, "to", "title"),)):
            if target not in known:
                raise ValueError(f"{made.database} have no field “{target}”")
        _check_terms(kind, known)
    _try(made, known)


def _check_terms(kind: Kind, known) -> None:
    terms = getattr(known[getattr(kind, "to", "title")], "vocabulary_name", "")
    for code in getattr(kind, "values", {}).values() if terms else ():
        if isinstance(code, str) and vocabulary(terms).resolve(code) is None:
            raise ValueError(f"there is no term “{code}” in “{terms}”")


def _try(made: Mapping, known) -> None:
    """Read some cells once: what cannot work with any row, or fills what there is not, comes to light here."""
    for sample in SAMPLES:
        draft = Draft(made.source, "1", made.language, dict.fromkeys(made.columns, sample))
        for kind in made.kinds:
            kind.read(_asked(kind, sample), draft)
        if unknown := draft.document.keys() - known.keys():
            raise ValueError(f"{made.database} have no field “{min(unknown)}”")
        made._mapped("1", draft)


def _asked(kind: Kind, sample: str) -> str:
    """A cell for this kind: of a questionnaire the sample is the answer to each of its questions."""
    codes = getattr(kind, "tell", ())
    return json.dumps([{kind.question: code, kind.answer: sample} for code in codes]) if codes else sample  # type: ignore[attr-defined]
