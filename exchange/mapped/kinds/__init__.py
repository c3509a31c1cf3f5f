"""What a column of a mapped source can be: each kind reads one cell into the document."""

from exchange.mapped.kinds.base import Kind
from exchange.mapped.kinds.coded import CodedPlaces
from exchange.mapped.kinds.dates import Date
from exchange.mapped.kinds.milestones import Milestones
from exchange.mapped.kinds.money import Amount, FiscalYear
from exchange.mapped.kinds.refusals import Ended
from exchange.mapped.kinds.sums import Sum
from exchange.mapped.kinds.terms import Coverage, Term
from exchange.mapped.kinds.text import Identifier, Information, Parties, Text

KINDS: dict[str, type[Kind]] = {
    "text": Text,
    "identifier": Identifier,
    "term": Term,
    "parties": Parties,
    "places": Coverage,
    "coded-places": CodedPlaces,
    "amount": Amount,
    "date": Date,
    "sum": Sum,
    "milestones": Milestones,
    "ended": Ended,
    "information": Information,
}
# Settings of a kind that have settings of their own.
PARTS: dict[str, type] = {"year": FiscalYear}
