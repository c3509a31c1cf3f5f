"""When an offer opens and closes, as a sentence in the reader's language."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from catalogue import clock
from formats import local
from formats.format import CommonFormat


def sentence(declaration: CommonFormat, record: dict[str, Any], language: str, at: datetime) -> str:
    """What a reader must know of an offer's dates; nothing for a record that is no offer."""
    opens, closes = clock.offered(declaration, record["document"])
    state = clock.state(declaration, record, at)
    if state == clock.ANNOUNCED:
        return _("Opens on %(day)s") % {"day": local.shown_date(opens, language)}
    if state == clock.OPEN and not closes:
        return _("Open until withdrawn")
    words = {clock.OPEN: _("Apply by %(day)s"), clock.CLOSED: _("Closed on %(day)s")}.get(state)
    return words % {"day": local.shown_date(closes, language)} if words else ""
