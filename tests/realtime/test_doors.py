"""Who may open a socket, and when it closes."""

import asyncio
import threading
from datetime import timedelta
from http.cookies import SimpleCookie
from typing import Any

import pytest
from channels.testing import WebsocketCommunicator
from django.db import connection
from django.test import Client
from pytest_django import Settings

from community.foundation import clock
from community.integrations import services as integrations
from community.people import services as people
from community.people.models import Person, Session
from groups.demo.services import World
from realtime import protocol
from realtime.asgi import application
from realtime.hub import hub_here
from realtime.threads import THREADS
from tests.community.deaths import died, second
from tests.realtime.conftest import Plug, Plugger, db

pytestmark = pytest.mark.django_db(transaction=True)
OWN = b"http://testserver"


def signed_in(person: Person) -> str:
    """The cookie of a device this person is signed in on."""
    client = Client()
    client.force_login(person)
    cookies: SimpleCookie = client.cookies
    return cookies["sessionid"].value


async def knock(*headers: tuple[bytes, bytes], path: str = "/ws/v1/") -> tuple[WebsocketCommunicator, bool]:
    wire = WebsocketCommunicator(application, path, headers=[(b"host", b"testserver"), *headers])
    accepted, _code = await wire.connect(timeout=5)
    return wire, accepted


async def with_cookie(person: Person) -> Plug:
    key = await db(signed_in)(person)
    wire, accepted = await knock((b"cookie", f"sessionid={key}".encode()), (b"origin", OWN))
    assert accepted
    plug = Plug(wire)
    plug.hello = await plug.next()
    return plug


FOREIGN = [
    b"http://evil.example",
    b"https://testserver",
    b"http://testserver:81",
    b"http://testserver.evil.example",
    b"http://evil.example/testserver",
    b"http://user@testserver",
    b"null",
    b"",
    b"https://[",
    b"http://testserver:port",
    b"http://testserver/path",
    b"http://testserver/",
    b"http://testserver?",
    b"http://testserver#",
    b" http://testserver",
    b"\xff\xfe",
]


async def test_a_foreign_or_broken_origin_is_refused_before_accept(world: World, hub: None) -> None:
    key = await db(signed_in)(world.ana)
    for origin in FOREIGN:
        _wire, accepted = await knock((b"cookie", f"sessionid={key}".encode()), (b"origin", origin))
        assert not accepted, origin


async def test_a_cookie_without_an_origin_is_refused(world: World, hub: None) -> None:
    key = await db(signed_in)(world.ana)
    _wire, accepted = await knock((b"cookie", f"sessionid={key}".encode()))
    assert not accepted


async def test_a_bearer_header_beside_a_foreign_origin_is_refused(world: World, hub: None) -> None:
    _token, words = await db(integrations.issue)(person=world.ana, scopes=["chat:read"])
    header = (b"authorization", f"Bearer {words}".encode())
    assert not (await knock(header, (b"origin", b"http://evil.example")))[1]
    wire, accepted = await knock(header, (b"origin", OWN))
    assert accepted
    await wire.disconnect()


async def test_an_unknown_path_is_refused_before_accept(world: World, hub: None) -> None:
    for path in ("/", "/ws/", "/ws/v1", "/ws/v2/", "/ws/v1/more", "/groups/"):
        assert not (await knock((b"origin", OWN), path=path))[1], path


NOBODY: list[list[tuple[bytes, bytes]]] = [
    [(b"origin", OWN)],
    [(b"origin", OWN), (b"cookie", b"sessionid=nonsense")],
    [(b"authorization", b"Bearer nonsense")],
    [(b"authorization", b"Bearer \xff")],
    [(b"authorization", b"Basic YTpi")],
    [(b"authorization", b"Bearer a"), (b"authorization", b"Bearer b")],
    [],
]


async def test_a_signed_out_socket_is_told_why(world: World, hub: None) -> None:
    for headers in NOBODY:
        wire, accepted = await knock(*headers)
        assert accepted, headers
        assert await Plug(wire).closed() == protocol.CLOSE_SIGNED_OUT, headers


async def test_signing_out_closes_this_devices_socket_only(world: World, hub: None) -> None:
    phone, laptop = await with_cookie(world.ana), await with_cookie(world.ana)
    one = await db(Session.objects.filter(person=world.ana).order_by("created").first)()
    assert one is not None
    await db(people.end_sessions)(person=world.ana, only=one.pk)
    assert await phone.closed() == protocol.CLOSE_SIGNED_OUT
    assert (await laptop.ask("ping"))["ok"]
    await laptop.unplug()


async def test_a_new_password_closes_every_socket(world: World, hub: None) -> None:
    phone, laptop = await with_cookie(world.ana), await with_cookie(world.ana)
    await db(people.set_password)(person=world.ana, password="another long one")
    assert await phone.closed() == protocol.CLOSE_SIGNED_OUT
    assert await laptop.closed() == protocol.CLOSE_SIGNED_OUT


@pytest.mark.usefixtures("brisk")
async def test_a_lost_hint_costs_no_more_than_a_sweep(world: World, hub: None) -> None:
    phone = await with_cookie(world.ana)
    await db(Session.objects.filter(person=world.ana).update)(ended=clock.now())
    assert await phone.closed() == protocol.CLOSE_SIGNED_OUT


