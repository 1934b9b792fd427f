"""The worker's part: what has waited long enough, one transaction each."""

from collections.abc import Callable
from functools import partial

from django.tasks import task

from community.foundation import clock
from community.foundation.errors import Conflict
from community.matches import services as matches
from community.matches.desk.outcome import worked_out
from community.matches.models import Batch, Match
from community.matches.plans.codes import OFFER_LASTS, OFFER_REMINDS, UNDO_LASTS, Reason, State

MOST = 500  # of a kind at a time, so that other work is done too


@task
def work_out(batch_id: str) -> None:
    """Find the proposal somebody asked for. Reading takes its time, so that no transaction is open meanwhile.

    Done twice it is the same: the second answer is not kept.
    """
    batch = Batch.objects.asked().select_related("program").filter(pk=batch_id).first()
    if batch is not None:
        last = Batch.objects.of(batch.program_id).made_first().first()
        matches.keep_all(batch=batch, found=worked_out(batch.program, last=last))


def cards_to_show() -> int:
    """Tell mentees of new cards."""
    due = Match.objects.at(State.SHORTLISTED).filter(reminded=False, since__lte=clock.now() - UNDO_LASTS)
    return sum(matches.show_cards(match=one) for one in due.oldest_first()[:MOST])


def over() -> int:
    """Let cards and offers go whose time is over."""
    due = Match.objects.at(State.SHORTLISTED, State.OFFERED).over(clock.now())
    return sum(_expired(one) for one in due.order_by("until", "pk")[:MOST])


def to_remind() -> int:
    """Tell mentors that a day is left to answer."""
    due = Match.objects.to_remind(clock.now(), before=OFFER_LASTS - OFFER_REMINDS)
    return sum(matches.remind(match=one) for one in due.order_by("until", "pk")[:MOST])


def to_ask() -> int:
    """Ask both how it goes."""
    due = Match.objects.to_ask(clock.now()).order_by("asks", "pk")[:MOST]
    return sum(matches.ask_both(match=one) for one in due)


def ending() -> int:
    """Part those whose planned day is over, and who stood in for two weeks."""
    now = clock.now()
    stood_in = Match.objects.walking().covers().over(now).order_by("pk")[:MOST]
    planned = Match.objects.walking().primary().filter(planned_end__lte=now.date()).select_related("program")
    over = [one for one in planned.order_by("pk")[:MOST] if _day_is_over(one)]
    ended = sum(_done(partial(matches.end, match=one, reason=Reason.COVER_OVER)) for one in stood_in)
    return ended + sum(_done(partial(matches.end, match=one, reason=Reason.FINISHED)) for one in over)


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
