"""What a reader is told of a record that is no longer published: since when, why, and what took its place."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue.index.reader import Tombstone
from formats import local

# The codes of `records.reasons`, as a reader of the public page reads them.
REASONS = {
    "outdated": gettext_lazy("It was no longer current."),
    "error": gettext_lazy("It had been published by mistake."),
    "duplicate": gettext_lazy("It is registered elsewhere."),
    "owner-request": gettext_lazy("Its owner asked for it."),
    "legal": gettext_lazy("A right of others was concerned."),
    "other": gettext_lazy("For another reason, which its owner and the Secretariat know."),
    "source": gettext_lazy("The source from which it was taken over does not give it any more."),
    "merged": gettext_lazy("It was merged into another record."),
    "erased": gettext_lazy("It was erased with all its versions."),
    "withdrawn": gettext_lazy("It was withdrawn."),
}


def shown(tombstone: Tombstone, language: str) -> dict[str, Any]:
    """The facts of a tombstone for its page; a reason that only its source knows is shown as it stands."""
    codes = [code for code in tombstone.reason.split(",") if code] or [tombstone.action]
    return {
        "uid": tombstone.uid,
        "at": local.shown_date(tombstone.at[:10], language),
        "reason": " ".join(str(REASONS.get(code, code)) for code in codes),
        "replaced_by": tombstone.replaced_by,
        "is_merged": tombstone.action == "merged",
    }


def sentence(tombstone: Tombstone) -> str:
    """The same for a program, as one sentence."""
    facts = {"uid": tombstone.uid, "at": tombstone.at}
    if tombstone.replaced_by:
        facts["successor"] = tombstone.replaced_by
        return _("%(uid)s is no longer published since %(at)s; %(successor)s took its place.") % facts
    return _("%(uid)s is no longer published since %(at)s.") % facts
