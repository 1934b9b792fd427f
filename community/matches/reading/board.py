"""The coordinator's board: who waits, who is suggested and asked, who walks together, and what waits for staff."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.foundation import clock
from community.foundation.registers import Reminder
from community.foundation.times import date_words
from community.matches.models import STATES, Match
from community.matches.plans.codes import (
    CARDS,
    FRESH,
    MANY,
    PLACED,
    UNDO_LASTS,
    WALKING,
    Action,
    Kind,
    Reason,
    State,
    moves,
)
from community.matches.reading.needs import Need, by_match, need_words
from community.mentoring.models import Mentor, MentorRequest
from community.mentoring.reading import days_words, waiting_words
from community.mentoring.rules import policy_of, standings
from community.people.models import Person
from community.programs.models import Program

BY_STAFF = (Action.APPROVE, Action.REJECT, Action.RESUME, Action.PAUSE, Action.END)
ENDING = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who hopes for a mentor, and how many cards are being made for them."""

    request: MentorRequest
    cards: int
    again: bool  # their mentor left

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
        return [need_words(one) for one in self.needs]

    @property
    def ends(self) -> str:
        return date_words(self.match.planned_end) if self.match.planned_end else ""

    @property
    def undoable(self) -> bool:
        """For the ten seconds in which nobody has seen it, by who approved it."""
        fresh = clock.now() - self.match.since < UNDO_LASTS
        return self.match.state == State.SHORTLISTED and fresh and self.match.approved_by_id == self.reader

    @property
    def steps(self) -> list[tuple[str, str]]:
        """What staff may do with them, each an action and the words of its button."""
        led = [one for one in BY_STAFF if moves(self.match.state, one) is not None]
        return [(one, step_words(one)) for one in led]


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


@dataclass(slots=True)
class Board:
    """One program's, as who runs it sees it. Nobody's own match or request is on their board."""

    program: Program
    waiting: list[Waiting] = field(default_factory=list)
    suggested: list[Row] = field(default_factory=list)
    asked: list[Row] = field(default_factory=list)
    together: list[Row] = field(default_factory=list)
    ending: list[Row] = field(default_factory=list)
    parted: list[Row] = field(default_factory=list)  # one of the two would like to talk with staff all the same
    mentors: list[MentorRow] = field(default_factory=list)

    @property
    def proposed(self) -> int:
        """How many cards wait for a yes of staff."""
        return sum(one.match.state == State.PROPOSED for one in self.suggested)

    @property
    def waiting_again(self) -> int:
        """How many wait again because their mentor left."""
        return sum(one.again for one in self.waiting)


def board_of(reader: Person, program: Program) -> Board:
    """The whole board in a fixed number of questions."""
    now, board = clock.now(), Board(program)
    rows = list(Match.objects.of_staff(reader.pk, now).filter(program=program).on_the_board().to_show().oldest_first())
    needs = by_match(rows)
    for match in rows:
        _column(board, match).append(Row(match, needs[match.pk], reader.pk))
    for column in (board.together, board.ending):
        column.sort(key=lambda one: not one.needs)  # who needs somebody first, then who is there longest
    board.waiting = _waiting(reader, program, rows, now)
    board.mentors = _mentors(reader, program, rows, now)
    return board


def row_of(match: Match, reader: Person) -> Row:
    """One of them, on a page of its own."""
    return Row(match, by_match([match])[match.pk], reader.pk)


def _column(board: Board, match: Match) -> list[Row]:
    if match.state in {State.PROPOSED, State.SHORTLISTED}:
        return board.suggested
    if match.state == State.OFFERED:
        return board.asked
    if not match.is_open:
        return board.parted
    soon = match.planned_end is not None and match.planned_end - clock.today(board.program.zone) <= ENDING
    return board.ending if soon else board.together


def _waiting(reader: Person, program: Program, rows: Iterable[Match], now: datetime) -> list[Waiting]:
    cards = Counter(one.request_id for one in rows if one.state in {State.PROPOSED, State.SHORTLISTED})
    asked = {one.request_id for one in rows if one.state == State.OFFERED}
    requests = MentorRequest.objects.of_staff(reader.pk, now).open().filter(program=program).to_show().in_line()
    again = _left_by_their_mentor(program, {one.person_id for one in requests})
    return [
        Waiting(one, cards[one.pk], again=one.person_id in again) for one in requests if one.pk not in asked
    ]  # who is asked for stands further on


def _left_by_their_mentor(program: Program, people: set[UUID]) -> set[UUID]:
    """Whose last mentor here left."""
    before = Match.objects.primary().accepted().filter(program=program, mentee__in=people).order_by("accepted", "pk")
    last = dict(before.values_list("mentee", "reason"))
    return {person for person, reason in last.items() if reason == Reason.MENTOR_LEFT}


def _mentors(reader: Person, program: Program, rows: Iterable[Match], now: datetime) -> list[MentorRow]:
    placed = Match.objects.placed().filter(mentor__program=program).values_list("mentor", "state", "accepted")
    taken, walking, fresh = Counter[UUID](), Counter[UUID](), set[UUID]()
    for mentor_id, state, accepted in placed:
        taken[mentor_id] += state in PLACED
        walking[mentor_id] += state in WALKING
        if accepted is not None and now - accepted < FRESH:
            fresh.add(mentor_id)
    mentors = list(Mentor.objects.run_by(reader.pk, now).active().filter(program=program).to_show().by_name())
    known, most = standings(mentors), policy_of(program).capacity_most
    return [
        MentorRow(
            mentor=one,
            takes_new=known[one.pk].takes_new and taken[one.pk] < min(one.capacity, most),
            taken=taken[one.pk],
            places=min(one.capacity, most),
            busy=walking[one.pk] >= MANY and one.pk in fresh,
        )
        for one in mentors
    ]


def waiting_at_the_desk(person: Person, now: datetime) -> list[Reminder]:
    """Pairs that need somebody, and cards that wait for a yes of staff, as one reminder."""
    rows = list(Match.objects.of_staff(person.pk, now).on_the_board().to_show())
    needs = by_match(rows)
    steps = sum(bool(needs[one.pk]) or one.state == State.PROPOSED for one in rows)
    if not steps:
        return []
    says = ngettext("%(count)d match waits for a step of yours.", "%(count)d matches wait for a step of yours.", steps)
    return [Reminder(icon="users", title=_("Matching"), says=says % {"count": steps}, link="desk_matching")]
