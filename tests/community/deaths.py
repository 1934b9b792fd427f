"""A death that two people of the evening program know."""

from community.deaths import services as deaths
from community.deaths.models import Death
from community.foundation import clock
from community.people.models import Person
from community.programs.models import StaffRole
from groups.demo.services import World
from tests.groups.reports import worker

SOURCE = "His sister called the clinic this morning."


def second(world: World) -> Person:
    """Somebody else who leads Tuesday evening."""
    known = Person.objects.filter(alias="Fay").first()
    return known or worker("Fay", world.evening, StaffRole.FACILITATOR)


def said(world: World, person: Person) -> Death:
    return deaths.say(person=person, by=world.dana, day=clock.today(world.dana.zone), source=SOURCE)


def died(world: World, person: Person) -> Death:
    """Dana says so, and Fay confirms it."""
    return deaths.confirm(death=said(world, person), by=second(world))
