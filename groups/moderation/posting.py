"""What a decision does, in its room and beyond, how its person hears of it, and what an appeal undoes of it."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from community.audit import services as audit
from community.foundation import clock, inputs
from community.foundation.errors import Conflict, FieldError, Invalid
from community.foundation.events import publish
from community.notices import services as notices
from community.people.models import Person
from community.sanctions import services as sanctions
from groups.chat import services as chat
from groups.membership import services as membership
from groups.moderation.desk import amount_of, asked_with, asked_without, hold, seat_now, waits_still
from groups.moderation.events import Decided
from groups.moderation.models import Decision, Report
from groups.moderation.plans import BEYOND_A_ROOM, FELT, LESS, WORDS_MOST, Action, a_little_later

DECIDED = "decided"


def follow(
    *, about: Report | Decision, action: Action, words: str, number: int, by: Person, seconded_by: Person | None = None
) -> Decision:
    """Let it happen, from now on, and tell them. ``about``: what we were told, or what it stands instead of.

    Raises Conflict where there is nothing left to do it to. Publishes Decided.
    """
    now = clock.now()
    made = Decision(
        case=about.case,
        person=about.seat.person,
        seat=about.seat,
        message=about.message,
        action=action,
        count=number if action == Action.HOLD else None,
        until=_until(action, now, number),
        by=by,
        seconded_by=seconded_by,
        at=now,
        tell_at=now if action in FELT else now + a_little_later(),
    )
    made.words = words
    _do(made)
    made.save(force_insert=True)
    publish(Decided(decision_id=made.pk, person_id=made.person_id))
    if made.is_felt:
        tell(made)
    actor = (seconded_by or by).pk
    audit.record(action=f"decision.{action}", actor=actor, subject=f"decision:{made.pk}", words=words)
    return made


def tell(row: Decision) -> None:
    """Leave its person a word about it."""
    row.told = clock.now()
    row.save(update_fields=["told"])
    notices.tell(person=row.person, notice=DECIDED, about=row.pk)


def _until(action: Action, now: datetime, number: int) -> datetime | None:
    lasts = {Action.MUTE: timedelta(days=number), Action.SUSPEND: timedelta(hours=number)}.get(action)
    return None if lasts is None else now + lasts


def _do(made: Decision) -> None:
    if made.action == Action.HIDE and made.message is not None:
        chat.hide(message=made.message)
    elif made.is_beyond_a_room:
        sanctions.suspend(person_id=made.person_id, decision_id=made.pk, until=made.until)
    elif made.action in {Action.REMOVE, Action.HOLD, Action.MUTE}:
        seat = seat_now(made)
        if seat is None:
            raise Conflict(_("They have no seat there any more."), code="nothing")
        if made.action == Action.REMOVE:
            membership.take(membership=seat)
        else:
            asked = asked_with(made, getattr(seat, "restriction", None))
            membership.change_restriction(membership=seat, asked=asked)


def lift(row: Decision) -> None:
    """Undo what still lasts, as far as nothing else that was decided asks for it.

    Who lost their seat is asked back by staff, since a room may have gone on without them.
    """
    row.lifted = clock.now()
    row.save(update_fields=["lifted"])
    sanctions.end(decision_id=row.pk)
    seat = seat_now(row)
    restriction = getattr(seat, "restriction", None)
    if seat is not None and restriction is not None and (asked := asked_without(row, restriction)):
        membership.change_restriction(membership=seat, asked=asked)


def lighten(row: Decision, *, by: Person, instead: object, amount: object, words: str) -> Decision:
    """Let a part stand from now on, in these words (1 to 1,000 characters), and the rest be over.

    Raises Invalid: there is no part of it, nothing of it is left, or it would be no less than what is left.
    """
    parts = LESS.get(Action(row.action), ())
    if not parts:
        inputs.refuse("/answer", "whole", _("There is no part of this. Say that it stands, or that it is lifted."))
    chosen = Action(inputs.one_of(instead, frozenset(parts), at="/instead"))
    said = inputs.text(words, at="/words", most=WORDS_MOST)
    number = amount_of(chosen, amount)
    hold(Action(row.action), row.person_id, row.seat.group_id)
    _insist_less(row, chosen, number)
    if chosen not in BEYOND_A_ROOM:
        lift(row)
    made = follow(about=row, action=chosen, words=said, number=number, by=by)
    if chosen in BEYOND_A_ROOM:
        lift(row)  # only now: no door opens in between
    made.instead_of = row
    made.save(update_fields=["instead_of"])
    return made


def _insist_less(row: Decision, chosen: Action, number: int) -> None:
    now = clock.now()
    restriction = getattr(seat_now(row), "restriction", None)
    waits = min(restriction.hold_next, waits_still(row)) if restriction else 0
    if (row.until is not None and row.until <= now) or (row.action == Action.HOLD and not waits):
        inputs.refuse("/answer", "over", _("It is over by now. Say that it stands, or that it is lifted."))
    if chosen != row.action:
        return
    lasts = {Action.MUTE: timedelta(days=number), Action.SUSPEND: timedelta(hours=number)}.get(chosen)
    less = number < waits if lasts is None or row.until is None else now + lasts < row.until
    if not less:
        raise Invalid(FieldError("/amount", "less", _("It has to be less than what is left of it.")))
