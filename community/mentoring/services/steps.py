"""The life of a mentor, step by step: each holds the row, is written in the chain, and says what happened.

A step that does not lead on from where somebody stands is a Conflict that writes nothing (plans/codes.py).
``by=None`` is the program itself (seeding, commands).
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from community.audit import services as audit
from community.consent import services as consent
from community.consent.models import ConsentRecord, Purpose
from community.foundation import clock, inputs
from community.foundation.errors import Conflict
from community.foundation.events import publish
from community.mentoring import events
from community.mentoring.models import Mentor
from community.mentoring.plans.codes import MOVES, Action, State, moves
from community.mentoring.rules import is_own_mentor, may_lead, may_supervise, policy_of
from community.mentoring.rules.standing import agreed_to_todays, agreement_subject, standing_of
from community.notices import services as notices
from community.people.models import Person
from community.programs import plans

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


@transaction.atomic
def screen(*, mentor: Mentor, by: Person | None = None) -> Mentor:
    """Begin to get to know somebody who applied. Raises NotAllowed, Conflict. Publishes ScreeningBegun."""
    return _by_staff(mentor, Action.SCREEN, by)


@transaction.atomic
def train(*, mentor: Mentor, by: Person | None = None) -> Mentor:
    """Go on to the training. Raises NotAllowed, Conflict. Publishes TrainingBegun."""
    return _by_staff(mentor, Action.TRAIN, by)


@transaction.atomic
def clear(*, mentor: Mentor, until: object, youth: object = False, by: Person | None = None) -> Mentor:
    """Write down that somebody looked at what the law asks for, and until which day that is good. No papers are kept.

    ``until`` is a day to come in the program's zone, at most as far as its policy goes; ``youth``: also for people
    under age. Raises NotAllowed, Invalid, and Conflict when they are a mentor no more. Publishes MentorChanged.
    """
    _may_lead(mentor, by)
    also = inputs.flag(youth, at="/youth")
    row = _open(mentor)
    day = inputs.day(until, at="/until")
    last = clock.today(row.program.zone) + timedelta(days=policy_of(row.program).clearance_days)
    if day < clock.today(row.program.zone) or day > last:
        inputs.refuse(
            "/until", "range", _("Choose a day from today on, and not longer than this program lets it last.")
        )
    row.cleared_by, row.cleared_until, row.youth_cleared = by, plans.end_of_day(day, row.program.zone), also
    row.save(update_fields=["cleared_by", "cleared_until", "youth_cleared"])
    _changed(row, "mentor.clear", by)
    return row


@transaction.atomic
def name_supervisor(*, mentor: Mentor, supervisor: Person | None, by: Person | None = None) -> Mentor:
    """Say whom a mentor turns to: somebody who works with people in the program; None is nobody who could be found.

    Raises NotAllowed, Invalid, and Conflict when they are a mentor no more. Publishes MentorChanged.
    """
    _may_lead(mentor, by)
    row = _open(mentor)
    if supervisor is None or not may_supervise(supervisor, row):
        inputs.refuse("/supervisor", "choice", _("Choose somebody who works with people in this program."))
    if row.supervisor_id != supervisor.pk:
        row.supervisor = supervisor
        row.save(update_fields=["supervisor"])
        _changed(row, "mentor.supervisor", by)
    return row


@transaction.atomic
def approve(*, mentor: Mentor, by: Person | None = None) -> Mentor:
    """There is a new mentor. Raises NotAllowed; Conflict, also while their agreement or clearance is missing or old.

    Publishes MentorApproved.
    """
    return _approved(mentor, Action.APPROVE, by)


@transaction.atomic
def renew(*, mentor: Mentor, by: Person | None = None) -> Mentor:
    """Approve a mentor again, from today. Raises as :func:`approve`. Publishes MentorRenewed."""
    return _approved(mentor, Action.RENEW, by)


def _approved(mentor: Mentor, action: Action, by: Person | None) -> Mentor:
    _may_lead(mentor, by)
    row = _moving(mentor, action)
    standing = standing_of(row)
    if not standing.adult:
        raise Conflict(_("We don't know that they are 18 or older."), code="age")
    if not agreed_to_todays(row):
        raise Conflict(_("They have not agreed to today's words for mentors yet."), code="agreement")
    if not standing.cleared:
        raise Conflict(_("Their clearance is missing, or over. Write that down first."), code="clearance")
    row.approved_until = clock.now() + timedelta(days=policy_of(row.program).approval_days)
    return _move(row, action, by, "approved_until")


@transaction.atomic
def pause(*, mentor: Mentor, wishes_cover: object = False, by: Person | None = None) -> Mentor:
    """Take a break: nobody new; with ``wishes_cover`` somebody else stands in where that can be found.

    For the mentor and who runs the program. Raises NotAllowed, Invalid, Conflict. Publishes MentorPaused.
    """
    _may_lead_or_own(mentor, by)
    cover = inputs.flag(wishes_cover, at="/wishes_cover")
    row = _moving(mentor, Action.PAUSE)
    row.wishes_cover = cover
    return _move(row, Action.PAUSE, by, "wishes_cover")


@transaction.atomic
def resume(*, mentor: Mentor, by: Person | None = None) -> Mentor:
    """Be back after a break. Raises NotAllowed; Conflict, also while they are in a program themselves, or do not agree

    to what mentors agree to any more. Publishes MentorResumed.
    """
    _may_lead_or_own(mentor, by)
    row = _moving(mentor, Action.RESUME)
    standing = standing_of(row)
    if standing.in_care:
        raise Conflict(_("While somebody is in a program themselves, being a mentor waits."), code="in_care")
    if not standing.agreed:
        raise Conflict(_("Agree to what mentors agree to first."), code="agreement")
    row.wishes_cover = False
    return _move(row, Action.RESUME, by, "wishes_cover")


@transaction.atomic
def fall_due(*, mentor: Mentor) -> bool:
    """What staff approved is over; False when it is not, or that is done. Publishes RenewalFellDue."""
    row = Mentor.objects.locked_one(mentor.pk)
    if not Mentor.objects.approval_over(clock.now()).filter(pk=row.pk).exists():
        return False
    _move(row, Action.FALL_DUE, None)
    return True


@transaction.atomic
def retire(*, mentor: Mentor, by: Person | None = None) -> Mentor:
    """End it, at any step: by the mentor, without a reason, or by who runs the program. Their agreement ends with it.

    Raises NotAllowed and Conflict. Publishes MentorRetired.
    """
    _may_lead_or_own(mentor, by)
    Person.objects.select_for_update(no_key=True).get(pk=mentor.person_id)  # before the row, as taking it back does
    row = _moving(mentor, Action.RETIRE)
    row.supervisor = None
    _move(row, Action.RETIRE, by, "supervisor")
    consent.end(person_id=row.person_id, purpose=Purpose.MENTORING, subject=agreement_subject(row.program_id))
    return row


@transaction.atomic
def rest_in_care(*, person_id: UUID) -> int:
    """Somebody begins a program anew: as a mentor they take a break, with cover. Returns how many rows that were.

    Publishes MentorPaused.
    """
    return _rest(person_id)


@transaction.atomic
def rest_without_agreement(*, record_id: UUID, person_id: UUID) -> int:
    """Who takes back what mentors agree to takes a break until they agree again. Publishes MentorPaused."""
    record = ConsentRecord.objects.of(person_id).filter(pk=record_id).first()
    if record is None or record.purpose != Purpose.MENTORING:
        return 0
    return _rest(person_id, record.subject)


def _rest(person_id: UUID, subject: str | None = None) -> int:
    theirs = list(Mentor.objects.of(person_id).active().order_by("pk"))
    rests = [one for one in theirs if subject in {None, agreement_subject(one.program_id)}]
    for one in rests:
        row = _moving(one, Action.PAUSE)
        row.wishes_cover = True
        _move(row, Action.PAUSE, None, "wishes_cover")
    return len(rests)


#: The steps that are for staff to take, by their code.
BY_STAFF: dict[str, Callable[..., Mentor]] = {
    Action.SCREEN: screen,
    Action.TRAIN: train,
    Action.APPROVE: approve,
    Action.RENEW: renew,
    Action.PAUSE: pause,
    Action.RESUME: resume,
    Action.RETIRE: retire,
}


def _by_staff(mentor: Mentor, action: Action, by: Person | None) -> Mentor:
    _may_lead(mentor, by)
    return _move(_moving(mentor, action), action, by)


def _may_lead(mentor: Mentor, by: Person | None) -> None:
    if by is not None:
        may_lead.require(by, mentor)


def _may_lead_or_own(mentor: Mentor, by: Person | None) -> None:
    if by is not None:
        (may_lead | is_own_mentor).require(by, mentor)


def _open(mentor: Mentor) -> Mentor:
    row = Mentor.objects.locked_one(mentor.pk)
    if not row.is_open:
        raise Conflict(_("They are not a mentor here any more."), code="state")
    return row


def _moving(mentor: Mentor, action: Action) -> Mentor:
    """The row, held. Raises Conflict when this does not lead on from where it stands."""
    row = Mentor.objects.locked_one(mentor.pk)
    if moves(row.state, action) is None:
        raise Conflict(_("This is not the next step for them. Look at the page again."), code="state")
    return row


def _move(row: Mentor, action: Action, by: Person | None, *also: str) -> Mentor:
    row.state, row.since = MOVES[State(row.state), action], clock.now()
    row.save(update_fields=["state", "since", *also])
    if action in TOLD:
        notices.tell(person=row.person, notice=STEP, about=row.pk)
    publish(HAPPENED[action](mentor_id=row.pk, person_id=row.person_id, program_id=row.program_id))
    audit.record(action=f"mentor.{action}", actor=by.pk if by else None, subject=f"mentor:{row.pk}")
    return row


def _changed(row: Mentor, action: str, by: Person | None) -> None:
    publish(events.MentorChanged(mentor_id=row.pk, person_id=row.person_id, program_id=row.program_id))
    audit.record(action=action, actor=by.pk if by else None, subject=f"mentor:{row.pk}")
