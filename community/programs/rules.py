"""Who may do what for a program, and for whom somebody cares."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _lazy

from community.foundation import clock
from community.foundation.errors import Conflict, Missing
from community.foundation.registers import Answer
from community.foundation.rules import rule
from community.people.models import Person
from community.programs.models import Appointment, Cohort, Enrollment, Program, StaffRole

#: What a treatment relation opens by itself; everything else is asked of the person first.
CARE = frozenset({"roster", "message", "safety"})
#: Nobody hands out, or takes, what stands above the highest they hold themselves.
RANK = {
    StaffRole.REVIEWER: 0,
    StaffRole.MODERATOR: 0,
    StaffRole.FACILITATOR: 1,
    StaffRole.COORDINATOR: 2,
    StaffRole.ADMINISTRATOR: 3,
}


class GroupFull(Conflict):
    code = "full"
    detail = _lazy("This group is full.")


class NeedsAnotherRoom(Conflict):
    """Staff keep this person apart from somebody there. Only staff read so: a door for others says something else."""

    code = "needs_another_room"
    title = _lazy("Needs another room")
    detail = _lazy("This person needs another room. Whoever leads or runs the program can look up why.")


@rule
def runs_organization(person: Person, _everything: None) -> bool:
    return Appointment.objects.of(person.pk).live(clock.now()).running().filter(program=None).exists()


@rule
def works_here(person: Person, _everything: None) -> bool:
    """For any program, in whatever role."""
    return Appointment.objects.of(person.pk).live(clock.now()).exists()


def holds_any(person_id: UUID) -> bool:
    """Holds any appointment, an outside reviewer's too: what they can open is not a member's."""
    return Appointment.objects.of(person_id).standing(clock.now()).exists()


def works_somewhere(now: datetime) -> Exists:
    """The same of each of many people."""
    return Exists(Appointment.objects.live(now).filter(person=OuterRef("pk")))


@rule
def reviews(person: Person, _everything: None) -> bool:
    """Looks at what others decided, for any program, from outside."""
    return Appointment.objects.of(person.pk).reviewing(clock.now()).exists()


decides_or_reviews = works_here | reviews


@rule
def runs_program(person: Person, program: Program) -> bool:
    return Program.objects.run_by(person.pk, clock.now()).filter(pk=program.pk).exists()


@rule
def works_for_program(person: Person, program: Program) -> bool:
    return Program.objects.of_staff(person.pk, clock.now()).filter(pk=program.pk).exists()


@rule
def leads_cohort(person: Person, cohort: Cohort) -> bool:
    """Leads it, or runs its program."""
    return Cohort.objects.of_staff(person.pk, clock.now()).filter(pk=cohort.pk).exists()


@rule
def leads_its_cohort(person: Person, enrollment: Enrollment) -> bool:
    return leads_cohort(person, enrollment.cohort)


def is_away(person: UUID) -> bool:
    """Whether somebody is away from everything they are in: their seats wait, and so does what can be said later."""
    return Enrollment.objects.wholly_away().of(person).exists()


def cohort_open_to(person: Person, cohort_id: UUID) -> Cohort:
    """A cohort that ``person`` leads or is in. Raises Missing: "not there" and "not yours" are one."""
    found = Cohort.objects.open_to(person.pk, clock.now()).to_show().filter(pk=cohort_id).first()
    if found is None:
        raise Missing
    return found


def program_open_to(person: Person, program_id: UUID) -> Program:
    """A program that ``person`` works for or is in. Raises Missing."""
    found = Program.objects.open_to(person.pk, clock.now()).filter(pk=program_id).first()
    if found is None:
        raise Missing
    return found


def program_run_by(person: Person, program_id: UUID) -> Program:
    """A program that ``person`` runs. Raises Missing."""
    found = Program.objects.run_by(person.pk, clock.now()).filter(pk=program_id).first()
    if found is None:
        raise Missing
    return found


def episode_of_staff(person: Person, enrollment_id: UUID) -> Enrollment:
    """An episode, open or ended, in a cohort that ``person`` leads or runs. Raises Missing."""
    theirs = Enrollment.objects.of_staff(person.pk, clock.now()).with_phase().to_show()
    found = theirs.filter(pk=enrollment_id).first()
    if found is None:
        raise Missing
    return found


def leaders_of(person: Person) -> list[tuple[Person, Enrollment]]:
    """Who leads a group ``person`` is in today, each with the first episode they share; ordered by their ids."""
    found: dict[UUID, tuple[Person, Enrollment]] = {}
    for episode in Enrollment.objects.open().of(person.pk).select_related("cohort").order_by("began", "pk"):
        held = Appointment.objects.live(clock.now()).leading().for_cohort(episode.cohort).exclude(person=person)
        for one in held.select_related("person"):
            found.setdefault(one.person_id, (one.person, episode))
    return [found[one] for one in sorted(found)]


def own_episode(person: Person, enrollment_id: UUID) -> Enrollment:
    """One's own episode. Raises Missing."""
    found = Enrollment.objects.of(person.pk).to_show().filter(pk=enrollment_id).first()
    if found is None:
        raise Missing
    return found


