"""What pages show of mentors: words for where they stand and what comes next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.foundation import clock, ties
from community.foundation.registers import Reminder
from community.foundation.times import clock_time, date_words, zone_words
from community.matching.facts import WishKind
from community.mentoring.models import (
    GENDER_WORDS,
    LANGUAGE_WORDS,
    PATHWAY_WORDS,
    STATES,
    STYLE_WORDS,
    WISH_WORDS,
    Mentor,
    MentorRequest,
    Said,
)
from community.mentoring.plans.codes import Action, State, moves
from community.mentoring.rules import standings
from community.people.models import Person
from community.programs.models import Appointment, StaffRole, Weekday
from community.programs.times import DAY

#: What staff do next, by where somebody stands.
NEXT: dict[State, Action] = {
    State.APPLIED: Action.SCREEN,
    State.SCREENING: Action.TRAIN,
    State.TRAINING: Action.APPROVE,
    State.RENEWAL_DUE: Action.RENEW,
}


def step_words(action: Action) -> str:
    """What a button of staff says."""
    return {
        Action.SCREEN: _("Begin to get to know them"),
        Action.TRAIN: _("Go on to the training"),
        Action.APPROVE: _("Approve them"),
        Action.RENEW: _("Approve them again"),
        Action.PAUSE: _("They take a break"),
        Action.RESUME: _("They are back"),
        Action.RETIRE: _("End this"),
    }[action]


def what_next(mentor: Mentor) -> str:
    """What comes next, for who applied."""
    return {
        State.APPLIED: _("Staff read your answers and talk with you. Nobody else is told."),
        State.SCREENING: _("You and staff get to know each other. You can ask everything you want to know."),
        State.TRAINING: _("You learn with staff what is yours to do and what is not, before you meet anybody."),
        State.ACTIVE: _("When somebody hopes for what you offer, staff ask you first. You can always say no."),
        State.PAUSED: _("You take a break. Come back whenever you like."),
        State.RENEWAL_DUE: _(
            "What staff approved is over. They talk with you about going on; who walks with you stays."
        ),
        State.RETIRED: _("Thank you for having been there for others."),
    }[State(mentor.state)]


@dataclass(frozen=True, slots=True, kw_only=True)
class MentorRow:
    """A mentor as staff see them: no date of their own, and why "not now" is theirs."""

    mentor: Mentor
    state: str
    takes_new: bool
    since: str
    cleared: str
    approved: str
    next: str

    @property
    def alias(self) -> str:
        return self.mentor.person.alias


def mentor_rows(mentors: Iterable[Mentor]) -> list[MentorRow]:
    """Rows of a list, in the order they come. Needs ``to_show()``."""
    asked = list(mentors)
    known, now = standings(asked), clock.now()
    return [
        MentorRow(
            mentor=one,
            state=str(STATES[State(one.state)]),
            takes_new=known[one.pk].takes_new,
            since=date_words(one.since.date()),
            cleared=_last_day(one.cleared_until, now),
            approved=_last_day(one.approved_until, now),
            next=step_words(NEXT[State(one.state)]) if State(one.state) in NEXT else "",
        )
        for one in asked
    ]


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing somebody said of themselves, as who runs the program reads it."""

    label: str
    words: str


def said_facts(row: Said) -> list[Fact]:
    """What somebody said, in the order of the five questions; what they left open is left out."""
    wished = ", ".join(str(GENDER_WORDS[one]) for one in row.wish_of)
    told = (
        (_("Could talk"), "; ".join(window_words(*window) for window in row.hours)),
        (_("On the clock of"), zone_words(row.zone)),
        (_("Languages"), ", ".join(str(LANGUAGE_WORDS[one]) for one in row.languages)),
        (_("Gender they hope for"), f"{WISH_WORDS[WishKind(row.wish_kind)]}: {wished}" if wished else ""),
        (_("Their own gender"), str(GENDER_WORDS[row.gender]) if row.gender else ""),
        (_("What helps them"), ", ".join(str(PATHWAY_WORDS[one]) for one in row.pathways)),
        (_("How they like to talk"), str(STYLE_WORDS[row.style]) if row.style else ""),
        (_("Where they are in life"), ", ".join(row.life_stages)),
        (_("What matters to them"), ", ".join(row.values)),
        (_("Other programs"), _("somebody of another program here is fine") if row.across else ""),
        (_("What they hope for"), row.hopes if isinstance(row, MentorRequest) else ""),
    )
    return [Fact(label, words) for label, words in told if words]


def window_words(weekday: int, first: int, last: int) -> str:
    """A time of the week, in words."""
    starts, ends = (clock_time(time(minute // 60 % 24, minute % 60)) for minute in (first, last))
    return _("%(day)s, %(starts)s to %(ends)s") % {"day": Weekday(weekday).label, "starts": starts, "ends": ends}


def _last_day(until: datetime | None, now: datetime) -> str:
    """The last day something is good on; none where it is over."""
    return date_words((until - DAY / 2).date()) if until is not None and until > now else ""


def steps_for(mentor: Mentor) -> list[tuple[Action, str]]:
    """What staff may do now: the next step first, the end last."""
    order = (*NEXT.values(), Action.PAUSE, Action.RESUME, Action.RETIRE)
    led = [action for action in order if moves(mentor.state, action) is not None]
    return [(one, step_words(one)) for one in led if one != Action.RENEW or mentor.state == State.RENEWAL_DUE]


def supervisors_for(mentor: Mentor) -> list[Person]:
    """Who works with people in the mentor's program today and has no tie to them, by name."""
    held = Appointment.objects.live(clock.now()).filter(program=mentor.program).exclude(role=StaffRole.MODERATOR)
    others = Person.objects.exclude(pk__in={mentor.person_id, *ties.own(mentor.person_id)})
    return list(others.filter(pk__in=held.values("person")).order_by("alias", "pk"))


def waiting_words(request: MentorRequest) -> str:
    """How long somebody has waited."""
    return days_words((clock.now() - request.asked_at).days)


def days_words(days: int) -> str:
    """ "since today", "for 3 days"."""
    if not days:
        return _("since today")
    return ngettext("for %(count)d day", "for %(count)d days", days) % {"count": days}


def waiting_at_the_desk(person: Person, now: datetime) -> list[Reminder]:
    """Mentors whose next step is for this person to take, as one reminder."""
    steps = Mentor.objects.run_by(person.pk, now).needing_staff().count()
    if not steps:
        return []
    says = ngettext("%(count)d person waits for a step of yours.", "%(count)d people wait for a step of yours.", steps)
    return [Reminder(icon="hand-heart", title=_("Mentoring"), says=says % {"count": steps}, link="desk_mentoring")]
