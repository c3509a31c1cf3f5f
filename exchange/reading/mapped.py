"""What a row of a source becomes: a document, or the reasons why not."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

import orjson

from exchange.reading.report import Finding


@dataclass(frozen=True)
class Mapped:
    """What a row gave: a document, or the reasons why not; and what was kept as the source gives it.

    `identifier` is the source's own, one a thing; `subject` is what the row is about: rows of several sources with
    one subject make one record. `lines` names for rows of the funding, by their id, the money they speak of: figures
    of one record and one stage for the same money are one amount told several times. `is_deleted` says that the
    source took it back.
    `is_out` says that the row was refused for what it is about: the source does not list that thing, or no more.
    `database` is given where one source speaks of several. `part_of` is the subject of what the row says that it is
    part of, such as a programme.
    """

    identifier: str
    subject: str = ""
    document: dict | None = None
    refusals: Sequence[Finding] = ()
    notes: Sequence[Finding] = ()
    address: str = ""
    shown: str = ""  # the identifier for readers, where it differs
    lines: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    is_deleted: bool = False
    is_out: bool = False
    database: str = ""
    part_of: str = ""

    @cached_property
    def digest(self) -> str:
        """SHA-256 of what the row says, however it was written."""
        said = [self.document, dict(self.lines), self.address, self.is_deleted, *filter(None, [self.part_of])]
        return hashlib.sha256(orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).hexdigest()
