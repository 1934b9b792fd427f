"""The mentee chooses, the mentor answers; what is not answered runs out."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from community.audit import services as audit
from community.foundation import clock, inputs
from community.foundation.errors import Conflict
from community.foundation.events import publish
from community.matches import events
from community.matches.desk.facts import judged
from community.matches.desk.holding import happened, held, held_all, move, subject
from community.matches.desk.pair import allowed
from community.matches.desk.telling import leave, tell
from community.matches.models import Match
from community.matches.plans.codes import (
    COVER_LASTS,
    OFFER_LASTS,
    OFFER_REMINDS,
    SAYABLE,
    TRIAL_LASTS,
    UNDO_LASTS,
    Action,
    Kind,
    Reason,
    State,
)
from community.matches.rules import is_guide, is_mentee
from community.mentoring import services as mentoring
from community.people.models import Person


@transaction.atomic
def choose(*, match: Match, by: Person) -> Match:
    """Ask this mentor; they have 72 hours. The others on one's cards hear nothing.

    Raises NotAllowed, and Conflict: while another is asked, after somebody said yes, and when a rule is broken by now.
    Publishes MatchOffered.
    """
    is_mentee.require(by, match)
    row = held(match, Action.CHOOSE)
    if clock.now() - row.since < UNDO_LASTS or row.until is None or row.until <= clock.now():
        raise Conflict(_("This card is not there any more."), code="state")
    if row.kind == Kind.PRIMARY and Match.objects.of_mentee(by.pk).primary().placed().exists():
        raise Conflict(_("You have asked somebody already. One at a time."), code="one_at_a_time")
    allowed(row.request, row.mentor, besides=row)
    try:
        with transaction.atomic():
            row.asked = clock.now()
            move(row, Action.CHOOSE, "asked", until=clock.now() + OFFER_LASTS)
    except IntegrityError as error:  # in another program, in this moment
        raise Conflict(_("You have asked somebody already. One at a time."), code="one_at_a_time") from error
    publish(happened(events.MatchOffered, row))
    tell(row, row.guide)
    audit.record(action="match.choose", actor=by.pk, subject=subject(row.pk))
    return row


@transaction.atomic
def accept(*, match: Match, by: Person) -> Match:
    """Say yes: both have a room in the same moment, and the first two weeks begin.

    Where a rule is broken by now the offer is taken back instead, so that the mentee does not wait for what cannot be:
    look at the state of what is returned. Raises NotAllowed and Conflict. Publishes MatchAccepted or MatchFellThrough.
    """
    is_guide.require(by, match)
    row = held(match, Action.ACCEPT)
    if row.until is None or row.until <= clock.now():
        raise Conflict(_("There was no answer in time, and somebody else may be asked by now."), code="state")
    if judged(row.request, row.mentor, besides=row).broken:
        return withdraw(match=row, reason=Reason.RULES)
    now = clock.now()
    row.accepted = now
    lasts = TRIAL_LASTS if row.kind == Kind.PRIMARY else COVER_LASTS
    move(row, Action.ACCEPT, "accepted", until=now + lasts)
    publish(happened(events.MatchAccepted, row))
    tell(row, row.mentee, row.guide)
    if row.kind == Kind.PRIMARY:
        mentoring.matched(request=row.request)  # and the other cards go
    audit.record(action="match.accept", actor=by.pk, subject=subject(row.pk))
    return row


@transaction.atomic
def decline(*, match: Match, reason: object = Reason.NOT_SAID, not_again: object = False, by: Person) -> Match:
    """Not this one: a mentee of a card, a mentor of who asked. It costs nothing, and the reason is for staff alone.

    ``not_again``: these two are not suggested to each other any more. Raises NotAllowed, Invalid, Conflict. Publishes
    MatchFellThrough.
    """
    said = Reason(inputs.one_of(reason, frozenset(SAYABLE), at="/reason"))
    ever = inputs.flag(not_again, at="/not_again")
    (is_mentee | is_guide).require(by, match)
    row = held(match, Action.DECLINE)
    (is_mentee if row.state == State.SHORTLISTED else is_guide).require(by, row)
    asked = row.state == State.OFFERED
    row.not_again = ever
    move(row, Action.DECLINE, "not_again", reason=said)
    publish(happened(events.MatchFellThrough, row))
    if asked:
        tell(row, row.mentee)
    audit.record(action="match.decline", actor=by.pk, subject=subject(row.pk), reason=said)
    return row


@transaction.atomic
def decline_all(*, by: Person) -> int:
    """None of the cards in front of somebody; they stay in line, in their place. Returns how many that were.

    These may be suggested again, when nobody is found who fits better. Publishes MatchFellThrough for each.
    """
    shown = Match.objects.of_mentee(by.pk).cards(clock.now())
    rows = held_all(list(shown))
    fallen = [row for row in rows if row.state == State.SHORTLISTED]
    for row in fallen:
        move(row, Action.DECLINE, reason=Reason.NOT_SAID)
        publish(happened(events.MatchFellThrough, row))
    for row in fallen:
        audit.record(action="match.decline", actor=by.pk, subject=subject(row.pk), reason=row.reason)
    return len(fallen)


@transaction.atomic
def withdraw(*, match: Match, reason: Reason = Reason.NOT_SAID, by: Person | None = None) -> Match:
    """Ask this mentor no more, before they answered; ``by=None`` is the program itself.

    Raises NotAllowed and Conflict. Publishes MatchFellThrough.
    """
    if by is not None:
        is_mentee.require(by, match)
    row = move(held(match, Action.WITHDRAW), Action.WITHDRAW, reason=reason)
    publish(happened(events.MatchFellThrough, row))
    if by is None and reason != Reason.NOT_WAITING:
        tell(row, row.mentee)
    audit.record(action="match.withdraw", actor=by.pk if by else None, subject=subject(row.pk), reason=reason)
    return row


@transaction.atomic
def expire(*, match: Match, reason: Reason = Reason.RAN_OUT) -> Match:
    """A card or an offer is over: its time is, or ``reason`` makes it impossible. Raises Conflict, also for one that

    has time left. Publishes MatchFellThrough.
    """
    row = held(match, Action.EXPIRE)
    if reason == Reason.RAN_OUT and (row.until is None or row.until > clock.now()):
        raise Conflict(_("There is time left for this."), code="state")
    asked = row.state == State.OFFERED
    move(row, Action.EXPIRE, reason=reason)
    publish(happened(events.MatchFellThrough, row))
    if asked:
        tell(row, row.mentee)
    audit.record(action="match.expire", actor=None, subject=subject(row.pk), reason=reason)
    return row


@transaction.atomic
def remind(*, match: Match) -> bool:
    """A day is left for an answer: tell the mentor once; False when that is done, or there is nothing to answer."""
    row = Match.objects.locked_one(match.pk)
    nearly = row.until is not None and row.until - clock.now() <= OFFER_LASTS - OFFER_REMINDS
    if row.state != State.OFFERED or row.reminded or not nearly:
        return False
    row.reminded = True
    row.save(update_fields=["reminded"])
    tell(row, row.guide)
    return True


@transaction.atomic
def show_cards(*, match: Match) -> bool:
    """Tell the mentee, once, of a card that staff can take back no more; False when there is nothing to tell.

    Publishes NewsForOne.
    """
    row = Match.objects.locked_one(match.pk)
    if row.state != State.SHORTLISTED or row.reminded or clock.now() - row.since < UNDO_LASTS:
        return False
    row.reminded = True
    row.save(update_fields=["reminded"])
    leave(row, row.mentee, about=row.request_id)  # one word for all of one's cards
    return True
