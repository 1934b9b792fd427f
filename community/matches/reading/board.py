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
from community.matches.desk.line import with_nobody
from community.matches.models import Match
from community.matches.plans.codes import (
    FRESH,
    MANY,
    PLACED,
    WALKING,
    Reason,
    State,
)
from community.matches.reading.needs import by_match
from community.matches.reading.rows import MentorRow, Row, Waiting
from community.mentoring.models import Mentor, MentoringPolicy, MentorRequest
from community.mentoring.rules import policy_of, sponsors_in, standings
from community.people.models import Person
from community.programs.models import Program

ENDING = timedelta(days=14)
COLUMN_MOST = 100


@dataclass(slots=True)
class Board:
    """One program's, as who runs it sees it. Nobody's own match or request is on their board."""

    program: Program
    policy: MentoringPolicy
    waiting: list[Waiting] = field(default_factory=list)
    suggested: list[Row] = field(default_factory=list)
    asked: list[Row] = field(default_factory=list)
    together: list[Row] = field(default_factory=list)
    ending: list[Row] = field(default_factory=list)
    parted: list[Row] = field(default_factory=list)  # one of the two would like to talk with staff all the same
    mentors: list[MentorRow] = field(default_factory=list)

    most = COLUMN_MOST  # of each column on a page; what waits for a step of staff stands above
    shown = f":{COLUMN_MOST}"

    @property
    def proposed(self) -> int:
        """How many cards wait for a yes of staff."""
        return sum(one.match.state == State.PROPOSED for one in self.suggested)

    @property
    def to_suggest(self) -> bool:
        """Whether somebody waits for whom nobody is suggested."""
        return any(not one.suggested for one in self.waiting)

    @property
    def waiting_again(self) -> int:
        """How many wait again because their mentor left."""
        return sum(one.again for one in self.waiting)


def board_of(reader: Person, program: Program) -> Board:
    """The whole board in a fixed number of questions."""
    now, board = clock.now(), Board(program, policy_of(program))
    rows = list(
        Match.objects.of_staff(reader.pk, now)
        .filter(program=program)
        .on_the_board(reader.pk, now)
        .to_show()
        .oldest_first()
    )
    needs = by_match(rows)
    for match in rows:
        _column(board, match, reader.pk).append(
            Row(match, needs[match.pk], reader.pk, sponsors=board.policy.says_sponsor)
        )
    board.suggested.sort(key=lambda one: one.match.state != State.PROPOSED and not one.undoable)
    for column in (board.together, board.ending):
        column.sort(key=lambda one: not one.needs)  # who needs somebody first, then who is there longest
    board.waiting = _waiting(reader, program, rows, now)
    board.mentors = _mentors(reader, board, now)
    return board


def row_of(match: Match, reader: Person) -> Row:
    """One of them, on a page of its own."""
    return Row(match, by_match([match])[match.pk], reader.pk, sponsors=sponsors_in([match.program]))


def _column(board: Board, match: Match, reader: UUID) -> list[Row]:
    if match.state in {State.PROPOSED, State.SHORTLISTED} or match.may_be_undone(reader, clock.now()):
        return board.suggested
    if match.state == State.OFFERED:
        return board.asked
    if not match.is_open:
        return board.parted
    soon = match.planned_end is not None and match.planned_end - clock.today(board.program.zone) <= ENDING
    return board.ending if soon else board.together


def _waiting(reader: Person, program: Program, rows: Iterable[Match], now: datetime) -> list[Waiting]:
    """Without whoever asked somebody or walks with them: that stands further on, or on the board of another program."""
    cards = Counter(one.request_id for one in rows if one.state in {State.PROPOSED, State.SHORTLISTED})
    requests = MentorRequest.objects.of_staff(reader.pk, now).open().filter(program=program).to_show().in_line()
    people = {one.person_id for one in requests}
    stands = list(Match.objects.open().primary().filter(mentee__in=people).values_list("mentee", "state"))
    suggested = {person for person, _state in stands}
    settled = {person for person, state in stands if state in PLACED}
    again = _left_by_their_mentor(program, people)
    return [
        Waiting(one, cards[one.pk], again=one.person_id in again, suggested=one.person_id in suggested)
        for one in requests
        if one.person_id not in settled
    ]


def _left_by_their_mentor(program: Program, people: set[UUID]) -> set[UUID]:
    """Whose last mentor here left."""
    before = Match.objects.primary().accepted().filter(program=program, mentee__in=people).order_by("accepted", "pk")
    last = dict(before.values_list("mentee", "reason"))
    return {person for person, reason in last.items() if reason == Reason.MENTOR_LEFT}


def _mentors(reader: Person, board: Board, now: datetime) -> list[MentorRow]:
    mentors = list(Mentor.objects.run_by(reader.pk, now).active().filter(program=board.program).to_show().by_name())
    placed = Match.objects.placed().filter(guide__in=[one.person_id for one in mentors])
    taken, walking, fresh = Counter[UUID](), Counter[UUID](), set[UUID]()
    for guide_id, state, accepted in placed.values_list("guide", "state", "accepted"):
        taken[guide_id] += state in PLACED
        walking[guide_id] += state in WALKING
        if accepted is not None and now - accepted < FRESH:
            fresh.add(guide_id)
    known, most = standings(mentors), board.policy.capacity_most
    return [
        MentorRow(
            mentor=one,
            takes_new=known[one.pk].takes_new and taken[one.person_id] < min(one.capacity, most),
            taken=taken[one.person_id],
            places=min(one.capacity, most),
            busy=walking[one.person_id] >= MANY and one.person_id in fresh,
        )
        for one in mentors
    ]


def waiting_at_the_desk(person: Person, now: datetime) -> list[Reminder]:
    """Pairs that need somebody, and cards that wait for a yes of staff, as one reminder."""
    theirs = Match.objects.of_staff(person.pk, now)
    rows = theirs.on_the_board(person.pk, now).exclude(state__in=(State.PROPOSED, State.SHORTLISTED, State.OFFERED))
    steps = theirs.at(State.PROPOSED).count() + sum(map(bool, by_match(rows.to_show()).values()))
    if not steps:
        return []
    says = ngettext("%(count)d match waits for a step of yours.", "%(count)d matches wait for a step of yours.", steps)
    return [Reminder(icon="users", title=_("Matching"), says=says % {"count": steps}, link="desk_matching")]


def waiting_for_somebody(person: Person, now: datetime) -> list[Reminder]:
    """People who wait for a mentor, and nobody is suggested to them yet, as one reminder."""
    number = with_nobody(MentorRequest.objects.of_staff(person.pk, now)).count()
    if not number:
        return []
    says = ngettext(
        "%(count)d person waits for somebody to walk with, and nobody is suggested yet.",
        "%(count)d people wait for somebody to walk with, and nobody is suggested yet.",
        number,
    )
    return [Reminder(icon="clock", title=_("In line"), says=says % {"count": number}, link="desk_matching")]