def appointment_ranked(person: Person, appointment_id: UUID) -> Appointment:
    """An appointment that ``person`` may see: in a program they run. Raises Missing."""
    now = clock.now()
    found = Appointment.objects.standing(now).run_by(person.pk, now).to_show().filter(pk=appointment_id).first()
    if found is None:
        raise Missing
    return found


@rule
def is_their_own(person: Person, enrollment: Enrollment) -> bool:
    return enrollment.person_id == person.pk


@rule
def ranks_for(person: Person, appointment: Appointment) -> bool:
    """Runs what the appointment is for, and holds as much there themselves."""
    held = Appointment.objects.of(person.pk).live(clock.now()).running()
    if appointment.program_id is None:
        return held.filter(program=None).exists()
    ranks = [
        StaffRole.ADMINISTRATOR if one.program_id is None else StaffRole(one.role)
        for one in held
        if one.program_id in {None, appointment.program_id}
    ]
    return any(RANK[rank] >= RANK[StaffRole(appointment.role)] for rank in ranks)


@rule
def ranks_above(by: Person, person: Person) -> bool:
    """Holds as much as somebody else does, wherever they work here; who works nowhere holds nothing."""
    held = Appointment.objects.of(person.pk).standing(clock.now())
    return by.pk != person.pk and all(ranks_for(by, one) for one in held)


may_change_program = runs_program
may_open_cohort = runs_program
may_change_cohort = runs_program
may_set_slots = leads_cohort
may_enroll = leads_cohort
may_end = leads_its_cohort
may_move = leads_its_cohort
may_answer = leads_its_cohort
may_name = leads_its_cohort
may_say_away = is_their_own | leads_its_cohort
may_appoint = ranks_for
may_dismiss = ranks_for


def cares_for(viewer: Person, subject: Person, purpose: str) -> Answer:
    """A ground: who leads somebody's cohort, or coordinates their program, while the episode goes on."""
    if purpose not in CARE:
        return Answer.SILENT
    theirs = Enrollment.objects.of(subject.pk).cared_for_by(viewer.pk, clock.now())
    return Answer.OPEN if theirs.exists() else Answer.SILENT


def treats_among(people: Collection[UUID]) -> Iterable[tuple[UUID, UUID]]:
    """Who of these treats whom of them, or did: leads or runs a program they are or were in. Keeping rooms is none."""
    held = Appointment.objects.filter(person__in=people, began__lte=clock.now()).exclude(
        role__in=[StaffRole.MODERATOR, StaffRole.REVIEWER]
    )
    works = set(held.values_list("person_id", "program_id"))
    if not works:
        return
    stays = Enrollment.objects.filter(person__in=people)
    if None not in {program for _person, program in works}:
        stays = stays.filter(program__in={program for _person, program in works})
    treated = set(stays.values_list("person_id", "program_id"))
    for worker, program in works:
        yield from ((worker, person) for person, where in treated if program in {None, where} and person != worker)
