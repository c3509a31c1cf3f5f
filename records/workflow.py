"""The workflow as a table that can be read aloud: which moves there are, from where to where, and for whom."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from publishing.models import Publication
from records.models import Record

Public, Work = Record.Public, Record.Work


class TransitionRefused(Exception):
    """The move is not open to this person from this state, or lacks something. Safe to show."""


@dataclass(frozen=True)
class Transition:
    """One move. `work` and `public` are (states it starts from, state it leads to); None keeps the state.

    publishes     the action under which the record moves in the log, if it does
    needs_errors_mended   a document with errors is refused
    needs_reason  at least one code of `records.reasons`
    needs_note    words of one's own
    needs_letter  the letter that stands in for a focal point
    """

    name: str
    label: str | Promise
    permission: str
    work: tuple[tuple[str, ...], str | None]
    public: tuple[tuple[str, ...], str | None] = (tuple(Public.values), None)
    publishes: str = ""
    needs_errors_mended: bool = False
    needs_reason: bool = False
    needs_note: bool = False
    needs_letter: bool = False
    needs_successor: bool = False
    is_grave: bool = False

    @property
    def asks(self) -> bool:
        """Whether a page must ask for something, or for a second thought, before the step is made."""
        return any((self.needs_reason, self.needs_note, self.needs_letter, self.needs_successor, self.is_grave))

    def starts_from(self, record: Record) -> bool:
        return record.work in self.work[0] and record.public in self.public[0]

    def require(self, *, reasons, note, letter, successor) -> None:
        if self.needs_reason and not reasons:
            raise TransitionRefused(_("Choose at least one reason."))
        if self.needs_note and not note.strip():
            raise TransitionRefused(_("Say why, in your own words."))
        if self.needs_letter and not letter.strip():
            raise TransitionRefused(_("Name the letter that stands in for the focal point: who signed it, and when."))
        if self.needs_successor and not successor:
            raise TransitionRefused(_("Name the record that takes its place."))


OPEN = (Public.NEVER, Public.PUBLISHED, Public.WITHDRAWN)
WRITABLE = (Work.DRAFT, Work.RETURNED)
ALL_WORK = tuple(Work.values)
Action = Publication.Action

TRANSITIONS = [
    Transition(
        "submit",
        _("Submit"),
        "records.submit",
        work=(WRITABLE, Work.SUBMITTED),
        public=(OPEN, None),
        needs_errors_mended=True,
    ),
    Transition("take_back", _("Take back"), "records.take_back", work=((Work.SUBMITTED,), Work.DRAFT)),
    Transition(
        "return",
        _("Return with comments"),
        "records.moderate",
        work=((Work.SUBMITTED,), Work.RETURNED),
        needs_reason=True,
    ),
    Transition(
        "endorse",
        _("Endorse and publish"),
        "records.endorse",
        work=((*WRITABLE, Work.SUBMITTED), Work.CLEAN),
        public=(OPEN, Public.PUBLISHED),
        publishes=Action.PUBLISHED,
        needs_errors_mended=True,
    ),
    Transition(
        "endorse_by_letter",
        _("Endorse on the word of a letter"),
        "records.endorse_by_letter",
        work=((Work.SUBMITTED,), Work.CLEAN),
        public=(OPEN, Public.PUBLISHED),
        publishes=Action.PUBLISHED,
        needs_errors_mended=True,
        needs_letter=True,
    ),
    Transition(
        "publish",
        _("Publish"),
        "records.publish",
        work=((Work.SUBMITTED,), Work.CLEAN),
        public=(OPEN, Public.PUBLISHED),
        publishes=Action.PUBLISHED,
        needs_errors_mended=True,
    ),
    Transition(
        "confirm",
        _("Confirm that it is still current"),
        "records.confirm",
        work=(ALL_WORK, None),
        public=((Public.PUBLISHED,), None),
        publishes=Action.CONFIRMED,
    ),
    Transition(
        "discard",
        _("Discard these changes"),
        "records.discard",
        work=(WRITABLE, Work.CLEAN),
        public=((Public.PUBLISHED, Public.WITHDRAWN), None),
        is_grave=True,
    ),
    Transition(
        "abandon",
        _("Delete this draft"),
        "records.discard",
        work=(WRITABLE, Work.CLEAN),
        public=((Public.NEVER,), Public.ERASED),
        is_grave=True,
    ),
    Transition(
        "ask_for_withdrawal",
        _("Ask for its withdrawal"),
        "records.ask_for_withdrawal",
        work=(ALL_WORK, None),
        public=((Public.PUBLISHED,), None),
        needs_note=True,
    ),
    Transition(
        "withdraw",
        _("Withdraw"),
        "records.withdraw",
        work=((Work.CLEAN, *WRITABLE), None),
        public=((Public.PUBLISHED,), Public.WITHDRAWN),
        publishes=Action.WITHDRAWN,
        needs_reason=True,
        is_grave=True,
    ),
    Transition(
        "restore",
        _("Publish again"),
        "records.withdraw",
        work=((Work.CLEAN,), None),
        public=((Public.WITHDRAWN,), Public.PUBLISHED),
        publishes=Action.RESTORED,
    ),
    Transition(
        "merge",
        _("Merge into another record"),
        "records.merge",
        work=((Work.CLEAN,), None),
        public=((Public.PUBLISHED,), Public.MERGED),
        publishes=Action.MERGED,
        needs_successor=True,
        is_grave=True,
    ),
    Transition("expire", _("Expired"), "records.expire", work=((Work.SUBMITTED,), Work.DRAFT)),
]
BY_NAME = {transition.name: transition for transition in TRANSITIONS}
# What the history names beside the transitions.
OTHER_EVENTS = {
    "created": _("Started"),
    "edited": _("Edited"),
    "harvested": _("Taken over from its source"),
    "updated": _("Brought up to date from its source"),
    "taken-back": _("Taken back by its source"),
    "erased": _("Erased"),
}


def event_label(name: str):
    """What the history calls an event."""
    return BY_NAME[name].label if name in BY_NAME else OTHER_EVENTS[name]


def open_to(user, record: Record) -> list[Transition]:
    """The moves that a person may make from here: what a page draws its buttons from."""
    return [move for move in TRANSITIONS if move.starts_from(record) and user.has_perm(move.permission, record)]


def allowed(name: str, *, by, record: Record) -> Transition:
    """The transition, if it starts here and is open to `by`; raises TransitionRefused otherwise.

    `by` is None for the portal itself, which alone lets requests expire.
    """
    transition = BY_NAME.get(name)
    if transition is None:
        raise TransitionRefused(_("There is no such step."))
    if not transition.starts_from(record):
        raise TransitionRefused(
            _("“%(step)s” is not possible now: the record is “%(state)s”. Somebody may have been faster.")
            % {"step": transition.label, "state": record.get_work_display()}
        )
    if by is None and transition.permission != "records.expire":
        raise TransitionRefused(_("Only a person can do this."))
    if by is not None and not by.has_perm(transition.permission, record):
        raise TransitionRefused(_("You may not do this with this record."))
    return transition
