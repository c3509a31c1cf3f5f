"""What a column of a mapped source can be: each kind reads one cell into the document."""

from exchange.mapped.kinds.always import Always
from exchange.mapped.kinds.answers import AnsweredLinks, AnsweredMoney, Answers, PublicInformation, PublicText
from exchange.mapped.kinds.base import Kind
from exchange.mapped.kinds.coded import CodedPlaces
from exchange.mapped.kinds.dates import Date, Validity
from exchange.mapped.kinds.links import Languages, LanguagesTold, Links, Picture
from exchange.mapped.kinds.milestones import Milestones
from exchange.mapped.kinds.money import Amount, FiscalYear, Money, Sum
from exchange.mapped.kinds.refusals import Ended
from exchange.mapped.kinds.terms import Codes, KeyWords, Only, Term, Terms
from exchange.mapped.kinds.text import Identifier, Information, Parties, Text
from exchange.mapped.kinds.where import Coverage, Scope

KINDS: dict[str, type[Kind]] = {
    "text": Text,
    "identifier": Identifier,
    "term": Term,
    "parties": Parties,
    "places": Coverage,
    "coded-places": CodedPlaces,
    "amount": Amount,
    "always": Always,
    "date": Date,
    "sum": Sum,
    "milestones": Milestones,
    "ended": Ended,
    "information": Information,
    "terms": Terms,
    "only": Only,
    "key-words": KeyWords,
    "codes": Codes,
    "scope": Scope,
    "links": Links,
    "picture": Picture,
    "languages": Languages,
    "languages-told": LanguagesTold,
    "answers": Answers,
    "answered-money": AnsweredMoney,
    "answered-links": AnsweredLinks,
    "money": Money,
    "validity": Validity,
    "public-text": PublicText,
    "public-information": PublicInformation,
}
# Settings of a kind that have settings of their own.
PARTS: dict[str, type] = {"year": FiscalYear}
