"""How well two people would fit, from 0 to 1000, with its parts; and in reasons that are true, never a percentage.

Nothing is inferred: only what both said of themselves counts, and what was not said takes nothing away twice.
"""

from dataclasses import astuple, dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from community.matching import windows
from community.matching.codes import OVERLAP
from community.matching.facts import MenteeFacts, MentorFacts, Side, WishKind

ENOUGH = 300  # minutes a week, beyond which more is no better
AGES = 15  # years between people of one age
RESTED = 90  # days without a new match, after which more is no better
REASONS = 3


@dataclass(frozen=True, slots=True)
class Parts:
    """What a fit is made of, for one side; each with the most it can be. ``room`` is for staff alone."""

    hours: int  # 250
    pathway: int  # 200
    life_stage: int  # 150
    values: int  # 150
    wishes: int  # 125
    room: int  # 75
    program: int  # 50

    @property
    def total(self) -> int:
        return int(sum(astuple(self)))


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that is true of both, as a code and what it is about; pages make the words."""

    code: str
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fit:
    """Both sides' parts and what they come to together; kept with a proposal."""

    mentee: Parts
    mentor: Parts

    @property
    def total(self) -> int:
        """The mean of both sides, drawn halfway to the lower: what only one of two dreams of does not win."""
        low, high = sorted((self.mentee.total, self.mentor.total))
        return (3 * low + high) // 4


def fit(mentee: MenteeFacts, mentor: MentorFacts, week_of: datetime) -> Fit:
    """How well these two fit in the week from ``week_of``."""
    shared = windows.minutes(windows.together(mentee.windows, mentor.windows, week_of))
    return Fit(_parts(mentee, mentor, mentor, shared), _parts(mentor, mentee, mentor, shared))


def reasons(own: Side, other: Side, week_of: datetime) -> tuple[Reason, ...]:
    """Up to three things that speak for the other, the weightiest first, for the one who reads them."""
    both = windows.together(own.windows, other.windows, week_of)
    weighed = [
        (hours_part(windows.minutes(both)), Reason("hours", _days(own, both))),
        (pathway_part(own, other), Reason("pathway", tuple(sorted(own.pathways & other.pathways)))),
        (stages_part(own, other), Reason("life_stage", tuple(sorted(own.life_stages & other.life_stages)))),
        (values_part(own, other), Reason("values", tuple(sorted(own.values & other.values)))),
        (language_part(own, other), Reason("language", own.languages[:1])),
        (gender_part(own, other), Reason("gender", () if own.gender_wish.kind == WishKind.ANY else (other.gender,))),
        (style_part(own, other), Reason("style", (own.style,) if own.style else ())),
        (program_part(own, other), Reason("program")),
    ]
    true = [(points, reason) for points, reason in weighed if points > 0 and (reason.about or reason.code == "program")]
    return tuple(reason for _points, reason in sorted(true, key=lambda one: -one[0])[:REASONS])


def worth_knowing(own: Side, other: Side, week_of: datetime) -> Reason | None:
    """One honest thing to know beforehand: another time of day, few hours together, no way in common, or nothing."""
    here, there = (_offset(side, week_of) for side in (own, other))
    if here is not None and there is not None and here != there:
        return Reason("time_difference", (str(there - here),))
    if windows.minutes(windows.together(own.windows, other.windows, week_of)) < 2 * OVERLAP:
        return Reason("few_hours")
    if own.pathways and other.pathways and not own.pathways & other.pathways:
        return Reason("other_pathway", tuple(sorted(other.pathways)))
    return None


def _parts(own: Side, other: Side, mentor: MentorFacts, shared: int) -> Parts:
    return Parts(
        hours=hours_part(shared),
        pathway=pathway_part(own, other),
        life_stage=stages_part(own, other) + age_part(own, other),
        values=values_part(own, other),
        wishes=gender_part(own, other) + language_part(own, other) + style_part(own, other),
        room=room_part(mentor),
        program=program_part(own, other),
    )


def hours_part(shared: int) -> int:
    return 250 * (min(max(shared, OVERLAP), ENOUGH) - OVERLAP) // (ENOUGH - OVERLAP)


def pathway_part(own: Side, other: Side) -> int:
    """How much of what they go by the other goes by too; who named none does not mind, and gets half."""
    return 200 * len(own.pathways & other.pathways) // len(own.pathways) if own.pathways else 100


def stages_part(own: Side, other: Side) -> int:
    return 100 if own.life_stages & other.life_stages else 0


def age_part(own: Side, other: Side) -> int:
    if own.birth_year is None or other.birth_year is None:
        return 0
    return 50 if abs(own.birth_year - other.birth_year) <= AGES else 0


def values_part(own: Side, other: Side) -> int:
    return 50 * min(len(own.values & other.values), 3)


def gender_part(own: Side, other: Side) -> int:
    """Fifty for who does not mind, or has what they hope for."""
    if own.gender_wish.kind == WishKind.ANY:
        return 50
    return 50 if own.gender_wish.met_by(other.gender) else 0


def language_part(own: Side, other: Side) -> int:
    return 40 if own.languages and own.languages[0] in other.languages else 0


def style_part(own: Side, other: Side) -> int:
    return 35 if not own.style or own.style == other.style else 0


def room_part(mentor: MentorFacts) -> int:
    rested = RESTED if mentor.days_since_match is None else min(max(mentor.days_since_match, 0), RESTED)
    return 45 * max(mentor.free, 0) // max(mentor.places, mentor.free, 1) + 30 * rested // RESTED


def program_part(own: Side, other: Side) -> int:
    return 50 if own.program == other.program else 0


def _days(own: Side, both: list[windows.Span]) -> tuple[str, ...]:
    """The weekdays of what they share, on the wall of who reads it; Monday is "0"."""
    if not own.windows:
        return ()
    place = ZoneInfo(own.windows[0].zone)
    return tuple(str(day) for day in sorted({begin.astimezone(place).weekday() for begin, _end in both}))


def _offset(side: Side, week_of: datetime) -> int | None:
    """Minutes ahead of UTC where they live, as the week begins."""
    if not side.windows:
        return None
    ahead = week_of.astimezone(ZoneInfo(side.windows[0].zone)).utcoffset()
    return None if ahead is None else int(ahead.total_seconds()) // 60
