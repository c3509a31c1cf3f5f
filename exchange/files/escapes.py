"""JSON with halves of signs in it, as programs write that cut a text in the middle of a sign: `\\ud83d` alone."""

import re

# What a backslash begins. A sign beyond the first 65,536 is written as two halves, and neither stands for itself;
# `cut` is what the next piece of the document may go on with.
ESCAPE = re.compile(
    rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}(?:(?P<whole>\\u[dD][c-fC-F][0-9a-fA-F]{2})|(?P<cut>\\?|\\u[0-9a-fA-F]{0,3})\Z|)"
    rb"|(?P<low>u[dD][c-fC-F][0-9a-fA-F]{2})|(?P<other>u[0-9a-fA-F]{4}|[^u])|(?P<end>u[0-9a-fA-F]{0,3}|)\Z)",
    re.DOTALL,
)
HALF = re.compile(rb"\\u[dD]")
REPLACEMENT = rb"\ufffd"


class Escapes:
    """Puts the replacement sign for halves of signs, piece by piece; parsers make "?" of them, or end."""

    def __init__(self) -> None:
        self.held = b""

    def mended(self, piece: bytes) -> bytes:
        """The next piece of the document. An escape that it breaks off in is held: no document ends in one."""
        piece, self.held = self.held + piece, b""
        if not HALF.search(piece) and b"\\" not in piece[-12:]:
            return piece
        return ESCAPE.sub(self._mended, piece)

    def _mended(self, escape: re.Match[bytes]) -> bytes:
        if escape["cut"] is not None or escape["end"] is not None:
            self.held = escape[0]
            return b""
        return escape[0] if escape["whole"] or escape["other"] else REPLACEMENT
