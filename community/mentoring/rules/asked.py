"""Who may ask for a mentor or become one, and what staff may do; and whose is whose."""

from uuid import UUID

from community.foundation import clock, ties
from community.foundation.errors import Missing
from community.foundation.rules import rule
from community.mentoring.models import Mentor, MentorRequest
from community.mentoring.rules.ages import is_minor
from community.people.models import Person
from community.programs.models import Appointment, Enrollment, Outcome, Program, StaffRole
from community.programs.rules import runs_program

SUPERVISES = (StaffRole.FACILITATOR, StaffRole.COORDINATOR, StaffRole.ADMINISTRATOR)


@rule
def finished_it(person: Person, program: Program) -> bool:
    """Finished this program, and is in none today."""
    theirs = Enrollment.objects.of(person.pk)
    finished = theirs.ended().filter(program=program, outcome=Outcome.GRADUATED).exists()
    return finished and not theirs.open().exists()


@rule
def was_or_is_in_it(person: Person, program: Program) -> bool:
    """In this program, or finished it."""
    theirs = Enrollment.objects.of(person.pk).filter(program=program)
    return theirs.open().exists() or theirs.filter(outcome=Outcome.GRADUATED).exists()


@rule
def is_of_age(person: Person, _program: Program) -> bool:
    """A mentor for somebody under age needs a guardian's record and a room with three seats. Where neither can be kept

    there is no yes, whatever a policy says.
    """
    return not is_minor(person)


may_apply = finished_it & is_of_age
may_ask = was_or_is_in_it & is_of_age
may_set_policy = runs_program


@rule
def is_own_mentor(person: Person, mentor: Mentor) -> bool:
    return mentor.person_id == person.pk


@rule
def is_own_request(person: Person, request: MentorRequest) -> bool:
    return request.person_id == person.pk


@rule
def runs_it_for_another(person: Person, mentor: Mentor) -> bool:
    """Runs the program, and it is about neither themselves nor somebody they have a tie to."""
    other = mentor.person_id != person.pk and runs_program(person, mentor.program)
    return other and mentor.person_id not in ties.own(person.pk)


@rule
def sees_to(person: Person, mentor: Mentor) -> bool:
    """Runs the program or supervises this mentor, who is somebody else."""
    return Mentor.objects.of_staff(person.pk, clock.now()).filter(pk=mentor.pk).exists()


may_lead = runs_it_for_another
may_write_notes = sees_to


@rule
def may_mark(person: Person, request: MentorRequest) -> bool:
    """Runs the program, and it is the request of neither themselves nor somebody they have a tie to."""
    other = request.person_id != person.pk and runs_program(person, request.program)
    return other and request.person_id not in ties.own(person.pk)


@rule
def may_supervise(person: Person, mentor: Mentor) -> bool:
    """Works with people in this program today, and is not the mentor."""
    held = Appointment.objects.of(person.pk).live(clock.now()).filter(role__in=SUPERVISES)
    here = held.filter(program=mentor.program_id) | held.filter(program=None)
    return mentor.person_id != person.pk and here.exists() and mentor.person_id not in ties.own(person.pk)


def mentoring_programs(person: Person) -> list[Program]:
    """The programs somebody is in or finished, the one they joined last first; each once."""
    theirs = Enrollment.objects.of(person.pk).select_related("program").order_by("-began", "pk")
    known = {one.program_id: one.program for one in theirs if one.is_open or one.outcome == Outcome.GRADUATED}
    return list(known.values())


def mentor_of(person: Person, mentor_id: UUID) -> Mentor:
    """One's own. Raises Missing."""
    return _found(Mentor.objects.of(person.pk).to_show().filter(pk=mentor_id).first())


def mentor_of_staff(person: Person, mentor_id: UUID) -> Mentor:
    """Somebody else's, in a program this person runs, or whom they supervise. Raises Missing."""
    return _found(Mentor.objects.of_staff(person.pk, clock.now()).to_show().filter(pk=mentor_id).first())


def request_of(person: Person, request_id: UUID) -> MentorRequest:
    """One's own. Raises Missing."""
    return _found(MentorRequest.objects.of(person.pk).to_show().filter(pk=request_id).first())


def request_of_staff(person: Person, request_id: UUID) -> MentorRequest:
    """Somebody else's, in a program this person runs. Raises Missing."""
    return _found(MentorRequest.objects.of_staff(person.pk, clock.now()).to_show().filter(pk=request_id).first())


def _found[T](row: T | None) -> T:
    if row is None:
        raise Missing
    return row
