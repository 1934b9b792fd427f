"""While two people walk together: the first days confirmed, a break, the end.

``by=None`` is the program itself.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from community.audit import services as audit
from community.foundation import clock, inputs
from community.foundation.errors import Conflict
from community.foundation.events import publish
from community.matches import events
from community.matches.desk.holding import (
    end_standing_in,
    for_longer,
    go_on,
    happened,
    held,
    held_anyway,
    move,
    subject,
)
from community.matches.desk.telling import tell, tell_each
from community.matches.models import Match
from community.matches.plans.codes import (
    DECIDES_BEFORE,
    PAUSE_LASTS,
    SAYABLE,
    Action,
    Kind,
    Reason,
)
from community.matches.rules import is_mentee, is_one_of_two, may_coordinate, may_resume
from community.mentoring import services as mentoring
from community.mentoring.models import MentorRequest
from community.people.models import Person
from community.sanctions.rules import is_suspended


@transaction.atomic
def confirm(*, match: Match, by: Person) -> Match:
    """Keep going after the first two weeks. Only when both have said so, each for themselves, is it for longer.

    From two days before they are over. Again changes nothing; the other learns of it only by the second yes. Who stands
    in does so for two weeks. Raises NotAllowed and Conflict. Publishes MatchConfirmed with the second.
    """
    is_one_of_two.require(by, match)
    row = held(match, Action.CONFIRM)
    for_longer(row)
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
    if any(is_suspended(one, None) for one in (row.mentee, row.guide)):
        raise Conflict(
            _("One of the two is not in the rooms for now. They go on by themselves after that."), code="rests"
        )
    go_on(row)
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

    Raises NotAllowed, and Conflict while they walk with somebody or asked somebody, or do not agree any more that
    staff look.
    """
    is_mentee.require(by, match)
    row = held_anyway(match)
    if row.is_open or Match.objects.of_mentee(by.pk).primary().placed().exists():
        raise Conflict(_("You have somebody, or asked somebody. Look at the page again."), code="state")
    found = mentoring.back_in_line(request=row.request)
    if found is None:
        raise Conflict(_("Please ask anew: we need your yes, and your answers."), code="state")
    return found


def _tell_others(row: Match, by: Person | None) -> None:
    tell(row, *_others(row, by))


def _others(row: Match, by: Person | None) -> list[Person]:
    return [one for one in (row.mentee, row.guide) if by is None or one.pk != by.pk]
