"""What the tests of the desk share: whose pages, and where they are."""

from typing import Any
from uuid import UUID

from community.people import services as people
from community.people.models import Person
from community.programs import services as programs
from community.programs.models import Appointment, Cohort, Enrollment, StaffRole
from groups.demo.services import World
from tests.doors import browser

STEPS = ("card-name", "phase", "finish", "end", "away", "again", "not-now")


def episode(person: Person) -> Enrollment:
    """The one that goes on, else the latest."""
    theirs = Enrollment.objects.of(person.pk).select_related("cohort", "program")
    found: Enrollment = theirs.open().first() or theirs.latest("began")
    return found


def at(person: Person, step: str = "") -> str:
    """Somebody's page at the desk, or one of its steps."""
    return f"/desk/people/{episode(person).pk}/{f'{step}/' if step else ''}"


def pages(program: UUID, cohort: UUID, enrollment: UUID, work: UUID, person: UUID) -> list[str]:
    """Every page of the desk that is about one program and what is in it."""
    of_program, of_cohort = f"/desk/programs/{program}/", f"/desk/groups/{cohort}/"
    return [
        of_program, f"{of_program}change/", f"{of_program}groups/new/", f"{of_program}staff/",
        f"{of_program}staff/{person}/", f"/desk/staff/{work}/end/", of_cohort, f"{of_cohort}?show=past",
        f"{of_program}ladders/", f"{of_program}ladders/days/", f"{of_program}ladders/weeks/beginning/",
        f"{of_cohort}change/", f"{of_cohort}times/", f"/desk/people/{enrollment}/",
        *(f"/desk/people/{enrollment}/{step}/" for step in STEPS),
    ]  # fmt: skip


def evening_pages(world: World) -> list[str]:
    work = Appointment.objects.of(world.cy.pk).get()
    return pages(world.evening.pk, world.cohort.pk, episode(world.ana).pk, work.pk, world.ben.pk)


def newcomer(number: int, cohort: Cohort) -> Person:
    person = people.create(alias=f"Newcomer {number:03}", address=f"new{number}@porchlight.test")
    programs.enroll(person=person, cohort=cohort)
    return person


def administrator() -> Person:
    person = people.create(alias="Noor", address="noor@porchlight.test")
    programs.appoint(person=person, program=None, role=StaffRole.ADMINISTRATOR)
    return person


def leader_of(cohort: Cohort, alias: str = "Finn") -> Person:
    """A facilitator of one cohort alone."""
    person = people.create(alias=alias, address=f"{alias.lower()}@porchlight.test")
    programs.appoint(person=person, program=cohort.program, cohort=cohort, role=StaffRole.FACILITATOR)
    return person


def words(person: Person, path: str) -> str:
    """What a page says, as HTML."""
    answer = browser(person).get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def sent(person: Person, path: str, **answers: Any) -> Any:
    """The answer to a filled-in page."""
    return browser(person).post(path, answers)
