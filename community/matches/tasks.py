"""The worker's part: what has waited long enough, one transaction each."""

import logging
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from uuid import UUID

from django.tasks import task

from community.foundation import clock
from community.foundation.errors import Conflict
from community.matches import services as matches
from community.matches.desk.again import to_let_go
from community.matches.desk.outcome import failed, worked_out
from community.matches.models import Batch, Match
from community.matches.plans.codes import (
    GOODBYE_BEFORE,
    OFFER_LASTS,
    OFFER_REMINDS,
    SILENT_AFTER,
    Reason,
    State,
)

log = logging.getLogger(__name__)
DAY = timedelta(days=1)
MOST = 500  # of a kind at a time, so that other work is done too


@task
def work_out(batch_id: str) -> None:
    """Find the proposal somebody asked for. Reading takes its time, so that no transaction is open meanwhile.

    Done twice it is the same: the second answer is not kept. Whatever fails, there is an answer that says so.
    """
    batch = Batch.objects.asked().select_related("program").filter(pk=batch_id).first()
    if batch is None:
        return
    last = Batch.objects.of(batch.program_id).made_first().first()
    try:
        found = worked_out(batch.program, last=last)
    except Exception:
        log.exception("a proposal for all failed", extra={"batch": batch_id})
        found = failed(last)
    matches.keep_all(batch=batch, found=found)


@task
def suggest_again(request_id: str) -> None:
    """Find somebody else for who is back in line; done twice it is the same."""
    matches.suggest_again(request_id=UUID(request_id))


def cards_to_show() -> int:
    """Tell mentees of new cards."""
    due = Match.objects.cards(clock.now()).filter(reminded=False)
    return sum(matches.show_cards(match=one) for one in due.oldest_first()[:MOST])


def over() -> int:
    """Let cards and offers go whose time is over."""
    due = Match.objects.at(State.SHORTLISTED, State.OFFERED).over(clock.now())
    return sum(_expired(one) for one in due.order_by("until", "pk")[:MOST])


def broken() -> int:
    """Let go of what was suggested and cannot be any more; in turns, where there is very much of it."""
    suggested = Match.objects.at(State.PROPOSED, State.SHORTLISTED, State.OFFERED).order_by("pk")
    number, minute = suggested.count(), int(clock.now().timestamp()) // 60
    first = minute * MOST % number if number > MOST else 0
    rows = list(suggested.to_show()[first : first + MOST])
    gone = to_let_go(rows)
    return sum(matches.let_go(match=one) for one in rows if one.pk in gone)


def to_remind() -> int:
    """Tell mentors that a day is left to answer."""
    due = Match.objects.to_remind(clock.now(), before=OFFER_LASTS - OFFER_REMINDS)
    return sum(matches.remind(match=one) for one in due.order_by("until", "pk")[:MOST])


def to_ask() -> int:
    """Ask both how it goes."""
    due = Match.objects.to_ask(clock.now()).order_by("asks", "pk")[:MOST]
    return sum(matches.ask_both(match=one) for one in due)


def silent() -> int:
    """Tell both, once, where nothing was heard of a mentor for a week."""
    quiet = Match.objects.unheard(clock.now() - SILENT_AFTER).order_by("since", "pk")[:MOST]
    return sum(matches.note_silence(match=one) for one in quiet)


def suspended() -> int:
    """Let those rest of whom one is suspended, and wake those of whom none is; a suspension asks for it, too."""
    out = Match.objects.of_suspended()
    to_rest = out.open().exclude(state=State.PAUSED).order_by("pk")[:MOST]
    to_wake = Match.objects.rested_by_itself().exclude(pk__in=out.values("pk")).order_by("pk")[:MOST]
    return sum(matches.rest(match=one) for one in list(to_rest)) + sum(matches.wake(match=one) for one in list(to_wake))


def ending() -> int:
    """Part those whose planned day is over, and who stood in for two weeks."""
    now = clock.now()
    stood_in = Match.objects.walking().covers().alive().over(now).order_by("pk")[:MOST]
    planned = Match.objects.walking().primary().alive().filter(planned_end__lte=now.date()).select_related("program")
    over = [one for one in planned.order_by("pk")[:MOST] if _day_is_over(one)]
    ended = sum(_done(partial(matches.end, match=one, reason=Reason.COVER_OVER)) for one in stood_in)
    return ended + sum(_done(partial(matches.end, match=one, reason=Reason.FINISHED)) for one in over)


def to_say_goodbye() -> int:
    """Ask both, once, for a word to say goodbye, where the end they planned is near."""
    last = (clock.now() + GOODBYE_BEFORE + DAY).date()  # whose zone is ahead is there already
    near = Match.objects.going().primary().alive().filter(planned_end__lte=last, goodbye_asked=None)
    return sum(matches.ask_goodbye(match=one) for one in near.order_by("pk")[:MOST])


def _day_is_over(match: Match) -> bool:
    return match.planned_end is not None and match.planned_end < clock.today(match.program.zone)


def _expired(match: Match) -> int:
    return _done(partial(matches.expire, match=match))


def _done(verb: Callable[[], object]) -> int:
    """Whether it was done; somebody else may have, in this moment."""
    try:
        verb()
    except Conflict:
        return 0
    return 1
