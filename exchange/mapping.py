"""Mapping files: how the rows of a table become documents. `docs/importing.md` says what they may hold."""

import hashlib
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

import orjson
from django.utils.translation import gettext as _

from exchange.draft import Draft
from exchange.kinds import KINDS, Amount, FiscalYear, Kind, Stage
from exchange.report import Finding
from exchange.tabular import Row, is_sound, readable
from exchange.text import clean
from formats import reading, registry

FOLDER = Path(__file__).parent / "mappings"
PARTS = {"stage": Stage, "year": FiscalYear}


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
    columns: tuple[Kind, ...]
    empty: tuple[str, ...] = ()

    @property
    def needed(self) -> tuple[str, ...]:
        """The columns that a file must have, in the order of the mapping."""
        years = (kind.year.column for kind in self.columns if isinstance(kind, Amount) and kind.year)
        return tuple(dict.fromkeys((self.subject.column, *(kind.column for kind in self.columns), *years)))

    def apply(self, row: Row) -> "Mapped":
        """The document of one row, and every point about it. Never raises for what a row may hold."""
        cells = {column: self._given(row.cells.get(column, "")) for column in self.needed}
        identifier = clean(cells[self.subject.column])
        if faults := self._faults(row, cells, identifier):
            return Mapped(identifier, refusals=faults)
        draft = Draft(self.source, identifier, self.language, cells)
        for kind in self.columns:
            if cells[kind.column].strip():
                kind.read(cells[kind.column], draft)
        return self._mapped(identifier, cells, draft)

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

    def _mapped(self, identifier, cells, draft) -> "Mapped":
        fmt = registry.by_slug(self.database)
        result = fmt.read({"format": fmt.tag, **draft.document}, profile=reading.HARVESTED)
        for problem in result.errors:
            column = draft.origin(problem.path) or self._column_of(problem.path)
            draft.refuse(column, problem.message)
        return Mapped(
            identifier,
            subject=f"{self.subject.scheme}:{identifier}",
            digest=hashlib.sha256(orjson.dumps(list(cells.values()))).hexdigest(),
            document=result.values,
            refusals=draft.refusals,
            notes=draft.notes,
        )

    def _column_of(self, path: str) -> str:
        """The column that should have filled a field which is missing."""
        name = path.split("/")[1] if path else ""
        return next((kind.column for kind in self.columns if getattr(kind, "to", None) == name), name)


@dataclass(frozen=True)
class Mapped:
    """What a row gave: a document, or the reasons why not; and what was kept as the source gives it."""

    identifier: str
    subject: str = ""
    digest: str = ""
    document: dict | None = None
    refusals: Sequence[Finding] = ()
    notes: Sequence[Finding] = ()


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
        columns = tuple(_kind(**row) for row in data.pop("columns"))
        subject = Subject(**data.pop("subject"))
        made = Mapping(source=source, subject=subject, columns=columns, **_frozen(data))
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
    for kind in made.columns:
        target = getattr(kind, "to", "title")
        if target not in known:
            raise ValueError(f"{made.database} have no field “{target}”")
