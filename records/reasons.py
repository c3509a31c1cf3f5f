"""Why a record is returned or withdrawn: codes that can be counted, with words that help."""

from django.utils.translation import gettext_lazy as _

RETURN = {
    "incomplete": _("Something that readers need is missing"),
    "unclear": _("A text is hard to understand"),
    "wrong-database": _("It belongs to another database"),
    "duplicate": _("It seems to be registered already"),
    "out-of-scope": _("It is not about biosafety capacity-building"),
    "facts": _("A fact, a date or an amount looks wrong"),
    "links": _("A link does not work"),
    "translation": _("A translation does not say the same"),
    "personal-data": _("It shows personal data without consent"),
    "promotion": _("It promotes a product"),
    "other": _("Another reason, given in the comment"),
}
WITHDRAW = {
    "outdated": _("It is no longer current"),
    "error": _("It was published by mistake"),
    "duplicate": _("It is registered elsewhere"),
    "owner-request": _("The owner asked for it"),
    "legal": _("A right of others is concerned"),
    "other": _("Another reason, given in the comment"),
}


def of(transition: str) -> dict:
    """The reasons that a transition may give."""
    return {"return": RETURN, "withdraw": WITHDRAW}.get(transition, {})
