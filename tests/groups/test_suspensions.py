"""Out of every room for a while: by every door, from that moment on, and back again by itself."""

import logging
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.urls import reverse
from django.urls.converters import UUIDConverter

from community.cases.plans import Reason
from community.consent.rules import may
from community.foundation import clock
from community.foundation.errors import Conflict, NotAllowed, Suspended
from community.foundation.registers import upkeep
from community.foundation.upkeep import keep_up
from community.matches import services as matches
from community.matches import tasks as match_tasks
from community.matches.desk.facts import broken_between
from community.matches.plans.codes import State
from community.matching.codes import Code
from community.mentoring.models import Mentor
from community.notices.models import Notice
from community.people.models import Person
from community.safety.models import Sign
from community.sanctions import services as sanctions
from community.sanctions import tasks
from community.sanctions.models import Suspension
from community.sanctions.plans import HEARD, KEPT
from groups.chat import services as chat
from groups.chat.models import Message
from groups.demo.services import World
from groups.membership.rules import reaches
from groups.moderation import services as moderation
from groups.moderation.models import Decision
from groups.moderation.plans import WORDS, Action
from groups.moderation.services.deciding import DECIDED
from tests.community.desk import words
from tests.community.matches import again, match_at
from tests.doors import Script, browser, problem, say
from tests.groups.reports import decided, taken, told_of
from tests.walls.test_strangers import NOWHERE, addresses

NOT_ASKED = {"suspended_leave", "account_reset_password_from_key"}


def suspended(world: World, hours: int = 24) -> Decision:
    """Ben, by Dana, for what he wrote."""
    report = told_of(world.ana, say(world.ben, world.tuesday, "You are nothing."))
    made = decided(world, report, Action.SUSPEND, amount=hours)
    world.ben.refresh_from_db()
    return made


def test_from_that_moment_on_no_room_is_read_or_written(world: World) -> None:
    mine = say(world.ben, world.tuesday, "Mine.")
    suspended(world)
    ana = Person.objects.get(pk=world.ana.pk)
    for act in (
        lambda: say(world.ben, world.tuesday),
        lambda: chat.edit(author=world.ben, message=mine, body="Other."),
        lambda: chat.react(person=world.ben, message=mine, name="hug"),
        lambda: chat.mark_read(person=world.ben, group_id=world.tuesday.pk, position=0),
    ):
        with pytest.raises(Suspended):
            act()
    assert reaches(world.ben) == []
    assert not may(world.ben, ana, "roster")
    assert Script(world.ben).get("groups").status_code == 403
    problem(Script(world.ben).get(f"groups/{world.tuesday.pk}/messages"), 403, "suspended")
    assert say(world.ana, world.tuesday).body, "the room goes on"


def _path(name: str, pattern: Any, world: World) -> str:
    fits: dict[str, object] = {"group_id": world.tuesday.pk, "day": clock.today("UTC").isoformat()}
    taken = {
        key: fits.get(key, NOWHERE if isinstance(converter, UUIDConverter) else "hug")
        for key, converter in pattern.converters.items()
    }
    return reverse(name, kwargs=taken)


def test_every_door_is_shut_but_those_that_are_named(world: World) -> None:
    known = {one.name for one in addresses()}
    assert known >= KEPT, KEPT - known
    suspended(world)
    page, script = browser(world.ben), Script(world.ben)
    for one in addresses():
        if one.name in {None, "suspended_leave", "account_reset_password_from_key"} or getattr(
            one.callback, "of_nobody", False
        ):
            continue
        path = _path(one.name, one.pattern, world)
        for method in ("GET", "POST"):
            if one.name.startswith("api_"):
                answer = script.ask(method, path)
                shut = answer.status_code == 403 and answer.json()["code"] == "suspended"
            else:
                answer = page.generic(method, path)
                shut = answer.headers.get("Location") == "/suspended/"
            nothing_there = one.name in HEARD and answer.status_code in {405, 422}
            assert nothing_there or shut == (one.name not in KEPT), (one.name, method, answer.status_code)
        if one.name in {"leave", "tablet_done", "account_logout"}:
            page = browser(world.ben)


