"""Each of two people is asked alone how it goes; the other never reads the answer."""

from django.db import transaction
from django.utils.translation import gettext as _

from community.audit import services as audit
from community.foundation import clock, inputs
from community.foundation.errors import Conflict, NotAllowed
from community.foundation.events import publish
from community.matches.desk.holding import asks_next
from community.matches.desk.silence import end_silence
from community.matches.desk.telling import leave
from community.matches.events import MatchCheckedIn
from community.matches.models import Match, MatchCheckIn
from community.matches.plans import asking as plans
from community.matches.plans.codes import Kind, Reason, State
from community.matches.rules import may_coordinate
from community.matches.services.beside import confirm, end
from community.mentoring.plans.codes import State as MentorState
from community.people.models import Person


@transaction.atomic
def ask_both(*, match: Match) -> int:
    """Ask both what is to be asked by now, once each; returns how many questions that were. None in a break.

    A mentor who takes a break of their own is not asked; once they are back they are, if its time has not passed.

    Publishes NewsForOne for each.
    """
    row = Match.objects.locked_one(match.pk)
    if row.state not in {State.INTRODUCTORY, State.ACTIVE} or row.kind != Kind.PRIMARY:
        return 0
    now, asked = clock.now(), 0
    due = plans.latest(row.together(now), deciding=row.deciding)
    row.asks = asks_next(row)
    row.save(update_fields=["asks"])
    if due is None:
        return 0
    asking = (row.mentee,) if row.mentor.state == MentorState.PAUSED else (row.mentee, row.guide)
    for person in sorted(asking, key=lambda one: one.pk):
        _question, fresh = MatchCheckIn.objects.get_or_create(
            match=row, person=person, step=due[0], number=due[1], defaults={"asked": now}
        )
        if fresh:
            leave(row, person, about=row.pk)
            asked += 1
    return asked


@transaction.atomic
def answer(*, checkin: MatchCheckIn, answer: object, wants_staff: object = False, by: Person) -> MatchCheckIn:
    """Say how it goes, for oneself: what may be said stands in plans/asking.py. ``wants_staff``: talk to staff.

    On the twelfth day "yes" is :func:`confirm`, "another" is :func:`end` without fault, and the mentee waits again in
    the place they had; "talk" is for staff to see to. Raises NotAllowed, Invalid, and Conflict when it was answered, or
    they do not walk together any more. Publishes MatchCheckedIn.
    """
    if checkin.person_id != by.pk:
        raise NotAllowed
    said = inputs.one_of(answer, plans.ANSWERS[checkin.step], at="/answer")
    wanted = inputs.flag(wants_staff, at="/wants_staff")
    if checkin.step == plans.DAY_12 and said == "yes":
        confirm(match=checkin.match, by=by)
    if checkin.step == plans.DAY_12 and said == "another":
        end(match=checkin.match, reason=Reason.SOMEBODY_ELSE, ask_again=by.pk == checkin.match.mentee_id, by=by)
    row = MatchCheckIn.objects.locked_one(checkin.pk)
    if row.answered is not None:
        raise Conflict(_("You answered this already. Thank you."), code="state")
    if not row.match.is_walking and said != "another":
        raise Conflict(_("You two do not walk together any more."), code="state")
    row.answered, row.answer = clock.now(), said
    row.wants_staff = wanted or said == "talk"
    row.save(update_fields=["answered", "answer", "wants_staff"])
    if by.pk == row.match.guide_id:
        end_silence(row.match, row.answered)
    publish(MatchCheckedIn(match_id=row.match_id, person_id=by.pk))
    return row


@transaction.atomic
def see_to(*, checkin: MatchCheckIn, by: Person) -> MatchCheckIn:
    """Somebody who wanted to talk to staff, or finds it hard, was talked with; for who coordinates.

    Again changes nothing. Raises NotAllowed.
    """
    may_coordinate.require(by, checkin.match)
    row = MatchCheckIn.objects.locked_one(checkin.pk)
    if row.seen_to is None:
        row.seen_to, row.seen_by = clock.now(), by
        row.save(update_fields=["seen_to", "seen_by"])
        audit.record(action="match.see_to", actor=by.pk, subject=f"match_checkin:{row.pk}")
    return row
