"""Asking to talk: who leads hears it in one word from every door, and no reason; where nobody leads, that is said."""

import pytest

from community.checkins import times
from community.foundation import clock
from community.foundation.errors import Conflict
from community.milestones.models import Run
from community.notices.models import Notice
from community.people.models import Person
from community.programs import services as programs
from groups.demo.services import World
from tests.doors import Script, browser, problem


def waiting(person: Person) -> list[tuple[str, object]]:
    return list(Notice.objects.of(person.pk).unseen().values_list("kind", "about"))


def asks_after_a_new_count(person: Person) -> None:
    path = f"/my-path/{person.focuses.get().pk}/new-count/"
    browser(person).post(path, {"start": clock.today(person.zone).isoformat(), "tell": "leads"})


def test_a_new_count_and_the_page_of_everybody_leave_the_same_word(world: World) -> None:
    asks_after_a_new_count(world.ana)
    (told,) = waiting(world.dana)
    Notice.objects.of(world.dana.pk).delete()
    answer = browser(world.ana).post("/talk/")
    assert answer.status_code == 302
    assert waiting(world.dana) == [told]
    assert told == ("would_talk", world.ana.enrollments.get(ended=None).pk)


def test_everybody_finds_it_on_their_path_and_after_a_hard_check_in(world: World) -> None:
    client = browser(world.ana)
    assert 'href="/talk/"' in client.get("/my-path/").content.decode()
    day = times.day_of(clock.now(), world.ana.zone).isoformat()
    client.post(f"/check-ins/{day}/", {"weather": "low"})
    assert 'href="/talk/"' in client.get(f"/check-ins/{day}/").content.decode()


def test_the_page_says_who_will_hear_it_and_then_that_they_do(world: World) -> None:
    client = browser(world.ana)
    assert "Dana will hear that you would like to talk, not why." in client.get("/talk/").content.decode()
    assert not waiting(world.dana)
    client.post("/talk/")
    assert "Dana will hear that you would like to talk, not why." in client.get("/my-path/").content.decode()


def test_asking_again_while_it_waits_is_the_same_word(world: World) -> None:
    for _again in range(2):
        programs.ask_to_talk(person=world.ana)
    assert len(waiting(world.dana)) == 1


def test_where_nobody_leads_that_is_said_and_nobody_is_thanked_for_telling(world: World) -> None:
    client = browser(world.ben)
    page = client.get("/talk/").content.decode()
    assert "Nobody leads a group of yours right now." in page
    assert "Let them know" not in page
    with pytest.raises(Conflict):
        programs.ask_to_talk(person=world.ben)
    client.post("/talk/")
    assert "will hear that" not in client.get("/my-path/").content.decode()
    assert not waiting(world.dana)


def test_a_new_count_stands_though_nobody_leads_any_more_and_that_is_said(world: World) -> None:
    for one in world.dana.appointments.live(clock.now()):
        programs.dismiss(appointment=one)
    path = f"/my-path/{world.ana.focuses.get().pk}/new-count/"
    client = browser(world.ana)
    client.post(path, {"start": clock.today(world.ana.zone).isoformat(), "tell": "leads"})
    assert Run.objects.filter(focus__person=world.ana).count() == 2
    assert "Nobody leads a group of yours right now." in client.get("/my-path/").content.decode()


def test_a_script_of_theirs_asks_as_well_and_one_without_its_scope_does_not(world: World) -> None:
    answer = Script(world.ana, ["care"]).post("talk")
    assert (answer.status_code, answer.json()) == (201, {"told": ["Dana"]})
    assert len(waiting(world.dana)) == 1
    problem(Script(world.ben, ["care"]).post("talk"), 409, "no_lead")
    assert Script(world.ana, ["account"]).post("talk").status_code == 403
