"""Who may be on call, who is, and when somebody looks in again."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, Subquery

from community.foundation import clock
from community.foundation.errors import Missing
from community.foundation.rules import rule
from community.people.models import Person
from community.programs.models import Appointment, Cohort, Program
from community.programs.querysets import LEADS, RUNS, AppointmentQuerySet
from community.programs.rules import runs_program
from community.schedule.models import Coverage, Heard, Shift
from community.schedule.plans import BOTH, THIS_WEEK, Hours, Way

HERE_SINCE = ("turn__taken", "turn__pk")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Who reads now, and until when; or, if nobody does, from when somebody has a shift again (None: nobody knows)."""

    person: Person | None
    until: datetime | None
    back: datetime | None


def staff_of(program: Program, at: datetime) -> AppointmentQuerySet:
    """What people do for a program who may be on call for it: lead its groups, or run it. Volunteers never are."""
    return on_call_staff(at).for_program(program.pk)


def on_call_staff(at: datetime) -> AppointmentQuerySet:
    """As :func:`staff_of`, in whatever program."""
    return Appointment.objects.live(at).filter(role__in=(*LEADS, *RUNS))


def on_duty(program: Program, at: datetime) -> list[Person]:
    """Who is on call for a program, in any of its rooms: took a shift, answered its test page, and works there still.

    The longest there first.
    """
    return [shift.turn.person for shift in _here_and_next([program.pk], at, None)[program.pk] if shift.begins <= at]


def who_reads(program: Program, at: datetime | None = None, *, cohort: Cohort | None = None) -> Reading:
    """Who reads what is written in a program (in the room of ``cohort``), and if nobody does, when somebody will.

    ``back`` comes from the roster: the next shift that somebody has, or that is planned for somebody. Nobody is ever
    named for that. Who works for one cohort alone counts in its room, and where all of the program's are meant.
    """
    return readings([program.pk], at or clock.now(), cohort=cohort.pk if cohort else None)[program.pk]


def readings(programs: Collection[UUID], at: datetime, *, cohort: UUID | None = None) -> dict[UUID, Reading]:
    """:func:`who_reads` for several programs in one question; ``cohort`` is one of theirs."""
    rows = _here_and_next(programs, at, cohort)
    return {program: _reading(shifts, at) for program, shifts in rows.items()}


def _here_and_next(programs: Collection[UUID], at: datetime, cohort: UUID | None) -> dict[UUID, list[Shift]]:
    """Of each program the shifts somebody is on call in, the longest there first, and the next one somebody has."""
    held = on_call_staff(at).filter(Q(program=OuterRef("program")) | Q(program=None), person=OuterRef("turn__person"))
    works = Exists(held if cohort is None else held.filter(Q(cohort=None) | Q(cohort=cohort)))
    here = Q(begins__lte=at, ends__gt=at, turn__good_until__gt=at) & Q(works)
    following = Q(pk=Subquery(Shift.objects.next_of(OuterRef("program"), at).values("pk")))
    found: dict[UUID, list[Shift]] = {program: [] for program in programs}
    for shift in Shift.objects.standing().with_turn().filter(here | following, program__in=found).order_by(*HERE_SINCE):
        found[shift.program_id].append(shift)
    return found


def _reading(shifts: Collection[Shift], at: datetime) -> Reading:
    here = [shift for shift in shifts if shift.begins <= at]
    if here:
        longest = max(here, key=lambda one: one.ends)
        return Reading(person=longest.turn.person, until=longest.ends, back=None)
    return Reading(person=None, until=None, back=min((shift.begins for shift in shifts), default=None))


def coverage_of(program: Program) -> Coverage:
    """What a program says of its hours; nothing yet is staffed hours, and no contact."""
    return Coverage.objects.filter(program=program).first() or Coverage(program=program)


def lacks(program: Program, now: datetime) -> list[str]:
    """What is missing before a program can say that somebody reads round the clock, as codes: ``people``, and each

    way that passed no test page this week. Empty: nothing is.
    """
    people = set(staff_of(program, now).values_list("person_id", flat=True))
    heard = Heard.objects.filter(person__in=people, at__gt=now - THIS_WEEK).values_list("person_id", "way")
    answered, ways = {person for person, _way in heard}, {way for _person, way in heard}
    return [*(["people"] if len(answered) < BOTH else []), *(way for way in Way.values if way not in ways)]


def hours_of(program: Program, now: datetime) -> Hours:
    """What holds today: round the clock where that was chosen and everything it asks for stands; else staffed hours."""
    chosen = Hours(coverage_of(program).hours)
    return Hours.ROUND if chosen == Hours.ROUND and not lacks(program, now) else Hours.STAFFED


@rule
def may_be_on_call(person: Person, program: Program) -> bool:
    return staff_of(program, clock.now()).filter(person=person).exists()


may_set_coverage = runs_program


def program_on_call(person: Person, program_id: UUID) -> Program:
    """A program for which somebody may be on call. Raises Missing."""
    found = Program.objects.of_staff(person.pk, clock.now()).filter(pk=program_id).first()
    if found is None or not may_be_on_call(person, found):
        raise Missing
    return found


def shift_of(person: Person, shift_id: UUID) -> Shift:
    """A shift of a program for which somebody may be on call. Raises Missing."""
    found = Shift.objects.standing().open_to(person.pk, clock.now()).to_show().filter(pk=shift_id).first()
    if found is None:
        raise Missing
    return found
