"""Who works for a program, by the desk's pages: asked, appointed until a day, and let go."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from community.foundation import clock
from community.people import services as people
from community.people.models import Person
from community.programs import services as programs
from community.programs.models import Appointment, StaffRole
from groups.demo.services import World
from groups.membership.models import Membership, Role
from tests.community.desk import administrator, episode, leader_of, sent, words
from tests.doors import browser


def appoint_page(world: World, person_id: object) -> str:
    return f"/desk/programs/{world.evening.pk}/staff/{person_id}/"


def test_colleagues_and_who_finished_can_be_asked_and_nobody_else(world: World) -> None:
    page = words(world.dana, f"/desk/programs/{world.evening.pk}/staff/")
    assert all(name in page for name in ("Ben", "Cy", "Dana"))
    assert not any(f">{name}<" in page for name in ("Ana", "Eli"))
    for person in (world.ana, world.eli):
        assert browser(world.dana).get(appoint_page(world, person.pk)).status_code == 404


@pytest.mark.parametrize(
    ("typed", "found"),
    [("be", True), ("BEN", True), ("%", False), ("_", False), ("\x00", True), ("' OR 1=1", False), ("x" * 900, False)],
)
def test_a_name_is_looked_for_as_it_is_typed(world: World, typed: str, *, found: bool) -> None:
    answer = browser(world.dana).post(f"/desk/programs/{world.evening.pk}/staff/", {"name": typed}, follow=True)
    assert answer.status_code == 200
    assert (">Ben<" in answer.content.decode()) == found


def test_only_who_runs_the_organization_finds_people_by_address(world: World) -> None:
    fresh = people.create(alias="Gia", address="gia@porchlight.test")
    noor = administrator()
    seen = [
        browser(who)
        .post(f"/desk/programs/{world.evening.pk}/staff/", {"name": "Gia@porchlight.test"}, follow=True)
        .content.decode()
        for who in (world.dana, noor)
    ]
    assert [">Gia<" in page for page in seen] == [False, True]
    assert sent(noor, appoint_page(world, fresh.pk), role="facilitator").status_code == 302
    assert world.seat(fresh, world.tuesday).role == Role.FACILITATOR


def test_somebody_is_appointed_to_one_group_until_a_day(world: World) -> None:
    last = clock.today(world.evening.zone) + timedelta(days=30)
    path = appoint_page(world, world.ben.pk)
    assert sent(world.dana, path, role="moderator", cohort=world.cohort.pk, ends=last).status_code == 302
    work = Appointment.objects.of(world.ben.pk).get()
    assert (work.role, work.cohort, work.program) == (StaffRole.MODERATOR, world.cohort, world.evening)
    assert work.ends is not None
    assert f"until {last:%B} {last.day}" in words(world.dana, f"/desk/programs/{world.evening.pk}/")


@pytest.mark.parametrize(
    "wrong",
    [
        {"role": ""}, {"role": "administrator"}, {"role": "owner"}, {"ends": "2001-01-01"}, {"ends": "soon"},
        {"ends": "9999-12-31"}, {"cohort": "x"}, {"role": "coordinator", "cohort": "theirs"}, {"cohort": "foreign"},
    ],
)  # fmt: skip
def test_work_that_cannot_be_is_refused_whole(world: World, wrong: dict[str, str]) -> None:
    ids = {"theirs": str(world.cohort.pk), "foreign": str(world.mornings.pk)}
    wanted = {"role": "moderator", **{name: ids.get(value, value) for name, value in wrong.items()}}
    answer = sent(world.dana, appoint_page(world, world.ben.pk), **wanted)
    assert answer.status_code == 422
    assert not Appointment.objects.of(world.ben.pk).exists()


def test_work_ends_on_the_second_page_and_so_does_its_seat(world: World) -> None:
    work = Appointment.objects.of(world.cy.pk).get()
    path = f"/desk/staff/{work.pk}/end/"
    assert "End this work today?" in words(world.dana, path)
    assert sent(world.dana, path).status_code == 302
    assert not Membership.objects.current().of(world.cy.pk).filter(group=world.tuesday).exists()
    assert browser(world.cy).get("/desk/").status_code == 404
    assert sent(world.dana, path).status_code == 404  # it is over: there is nothing to end


def test_who_leads_a_group_neither_sees_nor_changes_who_works_here(world: World) -> None:
    finn = leader_of(world.cohort)
    page = words(finn, f"/desk/programs/{world.evening.pk}/")
    assert "Who works here" not in page
    work = Appointment.objects.of(world.cy.pk).get()
    paths = (
        f"/desk/programs/{world.evening.pk}/staff/",
        appoint_page(world, world.ben.pk),
        f"/desk/staff/{work.pk}/end/",
    )
    for path in paths:
        assert browser(finn).get(path).status_code == 404
        assert browser(finn).post(path, {"role": "moderator"}).status_code in {404, 405}
    assert Appointment.objects.live(clock.now()).filter(pk=work.pk).exists()


def test_work_that_is_over_by_its_date_opens_no_page(world: World) -> None:
    ends = clock.now() + timedelta(hours=1)
    programs.appoint(person=world.ben, program=world.evening, role=StaffRole.FACILITATOR, ends=ends)
    assert browser(world.ben).get("/desk/").status_code == 200
    with clock.turned(by=timedelta(hours=2)):
        client = browser(world.ben)
        assert client.get("/desk/").status_code == 404
        assert client.get(f"/desk/people/{episode(world.ana).pk}/").status_code == 404


def test_the_first_administrator_is_appointed_by_a_command(db: None) -> None:
    call_command("staff", "appoint", "--person", "Noor@porchlight.test", "--name", "Noor", stdout=StringIO())
    noor = Appointment.objects.get(role=StaffRole.ADMINISTRATOR).person
    assert noor.address == "noor@porchlight.test"
    assert 'href="/desk/programs/new/"' in words(noor, "/desk/")


@pytest.mark.parametrize(
    "given",
    [
        ["--person", "nobody@porchlight.test"],
        ["--person", "new@porchlight.test", "--name", "Admin"],
        ["--person", "new@porchlight.test", "--name", "New", "--role", "coordinator"],
        ["--person", "new@porchlight.test", "--name", "New", "--role", "coordinator", "--program", "No such one"],
    ],
)
def test_a_command_that_cannot_appoint_makes_no_account(world: World, given: list[str]) -> None:
    before = Appointment.objects.count()
    with pytest.raises(CommandError):
        call_command("staff", "appoint", *given, stdout=StringIO())
    assert Appointment.objects.count() == before
    assert not Person.objects.at("new@porchlight.test").exists()
