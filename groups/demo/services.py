"""The five known people and their rooms: the demo's beginning and the tests' world."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from community.foundation import clock
from community.milestones import services as milestones
from community.people import services as people_services
from community.people.models import Person
from community.programs import services as programs
from community.programs.models import Admission, Cohort, Program, StaffRole, Track, Weekday
from community.programs.plans import SlotPlan
from groups.celebrations.models import Celebration
from groups.celebrations.services import look_at_finished
from groups.demo.script import Moment, told_by
from groups.demo.stage import Stage, Step, play
from groups.membership import services as membership
from groups.membership.models import Group, Kind, Membership, Role
from groups.passages import services as passages
from groups.passages.models import AlumniOffer
from groups.passages.tasks import tidy_seats


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody of the demo, who signs in with their ``address``."""

    key: str
    alias: str
    about: object

    @property
    def address(self) -> str:
        return f"{self.key}@porchlight.test"


PASSWORD = "a quiet porch light"  # noqa: S105 - of people who are made up; the README tells it
PERSONAS = (
    Persona("ana", "Ana", _("New here. Her second week in the program.")),
    Persona("ben", "Ben", _("Finished last spring, stays as co-host.")),
    Persona("cy", "Cy", _("Alumnus, moderates two rooms.")),
    Persona("dana", "Dana", _("Facilitator of the Tuesday evening group.")),
    Persona("eli", "Eli", _("In another program, in another room.")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """The five people, two programs with a cohort each, and four groups everybody knows."""

    ana: Person
    ben: Person
    cy: Person
    dana: Person
    eli: Person
    evening: Program
    other: Program
    cohort: Cohort
    mornings: Cohort
    tuesday: Group
    alumni: Group
    staff: Group
    harbor: Group

    @property
    def cast(self) -> dict[str, Person]:
        """The five, by the names the rooms know them by."""
        return {person.alias: person for person in (self.ana, self.ben, self.cy, self.dana, self.eli)}

    def arrivals(self) -> list[Step]:
        """What is still to happen in the beginnings: Ana came last week, Eli some weeks ago."""
        now = clock.now().astimezone(ZoneInfo(self.evening.zone))
        return [
            (ELI_BEGAN.on(now), partial(programs.enroll, person=self.eli, cohort=self.mornings)),
            (ANA_BEGAN.on(now), partial(programs.enroll, person=self.ana, cohort=self.cohort)),
        ]

    def seat(self, person: Person, group: Group) -> Membership:
        """The seat ``person`` holds in ``group`` today."""
        found: Membership = Membership.objects.current().of(person.pk).get(group=group)
        return found


EVENINGS = (
    SlotPlan(Weekday.TUESDAY, time(18), 180),
    SlotPlan(Weekday.THURSDAY, time(18), 180),
    SlotPlan(Weekday.SATURDAY, time(9), 180),
)
MORNINGS = tuple(SlotPlan(day, time(10), 180) for day in (Weekday.MONDAY, Weekday.THURSDAY, Weekday.FRIDAY))
ANA_COUNTS, BEN_COUNTS = 29, 556  # days
OPENED, BEN_BEGAN, BEN_FINISHED, BEN_TIDIED = 270, 260, 190, 150  # days ago
ANA_BEGAN = Moment(weeks=1, weekday=Weekday.TUESDAY, at=time(17, 30))  # whatever today is, it is her second week
ELI_BEGAN = Moment(weeks=6, weekday=Weekday.MONDAY, at=time(9))


@transaction.atomic
def people() -> World:
    """Make the world: Ana and Ben share Tuesday evening with Cy and Dana; Eli is elsewhere. Under 100 ms.

    Dana leads and coordinates the evening program, Cy moderates its rooms; Ben finished it, and stays as co-host.
    """
    world = beginnings()
    play(world.arrivals())
    count_days(world=world)
    world.tuesday.refresh_from_db()
    world.harbor.refresh_from_db()
    return world


@transaction.atomic
def beginnings() -> World:
    """Everything as it was before Ana and Eli came."""
    with _days_ago(OPENED):
        found = {one.key: _person(one) for one in PERSONAS}
        evening = programs.open_program(name="Evening program", track=Track.ADDICTION)
        other = programs.open_program(name="Harbor program", track=Track.MENTAL_HEALTH)
        cohort = _cohort(evening, "Tuesday evening group", EVENINGS, "Room 2, 14 Elm Street")
        mornings = _cohort(other, "Harbor mornings", MORNINGS, "The blue door, 14 Elm Street")
        for key, role in (
            ("dana", StaffRole.FACILITATOR), ("dana", StaffRole.COORDINATOR), ("cy", StaffRole.MODERATOR),
        ):  # fmt: skip
            programs.appoint(person=found[key], program=evening, role=role)
        alumni = passages.open_alumni_room(program=evening, name="After Tuesday")
        staff = membership.open_group(name="Team room", kind=Kind.STAFF, by=found["dana"])
        membership.seat(person=found["cy"], group=staff)
    _finished(found["ben"], cohort)
    rooms = {group.cohort_id: group for group in Group.objects.exclude(cohort=None)}
    return World(
        **found,
        evening=evening,
        other=other,
        cohort=cohort,
        mornings=mornings,
        tuesday=rooms[cohort.pk],
        alumni=alumni,
        staff=staff,
        harbor=rooms[mornings.pk],
    )


@transaction.atomic
def count_days(*, world: World) -> None:
    """Ana's thirtieth day is tomorrow; Ben passed his 18 months last week. Nobody else knows."""
    for person, days in ((world.ana, ANA_COUNTS), (world.ben, BEN_COUNTS)):
        milestones.begin(person=person, start=clock.today(person.zone) - timedelta(days=days))


def _days_ago(days: int) -> AbstractContextManager[None]:
    return clock.turned(by=-timedelta(days=days))


def _cohort(program: Program, name: str, slots: tuple[SlotPlan, ...], where: str) -> Cohort:
    """One that people join at any time, for twelve."""
    wanted = {
        "name": name,
        "admission": Admission.ROLLING.value,
        "starts": clock.today(program.zone),
        "capacity": 12,
        "where": where,
    }
    return programs.open_cohort(program=program, wanted=wanted, slots=slots)


def _finished(person: Person, cohort: Cohort) -> None:
    """Finished last spring, said yes to the alumni room, and was asked to stay as co-host."""
    with _days_ago(BEN_BEGAN):
        enrollment = programs.enroll(person=person, cohort=cohort)
    with _days_ago(BEN_FINISHED):
        programs.graduate(enrollment=enrollment)
        offer = AlumniOffer.objects.of(person.pk).get(enrollment=enrollment)
        passages.accept_offer(person=person, offer=offer)
        membership.seat(person=person, group=Group.objects.get(cohort=cohort), role=Role.CO_HOST)
    with _days_ago(BEN_TIDIED):
        tidy_seats()
        for asked in Celebration.objects.of(person.pk):  # whether to mark it; two weeks without an answer are private
            look_at_finished(celebration_id=asked.pk)


def _person(persona: Persona) -> Person:
    return people_services.create(alias=persona.alias, address=persona.address)


@transaction.atomic
def give_passwords() -> int:
    """The five sign in by page too, for what asks for a password once more. One they chose stays. Returns how many."""
    known = Person.objects.filter(address__in=[one.address for one in PERSONAS])
    without = [person.pk for person in known if not person.has_usable_password()]
    return Person.objects.filter(pk__in=without).update(password=make_password(PASSWORD)) if without else 0


@transaction.atomic
def first_words(*, world: World) -> None:
    """A little conversation in Tuesday evening, so that nobody arrives in an empty room."""
    now = clock.now()
    stage = Stage(room="tuesday", group=lambda: world.tuesday, cast=world.cast)
    play(stage.steps(told_by(now, "first_words"), now=now))
