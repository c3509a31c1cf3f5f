"""Words and addresses that repositories agreed on (eu-repo, COAR): codes that say nothing to readers."""

import re

from reference.matching import fold

SEMANTICS = re.compile(
    r"(?:info:eu-repo/semantics/|https?://purl\.org/(?:info:)?eu-repo/semantics/"
    r"|https?://purl\.org/coar/(?:version|access_right)/)(\w{1,40})/?",
    re.IGNORECASE,
)
EMBARGO = re.compile(r"info:eu-repo/date/embargoEnd/(\S{1,40})", re.IGNORECASE)
GRANT = re.compile(r"info:eu-repo/grantAgreement/(.{1,300})", re.IGNORECASE)
ALTERNATIVE = re.compile(r"info:eu-repo/semantics/altIdentifier/([a-z-]{2,20})/(.{1,300})", re.IGNORECASE)
COLLECTED = re.compile(r"(reponame|instname|instacron):(.+)", re.IGNORECASE)

CLASS = re.compile(r"info:eu-repo/classification/(\w{2,20})/(.{1,100})", re.IGNORECASE)
# What programs and people write into a field that must be filled.
NOBODY = (
    "none",
    "null",
    "n/a",
    "n.a.",
    "-",
    "--",
    "not available",
    "not specified",
    "unknown",
    "s.n.",
    "[s.n.]",
    "et al",
    "et al.",
)
PERSON = re.compile(r"(?:https?://orcid\.org/|orcid:? ?)?\d{4}-\d{4}-\d{4}-\d{3}[\dX]", re.IGNORECASE)

ACCESS = {
    "openaccess": "open",
    "c_abf2": "open",
    "embargoedaccess": "under embargo",
    "c_f1cf": "under embargo",
    "restrictedaccess": "restricted",
    "c_16ec": "restricted",
    "closedaccess": "closed",
    "c_14cb": "only the description",
}
VERSIONS = {
    "draft": "draft",
    "submittedversion": "as submitted",
    "c_71e4c1898caa6e32": "as submitted",
    "acceptedversion": "as accepted",
    "c_ab4af688f83e57aa": "as accepted",
    "publishedversion": "as published",
    "c_970fb48d4fbd8a85": "as published",
    "updatedversion": "updated",
}
REVIEW = {"peerreviewed": "peer reviewed", "nonpeerreviewed": "not peer reviewed"}
# Schemes of the work itself; an ISSN or ISBN given so is mostly that of the journal or book around it.
OF_THE_WORK = ("doi", "hdl", "handle", "ark", "urn")
COLLECTORS = {"reponame": "Repository", "instname": "Institution", "instacron": "Institution"}
# "Text" is what nearly all is made of.
SAY_NOTHING = (
    "text",
    "other",
    "textual",
    "texto",
    "texte",
    "текст",
    "文本",
    "full text",
    "fulltext",
    "c_18cf",
    "c_1843",
)


def access(text: str) -> str:
    """Who may read the work."""
    return _meaning(ACCESS, text)


def version(text: str) -> str:
    """Which state of the work this is; that is no type."""
    return _meaning(VERSIONS, text) or VERSIONS.get(fold(text).replace(" ", ""), "")


def review(text: str) -> str:
    """Whether others looked at the work before it came out; that is no type either."""
    return REVIEW.get(fold(text).replace(" ", ""), "")


def says_nothing(text: str) -> bool:
    """Whether a type is one that tells no work from another."""
    word = text.rpartition("/")[2]
    return word.lower() in SAY_NOTHING or fold(word) in SAY_NOTHING


def is_nobody(text: str) -> bool:
    """Whether a name says that there is none, or is but the number of a person."""
    return text.casefold() in NOBODY or bool(PERSON.fullmatch(text))


def classified(text: str) -> str:
    """The number of a class in a classification: `DDC 570`."""
    found = CLASS.fullmatch(text)
    return f"{found[1].upper()} {found[2]}" if found else ""


def embargo(text: str) -> str:
    """The day on which an embargo ends."""
    found = EMBARGO.fullmatch(text)
    return found[1] if found else ""


def grant(text: str) -> str:
    """Who paid and under which number: `EC FP7 244909`."""
    found = GRANT.fullmatch(text)
    return " ".join(part for part in found[1].split("/") if part.strip()) if found else ""


def alternative(text: str) -> tuple[str, str]:
    """Another identifier of the same work: its scheme, and its value; nothing where it is none."""
    found = ALTERNATIVE.fullmatch(text)
    return (found[1].lower(), found[2]) if found else ("", "")


def collected(text: str) -> tuple[str, str]:
    """What a network of repositories wrote beside the source: a label for readers, and the words."""
    found = COLLECTED.fullmatch(text)
    return (COLLECTORS[found[1].lower()], found[2].strip()) if found else ("", "")


def _meaning(table: dict[str, str], text: str) -> str:
    found = SEMANTICS.fullmatch(text)
    return table.get(found[1].lower(), "") if found else ""
