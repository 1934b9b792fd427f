"""A roster as who may be on call reads it: a week of shifts, whose each is, and what is wrong with it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from community.foundation import clock
from community.foundation.times import clock_time, weekday_words
from community.people.models import Person
from community.programs.models import Program
from community.programs.rules import runs_program
from community.schedule.models import Duty, Shift
from community.schedule.plans import BOTH, THIS_WEEK, Hours
from community.schedule.reading.leading import Lead, leading
from community.schedule.rules import coverage_of
from community.schedule.times import days_from, stretch_words, when_words

WEEK = 7  # days


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftRow:
    """One shift, as ``reader`` sees it: whose it is, and what they may do with one press."""

    shift: Shift
    reader: UUID
    runs: bool
    when: str
    day: str
    now: datetime
    warnings: tuple[str, ...] = ()

    @property
    def duty(self) -> Duty | None:
        """Who has it."""
        lasting = [one for one in self.shift.duties.all() if one.ended is None]
        return lasting[0] if lasting else None

    @property
    def over(self) -> bool:
        return self.shift.ends <= self.now

    @property
    def mine(self) -> bool:
        holder = self.duty.person_id if self.duty else self.shift.person_id
        return holder == self.reader

    @property
    def counts(self) -> bool:
        return self.duty is not None and self._counting(self.duty)

    def _counting(self, duty: Duty) -> bool:
        begun = self.shift.begins <= self.now < self.shift.ends
        return begun and duty.good_until is not None and self.now < duty.good_until

    @property
    def asked(self) -> bool:
        """Whether its test page waits for my answer."""
        duty = self.duty
        return duty is not None and self.mine and duty.answer_by is not None and self.now < duty.answer_by

    @property
    def answer_by(self) -> str:
        """Until when, on the clock of the roster."""
        duty = self.duty
        at = duty.answer_by if duty else None
        return clock_time(at.astimezone(ZoneInfo(self.shift.program.zone))) if at else ""

    @property
    def rung(self) -> bool:
        """Whether the paging service took the test page that waits."""
        duty = self.duty
        return bool(duty and duty.rung and duty.asked and duty.rung >= duty.asked)

    @property
    def may_take(self) -> bool:
        duty = self.duty
        free = duty is None or (duty.answer_by is not None and duty.answer_by <= self.now)
        theirs = self.shift.begins <= self.now or self.shift.person_id in {None, self.reader}
        return not self.over and free and theirs

    @property
    def may_hand_back(self) -> bool:
        return not self.over and (self.mine or (self.runs and self.duty is not None))

    @property
    def may_change(self) -> bool:
        return not self.over and (self.runs or (self.duty is None and self.mine))

    @property
    def who(self) -> str:
        """Whose it is, in words."""
        duty = self.duty
        if duty is None:
            planned = self.shift.person
            return _say(planned, self.mine, _("Planned for you"), _("Planned for %(name)s")) if planned else ""
        if self.counts:
            return _say(duty.person, self.mine, _("You are on call"), _("%(name)s is on call"))
        if self.shift.begins <= self.now:
            mine = _("You took it, and have not answered the test page")
            return _say(duty.person, self.mine, mine, _("%(name)s took it, and has not answered the test page"))
        return _say(duty.person, self.mine, _("You have taken it"), _("%(name)s has taken it"))


def _say(person: Person, mine: bool, to_me: str, of_them: str) -> str:  # noqa: FBT001 - whose words they are
    return to_me if mine else of_them % {"name": person.alias}


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRows:
    """One day of a roster."""

    title: str
    rows: list[ShiftRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekView:
    """A week of a roster, Monday first; ``gaps`` are times of the next seven days that round the clock asks for."""

    first: date
    title: str
    days: list[DayRows]
    gaps: list[str] = field(default_factory=list)

    @property
    def before(self) -> date:
        return self.first - timedelta(days=WEEK)

    @property
    def after(self) -> date:
        return self.first + timedelta(days=WEEK)

    @property
    def warned(self) -> int:
        """How many shifts of the week somebody should look at."""
        return sum(bool(row.warnings) for day in self.days for row in day.rows)


def week_view(program: Program, reader: Person, first: date) -> WeekView:
    """The week that begins on the Monday ``first``, on the clock of the program."""
    begins, ends = days_from(first, program.zone, WEEK)
    shifts = list(Shift.objects.standing().of_program(program.pk).between(begins, ends).to_show())
    rows, days = rows_of(reader, shifts), []
    for ahead in range(WEEK):
        day = first + timedelta(days=ahead)
        theirs = [row for row in rows if max(_day(row.shift), first) == day]
        days.append(DayRows(title=weekday_words(day), rows=theirs))
    return WeekView(first=first, title=weekday_words(first), days=days, gaps=gaps_of(program, clock.now()))


def row_of(reader: Person, shift: Shift) -> ShiftRow:
    return rows_of(reader, [shift])[0]


def mine_of(reader: Person, now: datetime) -> list[ShiftRow]:
    """What somebody has in the next seven days, and what has begun and nobody has: they may take it."""
    open_here = Shift.objects.standing().open_to(reader.pk, now).ahead(now).filter(begins__lt=now + THIS_WEEK)
    rows = rows_of(reader, list(open_here.order_by("begins", "ends", "pk").to_show()))
    return [row for row in rows if row.mine or (row.may_take and row.shift.begins <= now)]


def rows_of(reader: Person, shifts: Sequence[Shift]) -> list[ShiftRow]:
    """The shifts with what is wrong with each, in the order they come; needs ``to_show()``."""
    now = clock.now()
    people = {one for shift in shifts if (one := _holder(shift)) is not None}
    others = _others(shifts, people)
    leads = leading(people, shifts)
    runs = {program: runs_program(reader, program) for program in {shift.program for shift in shifts}}
    return [
        ShiftRow(
            shift=shift,
            reader=reader.pk,
            runs=runs[shift.program],
            when=stretch_words(shift.begins, shift.ends, shift.program.zone),
            day=weekday_words(_day(shift)),
            now=now,
            warnings=tuple(_warnings(shift, others, leads)) if shift.ends > now else (),
        )
        for shift in shifts
    ]


def _day(shift: Shift) -> date:
    return shift.begins.astimezone(ZoneInfo(shift.program.zone)).date()


def _holder(shift: Shift) -> UUID | None:
    """Who has it, else whom it is planned for."""
    lasting = [one.person_id for one in shift.duties.all() if one.ended is None]
    return lasting[0] if lasting else shift.person_id


def _others(shifts: Sequence[Shift], people: Iterable[UUID]) -> list[Shift]:
    """Every shift, in whatever program, that these people have while one of ``shifts`` lasts."""
    if not shifts:
        return []
    first, last = min(one.begins for one in shifts), max(one.ends for one in shifts)
    return list(Shift.objects.standing().filter(person__in=list(people)).between(first, last).select_related("program"))


def _warnings(shift: Shift, others: Sequence[Shift], leads: Sequence[Lead]) -> Iterable[str]:
    holder = _holder(shift)
    if holder is None:
        yield _("Nobody has this shift yet.")
        return
    for other in others:
        if other.pk != shift.pk and other.person_id == holder and _meet(shift, other.begins, other.ends):
            there = _("Has another shift at that time, for %(program)s.") % {"program": other.program.name}
            yield _("Has another shift at that time.") if other.program_id == shift.program_id else there
            break
    for lead in leads:
        if lead.person == holder and _meet(shift, lead.begins, lead.ends):
            yield _("Leads a group at that time: %(group)s.") % {"group": lead.cohort}
            break


def _meet(shift: Shift, begins: datetime, ends: datetime) -> bool:
    return shift.begins < ends and begins < shift.ends


def gaps_of(program: Program, now: datetime) -> list[str]:
    """Where somebody is to read round the clock: when fewer than two people are planned in the next seven days."""
    if coverage_of(program).hours != Hours.ROUND:
        return []
    until = now + THIS_WEEK
    kept = list(Shift.objects.standing().of_program(program.pk).filter(person__isnull=False).between(now, until))
    edges = sorted({now, until, *(min(max(at, now), until) for one in kept for at in (one.begins, one.ends))})
    thin: list[tuple[datetime, datetime]] = []
    for begins, ends in pairwise(edges):
        if len({one.person_id for one in kept if one.begins <= begins and ends <= one.ends}) < BOTH:
            if thin and thin[-1][1] == begins:
                begins = thin.pop()[0]  # noqa: PLW2901 - one stretch with the one before
            thin.append((begins, ends))
    return [
        _("%(begins)s to %(ends)s")
        % {"begins": when_words(begins, program.zone, now), "ends": when_words(ends, program.zone, now)}
        for begins, ends in thin
    ]