async def test_a_revoked_token_closes_its_socket(world: World, hub: None) -> None:
    token, words = await db(integrations.issue)(person=world.ana, scopes=["chat:read"])
    wire, _accepted = await knock((b"authorization", f"Bearer {words}".encode()))
    plug = Plug(wire)
    await plug.type("hello")
    await db(integrations.revoke)(person=world.ana, token=token)
    assert await plug.closed() == protocol.CLOSE_SIGNED_OUT


async def test_a_death_closes_every_socket_of_its_person_and_nobody_elses(world: World, hub: None) -> None:
    await db(second)(world)
    device, ana = await with_cookie(world.ben), await with_cookie(world.ana)
    _token, words = await db(integrations.issue)(person=world.ben, scopes=["chat:read"])
    wire, _accepted = await knock((b"authorization", f"Bearer {words}".encode()))
    script = Plug(wire)
    await script.type("hello")
    key = await db(signed_in)(world.ben)
    await db(died)(world, world.ben)
    assert await device.closed() == protocol.CLOSE_SIGNED_OUT
    assert await script.closed() == protocol.CLOSE_SIGNED_OUT
    assert await ana.receive_nothing()
    await db(Session.objects.filter(person=world.ben).update)(ended=None)
    wire, _accepted = await knock((b"cookie", f"sessionid={key}".encode()), (b"origin", OWN))
    assert await Plug(wire).closed() == protocol.CLOSE_SIGNED_OUT


@pytest.mark.usefixtures("brisk")
async def test_a_token_past_its_time_is_closed_by_the_sweep(world: World, hub: None) -> None:
    _token, words = await db(integrations.issue)(person=world.ana, scopes=["chat:read"], days=1)
    wire, _accepted = await knock((b"authorization", f"Bearer {words}".encode()))
    plug = Plug(wire)
    await plug.type("hello")
    with clock.turned(by=timedelta(days=2)):
        assert await plug.closed() == protocol.CLOSE_SIGNED_OUT


async def test_more_than_ten_sockets_of_one_account_are_turned_away(
    world: World, plug: Plugger, settings: Settings
) -> None:
    settings.LIMITS = {**settings.LIMITS, "sockets": 2}
    await plug(world.ana)
    await plug(world.ana)
    _token, words = await db(integrations.issue)(person=world.ana, scopes=["chat:read"])
    wire, _accepted = await knock((b"authorization", f"Bearer {words}".encode()))
    assert await Plug(wire).closed() == protocol.CLOSE_TOO_FAST


async def test_too_many_connects_in_a_minute_are_turned_away(world: World, hub: None, settings: Settings) -> None:
    settings.LIMITS = {**settings.LIMITS, "connects_a_minute": 3}
    _token, words = await db(integrations.issue)(person=world.ana, scopes=["chat:read"])
    header = (b"authorization", f"Bearer {words}".encode())
    told: list[Any] = []
    for _number in range(8):  # at least four fall into one minute, wherever its border is
        wire, _accepted = await knock(header)
        frame = await wire.receive_output(timeout=5)
        told.append(frame.get("code"))
        await wire.disconnect()
    assert told[:3] == [None] * 3
    assert protocol.CLOSE_TOO_FAST in told


async def test_a_handshake_asks_the_database_little(
    world: World, plug: Plugger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The token, blocks, seats, and who chose to be shown around: four questions at most, however many groups."""
    await plug(world.ana)
    hub = await hub_here()
    await asyncio.gather(*hub._side)
    sweep = next(task for task in hub._tasks if task.get_name() == "sweep")
    sweep.cancel()  # its questions are its own, and come when they come
    await asyncio.wait([sweep])
    asked: list[str] = []
    all_threads = threading.Barrier(THREADS)  # so that each of them does this, and once

    def listening() -> None:
        def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 - Django's call
            asked.append(sql)
            return execute(sql, params, many, context)

        all_threads.wait(timeout=10)
        connection.execute_wrappers.append(note)

    await asyncio.gather(*(hub.threads.run(listening) for _ in range(THREADS)))
    beside: list[Any] = []
    with monkeypatch.context() as patched:
        patched.setattr(hub, "aside", beside.append)  # what begins with a hello is no part of it
        await plug(world.ben)
    assert len([sql for sql in asked if sql.startswith("SELECT")]) <= 4
    await asyncio.gather(*beside)


@pytest.mark.usefixtures("brisk")
async def test_a_quiet_device_of_staff_closes_its_socket_and_a_used_one_stays(world: World, hub: None) -> None:
    quiet = await with_cookie(world.dana)
    device = Client()
    await db(device.force_login)(world.dana)
    cookie = f"sessionid={device.cookies['sessionid'].value}".encode()
    used = Plug((await knock((b"cookie", cookie), (b"origin", OWN)))[0])
    await used.next()
    with clock.turned(timedelta(minutes=20)):
        await db(device.get)("/groups/")
    with clock.turned(timedelta(minutes=31)):
        assert await quiet.closed() == protocol.CLOSE_SIGNED_OUT
        assert (await used.ask("ping"))["ok"]
    await used.unplug()
