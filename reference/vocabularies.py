"""The controlled vocabularies: terms with codes, identifiers and labels in six languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from types import MappingProxyType

from reference import store

FALLBACK = "en"


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a vocabulary. A document holds its code alone; a retired term still has its label."""

    code: str
    identifiers: tuple[str, ...]
    parent: str | None
    labels: Mapping[str, str]
    marks: Mapping[str, str]
    provisional: bool
    retired: bool
    note: str = ""


@dataclass(frozen=True)
class Vocabulary:
    """An ordered list of terms, in one level or two."""

    name: str
    source: str
    terms: Mapping[str, Term]

    def label(self, code, language=FALLBACK):
        """The label of `code` in `language`, else in English. An unknown code is a KeyError."""
        labels = self.terms[code].labels
        return labels.get(language, labels[FALLBACK])

    def resolve(self, text):
        """The code that `text` names: a code, or an identifier of the Biosafety Clearing-House; else None."""
        return text if text in self.terms else self._identifiers.get(str(text).strip().upper())

    def ancestors(self, code):
        """The terms above `code`, nearest first."""
        parent = self.terms[code].parent
        return (parent, *self.ancestors(parent)) if parent else ()

    def descendants(self, code):
        """All terms below `code`, in the vocabulary's order."""
        return tuple(other for other in self.terms if code in self.ancestors(other))

    @cached_property
    def _identifiers(self):
        return {key.upper(): term.code for term in self.terms.values() for key in term.identifiers}


@cache
def vocabulary(name):
    """The vocabulary of this name; a KeyError for an unknown one."""
    if name not in store.stems("vocabularies"):
        raise KeyError(name)
    data = store.read("vocabularies", f"{name}.json")
    terms = {row["code"]: _term(**row) for row in data["terms"]}
    return Vocabulary(data["name"], data["source"], MappingProxyType(terms))


@cache
def vocabularies():
    return MappingProxyType({name: vocabulary(name) for name in store.stems("vocabularies")})


def _term(*, identifiers, labels, marks, **rest):
    return Term(identifiers=tuple(identifiers), labels=MappingProxyType(labels), marks=MappingProxyType(marks), **rest)
