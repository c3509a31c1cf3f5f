"""The body of an answer, on its way into a temporary file: counted, unpacked, bounded."""

import zlib
from collections.abc import Iterator

from django.utils.translation import gettext as _

from exchange.files.opening import EXPANSION_COUNTS_FROM, MOST_EXPANSION

PIECE = 64 * 1024
GZIP_START = b"\x1f"
PACKED = ("gzip", "x-gzip", "deflate")
AS_IT_IS = ("", "identity")


class BrokenBody(Exception):
    """What was sent is not whole, or not what it says it is, or far too large. Safe to show."""


class Unpacker:
    """Unpacks a body piece by piece, and stops what swells beyond the bounds."""

    def __init__(self, encoding: str, most: int):
        encoding = encoding.strip().lower()
        if encoding not in (*PACKED, *AS_IT_IS):
            raise BrokenBody(_("The answer is packed in a way that was not asked for: %s.") % encoding[:40])
        self.is_packed = encoding in PACKED
        self.most, self.taken, self.given = most, 0, 0
        self._inner = zlib.decompressobj(wbits=zlib.MAX_WBITS + 32)  # gzip or zlib, as its first bytes say

    def feed(self, data: bytes) -> Iterator[bytes]:
        """What a piece gives. BrokenBody."""
        self.taken += len(data)
        for piece in self._unpacked(data) if self.is_packed else [data]:
            self.given += len(piece)
            swollen = self.is_packed and self.given > max(EXPANSION_COUNTS_FROM, MOST_EXPANSION * self.taken)
            if self.given > self.most or swollen:
                raise BrokenBody(_("The answer is far too large once it is unpacked."))
            yield piece

    def finish(self) -> Iterator[bytes]:
        """What was still held back. BrokenBody if the end is missing."""
        if self.is_packed:
            while piece := self._try(b""):
                self.given += len(piece)
                yield piece
            if not self._inner.eof:
                raise BrokenBody(_("The answer breaks off before its end."))

    def _unpacked(self, data: bytes) -> Iterator[bytes]:
        while data:
            if self._inner.eof:
                if not data.startswith(GZIP_START):
                    return  # padding; what counts is over
                self._inner = zlib.decompressobj(wbits=zlib.MAX_WBITS + 32)
            yield self._try(data)
            data = self._inner.unused_data if self._inner.eof else self._inner.unconsumed_tail

    def _try(self, data: bytes) -> bytes:
        try:
            return self._inner.decompress(data, PIECE)
        except zlib.error as error:
            raise BrokenBody(_("The answer is said to be packed, but cannot be unpacked.")) from error
