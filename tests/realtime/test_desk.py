"""A page hears that it is another by now: by who may see it, and by nobody else."""

from datetime import timedelta

import pytest

from community.cases import services as cases
from community.cases.plans import Reason
from community.foundation import clock
from community.matches import services as matches
from community.matches.models import MatchCheckIn
from community.matches.plans.codes import State
from community.mentoring import services as mentoring
from community.programs import services as programs
from community.programs.models import StaffRole
from community.schedule import services as schedule
from groups.demo.services import World
from tests.community.matches import match_at, proposed
from tests.community.mentoring import active, applied
from tests.community.roster import shift
from tests.doors import say
from tests.groups.reports import told_of
from tests.realtime.conftest import Plug, Plugger, db

SCOPES = ["chat:read", "account", "moderation", "care"]
pytestmark = pytest.mark.django_db(transaction=True)


async def all_of(plugged: Plug) -> None:
    """Hear whatever is on its way still."""
    while not await plugged.receive_nothing():
        await plugged.next()


async def test_who_may_look_into_it_hears_that_the_queue_is_another(world: World, plug: Plugger) -> None:
    said = await db(say)(world.ben, world.tuesday)
    cy, dana, eli, ana = [await plug(one, SCOPES) for one in (world.cy, world.dana, world.eli, world.ana)]
    report = await db(told_of)(world.ana, said)
    assert await cy.type("case") == await dana.type("case") == {"type": "case"}
    await db(cases.take)(case=report.case, by=world.cy, version=1)
    await dana.type("case")
    for nobody in (eli, ana):
        assert await nobody.receive_nothing()


async def test_who_keeps_a_room_hears_nothing_of_what_is_for_staff(world: World, plug: Plugger) -> None:
    said = await db(say)(world.ana, world.tuesday)
    cy, dana = await plug(world.cy, SCOPES), await plug(world.dana, SCOPES)
    await db(told_of)(world.ben, said, Reason.WORRIED)
    await dana.type("case")
    assert await cy.receive_nothing()


async def test_who_runs_the_program_hears_that_the_board_is_another(world: World, plug: Plugger) -> None:
    row = await db(proposed)(world)
    dana, cy, ana, ben = [await plug(one, SCOPES) for one in (world.dana, world.cy, world.ana, world.ben)]
    await db(matches.reject)(match=row, by=world.dana)
    assert await dana.type("board") == {"type": "board"}
    for nobody in (cy, ana):
        assert await nobody.receive_nothing()
    assert not [frame for frame in ben.heard if frame["type"] == "board"]


async def test_a_token_that_may_not_read_the_queue_hears_nothing_of_it(world: World, plug: Plugger) -> None:
    said = await db(say)(world.ben, world.tuesday)
    small, whole = await plug(world.dana, ["chat:read"]), await plug(world.dana, SCOPES)
    await db(told_of)(world.ana, said)
    await whole.type("case")
    assert await small.receive_nothing()


async def test_a_room_and_its_roster_hear_that_somebody_else_reads(world: World, plug: Plugger) -> None:
    made = await db(shift)(world.evening)
    await db(schedule.take)(shift=made, by=world.dana)
    dana, ana, eli = [await plug(one, SCOPES) for one in (world.dana, world.ana, world.eli)]
    await db(schedule.answer)(shift=made, by=world.dana)
    assert await dana.type("board") == {"type": "board"}
    heard = await ana.type("reading")
    assert heard in ({"type": "reading", "group": str(one.pk)} for one in (world.tuesday, world.alumni))
    assert await eli.receive_nothing()


async def test_two_who_know_of_it_hear_that_it_is_another_and_nobody_else_does(world: World, plug: Plugger) -> None:
    row = await db(match_at)(world, State.OFFERED)
    ana, ben, eli = [await plug(one, SCOPES) for one in (world.ana, world.ben, world.eli)]
    await db(matches.accept)(match=row, by=world.ben)
    assert await ana.type("match") == await ben.type("match") == {"type": "match"}
    assert await eli.receive_nothing()


async def test_a_mentor_who_was_not_asked_never_hears_of_it(world: World, plug: Plugger) -> None:
    row = await db(match_at)(world, State.SHORTLISTED)
    ana, ben = await plug(world.ana, SCOPES), await plug(world.ben, SCOPES)
    await db(matches.show_cards)(match=row)
    assert await ana.type("match") == {"type": "match"}
    await db(matches.decline)(match=row, by=world.ana)
    await all_of(ben)
    assert not [frame for frame in ben.heard if frame["type"] == "match"]


async def test_a_mentor_who_was_asked_hears_that_it_was_taken_back(world: World, plug: Plugger) -> None:
    row = await db(match_at)(world, State.OFFERED)
    ben = await plug(world.ben, SCOPES)
    await db(matches.withdraw)(match=row, by=world.ana)
    assert await ben.type("match") == {"type": "match"}


async def test_who_is_asked_how_it_goes_hears_it_and_the_other_nothing_of_the_answer(
    world: World, plug: Plugger
) -> None:
    row = await db(match_at)(world, State.ACTIVE)
    ana, ben = await plug(world.ana, SCOPES), await plug(world.ben, SCOPES)

    def asked() -> MatchCheckIn:
        with clock.turned(by=timedelta(days=15)):
            assert matches.ask_both(match=row) == 2
        return MatchCheckIn.objects.of(world.ana.pk).get()

    checkin = await db(asked)()
    assert await ana.type("match") == await ben.type("match") == {"type": "match"}
    await all_of(ben)
    await db(matches.answer)(checkin=checkin, answer="good", by=world.ana)
    assert await ben.receive_nothing()


async def test_a_step_of_a_mentor_is_heard_at_the_desk_and_on_their_own_page_and_nowhere_else(
    world: World, plug: Plugger
) -> None:
    row = await db(applied)(world)
    dana, ben, ana, eli = [await plug(one, SCOPES) for one in (world.dana, world.ben, world.ana, world.eli)]
    await db(mentoring.screen)(mentor=row, by=world.dana)
    assert await dana.type("board") == {"type": "board"}
    assert await ben.type("match") == {"type": "match"}
    for nobody in (ana, eli):
        assert await nobody.receive_nothing()


async def test_who_supervises_a_mentor_hears_of_their_break_and_who_walks_with_them_does_not(
    world: World, plug: Plugger
) -> None:
    mentor = await db(active)(world)
    await db(match_at)(world, State.ACTIVE, mentor=mentor)
    await db(programs.appoint)(person=world.cy, program=world.evening, role=StaffRole.FACILITATOR)
    await db(mentoring.name_supervisor)(mentor=mentor, supervisor=world.cy, by=world.dana)
    cy, ana = await plug(world.cy, SCOPES), await plug(world.ana, SCOPES)
    await db(mentoring.pause)(mentor=mentor, by=world.ben)
    assert await cy.type("board") == {"type": "board"}
    await all_of(ana)
    assert not [frame for frame in ana.heard if frame["type"] == "board"]
