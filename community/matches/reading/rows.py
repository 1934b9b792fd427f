"""The rows of the coordinator's board: who waits, two people, and a mentor; what each says, and what staff may do."""

from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from community.foundation import clock
from community.foundation.times import date_words
from community.matches.models import REASON_WORDS, STATES, Match
from community.matches.plans.codes import (
    CARDS,
    LIFT,
    Action,
    Kind,
    Need,
    Reason,
    State,
    moves,
)
from community.matches.reading.needs import need_words
from community.mentoring.models import Mentor, MentorRequest
from community.mentoring.reading import days_words, waiting_words

BY_STAFF = (Action.APPROVE, Action.REJECT, Action.RESUME, Action.PAUSE, Action.END)
ASKED = frozenset({Action.PAUSE, Action.END})


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who hopes for a mentor, and how many cards are being made for them."""

    request: MentorRequest
    cards: int
    again: bool  # their mentor left
    suggested: bool  # somebody is, here or in another program

    @property
    def waits(self) -> str:
        return waiting_words(self.request)

    @property
    def takes_more(self) -> bool:
        return self.cards < CARDS


@dataclass(frozen=True, slots=True)
class Row:
    """Two people on the board."""

    match: Match
    needs: list[Need]
    reader: UUID
    sponsors: bool = False  # whether the program says so

    @property
    def state(self) -> str:
        return str(STATES[State(self.match.state)])

    @property
    def since(self) -> str:
        return days_words((clock.now() - self.match.since).days)

    @property
    def stands_in(self) -> bool:
        return self.match.kind == Kind.COVER

    @property
    def says(self) -> list[str]:
        return [need_words(one, sponsors=self.sponsors) for one in self.needs]

    @property
    def ends(self) -> str:
        return date_words(self.match.planned_end) if self.match.planned_end else ""

    @property
    def ended(self) -> str:
        """The day on which they parted, on the clock of the program."""
        return date_words(self.match.since.astimezone(ZoneInfo(self.match.program.zone)).date())

    @property
    def why(self) -> str:
        """Why two who walked together do so no more, as far as it was said; neither of them reads it."""
        reason = self.match.ended_because
        return reason_words(reason, sponsors=self.sponsors) if reason else ""

    @property
    def undoable(self) -> bool:
        """For the ten seconds in which nobody has seen it, by who said yes or no."""
        return self.match.may_be_undone(self.reader, clock.now())

    @property
    def steps(self) -> list[tuple[str, str]]:
        """What staff may do with them at once, each an action and the words of its button."""
        return self._led(asked=False)

    @property
    def questions(self) -> list[tuple[str, str]]:
        """What staff are asked about first, since it cannot be undone: both of the two hear of it, or one had asked

        not to be suggested again.
        """
        lifts = [(LIFT, _("Let them be suggested again"))] if self.match.not_again else []
        return self._led(asked=True) + lifts

    def _led(self, *, asked: bool) -> list[tuple[str, str]]:
        led = [one for one in BY_STAFF if moves(self.match.state, one) is not None and (one in ASKED) == asked]
        return [(one, step_words(one)) for one in led]


def reason_words(reason: Reason, *, sponsors: bool = False) -> str:
    """For staff; ``sponsors``: as a program says it that calls a mentor so."""
    return _("Is a sponsor no more") if sponsors and reason == Reason.MENTOR_LEFT else str(REASON_WORDS[reason])


def step_words(action: Action) -> str:
    """What a button of staff says; empty for what is not theirs to do."""
    return {
        Action.APPROVE: _("Give them this card"),
        Action.REJECT: _("Not these two"),
        Action.RESUME: _("They are back"),
        Action.PAUSE: _("They take a break"),
        Action.END: _("End it"),
    }.get(action, "")


@dataclass(frozen=True, slots=True)
class MentorRow:
    """A mentor, as the board shows them: no date, and one "not now" whatever the reason."""

    mentor: Mentor
    takes_new: bool
    taken: int
    places: int
    busy: bool
