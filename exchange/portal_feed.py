"""Pages of the change feed of another portal of this kind: its records come over, without what is its own."""

import re
from collections.abc import Iterator
from io import BufferedReader
from urllib.parse import urlsplit

import orjson
from django.conf import settings
from django.utils.translation import gettext as _

from exchange.files import items
from exchange.reading.mapped import Mapped
from exchange.reading.report import Finding
from exchange.reading.row import Row, is_sound, readable
from exchange.reading.text import clean
from formats import reading, registry
from formats.fields import ReferenceField
from formats.fields.references import UID
from formats.format import CommonFormat
from formats.groups import Group
from formats.problems import is_empty

RECORD = "record"
TAG = re.compile(r"([A-Z]{2,5})/([1-9][0-9]{0,3})")
LONGEST_ADDRESS = 2_000
LONGEST_SUBJECT = 200
# What our own lists do not know yet: the portal is newer than we are. It is left out, and the rest is good.
NEWER = ("unknown", "unknown_code")
# Actions that never stand without a record.
LIVING = ("", "published", "updated", "amended", "confirmed", "restored")


class NotTaken(ValueError):
    """A change that makes no record here; the message says why."""


class PortalFeed:
    """The reader of change feeds, of whatever portal."""

    source = "portal"
    name = "Another portal of this kind"  # each portal's own name and licence are given with its source
    licence = ""
    database = "projects"  # each row names its own
    endings: tuple[str, ...] = (".json", ".json.gz")
    columns: tuple[str, ...] = ("uid", "database", "action", RECORD, "reason", "replaced_by")
    key = "uid"
    is_collected_by_file = False

    def rows(self, stream: BufferedReader) -> Iterator[Row]:
        return items.rows(stream, ("changes",), self.columns)

    def apply(self, row: Row) -> Mapped:
        """The record of a change, in our own format. Never raises for what a row may hold."""
        cells = {column: row.cells.get(column, "") for column in self.columns}
        uid = clean(cells["uid"])
        try:
            _refuse_faults(row, cells, uid)
            if not cells[RECORD].strip():
                return _tombstone(cells, uid)
            record = _parsed(cells[RECORD], uid)
            return _mapped(uid, record, _format_of(record))
        except NotTaken as reason:
            return Mapped(readable(uid), refusals=[Finding("uid", readable(uid), str(reason))])


def _refuse_faults(row: Row, cells: dict[str, str], uid: str) -> None:
    if row.fault:
        raise NotTaken(row.fault)
    if not all(map(is_sound, cells.values())):
        raise NotTaken(_("This is not UTF-8: save the file in UTF-8, or mend the signs."))
    if len(uid) > LONGEST_SUBJECT or not UID.fullmatch(uid):
        raise NotTaken(_("The change does not say which record it is about."))


def _tombstone(cells: dict[str, str], uid: str) -> Mapped:
    """A record that the portal does not publish any more."""
    if clean(cells["action"]) in LIVING:
        raise NotTaken(_("The change holds no record, and does not say that it was withdrawn."))
    notes = []
    if replaced_by := clean(cells["replaced_by"]):
        notes.append(Finding("replaced_by", replaced_by, _("Another record of that portal took its place.")))
    return Mapped(uid, subject=f"portal:{uid}", notes=notes, is_deleted=True)


def _parsed(cell: str, uid: str) -> dict:
    """The record of a change."""
    try:
        record = orjson.loads(cell)
    except (orjson.JSONDecodeError, UnicodeEncodeError) as error:
        raise NotTaken(_("The record is no JSON.")) from error
    if not isinstance(record, dict) or not isinstance(record.get("document"), dict):
        raise NotTaken(_("The record is not one of a portal of this kind: it has no document."))
    if record.get("uid", uid) != uid:
        raise NotTaken(_("The change is about one record, and holds another."))
    if record.get("profile") == reading.HARVESTED:
        provenance = record.get("provenance")
        named = provenance.get("source") if isinstance(provenance, dict) else ""
        message = _("That portal took the record from elsewhere itself (%(source)s): it is to be harvested there.")
        raise NotTaken(message % {"source": readable(clean(str(named or "?")))[:200]})
    if record.get("sample") and not settings.DEMONSTRATION:
        raise NotTaken(_("This is a sample record: only a demonstration takes it."))
    return record


def _format_of(record: dict) -> CommonFormat:
    """The format that reads the record; only the databases that people write are taken over."""
    database, document = record.get("database"), record["document"]
    fmt = next((one for one in registry.databases() if one.slug == database), None)
    if fmt is None or fmt.option("identity"):
        message = _("Records of “%(database)s” are not taken over from other portals.")
        raise NotTaken(message % {"database": readable(str(database))[:60]})
    named = TAG.fullmatch(str(document.get("format") or ""))
    if named is None or named[1] != fmt.code:
        raise NotTaken(_("The document is not in the format %(format)s.") % {"format": fmt.tag})
    if int(named[2]) > fmt.version:
        message = _(
            "The document is in the newer format %(newer)s; this portal reads %(format)s: bring it up to date."
        )
        raise NotTaken(message % {"newer": named[0], "format": fmt.tag})
    return fmt


def _mapped(uid: str, record: dict, fmt: CommonFormat) -> Mapped:
    address = _address(record)
    notes: list[Finding] = []
    document = _without_references(fmt, fmt.public(fmt.lift(record["document"])), "", notes)
    read = fmt.read(document, profile=reading.HARVESTED)
    refusals: list[Finding] = []
    for problem in read.errors:
        finding = Finding(f"{RECORD}{problem.path}", "", str(problem.message))
        (notes if problem.code in NEWER else refusals).append(finding)
    return Mapped(
        uid,
        # Portals that keep the usual prefix give the same identifiers: only the address tells them apart.
        subject=f"portal:{urlsplit(address).netloc}/{uid}"[:LONGEST_SUBJECT],
        document=read.values,
        refusals=refusals,
        notes=notes,
        address=address,
        database=fmt.slug,
    )


def _address(record: dict) -> str:
    """The page of the record on its own portal."""
    address = str(record.get("url"))
    try:
        parts = urlsplit(address)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        is_web = False
    if not is_web or not re.fullmatch(r"[!-~]+", address) or len(address) > LONGEST_ADDRESS:
        raise NotTaken(_("The record does not say where its portal shows it."))
    return address


def _without_references(group: Group, values: dict, path: str, notes: list[Finding]) -> dict:
    """The document without references to records of the other portal: where a name will do, it stays."""
    kept = {}
    for name, value in values.items():
        field, place = group.fields.get(name), f"{path}/{name}"
        if isinstance(field, Group | ReferenceField):
            rows = enumerate(value) if field.many and isinstance(value, list) else [("", value)]
            read = [_row(field, row, f"{place}/{index}".rstrip("/"), notes) for index, row in rows]
            value = read if isinstance(value, list) and field.many else read[0]
        if value is not None:
            kept[name] = value
    return kept


def _row(field: Group | ReferenceField, row: object, place: str, notes: list[Finding]) -> object:
    """A row or a single value; what is not of the right shape is left for the format to refuse."""
    if not isinstance(row, dict):
        return row
    if isinstance(field, Group):
        return _without_references(field, row, place, notes)
    if is_empty(row.get("uid")):
        return row
    told = clean(readable(str(row.get("name") or row.get("uid"))))[:500]
    if field.uid_is_mandatory or is_empty(row.get("name")):
        notes.append(Finding(f"{RECORD}{place}", told, _("A reference to a record of that portal: it is left out.")))
        return None
    return {key: value for key, value in row.items() if key != "uid"}