def test_the_page_says_what_happened_until_when_and_what_stays_open(world: World) -> None:
    made = suspended(world)
    answer = browser(world.ben).get(f"/groups/{world.tuesday.pk}/", follow=True)
    page = answer.content.decode().split("<main", 1)[1].split("</main", 1)[0]
    assert str(WORDS[Action.SUSPEND])[:50] in page
    for said in ("It ends by itself", f"/decisions/{made.pk}/", reverse("help"), reverse("talk"), reverse("my_path")):
        assert said in page, said
    assert "Dana" not in page
    assert "Ana" not in page
    assert Notice.objects.filter(person=world.ben, kind=DECIDED).exists()
    assert reverse("suspended") in browser(world.ben).get("/today/").content.decode()
    asked = browser(world.ben).post(f"/decisions/{made.pk}/", {"words": "It was a joke between us."})
    assert asked.status_code == 302
    assert "You hear back within seven days" in browser(world.ben).get("/suspended/").content.decode()
    assert browser(world.ana).get("/suspended/").headers["Location"] == "/today/"
    told = Script(world.ben).get("suspension").json()
    assert (told["suspended"], told["decision"]) == (True, str(made.pk))
    assert told["until"]
    assert Script(world.ana).get("suspension").json() == {"suspended": False, "until": None, "decision": None}


def test_a_cry_for_help_of_somebody_suspended_is_heard_and_stands_nowhere(world: World) -> None:
    suspended(world)
    cry = {"body": "I want to kill myself tonight", "key": str(uuid4())}
    answer = browser(world.ben).post(f"/groups/{world.tuesday.pk}/post/", cry)
    sign = Sign.objects.get(person=world.ben)
    assert answer.headers["Location"] == reverse("care", args=[sign.pk])
    assert browser(world.ben).get(answer.headers["Location"]).status_code == 200
    told = problem(
        Script(world.ben).post(f"groups/{world.tuesday.pk}/messages", {**cry, "key": str(uuid4())}), 403, "suspended"
    )
    assert told["care"]
    assert not Message.objects.filter(author=world.ben, body=cry["body"]).exists()


def test_it_ends_by_itself_and_everything_is_as_before(world: World) -> None:
    seat = world.seat(world.ben, world.tuesday)
    suspended(world, hours=24)
    with clock.turned(timedelta(hours=23)):
        assert tasks.end_over() == 0
    with clock.turned(timedelta(hours=24, seconds=1)):
        assert tasks.end_over() == 1
        assert tasks.end_over() == 0
        assert say(world.ben, world.tuesday).seat_id == seat.pk
        assert browser(world.ben).get(f"/groups/{world.tuesday.pk}/").status_code == 200
        assert browser(world.ben).get("/suspended/").headers["Location"] == "/today/"


def test_who_is_suspended_twice_is_back_after_both(world: World) -> None:
    first = suspended(world, hours=2)
    sanctions.suspend(person_id=world.ben.pk, decision_id=UUID(int=1), until=clock.now() + timedelta(hours=5))
    with clock.turned(timedelta(hours=3)):
        assert tasks.end_over() == 1
        assert Suspension.objects.get(decision=first.pk).ended
        with pytest.raises(Suspended):
            say(world.ben, world.tuesday)
    with clock.turned(timedelta(hours=6)):
        assert tasks.end_over() == 1
        assert say(world.ben, world.tuesday).body


def test_an_appeal_that_is_granted_opens_the_rooms_at_once(world: World) -> None:
    made = suspended(world)
    moderation.appeal(decision=made, by=world.ben, words="It was a joke between us.")
    moderation.decide_appeal(decision=made, by=world.cy, answer="lifted", words="You are right. We are sorry.")
    assert say(world.ben, world.tuesday).body
    assert not sanctions.end(decision_id=made.pk)


