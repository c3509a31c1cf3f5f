"""Identifiers of the portal: PREFIX-CODE-ISO2-number, from one counter, never given twice."""

from collections.abc import Sequence

from django.conf import settings
from django.db import connection

SECRETARIAT = "SCBD"


def new_uid(code: str, place: str = SECRETARIAT) -> str:
    """The next identifier, such as CMB-ORG-SCBD-12. `place` is the ISO2 code of a Government, or EU, or the SCBD.

    An identifier taken by a transaction that fails leaves a gap; it is not given again.
    """
    (uid,) = new_uids([code], place)
    return uid


def new_uids(codes: Sequence[str], place: str = SECRETARIAT) -> list[str]:
    """The next identifiers, one for each of these codes, in their order."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('records_number') FROM generate_series(1, %s)", [len(codes)])
        numbers = cursor.fetchall()
    return [
        f"{settings.IDENTIFIER_PREFIX}-{code}-{place}-{number}" for code, (number,) in zip(codes, numbers, strict=True)
    ]
