"""What every step of a mentor's has in common: the row is held, the chain is written, and what happened is said.

A step that does not lead on from where somebody stands is a Conflict that writes nothing (plans/codes.py).
"""

from typing import Any

from django.utils.translation import gettext as _

from community.audit import services as audit
from community.foundation import clock
from community.foundation.errors import Conflict
from community.foundation.events import publish
from community.mentoring import events
from community.mentoring.models import Mentor
from community.mentoring.plans.codes import MOVES, Action, State, moves
from community.mentoring.rules import is_own_mentor, may_lead
from community.notices import services as notices
from community.people.models import Person

STEP = "mentor_step"
TOLD = frozenset({Action.SCREEN, Action.TRAIN, Action.APPROVE, Action.RENEW, Action.FALL_DUE})
HAPPENED: dict[Action, Any] = {
    Action.SCREEN: events.ScreeningBegun,
    Action.TRAIN: events.TrainingBegun,
    Action.APPROVE: events.MentorApproved,
    Action.PAUSE: events.MentorPaused,
    Action.RESUME: events.MentorResumed,
    Action.FALL_DUE: events.RenewalFellDue,
    Action.RENEW: events.MentorRenewed,
    Action.RETIRE: events.MentorRetired,
}


def require_lead(mentor: Mentor, by: Person | None) -> None:
    """For who runs the program; None is the program itself. Raises NotAllowed."""
    if by is not None:
        may_lead.require(by, mentor)


def require_lead_or_own(mentor: Mentor, by: Person | None) -> None:
    """The same, and for the mentor. Raises NotAllowed."""
    if by is not None:
        (may_lead | is_own_mentor).require(by, mentor)


def held_open(mentor: Mentor) -> Mentor:
    """The row, held. Raises Conflict when they are a mentor no more."""
    row = Mentor.objects.locked_one(mentor.pk)
    if not row.is_open:
        raise Conflict(_("They have finished here."), code="state")
    return row


def held(mentor: Mentor, action: Action) -> Mentor:
    """The row, held. Raises Conflict when this does not lead on from where it stands."""
    row = Mentor.objects.locked_one(mentor.pk)
    if moves(row.state, action) is None:
        raise Conflict(_("This is not the next step for them. Look at the page again."), code="state")
    return row


def move(row: Mentor, action: Action, by: Person | None, *also: str) -> Mentor:
    """Take the step, and save it with the fields named in ``also``."""
    row.state, row.since = MOVES[State(row.state), action], clock.now()
    row.save(update_fields=["state", "since", *also])
    if action in TOLD:
        notices.tell(person=row.person, notice=STEP, about=row.pk)
    publish(HAPPENED[action](mentor_id=row.pk, person_id=row.person_id, program_id=row.program_id))
    audit.record(action=f"mentor.{action}", actor=by.pk if by else None, subject=f"mentor:{row.pk}")
    return row


def changed(row: Mentor, action: str, by: Person | None) -> None:
    """Say that something of theirs is another, in the chain and to who listens."""
    publish(events.MentorChanged(mentor_id=row.pk, person_id=row.person_id, program_id=row.program_id))
    audit.record(action=action, actor=by.pk if by else None, subject=f"mentor:{row.pk}")
