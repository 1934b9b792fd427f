"""One row a signed-in device: its key is nowhere, its end is final."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.db import connection
from django.test import Client
from pytest_django import Settings

from community.foundation import clock
from community.foundation.events import _together, together
from community.notices.models import Notice
from community.people import services as people
from community.people.events import SessionsEnded
from community.people.models import Person, Session
from community.people.sessions import SEEN_EVERY, SessionStore, digest_of
from groups.demo.services import World
from tests.doors import browser

PASSWORD = "a good long one"


@pytest.fixture
def ended(world: World) -> Any:
    """The devices that were told to have ended."""
    heard: list[SessionsEnded] = []
    together(SessionsEnded, heard.append)
    yield heard
    _together[SessionsEnded].remove(heard.append)


def key_of(client: Client) -> str:
    return client.cookies["sessionid"].value


def row_of(client: Client) -> Session:
    return Session.objects.get(digest=digest_of(key_of(client)))


def is_in(client: Client) -> bool:
    return client.get("/groups/").status_code == 200


def test_every_device_has_a_row_of_its_own(world: World) -> None:
    phone, tablet = browser(world.ana), browser(world.ana)
    assert row_of(phone).person == row_of(tablet).person == world.ana
    assert row_of(phone) != row_of(tablet)


def test_the_key_stands_in_no_row(world: World) -> None:
    client = browser(world.ana)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_session")
        assert key_of(client) not in repr(cursor.fetchall())


def test_signing_in_changes_the_key(world: World) -> None:
    world.ana.set_password(PASSWORD)
    world.ana.save()
    client = Client()
    session = client.session
    session["seen"] = True
    session.save()
    before = key_of(client)
    client.post("/sign-in/", {"login": "ana@porchlight.test", "password": PASSWORD})
    assert key_of(client) != before
    assert not Session.objects.live(clock.now()).filter(digest=digest_of(before)).exists()


def test_signing_out_ends_this_device_alone(world: World, ended: list[SessionsEnded]) -> None:
    phone, tablet = browser(world.ana), browser(world.ana)
    row = row_of(phone)
    phone.post("/sign-out/")
    row.refresh_from_db()
    assert row.ended is not None
    assert row.data == ""
    assert [event.session_ids for event in ended] == [(row.pk,)]
    assert not is_in(phone)
    assert is_in(tablet)


def test_a_kept_key_is_worth_nothing_after_signing_out(world: World) -> None:
    phone = browser(world.ana)
    key = key_of(phone)
    phone.post("/sign-out/")
    assert Client(headers={"cookie": f"sessionid={key}"}).get("/api/v1/me").status_code == 401


def test_a_new_password_ends_every_device(world: World, ended: list[SessionsEnded]) -> None:
    devices = [browser(world.ana) for _ in range(3)]
    people.set_password(person=world.ana, password=PASSWORD)
    assert not any(is_in(device) for device in devices)
    assert [len(event.session_ids) for event in ended] == [3]


ANOTHER = {"known": PASSWORD, "password": "another long one"}


@pytest.fixture
def ana(world: World) -> Person:
    people.set_password(person=world.ana, password=PASSWORD)
    return world.ana


def test_who_changes_the_password_stays_signed_in_here_and_nowhere_else(
    ana: Person, ended: list[SessionsEnded]
) -> None:
    here, phone, laptop = (browser(ana) for _ in range(3))
    row, key = row_of(here), key_of(here)
    ended.clear()
    answer = here.post("/settings/password/", ANOTHER, follow=True)
    assert "All your other devices are signed out." in answer.content.decode()
    assert [is_in(device) for device in (here, phone, laptop)] == [True, False, False]
    assert row.pk not in {one for event in ended for one in event.session_ids}
    ana.refresh_from_db()
    assert ana.check_password(ANOTHER["password"])
    assert (row_of(here).pk, row_of(here).created) == (row.pk, row.created)
    assert key_of(here) != key
    assert not is_in(Client(headers={"cookie": f"sessionid={key}"}))


def test_what_a_device_was_told_of_itself_outlives_a_new_password(ana: Person) -> None:
    here = browser(ana)
    people.say_whose(person=ana, session_id=row_of(here).pk, only_mine=True)
    here.post("/settings/password/", ANOTHER)
    assert row_of(here).only_mine is True


@pytest.mark.parametrize(
    "wrong",
    [{"known": "a wrong long one"}, {"known": ""}, {"password": "short"}, {"password": ""}, {"known": "x" * 999}],
)
def test_a_password_that_cannot_be_is_refused_and_nobody_is_signed_out(ana: Person, wrong: dict[str, str]) -> None:
    here, phone = browser(ana), browser(ana)
    answer = here.post("/settings/password/", {**ANOTHER, **wrong})
    assert answer.status_code == 422
    assert "x" * 999 not in answer.content.decode()
    assert [is_in(device) for device in (here, phone)] == [True, True]
    ana.refresh_from_db()
    assert ana.check_password(PASSWORD)


def test_trying_the_password_out_on_a_page_left_open_has_an_end(ana: Person, settings: Settings) -> None:
    settings.LIMITS = {**settings.LIMITS, "tries": 3}
    here = browser(ana)
    tried = [here.post("/settings/password/", {**ANOTHER, "known": f"guess number {n}"}).status_code for n in range(5)]
    assert (tried[0], tried[-1]) == (422, 429)


def test_somebody_whose_password_changed_is_told(ana: Person) -> None:
    Notice.objects.all().delete()
    browser(ana).post("/settings/password/", ANOTHER)
    assert Notice.objects.filter(person=ana, kind="password_changed").count() == 1


def test_one_device_or_all_but_one_are_ended(world: World) -> None:
    one, two, three = (browser(world.ana) for _ in range(3))
    people.end_sessions(person=world.ana, only=row_of(one).pk)
    assert [is_in(device) for device in (one, two, three)] == [False, True, True]
    people.end_sessions(person=world.ana, but=row_of(two).pk)
    assert [is_in(device) for device in (two, three)] == [True, False]


def test_nobody_ends_anothers_device(world: World) -> None:
    device = browser(world.ben)
    assert people.end_sessions(person=world.ana, only=row_of(device).pk) == []
    assert is_in(device)


def test_an_ended_session_is_never_written_again(world: World) -> None:
    device = browser(world.ana)
    store = SessionStore(key_of(device))
    store["draft"] = "x"
    people.end_sessions(person=world.ana)
    with pytest.raises(UpdateError):
        store.save()
    row = Session.objects.get()
    assert row.data == ""
    assert row.ended is not None


def test_an_ended_session_does_not_come_back_by_its_key(world: World) -> None:
    device = browser(world.ana)
    key = key_of(device)
    people.end_sessions(person=world.ana)
    store = SessionStore(key)
    assert dict(store.items()) == {}
    assert store.session_key is None
    store["draft"] = "x"
    store.save()
    assert store.session_key != key
    assert Session.objects.exclude(person=None).count() == 1


def test_fourteen_quiet_days_sign_a_device_out(world: World) -> None:
    device = browser(world.ana)
    with clock.turned(timedelta(days=13, hours=23)):
        assert is_in(device)
    with clock.turned(timedelta(days=27)):
        assert is_in(device)
    other = browser(world.ben)
    with clock.turned(timedelta(days=14, minutes=1)):
        assert not is_in(other)


def test_thirty_days_sign_every_device_out_however_busy(world: World) -> None:
    device = browser(world.ana)
    for day in (10, 20, 29):
        with clock.turned(timedelta(days=day)):
            assert is_in(device)
    with clock.turned(timedelta(days=30, minutes=1)):
        assert not is_in(device)


def test_last_seen_is_noted_at_most_once_a_minute(world: World) -> None:
    device = browser(world.ana)
    seen = row_of(device).last_seen
    with clock.turned(SEEN_EVERY - timedelta(seconds=5)):
        is_in(device)
        assert row_of(device).last_seen == seen
    with clock.turned(SEEN_EVERY + timedelta(seconds=5)):
        is_in(device)
        assert row_of(device).last_seen > seen


def test_expired_rows_are_cleared(world: World) -> None:
    browser(world.ana)
    with clock.turned(timedelta(days=15)):
        SessionStore.clear_expired()
    assert not Session.objects.exists()


def test_a_made_up_key_makes_no_row(db: None) -> None:
    client = Client(headers={"cookie": "sessionid=" + "a" * 32})
    assert client.get("/groups/").status_code == 302
    assert not Session.objects.exists()


def test_pages_of_nobody_make_no_row(db: None) -> None:
    for path in ("/", "/sign-in/", "/help/", "/new-password/", "/leave/", "/healthz"):
        Client().get(path)
    assert not Session.objects.exists()
