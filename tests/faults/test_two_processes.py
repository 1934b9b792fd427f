"""Two web processes behind a proxy, a PostgreSQL that really syncs, Redis: 50 people talk, and something goes away."""

import asyncio
import sys
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import psycopg
import pytest
from psycopg.rows import TupleRow

from tests.browser.site import until
from tests.faults.clients import Habits, bearer
from tests.faults.crowd import Crowd
from tests.faults.topology import Topology, topology

pytestmark = [pytest.mark.servers, pytest.mark.alone]

MESSAGES = 1000
STANDSTILL = 120.0  # seconds after which a run that should take 20 is given up


@pytest.fixture(scope="module")
def running() -> Iterator[Topology]:
    with topology() as whole:
        yield whole


@pytest.fixture
def site(running: Topology) -> Topology:
    """All of it up: a test before this one may have failed in the middle of its fault."""
    running.heal()
    return running


type Tell = Callable[[str], None]
type Fault = Callable[[Topology, Crowd], Coroutine[None, None, None]]


@pytest.fixture
def tell(capsys: pytest.CaptureFixture[str]) -> Tell:
    """Print to whoever runs the suite, green or red."""

    def tell(words: str) -> None:
        with capsys.disabled():
            sys.stdout.write(f"\n{words}\n")

    return tell


async def run(site: Topology, fault: Fault, tell: Tell) -> None:
    """50 people in 4 rooms of 25 say 1,000 things while ``fault`` happens and somebody's seat is taken.

    Tells the judge's word once everybody is caught up, or should be; asserts that it is good.
    """
    people = Crowd(site.url, await asyncio.to_thread(site.world, people=50, groups=4, members=25))
    async with people.here():
        async with asyncio.timeout(STANDSTILL), asyncio.TaskGroup() as going:
            going.create_task(people.talk(Habits(messages=MESSAGES)))
            going.create_task(somebody_is_removed(people))
            going.create_task(fault(site, people))
        took = await people.settled()
        verdict = await people.verdict()
    tell(f"{verdict}\n  {people.record.figures()}; all caught up after {took:.1f} s")
    assert verdict.acknowledged == MESSAGES
    assert verdict.missing == []
    assert verdict.doubled == []
    assert verdict.out_of_order == []
    assert verdict.leaked == []
    assert people.record.wrong == []
    assert people.late == []
    assert site.complaints() == []


async def somebody_is_removed(people: Crowd) -> None:
    await people.after(MESSAGES // 2)
    group = people.world["groups"][0]
    await people.remove(group["members"][0], group["id"])


async def test_nothing_is_taken_away(site: Topology, tell: Tell) -> None:
    async def nothing(_site: Topology, _people: Crowd) -> None: ...

    await run(site, nothing, tell)


async def test_a_web_process_is_killed_and_comes_back(site: Topology, tell: Tell) -> None:
    async def kill(site: Topology, people: Crowd) -> None:
        await people.after(MESSAGES * 3 // 10)
        await asyncio.to_thread(site.webs[0].kill)
        await people.after(MESSAGES * 7 // 10)
        await asyncio.to_thread(site.webs[0].start)

    await run(site, kill, tell)


async def test_each_web_process_leaves_and_comes_back(site: Topology, tell: Tell) -> None:
    """As in a deployment: nobody is turned away, and everybody is told to go before their line ends."""

    async def deploy(site: Topology, people: Crowd) -> None:
        for number, web in enumerate(site.webs):
            await people.after(MESSAGES * (2 + 3 * number) // 10)
            await asyncio.to_thread(web.stop)
            await asyncio.to_thread(web.start)
        happened = people.record.happened
        assert happened["closed 4412"] > 0
        assert happened["line lost"] <= happened["line cut"]
        assert [what for what in happened if what.startswith("turned away")] == []

    await run(site, deploy, tell)


def test_what_was_asked_is_answered_before_a_process_leaves(site: Topology) -> None:
    """Or the proxy asks the other one, which finds it done: "not there" for something that was."""
    world, web = site.world(people=2, groups=1, members=2), site.webs[0]
    group = world["groups"][0]["id"]
    headers = {**bearer(world["staff"]["token"]), "X-Forwarded-Proto": "https"}
    with (
        psycopg.connect(web.environment["DATABASE_URL"]) as held,
        httpx.Client(base_url=f"{web.url}/api/v1/groups/{group}", headers=headers, timeout=60) as staff,
        ThreadPoolExecutor() as aside,
    ):
        member = staff.get("/members").json()["results"][0]["id"]
        held.execute("SELECT FROM membership_group WHERE id = %s FOR UPDATE", [group])
        answer = aside.submit(staff.delete, f"/members/{member}")
        until(lambda: waiting(held) > 0, lambda: "nobody waits for the row")
        leaving = aside.submit(web.stop)
        until(lambda: not web.ready(), lambda: "it does not say that it leaves")
        held.rollback()
        assert answer.result().status_code == 204
        leaving.result()


def waiting(line: psycopg.Connection[TupleRow]) -> int:
    """How many wait for what somebody else holds."""
    row = line.execute("SELECT count(*) FROM pg_locks WHERE NOT granted").fetchone()
    return int(row[0]) if row else 0


async def test_redis_is_away_for_a_while(site: Topology, tell: Tell) -> None:
    async def stop(site: Topology, people: Crowd) -> None:
        await people.after(MESSAGES * 3 // 10)
        await asyncio.to_thread(site.redis.kill)
        await people.after(MESSAGES * 6 // 10)
        await people.settled()
        assert people.late == []  # by the sweep alone: there is nobody to carry a hint
        await asyncio.to_thread(site.redis.start)

    await run(site, stop, tell)
