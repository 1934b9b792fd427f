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
from community.matches.plans.codes import MANY, SAYABLE, Kind, Reason, State
from community.mentoring.models import Mentor
from community.mentoring.rules import sponsors_in
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
        _waited(_first_mentors(program, began), sponsors=sponsors_in([program])),
        _share(_("Both had written within seven days"), began, now, TALKED_WITHIN, _talked),
        _share(_("Still together after 30 days"), began, now, MONTH, _lasted),
        _share(_("Still together after 90 days"), began, now, QUARTER, _lasted),
    ]


def declines_of(program: Program) -> list[Outcome]:
    """How often which reason was given for a no, in the last year."""
    since = clock.now() - SPAN
    said = Match.objects.at(State.DECLINED).filter(program=program, since__gte=since)
    counts = Counter(said.values_list("reason", flat=True))
    return _parts([(str(REASON_WORDS[one]), counts[one]) for one in Reason if one in SAYABLE])


def load_of(program: Program) -> list[Outcome]:
    """How many mentors walk with how many people today, in whatever program: whether the same few bear it all."""
    mentors = Mentor.objects.active().filter(program=program).values_list("person", flat=True)
    walking = Match.objects.walking().filter(guide__in=mentors).values_list("guide", flat=True)
    with_each = Counter(walking)
    counts = Counter(min(with_each[one], MANY) for one in mentors)
    sponsors = sponsors_in([program])
    return _parts([(load_words(number, sponsors=sponsors), counts[number]) for number in range(MANY + 1)])


def load_words(people: int, *, sponsors: bool = False) -> str:
    if sponsors:
        return _sponsor_load_words(people)
    if people == MANY:
        return _("Mentors who walk with three people or more")
    return {
        0: _("Mentors who walk with nobody"),
        1: _("Mentors who walk with one person"),
        2: _("Mentors who walk with two people"),
    }[people]


def _sponsor_load_words(people: int) -> str:
    if people == MANY:
        return _("Sponsors who walk with three people or more")
    return {
        0: _("Sponsors who walk with nobody"),
        1: _("Sponsors who walk with one person"),
        2: _("Sponsors who walk with two people"),
    }[people]


def _first_mentors(program: Program, began: list[Match]) -> list[Match]:
    """Those who had nobody here before: a new try keeps the first date, and says nothing of how long it took."""
    ever = Match.objects.primary().accepted().filter(program=program, mentee__in=[one.mentee_id for one in began])
    first = dict(ever.values("mentee").annotate(first=Min("accepted")).values_list("mentee", "first"))
    return [one for one in began if one.accepted == first[one.mentee_id]]


def _waited(began: list[Match], *, sponsors: bool) -> Outcome:
    first, first_sponsor = (
        _("Half of them had their first mentor within"),
        _("Half of them had their first sponsor within"),
    )
    question = first_sponsor if sponsors else first
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


def _parts(cells: list[tuple[str, int]]) -> list[Outcome]:
    """The parts of one whole, which other pages may tell."""
    hidden = hidden_of([count for _question, count in cells])
    return [_too_few(one) if count in hidden else Outcome(one, str(count)) for one, count in cells]


def hidden_of(counts: list[int]) -> set[int]:
    """Which of these counts are not told: the small ones, and the least of the others until what is hidden is no small

    number together. All that are equal are hidden alike, and never such ones alone: so two hidden ones could always
    have stood the other way around, for who knows the whole and this rule as well. Nothing goes last.
    """
    hidden = {one for one in counts if _small(one)}
    others = sorted(set(counts) - hidden, key=lambda one: (one == 0, one))
    while hidden and others and (len(hidden) == 1 or sum(one for one in counts if one in hidden) < LEAST):
        hidden.add(others.pop(0))
    return hidden


def _too_few(question: str) -> Outcome:
    return Outcome(question, _("too few to tell"), told=False)
