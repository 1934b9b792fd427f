"""How matching goes in a program, in numbers of which no small one is told.

A count from 1 to 10 could point at somebody: it is hidden, and so is one whose rest would be such a count (the cell
size that the US Centers for Medicare and Medicaid Services ask for in published tables).
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.db.models import Min
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.foundation import clock
from community.matches.models import REASON_WORDS, Match
from community.matches.plans.codes import SAYABLE, Kind, Reason, State
from community.programs.models import Program

LEAST = 11  # told; fewer are hidden
SPAN = timedelta(days=365)
TALKED_WITHIN = timedelta(days=7)
MONTH, QUARTER = timedelta(days=30), timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question and its answer in words; ``told`` is False where too few are known."""

    question: str
    answer: str
    told: bool = True


def outcomes_of(program: Program) -> list[Outcome]:
    """Of what began in the last year; for who runs the program."""
    now = clock.now()
    rows = Match.objects.filter(program=program, kind=Kind.PRIMARY, accepted__gte=now - SPAN)
    began = [one for one in rows.select_related("request") if one.accepted is not None]
    return [
        _waited(_first_mentors(program, began)),
        _share(_("Both had written within seven days"), began, now, TALKED_WITHIN, _talked),
        _share(_("Still together after 30 days"), began, now, MONTH, _lasted),
        _share(_("Still together after 90 days"), began, now, QUARTER, _lasted),
    ]


def declines_of(program: Program) -> list[Outcome]:
    """How often which reason was given for a no, in the last year."""
    since = clock.now() - SPAN
    said = Match.objects.at(State.DECLINED).filter(program=program, since__gte=since)
    counts = Counter(said.values_list("reason", flat=True))
    return [
        Outcome(str(REASON_WORDS[one]), _number(counts[one]), told=not _small(counts[one]))
        for one in Reason
        if one in SAYABLE
    ]


def _first_mentors(program: Program, began: list[Match]) -> list[Match]:
    """Those who had nobody here before: a new try keeps the first date, and says nothing of how long it took."""
    ever = Match.objects.primary().accepted().filter(program=program, mentee__in=[one.mentee_id for one in began])
    first = dict(ever.values("mentee").annotate(first=Min("accepted")).values_list("mentee", "first"))
    return [one for one in began if one.accepted == first[one.mentee_id]]


def _waited(began: list[Match]) -> Outcome:
    question = _("Half of them had their first mentor within")
    if len(began) < LEAST:
        return _too_few(question)
    days = round(median((one.accepted - one.request.asked_at).days for one in began if one.accepted))
    return Outcome(question, ngettext("%(count)d day", "%(count)d days", days) % {"count": days})


def _share(
    question: str, began: Iterable[Match], now: datetime, after: timedelta, held: Callable[[Match, timedelta], bool]
) -> Outcome:
    """Of those that began so long ago that it can be known."""
    known = [held(one, after) for one in began if one.accepted is not None and one.accepted <= now - after]
    yes = sum(known)
    if len(known) < LEAST or _small(yes) or _small(len(known) - yes):
        return _too_few(question)
    return Outcome(question, _("%(count)d of %(all)d") % {"count": yes, "all": len(known)})


def _talked(match: Match, within: timedelta) -> bool:
    return match.talked is not None and match.accepted is not None and match.talked - match.accepted <= within


def _lasted(match: Match, after: timedelta) -> bool:
    return match.is_open or (match.accepted is not None and match.since - match.accepted >= after)


def _small(number: int) -> bool:
    return 0 < number < LEAST


def _number(number: int) -> str:
    return _("1 to 10") if _small(number) else str(number)


def _too_few(question: str) -> Outcome:
    return Outcome(question, _("too few to tell"), told=False)
