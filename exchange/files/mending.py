"""XML as repositories send it: one response after the other, and within them what no XML may hold."""

import codecs
import re
from collections.abc import Iterator
from io import BufferedReader, RawIOBase

from django.utils.translation import gettext as _

from exchange.files.opening import UnreadableFile

BLANKS = b" \t\r\n"
CHUNK = 16 * 1024

# What stands for bytes that are no sign of their encoding, and for control characters: a row tells of both.
LOST, TAKEN_OUT = "\ufffd", "\ufdd0"
CONTROL = re.compile("[\x00-\x08\x0e-\x1f\ufffe\uffff]+")
NO_CONTROL = bytes(sign for sign in range(256) if sign >= 32 or sign in BLANKS)
REFERENCE = re.compile(r"&#(?:x0*(?:[0-8ef]|1[0-9a-f]|fff[ef])|0*(?:[0-8]|1[4-9]|2\d|3[01]|6553[45]));", re.I | re.A)
# For the eye a tabulator and a feed are blanks.
SPACING = re.compile("[\x0b\x0c]")
SPACING_REFERENCE = re.compile("&#(?:x0*[bc]|0*1[12]);", re.I)
# The halves of one sign of UTF-16, each written as if it were a sign.
FIRST_HALF = r"&#(?:x0*d[89ab][0-9a-f]{2}|0*5(?:529[6-9]|5[3-9]\d\d|6[0-2]\d\d|63[01]\d));"
HALF = r"&#(?:x0*(d[89a-f][0-9a-f]{2})|0*(5(?:529[6-9]|5[3-9]\d\d|6\d{3}|7[0-2]\d\d|73[0-3]\d|734[0-3])));"
HALVES = re.compile(f"(?:{HALF})+", re.I | re.A)
# HTML has names for signs that XML has not, and many forget that `&` has to be escaped in an address.
BARE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,30}|#[xX][0-9a-fA-F]{1,30});)", re.A)
# Not the beginning of a tag, but a sign of mathematics.
LESS = re.compile(r"<(?=[\s\d=<])", re.A)

# What may go on in the next piece: the first half of a sign, a reference, a tag.
BEGUN = re.compile(rf"(?:{FIRST_HALF})?(?:&[^;&<>]{{0,40}}|<[^<>]{{0,200}})?\Z", re.I | re.A)
LONGEST_BEGUN = 260
END = re.compile(r"</(?:[\w.-]{1,20}:)?OAI-PMH\s{0,9}>")
# What says nothing between responses, or after the last: programs note there how long they took.
REMARK = "<!--"
ASIDE = re.compile(rf"(?:[\s\ufeff{TAKEN_OUT}]+|<!--.*?-->)*", re.DOTALL)
LONGEST_ASIDE = 256 * 1024
DECLARATION = re.compile(r"\A\s*<\?xml\s[^<>]{0,200}\?>")
OURS = '<?xml version="1.0"?>'  # in its place, so that the lines count as before: what comes is UTF-8

DECLARED = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([^\"'>]{1,40})")
# No others: Python knows encodings that unpack, or compute.
KNOWN = re.compile(
    r"utf-?8|(?:us-)?ascii|iso[-_]8859[-_]\d{1,2}|latin-?\d|(?:windows-|cp)125\d|cp866|koi8-[rtu]|macintosh"
    r"|gb2312|gbk|gb18030|big5(?:-hkscs)?|shift[-_]jis|euc-(?:jp|kr)|iso-2022-(?:jp|kr)|tis-620"
)
WIDE = re.compile(r"utf-?16(?:le|be)?|ucs-?[24]|utf-?32")
MARKS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
    b"<\x00": "utf-16-le",
    b"\x00<": "utf-16-be",
}


class Mended(RawIOBase):
    """A stream of XML in UTF-8, without what would end its reading: foreign bytes, control characters, a bare `&`.

    Where responses follow each other in a file, each ends the stream; `another` begins the next.
    """

    def __init__(self, stream: BufferedReader):
        while (start := stream.peek(1)[:1]) and start in BLANKS:
            stream.read(1)
        self.pieces = _pieces(stream)
        self.kept, self.ready = "", b""
        self.is_begun = self.is_at_end = False

    def readable(self) -> bool:
        return True

    def another(self) -> bool:
        """Whether there is more after the response that was read to its end: it comes next."""
        if not self.is_at_end:
            return False
        while self._is_aside(rest := ASIDE.sub("", self.kept, count=1)):
            piece = next(self.pieces, "")
            if not piece:
                return False
            self.kept = rest + piece
        self.kept, self.is_begun, self.is_at_end = rest, False, False
        return True

    @staticmethod
    def _is_aside(rest: str) -> bool:
        """Whether what is left may be the beginning of a remark, or nothing."""
        return len(rest) < LONGEST_ASIDE and (rest.startswith(REMARK) or REMARK.startswith(rest))

    def readinto(self, target) -> int:
        self.ready = self.ready or self._next()
        count = min(len(target), len(self.ready))
        target[:count] = self.ready[:count]
        self.ready = self.ready[count:]
        return count

    def _next(self) -> bytes:
        """The next bytes of this response; none at its end."""
        while not self.is_at_end and (text := self.kept or next(self.pieces, "")):
            self.kept = ""
            if not self.is_begun:
                text, self.is_begun = DECLARATION.sub(OURS, text, count=1), True
            if end := END.search(text):
                text, self.kept, self.is_at_end = text[: end.end()], text[end.end() :], True
            if text:
                return text.encode()
        return b""


def _pieces(stream: BufferedReader) -> Iterator[str]:
    """The text of a stream, piece by piece, none empty; what goes on in the next piece waits for it."""
    decoder = codecs.getincrementaldecoder(_encoding(stream.peek(256)[:256]))("replace")
    begun = ""
    while chunk := stream.read(CHUNK):
        text = begun + decoder.decode(chunk)
        found = BEGUN.search(text, max(len(text) - LONGEST_BEGUN, 0))
        end = found.start() if found else len(text)
        begun = text[end:]
        if end:
            yield _mended(text[:end])
    if text := begun + decoder.decode(b"", final=True):
        yield _mended(text)


def _encoding(start: bytes) -> str:
    """The encoding of a document, by its mark or its own word."""
    for mark, encoding in MARKS.items():
        if start.startswith(mark):
            return encoding
    declared = DECLARED.search(start)
    named = declared[1].decode("ascii", "replace").lower() if declared else "utf-8"
    if WIDE.fullmatch(named):  # it is not: its declaration could be read
        return "utf-8"
    if KNOWN.fullmatch(named):
        return named
    raise UnreadableFile(_("This is not an XML document (%(error)s).") % {"error": f"encoding {named}"})


def _mended(text: str) -> str:
    if text.encode().translate(None, NO_CONTROL) or "\ufffe" in text or "\uffff" in text:
        text = CONTROL.sub(TAKEN_OUT, SPACING.sub(" ", text))
    if "&#" in text:
        text = REFERENCE.sub(TAKEN_OUT, SPACING_REFERENCE.sub(" ", HALVES.sub(_joined, text)))
    return LESS.sub("&lt;", BARE.sub("&amp;", text) if "&" in text else text)


def _joined(halves: re.Match) -> str:
    """The signs whose halves were written apart; a half without the other is lost."""
    numbers = (int(one, 16) if one else int(other) for one, other in re.findall(HALF, halves[0], re.I | re.A))
    return "".join(map(chr, numbers)).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
