"""Files as sources give them: plain, gzipped, in a tar archive or a folder, unpacked within stated bounds."""

import gzip
import io
import tarfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple

from django.utils.translation import gettext as _

from exchange.reading.row import readable

MOST_BYTES = 2 * 1024**3
MOST_MEMBERS = 10_000
# A gzipped text is rarely a twentieth of the text; what grows far beyond that is made to exhaust the reader.
MOST_EXPANSION = 250
EXPANSION_COUNTS_FROM = 16 * 1024**2

# What an archive says about one of its files, such as a long name: it is read whole, whatever its length.
MOST_ABOUT_A_MEMBER = 64 * 1024
ABOUT_A_MEMBER = (
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
)

# What systems keep beside files, under the same name: `._records.xml`.
HIDDEN = "."

GZIP = b"\x1f\x8b"
TAR, TAR_AT = b"ustar", 257
BUFFER = 64 * 1024


class UnreadableFile(Exception):
    """The file cannot be read, or cannot be read any further. Safe to show and to store."""

    def __str__(self) -> str:
        return readable(super().__str__())


class Member(NamedTuple):
    """One text file: its name, and its unpacked bytes."""

    name: str
    stream: io.BufferedReader


def members(path: Path, endings: Sequence[str]) -> Iterator[Member]:
    """The text files of a path: itself, unpacked if need be, or the files of an archive that end as given.

    UnreadableFile where the packing is broken or swells beyond the bounds; so do reads of the streams.
    """
    with _said_plainly(), path.open("rb") as raw:
        stream = unpacked(raw)
        if stream.peek(BUFFER)[TAR_AT : TAR_AT + len(TAR)] == TAR:
            yield from _archived(stream, endings)
        else:
            yield Member(readable(path.name), stream)


def unpacked(raw: BinaryIO) -> io.BufferedReader:
    """The bytes of a stream, unpacked if they are gzipped, counted and bounded."""
    start = io.BufferedReader(Counted(raw), BUFFER)
    if start.peek(2)[:2] != GZIP:
        return start
    packed = start.raw
    return io.BufferedReader(Counted(gzip.GzipFile(fileobj=start), packed), BUFFER)


def _archived(stream: io.BufferedReader, endings: Sequence[str]) -> Iterator[Member]:
    found = 0
    with tarfile.open(fileobj=stream, mode="r|", tarinfo=Entry) as archive:
        for count, entry in enumerate(archive, start=1):
            if count > MOST_MEMBERS:
                message = _("The archive holds more than %(most)d files: cut it up.")
                raise UnreadableFile(message % {"most": MOST_MEMBERS})
            name = Path(entry.name).name
            if entry.isfile() and name.lower().endswith(tuple(endings)) and not name.startswith(HIDDEN):
                found += 1
                yield Member(readable(name), unpacked(archive.extractfile(entry)))
            # They would stay in memory with all that was said about them; the type hints do not know them.
            archive.members.clear()  # type: ignore[attr-defined]
    if not found:
        message = _("The archive holds no files that end in %(endings)s.")
        raise UnreadableFile(message % {"endings": ", ".join(endings)})


class Entry(tarfile.TarInfo):
    """What an archive says about one of its files, within bounds: `tarfile` itself knows none."""

    @classmethod
    def frombuf(cls, buf, encoding, errors):
        entry = super().frombuf(buf, encoding, errors)
        is_too_long = entry.type in ABOUT_A_MEMBER and entry.size > MOST_ABOUT_A_MEMBER
        # A map of holes has no bound, and a negative size leads back to where the reading began.
        if is_too_long or entry.size < 0 or entry.type == tarfile.GNUTYPE_SPARSE:
            raise UnreadableFile(_("The archive is not one of plain files: pack it anew."))
        return entry

    def _proc_gnusparse_10(self, *told):
        raise UnreadableFile(_("The archive is not one of plain files: pack it anew."))


class Counted(io.RawIOBase):
    """A stream that fills what it is asked for, counts it, and stops what is far too large."""

    def __init__(self, inner, packed: "Counted | None" = None):
        self.inner, self.packed = inner, packed
        self.total = 0

    def readable(self) -> bool:
        return True

    def readinto(self, target) -> int:
        filled = 0
        with _said_plainly():
            while filled < len(target) and (chunk := self.inner.read(len(target) - filled)):
                target[filled : filled + len(chunk)] = chunk
                filled += len(chunk)
        self.total += filled
        swollen = self.packed and self.total > max(EXPANSION_COUNTS_FROM, MOST_EXPANSION * self.packed.total)
        if self.total > MOST_BYTES or swollen:
            raise UnreadableFile(_("The unpacked file is far too large: cut it into parts."))
        return filled


@contextmanager
def _said_plainly() -> Iterator[None]:
    """Turn what the system says of a broken file into a message."""
    try:
        yield
    except (EOFError, zlib.error, gzip.BadGzipFile, tarfile.TarError) as error:
        message = _("The compressed file is broken or cut off (%(error)s).") % {"error": error}
        raise UnreadableFile(message) from error
    except OSError as error:
        raise UnreadableFile(_("The file cannot be read: %(error)s.") % {"error": error.strerror or error}) from error
