"""The five known people and their rooms: the demo's beginning and the tests' world."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from community.foundation import clock
from community.people import services as people_services
from community.people.models import Person
from community.programs.models import Program, Track
from groups.chat import services as chat
from groups.chat.models import Message
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


FIRST_WORDS: tuple[tuple[str, float, str, str | None], ...] = (
    (
        "dana",
        26.0,
        "Good evening, everyone. We meet at 6pm on Tuesday, in room 2. This week's skill: urge surfing.",
        None,
    ),
    ("ben", 25.5, "I'll bring the good tea. See you there.", None),
    ("cy", 5.0, "The bus on Elm Street is back to its old times, if anyone needs it.", None),
    (
        "ana",
        4.0,
        "A hard shift today. A coworker kept asking me to come along after work, and I nearly did.",
        "cravings at work",
    ),
    (
        "ben",
        3.5,
        "Thank you for saying it out loud, Ana. I walk around the block and write in here. Try it with me tonight?",
        None,
    ),
    ("dana", 1.0, "I'm glad you two are here. Today you can take one small step and call it enough.", None),
)


READ = {"ana": 5, "ben": 5, "cy": 4, "dana": 6}


@transaction.atomic
def first_words(*, world: World) -> None:
    """A little conversation in Tuesday evening, so that nobody arrives in an empty room."""
    said: dict[int, Message] = {}
    for number, (key, hours, body, note) in enumerate(FIRST_WORDS):
        with clock.turned(by=-timedelta(hours=hours)):
            said[number] = chat.post(
                author=getattr(world, key),
                group=world.tuesday,
                key=uuid5(NAMESPACE_URL, f"first-words:{number}"),
                body=body,
                content_note=note,
                reply_to=said[3].pk if number == 4 else None,
            )
    for key, position in READ.items():
        chat.mark_read(person=getattr(world, key), group_id=world.tuesday.pk, position=position)
    chat.react(person=world.ben, message=said[3], name="with_you")
    chat.react(person=world.cy, message=said[3], name="strength")
    chat.react(person=world.ana, message=said[4], name="thank_you")
