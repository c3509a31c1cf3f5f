"""Mapping files: how the rows of a table become documents. `docs/importing.md` says what they may hold."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from io import BufferedReader
from pathlib import Path
from types import MappingProxyType

from django.utils.translation import gettext as _

from exchange.files import tables
from exchange.mapped.kinds import KINDS, PARTS, Kind
from exchange.reading.draft import Draft
from exchange.reading.mapped import Mapped
from exchange.reading.report import Finding
from exchange.reading.row import Row, is_sound, readable
from exchange.reading.text import clean
from formats import registry

FOLDER = Path(__file__).parent.parent / "mappings"


class MappingError(Exception):
    """A mapping file does not say what it has to."""


@dataclass(frozen=True)
class Subject:
    """The column that says what a row is about, and the name of that numbering: `GEF:4207`."""

    column: str
    scheme: str
    pattern: str


@dataclass(frozen=True)
class Mapping:
    """One source of tables: who it is, and what its columns mean."""

    source: str
    name: str
    licence: str
    address: str
    database: str
    language: str
    subject: Subject
    kinds: tuple[Kind, ...]
    empty: tuple[str, ...] = ()

    endings = (".csv", ".csv.gz")
    is_collected_by_file = False

    @property
    def key(self) -> str:
        return self.subject.column

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The columns that a file must have, in the order of the mapping."""
        read = (column for kind in self.kinds for column in kind.columns)
        return tuple(dict.fromkeys((self.subject.column, *read)))

    def rows(self, stream: BufferedReader) -> Iterator[Row]:
        """The rows of a file of this source."""
        return tables.rows(stream, self.columns)

    def apply(self, row: Row) -> Mapped:
        """The document of one row, and every point about it. Never raises for what a row may hold."""
        cells = {column: self._given(row.cells.get(column, "")) for column in self.columns}
        identifier = clean(cells[self.subject.column])
        if faults := self._faults(row, cells, identifier):
            return Mapped(identifier, refusals=faults)
        draft = Draft(self.source, identifier, self.language, cells)
        for kind in self.kinds:
            if cells[kind.column].strip():
                kind.read(cells[kind.column], draft)
        return self._mapped(identifier, draft)

    def _given(self, cell: str) -> str:
        """The cell, or nothing where it holds a word of the source for nothing."""
        return "" if clean(cell) in self.empty else cell

    def _faults(self, row, cells, identifier) -> list[Finding]:
        if row.fault:
            return [Finding("", "", row.fault)]
        unsound = [column for column, cell in cells.items() if not is_sound(cell)]
        if unsound:
            reason = _("This is not UTF-8: save the file in UTF-8, or mend the signs.")
            return [Finding(column, readable(cells[column]), reason) for column in unsound]
        if not identifier:
            reason = _("The row does not say which %(scheme)s number it is about.") % {"scheme": self.subject.scheme}
            return [Finding(self.subject.column, "", reason)]
        if not re.fullmatch(self.subject.pattern, identifier, re.ASCII):
            reason = _("This is not a %(scheme)s number.") % {"scheme": self.subject.scheme}
            return [Finding(self.subject.column, identifier, reason)]
        return []

    def _mapped(self, identifier, draft) -> Mapped:
        document = draft.read(registry.by_slug(self.database), column_of=self._column_of)
        return Mapped(
            identifier,
            subject=f"{self.subject.scheme}:{identifier}",
            document=document,
            refusals=draft.refusals,
            notes=draft.notes,
            address=self.address.format(identifier=identifier),
            lines=draft.lines,
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
    """A mapping from the text of its file; MappingError tells what is wrong with it."""
    try:
        data = tomllib.loads(text)
        kinds = tuple(_kind(**row) for row in data.pop("columns"))
        subject = Subject(**data.pop("subject"))
        made = Mapping(source=source, subject=subject, kinds=kinds, **_frozen(data))
        _check(made)
    except (tomllib.TOMLDecodeError, re.error, KeyError, IndexError, TypeError, ValueError) as error:
        raise MappingError(f"{source}: {error}") from error
    return made


def _kind(*, kind: str, **settings) -> Kind:
    if kind not in KINDS:
        raise ValueError(f"there is no kind of column “{kind}”")
    for name, part in PARTS.items():
        if name in settings:
            settings[name] = part(**_frozen(settings[name]))
    return KINDS[kind](**_frozen(settings))


def _frozen(settings: dict) -> dict:
    kept = {list: tuple, dict: MappingProxyType}
    return {name: kept.get(type(value), lambda same: same)(value) for name, value in settings.items()}


def _check(made: Mapping) -> None:
    """Whether what the mapping names exists: fields, address, pattern."""
    made.address.format(identifier="1")
    re.compile(made.subject.pattern)
    known = registry.by_slug(made.database).fields
    for kind in made.kinds:
        target = getattr(kind, "to", "title")
        if target not in known:
            raise ValueError(f"{made.database} have no field “{target}”")
