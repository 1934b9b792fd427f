"""The desk: who works for a program finds it, with who needs somebody; to all others there is none."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from community.foundation import clock
from community.people.models import Identity, Person
from community.programs import services as programs
from community.programs.models import Appointment, Cohort, Enrollment
from groups.demo.services import World
from tests.community.desk import administrator, at, episode, evening_pages, leader_of, newcomer, pages, sent, words
from tests.doors import browser

OF_THEIR_OWN = ("/desk/", "/desk/asking/", "/desk/away/")
TOKEN = re.compile(r"[A-Za-z0-9]{64}")
STRANGERS = ("ana", "ben", "eli", "dismissed")


def person_of(world: World, who: str) -> Person:
    """Somebody who does not work for the evening program, or does so no longer."""
    if who != "dismissed":
        found: Person = getattr(world, who)
        return found
    for work in Appointment.objects.of(world.dana.pk):
        programs.dismiss(appointment=work)
    return world.dana


def seen(client: Client, method: str, path: str, ids: str) -> tuple[object, ...]:
    """Everything that could tell: status, body without ids, and how the database was asked."""
    with CaptureQueriesContext(connection) as asked:
        answer = client.generic(method, path)
    told = TOKEN.sub("TOKEN", answer.content.decode())
    for part in re.findall(r"[0-9a-f-]{36}", ids):
        told = told.replace(part, "ID")
    return answer.status_code, told, [" ".join(row["sql"].split()[:2]) for row in asked]


def test_who_runs_a_program_reaches_every_page_of_it(world: World) -> None:
    client = browser(world.dana)
    for path in [*OF_THEIR_OWN, *evening_pages(world)]:
        assert client.get(path).status_code == 200, path


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("who", STRANGERS)
def test_to_all_others_it_is_what_is_not_there(world: World, who: str, method: str) -> None:
    there, nowhere = evening_pages(world), pages(*(uuid4() for _ in range(5)))
    client = browser(person_of(world, who))
    for path, absent in zip(there, nowhere, strict=True):
        found = seen(client, method, path, path)
        assert found == seen(client, method, absent, absent), path
        assert found[0] in {404, 405}, path


@pytest.mark.parametrize("who", STRANGERS)
def test_who_works_for_nothing_has_no_desk(world: World, who: str) -> None:
    client = browser(person_of(world, who))
    for path in (*OF_THEIR_OWN, "/desk/programs/new/"):
        assert client.get(path).status_code == 404, path
    assert 'href="/desk/"' not in client.get("/groups/").content.decode()


def test_who_is_signed_out_is_asked_to_sign_in(world: World) -> None:
    for path in [*OF_THEIR_OWN, *evening_pages(world), "/my-time/"]:
        assert Client().get(path).headers["Location"].startswith("/sign-in/"), path


def test_a_moderator_sees_the_program_and_nobody_in_it(world: World) -> None:
    client = browser(world.cy)
    home, program, *others = ["/desk/", *evening_pages(world)]
    for path in (home, program):
        answer = client.get(path)
        assert answer.status_code == 200
        assert "Evening program" in answer.content.decode()
        assert not any(name in answer.content.decode() for name in ("Ana", "Ben", "Dana"))
    assert {client.get(path).status_code for path in (*others, *OF_THEIR_OWN[1:])} == {404}


def test_who_leads_one_cohort_sees_its_people_and_no_others(world: World) -> None:
    wanted = {"name": "Morning group", "admission": "rolling", "starts": clock.today("UTC"), "capacity": 12}
    morning = programs.open_cohort(program=world.evening, wanted=wanted)
    finn = leader_of(morning)
    newcomer(1, morning)
    home = words(finn, "/desk/")
    assert "Morning group" in home
    assert "Tuesday evening group" not in home
    assert "Newcomer 001" in words(finn, f"/desk/groups/{morning.pk}/")
    for path in (f"/desk/groups/{world.cohort.pk}/", at(world.ana), f"/desk/groups/{morning.pk}/change/"):
        assert browser(finn).get(path).status_code == 404, path
    assert browser(finn).get(f"/desk/groups/{morning.pk}/times/").status_code == 200


def test_the_way_to_the_desk_stands_beside_every_page_of_who_works_here(world: World) -> None:
    for person in (world.dana, world.cy):
        assert words(person, "/groups/").count('href="/desk/"') == 2  # in the rail, and in the sheet of small screens


def test_the_first_page_says_who_needs_somebody(world: World) -> None:
    programs.away(enrollment=episode(world.ana))
    gone = newcomer(1, world.cohort)
    programs.withdraw(enrollment=episode(gone))
    programs.ask_to_come_back(enrollment=episode(gone), by=gone)
    ends = clock.today(world.cohort.zone) + timedelta(days=10)
    programs.change_cohort(cohort=world.cohort, wanted={"ends": ends})
    page = words(world.dana, "/desk/")
    for said in ("Ana", "Newcomer 001", "Asks to come back", "Its last day is", "You look after 1 person today."):
        assert said in page, said


def test_where_nobody_waits_nothing_asks_for_attention(world: World) -> None:
    assert "Somebody could use a word" not in words(world.dana, "/desk/")


def test_who_waits_with_many_others_is_a_page_away(world: World) -> None:
    for number in range(7):
        programs.away(enrollment=episode(newcomer(number, world.cohort)))
    home, everybody = words(world.dana, "/desk/"), words(world.dana, "/desk/away/")
    assert home.count("Newcomer 0") == 5
    assert 'href="/desk/away/"' in home
    assert everybody.count("Newcomer 0") == 7


def test_an_organization_without_programs_says_what_to_do_first(db: None) -> None:
    noor = administrator()
    page = words(noor, "/desk/")
    assert "No program yet" in page
    assert 'href="/desk/programs/new/"' in page


def test_no_page_of_the_desk_says_who_somebody_is_by_law(world: World) -> None:
    known = Identity(person=world.ana)
    known.keep(legal_name="Anastasia Petrova")
    known.save()
    for path in ["/desk/", *evening_pages(world)]:
        page = words(world.dana, path)
        assert "Petrova" not in page
        assert "ana@porchlight.test" not in page


def test_a_roster_grows_by_pages_and_asks_no_more_for_more_people(world: World) -> None:
    Cohort.objects.filter(pk=world.cohort.pk).update(capacity=60)
    path, client = f"/desk/groups/{world.cohort.pk}/", browser(world.dana)
    client.get(path)
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    for number in range(54):
        newcomer(number, world.cohort)
    with CaptureQueriesContext(connection) as many:
        first = client.get(path).content.decode()
    assert len(many) == len(few) <= 12
    second = client.get(f"{path}?page=2").content.decode()
    assert (first.count("/desk/people/"), second.count("/desk/people/")) == (50, 5)
    assert "Newcomer 053" in second


@pytest.mark.parametrize("page", ["0", "-1", "99", "x", "", "1\x00", "9" * 50])
def test_a_page_that_is_not_there_is_the_nearest(world: World, page: str) -> None:
    answer = browser(world.dana).get(f"/desk/groups/{world.cohort.pk}/", {"page": page})
    assert answer.status_code == 200
    assert "Ana" in answer.content.decode()


def asked_by_the_desk(client: Client) -> int:
    """In how many questions, when nobody looked at the counts for an hour, which is one more to ask."""
    with clock.turned(timedelta(hours=1)):
        client.get("/desk/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/desk/")
    return len(asked)


def test_the_desk_asks_no_more_for_more_cohorts(world: World) -> None:
    client = browser(world.dana)
    few = asked_by_the_desk(client)
    wanted = {"name": "Another group", "admission": "rolling", "starts": clock.today("UTC"), "capacity": 12}
    for _ in range(5):
        newcomer(Enrollment.objects.count(), programs.open_cohort(program=world.evening, wanted=wanted))
    assert asked_by_the_desk(client) == few <= 31


@pytest.mark.parametrize("path", ["/desk/asking/", "/desk/away/"])
def test_a_list_of_the_desk_asks_the_same_for_one_as_for_many(world: World, path: str) -> None:
    def wait(number: int) -> None:
        person = newcomer(number, world.cohort)
        if path == "/desk/away/":
            programs.away(enrollment=episode(person))
        else:
            programs.withdraw(enrollment=episode(person))
            programs.ask_to_come_back(enrollment=episode(person), by=person)

    client = browser(world.dana)
    wait(0)
    client.get(path)
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    for number in range(1, 6):
        wait(number)
    with CaptureQueriesContext(connection) as many:
        assert client.get(path).content.decode().count("/desk/people/") == 6
    assert len(many) == len(few) <= 12


def test_a_step_that_somebody_else_took_first_is_said_kindly(world: World) -> None:
    programs.graduate(enrollment=episode(world.ana))
    before: Any = Enrollment.objects.filter(person=world.ana).values().get()
    for step, answers in (
        ("finish", {"go": "1"}), ("end", {"outcome": "other"}), ("away", {"back": "0"}),
        ("phase", {"phase": "taper", "since": str(clock.today("America/New_York"))}),
    ):  # fmt: skip
        answer = sent(world.dana, at(world.ana, step), **answers)
        assert answer.status_code == 422, step
        assert "has ended already" in answer.content.decode(), step
    assert Enrollment.objects.filter(person=world.ana).values().get() == before
