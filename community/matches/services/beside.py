"""While two people walk together: the first days confirmed, a break, the end they plan, the end.

``by=None`` is the program itself.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from community.audit import services as audit
from community.foundation import clock, inputs
from community.foundation.errors import Conflict
from community.foundation.events import publish
from community.matches import events
from community.matches.desk.holding import end_standing_in, happened, held, held_anyway, move, stand, subject
from community.matches.desk.telling import tell, tell_each
from community.matches.models import Match
from community.matches.plans.codes import (
    DECIDES_BEFORE,
    PAUSE_LASTS,
    SAYABLE,
    TRIAL_LASTS,
    Action,
    Kind,
    Reason,
    State,
)
from community.matches.rules import is_mentee, is_one_of_two, may_coordinate, may_resume
from community.mentoring import services as mentoring
from community.mentoring.models import MentorRequest
from community.people.models import Person


@transaction.atomic
def confirm(*, match: Match, by: Person) -> Match:
    """Keep going after the first two weeks. Only when both have said so, each for themselves, is it for longer.

    From two days before they are over. Again changes nothing; the other learns of it only by the second yes. Raises
    NotAllowed and Conflict. Publishes MatchConfirmed with the second.
    """
    is_one_of_two.require(by, match)
    row = held(match, Action.CONFIRM)
    if row.until is None or clock.now() < row.until - DECIDES_BEFORE:
        raise Conflict(_("There is time for that: you are asked on the twelfth day."), code="not_yet")
    field = "mentee_keeps" if by.pk == row.mentee_id else "guide_keeps"
    setattr(row, field, getattr(row, field) or clock.now())
    if row.mentee_keeps is None or row.guide_keeps is None:
        row.save(update_fields=[field])
    else:
        move(row, Action.CONFIRM, field)
        publish(happened(events.MatchConfirmed, row))
        tell(row, row.mentee, row.guide)
    audit.record(action="match.confirm", actor=by.pk, subject=subject(row.pk))
    return row


@transaction.atomic
def pause(*, match: Match, by: Person) -> Match:
    """Take a break of up to 30 days; the place is held. For either of the two and who coordinates.

    Raises NotAllowed and Conflict. Publishes MatchPaused.
    """
    (is_one_of_two | may_coordinate).require(by, match)
    row = held(match, Action.PAUSE)
    row.paused_from, row.paused_by = row.state, by
    move(row, Action.PAUSE, "paused_from", "paused_by", until=clock.now() + PAUSE_LASTS)
    publish(happened(events.MatchPaused, row))
    _tell_others(row, by)
    audit.record(action="match.pause", actor=by.pk, subject=subject(row.pk))
    return row


@transaction.atomic
def resume(*, match: Match, by: Person) -> Match:
    """Be back, where they were; the first two weeks have as many days left as before.

    For whoever began the break and who coordinates. Raises NotAllowed and Conflict. Publishes MatchResumed.
    """
    (is_one_of_two | may_coordinate).require(by, match)
    row = held(match, Action.RESUME)
    may_resume.require(by, row)
    row.rested += clock.now() - row.since
    state, until = State(row.paused_from), None
    if state == State.INTRODUCTORY and row.accepted is not None:
        until = row.accepted + TRIAL_LASTS + row.rested
    row.paused_from, row.paused_by = "", None
    stand(row, state, "paused_from", "paused_by", "rested", until=until)
    publish(happened(events.MatchResumed, row))
    _tell_others(row, by)
    audit.record(action="match.resume", actor=by.pk, subject=subject(row.pk))
    return row


@transaction.atomic
def end(
    *,
    match: Match,
    reason: object = Reason.NOT_SAID,
    not_again: object = False,
    ask_again: object = False,
    by: Person | None = None,
) -> Match:
    """Part, without anybody's fault: for either of the two, without a reason, and for who coordinates.

    The room is there to be read. ``not_again``: these two are not suggested to each other any more; nobody is told.
    ``ask_again``: the mentee waits for somebody else at once, in the place they had. Raises NotAllowed, Invalid,
    Conflict. Publishes MatchEnded.
    """
    if by is not None:
        (is_one_of_two | may_coordinate).require(by, match)
    said = Reason(inputs.one_of(reason, frozenset(SAYABLE if by else Reason), at="/reason"))
    ever, again = inputs.flag(not_again, at="/not_again"), inputs.flag(ask_again, at="/ask_again")
    if again and by is not None and not (is_mentee | may_coordinate)(by, match):
        inputs.refuse("/ask_again", "choice", _("Whether to look for somebody else is theirs to say."))
    row = held(match, Action.END)
    row.not_again = ever
    coordinates = by is not None and not is_one_of_two(by, row)
    move(row, Action.END, "not_again", reason=Reason.STAFF if coordinates and said == Reason.NOT_SAID else said)
    stood_in = end_standing_in(row)
    if row.kind == Kind.PRIMARY:
        mentoring.parted(request=row.request)
        if again:
            mentoring.back_in_line(request=row.request)
    publish(happened(events.MatchEnded, row))
    tell_each([*((row, one) for one in _others(row, by)), *((one, one.guide) for one in stood_in)])
    audit.record(action="match.end", actor=by.pk if by else None, subject=subject(row.pk), reason=row.reason)
    return row


@transaction.atomic
def look_again(*, match: Match, by: Person) -> MentorRequest:
    """After it ended, or came to nothing: wait for somebody else, in the place they had; again is the same.

    Raises NotAllowed, and Conflict while they walk together, or where they do not agree any more that staff look.
    """
    is_mentee.require(by, match)
    row = held_anyway(match)
    found = None if row.is_open else mentoring.back_in_line(request=row.request)
    if found is None:
        raise Conflict(_("Please ask anew: we need your yes, and your answers."), code="state")
    return found


@transaction.atomic
def plan_end(*, match: Match, day: object, by: Person) -> Match:
    """Wish for a day on which it comes to its end; it stands once both have wished for the same one.

    From tomorrow, in the program's zone. The same wish again changes nothing. Raises NotAllowed, Invalid, Conflict.
    Publishes MatchChanged.
    """
    is_one_of_two.require(by, match)
    wished = inputs.day(day, at="/day")
    row = _walking(match)
    if wished <= clock.today(row.program.zone):
        inputs.refuse("/day", "range", _("Choose a day that is still to come."))
    if wished == row.planned_end or (wished == row.end_wished and row.end_wished_by_id == by.pk):
        return row
    if wished == row.end_wished:
        row.planned_end, row.end_wished, row.end_wished_by = wished, None, None
    else:
        row.end_wished, row.end_wished_by = wished, by
    row.save(update_fields=["planned_end", "end_wished", "end_wished_by"])
    _changed(row, "match.plan_end", by)
    return row


@transaction.atomic
def call(*, match: Match, wants: object, number: object = None, by: Person) -> Match:
    """Say whether one would like to call; numbers show to the two alone, and only while both would.

    ``number`` is for this match alone: none stays what it is, and whoever would not like to call has none. Raises
    NotAllowed, Invalid, Conflict. Publishes MatchChanged, if it is another answer.
    """
    is_one_of_two.require(by, match)
    wanted = inputs.flag(wants, at="/wants")
    typed = None if number is None else inputs.phone(number, at="/number")
    row = _walking(match)
    side = "mentee" if by.pk == row.mentee_id else "guide"
    before = getattr(row, f"{side}_calls"), getattr(row, f"{side}_number")
    after = wanted, "" if not wanted else before[1] if typed is None else typed
    if before != after:
        setattr(row, f"{side}_calls", after[0])
        setattr(row, f"{side}_number", after[1])
        row.save(update_fields=[f"{side}_calls", f"{side}_number_sealed"])
        _changed(row, "match.call", by)
    return row


@transaction.atomic
def note_talk(*, match: Match, by: Person, at: datetime) -> bool:
    """``by`` wrote in their room; kept to the hour, and never for an earlier one. Once both have, they have talked."""
    is_one_of_two.require(by, match)
    row = Match.objects.locked_one(match.pk)
    field = "mentee_wrote" if by.pk == row.mentee_id else "guide_wrote"
    hour, known = at.replace(minute=0, second=0, microsecond=0), getattr(row, field)
    if known is not None and known >= hour:
        return False
    setattr(row, field, hour)
    if row.talked is None and row.mentee_wrote is not None and row.guide_wrote is not None:
        row.talked = at
    row.save(update_fields=[field, "talked"])
    return True


def _walking(match: Match) -> Match:
    row = held_anyway(match)
    if not row.is_walking:
        raise Conflict(_("You two do not walk together any more."), code="state")
    return row


def _changed(row: Match, action: str, by: Person) -> None:
    publish(happened(events.MatchChanged, row))
    tell(row, row.other(by.pk))
    audit.record(action=action, actor=by.pk, subject=subject(row.pk))


def _tell_others(row: Match, by: Person | None) -> None:
    tell(row, *_others(row, by))


def _others(row: Match, by: Person | None) -> list[Person]:
    return [one for one in (row.mentee, row.guide) if by is None or one.pk != by.pk]
