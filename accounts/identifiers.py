"""Identifiers of the portal: PREFIX-CODE-ISO2-number, from one counter, never given twice."""

from django.conf import settings
from django.db import connection

SECRETARIAT = "SCBD"


def new_uid(code: str, place: str = SECRETARIAT) -> str:
    """The next identifier, such as CMB-ORG-SCBD-12. `place` is the ISO2 code of a Government, or EU, or the SCBD.

    An identifier taken by a transaction that fails leaves a gap; it is not given again.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('records_number')")
        (number,) = cursor.fetchone()
    return f"{settings.IDENTIFIER_PREFIX}-{code}-{place}-{number}"
