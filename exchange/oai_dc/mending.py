"""XML as repositories send it: with blanks before its beginning, and within it what no XML may hold."""

import re
from io import BufferedReader, RawIOBase

BLANKS = b" \t\r\n"
CONTROL = bytes(sign for sign in range(32) if sign not in BLANKS)
REFERENCE = re.compile(rb"&#(?:x0*(?:[0-8bcef]|1[0-9a-f])|0*(?:[0-8]|1[124-9]|2\d|3[01]));", re.IGNORECASE)
# HTML has names for signs that XML has not, and many forget that `&` has to be escaped in an address.
BARE = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#\d{1,30}|#[xX][0-9a-fA-F]{1,30});)")
LONGEST_REFERENCE = 40
CHUNK = 16 * 1024
DECLARED = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([^\"'>]{1,40})")
# In others, such as UTF-16, the same bytes are parts of letters.
ONE_SIGN_A_BYTE = (b"utf-8", b"utf8", b"us-ascii", b"iso-8859", b"windows-125", b"koi8")
WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")


class Mended(RawIOBase):
    """A stream of XML without what would end its reading, and means nothing: control characters, a bare `&`."""

    def __init__(self, stream: BufferedReader):
        self.stream, self.kept, self.ready = stream, b"", b""
        while (start := stream.peek(1)[:1]) and start in BLANKS:
            stream.read(1)
        start = stream.peek(256)
        declared = DECLARED.search(start[:256])
        encoding = declared[1].lower() if declared else b"utf-8"
        self.is_mended = encoding.startswith(ONE_SIGN_A_BYTE) and not start.startswith(WIDE)

    def readable(self) -> bool:
        return True

    def readinto(self, target) -> int:
        self.ready = self.ready or self._next()
        count = min(len(target), len(self.ready))
        target[:count] = self.ready[:count]
        self.ready = self.ready[count:]
        return count

    def _next(self) -> bytes:
        """The next piece; none at the end. What may be the beginning of a reference waits for its end."""
        while self.is_mended and (chunk := self.stream.read(CHUNK)):
            text = self.kept + chunk.translate(None, CONTROL)
            begun = text.rfind(b"&", max(len(text) - LONGEST_REFERENCE, 0))
            end = len(text) if begun < 0 else begun
            self.kept = text[end:]
            if mended := _mended(text[:end]):
                return mended
        rest, self.kept = self.kept, b""
        return _mended(rest) or self.stream.read(CHUNK)


def _mended(text: bytes) -> bytes:
    return BARE.sub(b"&amp;", REFERENCE.sub(b"", text)) if b"&" in text else text
