"""The life of a mentor as staff lead it, step by step, and its end.

``by=None`` is the program itself (seeding, commands).
"""

from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from community.consent.models import Purpose
from community.foundation import clock, inputs
from community.foundation.errors import Conflict
from community.mentoring.desk import agreements
from community.mentoring.desk.holding import changed, held, held_open, move, require_lead, require_lead_or_own
from community.mentoring.models import Mentor
from community.mentoring.plans.codes import Action
from community.mentoring.rules import may_supervise, policy_of
from community.mentoring.rules.standing import agreed_to_todays, standing_of
from community.mentoring.services.resting import pause, resume
from community.people.models import Person
from community.programs import plans


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
    under age. An approval never lasts longer than the clearance it stands on: a shorter one cuts it short. Raises
    NotAllowed, Invalid, and Conflict when they are a mentor no more. Publishes MentorChanged.
    """
    require_lead(mentor, by)
    also = inputs.flag(youth, at="/youth")
    row = held_open(mentor)
    day = inputs.day(until, at="/until")
    last = clock.today(row.program.zone) + timedelta(days=policy_of(row.program).clearance_days)
    if day < clock.today(row.program.zone) or day > last:
        inputs.refuse(
            "/until", "range", _("Choose a day from today on, and not longer than this program lets it last.")
        )
    row.cleared_by, row.cleared_until, row.youth_cleared = by, plans.end_of_day(day, row.program.zone), also
    if row.approved_until is not None:
        row.approved_until = min(row.approved_until, row.cleared_until)
    row.save(update_fields=["cleared_by", "cleared_until", "youth_cleared", "approved_until"])
    changed(row, "mentor.clear", by)
    return row


@transaction.atomic
def name_supervisor(*, mentor: Mentor, supervisor: Person | None, by: Person | None = None) -> Mentor:
    """Say whom a mentor turns to: somebody who works with people in the program; None is nobody who could be found.

    Raises NotAllowed, Invalid, and Conflict when they are a mentor no more. Publishes MentorChanged.
    """
    require_lead(mentor, by)
    row = held_open(mentor)
    if supervisor is None or not may_supervise(supervisor, row):
        inputs.refuse("/supervisor", "choice", _("Choose somebody who works with people in this program."))
    if row.supervisor_id != supervisor.pk:
        row.supervisor = supervisor
        row.save(update_fields=["supervisor"])
        changed(row, "mentor.supervisor", by)
    return row


@transaction.atomic
def approve(*, mentor: Mentor, by: Person | None = None) -> Mentor:
    """There is a new mentor, for as long as the program says and the clearance is good.

    Raises NotAllowed; Conflict, also while their agreement or clearance is missing or old. Publishes MentorApproved.
    """
    return _approved(mentor, Action.APPROVE, by)


@transaction.atomic
def renew(*, mentor: Mentor, by: Person | None = None) -> Mentor:
    """Approve a mentor again, from today. Raises as :func:`approve`. Publishes MentorRenewed."""
    return _approved(mentor, Action.RENEW, by)


@transaction.atomic
def fall_due(*, mentor: Mentor) -> bool:
    """What staff approved is over, or the clearance is; False when neither is, or that is done.

    Publishes RenewalFellDue.
    """
    row = Mentor.objects.locked_one(mentor.pk)
    if not Mentor.objects.approval_over(clock.now()).filter(pk=row.pk).exists():
        return False
    move(row, Action.FALL_DUE, None)
    return True


@transaction.atomic
def retire(*, mentor: Mentor, by: Person | None = None) -> Mentor:
    """End it, at any step: by the mentor, without a reason, or by who runs the program. Their agreement ends with it.

    Raises NotAllowed and Conflict. Publishes MentorRetired.
    """
    require_lead_or_own(mentor, by)
    Person.objects.select_for_update(no_key=True).get(pk=mentor.person_id)  # before the row, as taking it back does
    row = held(mentor, Action.RETIRE)
    row.supervisor = None
    move(row, Action.RETIRE, by, "supervisor")
    agreements.end(person=row.person_id, program=row.program_id, purpose=Purpose.MENTORING)
    return row


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
    require_lead(mentor, by)
    return move(held(mentor, action), action, by)


def _approved(mentor: Mentor, action: Action, by: Person | None) -> Mentor:
    require_lead(mentor, by)
    row = held(mentor, action)
    standing = standing_of(row)
    if not standing.adult:
        raise Conflict(_("We don't know that they are 18 or older."), code="age")
    if standing.in_care:
        raise Conflict(_("While somebody is in a program themselves, this waits."), code="in_care")
    if not agreed_to_todays(row):
        raise Conflict(_("They have not agreed to today's words yet."), code="agreement")
    if not standing.cleared:
        raise Conflict(_("Their clearance is missing, or over. Write that down first."), code="clearance")
    lasts = clock.now() + timedelta(days=policy_of(row.program).approval_days)
    row.approved_until = lasts if row.cleared_until is None else min(lasts, row.cleared_until)
    return move(row, action, by, "approved_until")