def test_who_may_not_and_what_may_not_be_suspended(world: World) -> None:
    report = told_of(world.ana, say(world.ben, world.tuesday, "You are nothing."))
    with pytest.raises(Conflict, match="second person"):
        decided(world, report, Action.SUSPEND, amount=73)
    case = taken(told_of(world.ana, say(world.ben, world.tuesday, "More."), Reason.SPAM).case, world.cy)
    with pytest.raises(NotAllowed):
        moderation.decide(case=case, by=world.cy, version=case.version, action="suspend", words="Out.", amount=2)
    assert "suspend" not in browser(world.cy).get(f"/desk/follows/{case.pk}/").content.decode()
    worry = told_of(world.ana, say(world.ben, world.tuesday, "Goodbye."), Reason.WORRIED)
    with pytest.raises(Conflict, match="care"):
        decided(world, worry, Action.SUSPEND, amount=2)
    assert not Suspension.objects.exists()


def test_nobody_who_works_here_is_suspended(world: World) -> None:
    report = told_of(world.ana, say(world.cy, world.tuesday, "You are nothing."), Reason.CONDUCT)
    with pytest.raises(Conflict, match="work here"):
        decided(world, report, Action.SUSPEND, amount=2)


def test_somebody_suspended_leaves_a_room_from_their_own_page(world: World) -> None:
    suspended(world)
    assert "Leave" in browser(world.ben).get("/suspended/").content.decode()
    assert browser(world.ben).post(f"/suspended/rooms/{world.tuesday.pk}/leave/").status_code == 302
    assert not world.tuesday.memberships.current().filter(person=world.ben).exists()
    assert browser(world.ben).post(f"/suspended/rooms/{world.tuesday.pk}/leave/").status_code == 404


def test_the_worker_ends_it_among_its_chores(world: World, caplog: pytest.LogCaptureFixture) -> None:
    suspended(world, hours=1)
    with clock.turned(timedelta(hours=1, minutes=1)), caplog.at_level(logging.ERROR):
        keep_up(upkeep)
        assert not Person.objects.get(pk=world.ben.pk).suspended
    assert not caplog.records


def test_two_who_walk_together_rest_meanwhile_and_go_on_where_they_were(world: World) -> None:
    row = match_at(world, State.ACTIVE)
    suspended(world, hours=24)
    assert match_tasks.suspended() == 1
    assert match_tasks.suspended() == 0
    assert (again(row).state, again(row).paused_by) == (State.PAUSED, None)
    assert "taking a break" in words(world.ana, f"/mentoring/matches/{row.pk}/")
    with pytest.raises(Conflict):
        matches.resume(match=again(row), by=world.dana)
    with pytest.raises(NotAllowed):
        matches.resume(match=again(row), by=world.ana)
    with clock.turned(timedelta(hours=25)):
        assert tasks.end_over() == 1
        assert match_tasks.suspended() == 1
        assert match_tasks.suspended() == 0
        assert again(row).state == State.ACTIVE


def test_nobody_new_is_met_and_what_was_only_asked_is_let_go(world: World) -> None:
    row = match_at(world, State.OFFERED)
    suspended(world)
    assert match_tasks.suspended() == 1
    assert again(row).state == State.WITHDRAWN
    assert Code.MENTOR_UNAVAILABLE in broken_between(row.request, Mentor.objects.to_show().get(pk=row.mentor_id))


def test_a_break_that_somebody_took_is_theirs_to_end(world: World) -> None:
    row = match_at(world, State.PAUSED)
    suspended(world, hours=1)
    with clock.turned(timedelta(hours=2)):
        tasks.end_over()
        assert match_tasks.suspended() == 0
    assert again(row).state == State.PAUSED
