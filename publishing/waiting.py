"""After publishing: the position that a reader's index should have reached, signed and good for a minute."""

from django.core import signing

SALT = "portal.position"
GOOD_FOR = 60


def token(position: int) -> str:
    return signing.dumps(position, salt=SALT)


def position(text: str) -> int | None:
    """The position of a token; None where it is forged or older than a minute."""
    try:
        return signing.loads(text, salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        return None
