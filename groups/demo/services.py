"""The five known people and their rooms: the demo's beginning and the tests' world."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from community.foundation import clock
from community.people import services as people_services
from community.people.models import Person
from community.programs.models import Program, Track
from groups.demo.script import told_by
from groups.demo.stage import Stage, play
from groups.membership import services as membership
from groups.membership.models import Group, Kind, Membership, Role


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody of the demo; ``key`` is how they sign in: ``key@porchlight.test``."""

    key: str
    alias: str
    about: object


PERSONAS = (
    Persona("ana", "Ana", _("New here. Her second week in the program.")),
    Persona("ben", "Ben", _("Finished last spring, stays as co-host.")),
    Persona("cy", "Cy", _("Alumnus, moderates two rooms.")),
    Persona("dana", "Dana", _("Facilitator of the Tuesday evening group.")),
    Persona("eli", "Eli", _("In another program, in another room.")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """The five people, two programs and four groups everybody knows."""

    ana: Person
    ben: Person
    cy: Person
    dana: Person
    eli: Person
    evening: Program
    other: Program
    tuesday: Group
    alumni: Group
    staff: Group
    harbor: Group

    @property
    def cast(self) -> dict[str, Person]:
        """The five, by the names the rooms know them by."""
        return {person.alias: person for person in (self.ana, self.ben, self.cy, self.dana, self.eli)}

    def seat(self, person: Person, group: Group) -> Membership:
        """The seat ``person`` holds in ``group`` today."""
        found: Membership = Membership.objects.current().of(person.pk).get(group=group)
        return found


@transaction.atomic
def people() -> World:
    """Make the world: Ana and Ben share Tuesday evening with Cy and Dana; Eli is elsewhere. Under 100 ms."""
    found = {one.key: _person(one) for one in PERSONAS}
    evening = Program.objects.create(name="Evening program", track=Track.ADDICTION)
    other = Program.objects.create(name="Harbor program", track=Track.MENTAL_HEALTH)
    world = World(
        **found,
        evening=evening,
        other=other,
        tuesday=membership.open_group(
            name="Tuesday evening group", kind=Kind.COHORT, program=evening, by=found["dana"]
        ),
        alumni=membership.open_group(name="After Tuesday", kind=Kind.ALUMNI, program=evening, by=found["dana"]),
        staff=membership.open_group(name="Team room", kind=Kind.STAFF, by=found["dana"]),
        harbor=membership.open_group(name="Harbor mornings", kind=Kind.COHORT, program=other),
    )
    membership.seat(person=world.cy, group=world.tuesday, role=Role.MODERATOR)
    membership.seat(person=world.ben, group=world.tuesday, role=Role.CO_HOST)
    membership.seat(person=world.ana, group=world.tuesday)
    membership.seat(person=world.ben, group=world.alumni)
    membership.seat(person=world.cy, group=world.alumni, role=Role.MODERATOR)
    membership.seat(person=world.cy, group=world.staff)
    membership.seat(person=world.eli, group=world.harbor)
    return world


def _person(persona: Persona) -> Person:
    return people_services.create(alias=persona.alias, address=f"{persona.key}@porchlight.test")


@transaction.atomic
def first_words(*, world: World) -> None:
    """A little conversation in Tuesday evening, so that nobody arrives in an empty room."""
    now = clock.now()
    stage = Stage(room="tuesday", group=lambda: world.tuesday, cast=world.cast)
    play(stage.steps(told_by(now, "first_words"), now=now))
