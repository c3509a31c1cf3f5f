"""Which formats a source may have, by the protocol that brings them; in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from exchange import readers
from exchange.importing.sources import OWN_MAPPING
from exchange.models import Harvest

BY_PROTOCOL = {"oai-dc": Harvest.Protocol.OAI_PMH, "portal": Harvest.Protocol.CHANGES}
MAPPED_TOO = (Harvest.Protocol.DOCUMENT, Harvest.Protocol.JSON_API)

LABELS: dict[str, str | Promise] = {
    OWN_MAPPING: _("A mapping of its own, written below"),
    "iati": _("IATI activities (XML)"),
    "oai-dc": _("Dublin Core (oai_dc)"),
    "portal": _("Records of another portal of this kind"),
}


def reader_label(name: str) -> str | Promise:
    """A format in words; a mapping that comes with the portal bears the name of its source."""
    if name in LABELS:
        return LABELS[name]
    try:
        return readers.reader(name).name or name
    except KeyError:
        return name


def reader_choices() -> list[tuple[str, str | Promise]]:
    return [(name, reader_label(name)) for name in (OWN_MAPPING, *readers.names())]


def go_together(protocol: str, reader: str) -> bool:
    """Whether what the protocol brings may be in this format."""
    own = BY_PROTOCOL.get(reader)
    return protocol == own if own else protocol in MAPPED_TOO
