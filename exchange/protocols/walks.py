"""The protocols by name, and what each of them may be asked besides the address."""

import hashlib
from collections.abc import Generator
from types import MappingProxyType

from exchange.fetching.budget import Budget
from exchange.models import Harvest
from exchange.protocols import changes, document, json_api, oai_pmh
from exchange.protocols.pages import Page, Walk

WALKS: MappingProxyType[str, Walk] = MappingProxyType(
    {
        Harvest.Protocol.OAI_PMH: oai_pmh.walk,
        Harvest.Protocol.DOCUMENT: document.walk,
        Harvest.Protocol.JSON_API: json_api.walk,
        Harvest.Protocol.CHANGES: changes.walk,
    }
)


def walk(harvest: Harvest, budget: Budget, *, from_the_start: bool = False) -> Generator[Page, None, None]:
    """The pages of a source that are new since the last harvest, or all of them.

    Another reader, or another mapping, has to see all of them anew: what reads them is part of the question.
    """
    state = {} if from_the_start else harvest.state
    reader = hashlib.sha256(f"{harvest.source.reader}\n{harvest.source.mapping}".encode()).hexdigest()[:16]
    yield from WALKS[harvest.protocol](harvest.address, {**harvest.options, "reader": reader}, state, budget)
