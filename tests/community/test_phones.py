"""Whose phone this is, asked once a device; and the key of what it keeps, given to its person alone."""

import base64
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from pytest_django import Settings

from community.foundation import clock
from community.foundation.errors import Missing, NotAllowed
from community.people import services as people
from community.people.models import Person, Session
from community.people.times import IDLE
from community.phones import services as phones
from community.phones.models import PhoneKey
from community.phones.services import PHONES_MOST
from groups.demo.services import World
from tests.doors import Script, browser, problem

PASSWORD = "a good long one"
PHONE = UUID("11111111-1111-4111-8111-111111111111")


def session(person: Person) -> Session:
    return Session.objects.of(person.pk).filter(ended=None).latest("created")


def mine(person: Person) -> Client:
    """A browser whose person said that the phone is only theirs."""
    client = browser(person)
    assert client.post("/phone/", {"only_mine": "1"}).status_code == 302
    return client


def key(client: Client, phone: object = PHONE) -> Any:
    answer = client.post("/api/v1/me/phone/key", {"phone": str(phone)}, content_type="application/json")
    return answer.json()["key"] if answer.status_code == 200 else answer.status_code


def test_the_first_page_after_sign_in_asks_and_leads_on(world: World) -> None:
    people.set_password(person=world.ana, password=PASSWORD)
    client = Client()
    sent = {"login": "ana@porchlight.test", "password": PASSWORD, "next": f"/groups/{world.tuesday.pk}/"}
    asked = client.post("/sign-in/", sent)
    assert asked.headers["Location"] == f"/phone/?next=%2Fgroups%2F{world.tuesday.pk}%2F"
    assert "Is this phone only yours?" in client.get(asked.headers["Location"]).content.decode()
    answered = client.post("/phone/", {"only_mine": "1", "next": f"/groups/{world.tuesday.pk}/"})
    assert answered.headers["Location"] == f"/groups/{world.tuesday.pk}/"


@pytest.mark.parametrize(
    "address",
    ["https://elsewhere.test/", "//elsewhere.test", "javascript:alert(1)", "\\\\elsewhere.test", "", "x" * 999],
)
def test_it_leads_to_no_other_site(world: World, address: str) -> None:
    answered = browser(world.ana).post("/phone/", {"only_mine": "0", "next": address})
    assert answered.status_code == 302
    assert "elsewhere" not in answered.headers["Location"]
    assert "alert" not in answered.headers["Location"]


def test_not_answered_counts_as_no(world: World) -> None:
    client = browser(world.ana)
    assert session(world.ana).only_mine is None
    assert b"data-phone" not in client.get("/groups/").content
    assert key(client) == 403


def test_the_answer_is_this_devices_alone(world: World) -> None:
    phone, other = mine(world.ana), browser(world.ana)
    assert b'data-phone="mine"' in phone.get("/groups/").content
    assert b"data-phone" not in other.get("/groups/").content
    assert (isinstance(key(phone), str), key(other, uuid4())) == (True, 403)


def test_of_more_phones_than_anybody_carries_the_longest_unused_gives_way(world: World) -> None:
    client, phones_of_ana = mine(world.ana), [uuid4() for _number in range(PHONES_MOST)]
    others = key(mine(world.eli), uuid4())
    keys = {}
    for minutes, phone in enumerate(phones_of_ana):
        with clock.turned(by=timedelta(minutes=minutes)):
            keys[phone] = key(client, phone)
    with clock.turned(by=timedelta(hours=1)):
        assert key(client, phones_of_ana[0]) == keys[phones_of_ana[0]]  # in use again
        assert isinstance(key(client), str)
        assert PhoneKey.objects.filter(person=world.ana).count() == PHONES_MOST
        assert not PhoneKey.objects.filter(pk=phones_of_ana[1]).exists()
        assert key(client, phones_of_ana[2]) == keys[phones_of_ana[2]]
    assert isinstance(others, str)
    assert PhoneKey.objects.filter(person=world.eli).count() == 1


def test_a_room_tells_a_shared_phone_that_it_keeps_nothing_after_signing_out(world: World) -> None:
    room = f"/groups/{world.tuesday.pk}/"
    assert "kept for when you sign in again" in mine(world.ana).get(room).content.decode()
    shared = browser(world.ana).get(room).content.decode()
    assert "this phone keeps none of it" in shared
    assert "kept for when you sign in again" not in shared


@pytest.mark.parametrize("said", ["", "yes", "2", "\x00", None])
def test_what_is_no_answer_changes_nothing(world: World, said: str | None) -> None:
    client = browser(world.ana)
    assert client.post("/phone/", {} if said is None else {"only_mine": said}).status_code == 422
    assert session(world.ana).only_mine is None


def test_a_phone_that_others_use_forgets_its_session_with_the_browser(world: World) -> None:
    client = browser(world.ana)
    assert client.post("/phone/", {"only_mine": "1"}).cookies["sessionid"]["max-age"] == 30 * 24 * 3600
    assert client.post("/phone/", {"only_mine": "0"}).cookies["sessionid"]["max-age"] == ""
    assert client.get("/groups/").status_code == 200


def test_the_key_is_32_bytes_and_the_same_each_time(world: World) -> None:
    client = mine(world.ana)
    first = key(client)
    assert len(base64.b64decode(first)) == 32
    assert key(client) == first
    assert key(client, uuid4()) != first


def test_the_key_stands_in_no_row(world: World) -> None:
    found = key(mine(world.ana))
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM phones_phonekey")
        assert found not in repr(cursor.fetchall())


def test_a_new_session_of_the_same_person_opens_what_the_phone_kept(world: World) -> None:
    """Words that were not sent yet survive a session whose time was over, and the row of it, too."""
    with clock.turned(by=-IDLE - timedelta(days=1)):
        first = key(mine(world.ana))
    people.forget_ended_devices()
    assert not Session.objects.of(world.ana.pk).exists()
    assert key(mine(world.ana)) == first


def test_nobody_opens_what_a_phone_keeps_for_somebody_else(world: World) -> None:
    key(mine(world.ana))
    assert key(mine(world.ben)) == 404
    assert PhoneKey.objects.get().person == world.ana


def sign_out(client: Client, person: Person) -> None:
    client.post("/sign-out/")


def leave(client: Client, person: Person) -> None:
    client.post("/leave/")


def from_elsewhere(client: Client, person: Person) -> None:
    browser(person).post("/settings/devices/", {"end": "others"})


def new_password(client: Client, person: Person) -> None:
    people.set_password(person=person, password=PASSWORD)


def others_use_it(client: Client, person: Person) -> None:
    client.post("/phone/", {"only_mine": "0"})


def by_script(client: Client, person: Person) -> None:
    client.put("/api/v1/me/phone", {"only_mine": False}, content_type="application/json")


@pytest.mark.parametrize("how", [sign_out, leave, from_elsewhere, new_password, others_use_it, by_script])
def test_what_the_phone_kept_is_lost_for_good(world: World, how: Any) -> None:
    client = mine(world.ana)
    first = key(client)
    how(client, world.ana)
    assert not PhoneKey.objects.exists()
    assert key(client) in {401, 403}
    assert key(mine(world.ana)) != first


def test_ending_an_old_session_leaves_the_phone_of_a_new_one_alone(world: World) -> None:
    old = mine(world.ana)
    first = key(old)
    new = mine(world.ana)
    assert key(new) == first
    old.post("/sign-out/")
    assert key(new) == first


def test_keys_nobody_asked_for_in_60_days_go(world: World) -> None:
    with clock.turned(by=-timedelta(days=61)):
        key(mine(world.ana))
    kept = key(mine(world.ben), uuid4())
    assert phones.forget_old_keys() == 1
    assert PhoneKey.objects.get().key == kept


def test_a_page_says_by_rest_what_it_says_by_form(world: World) -> None:
    client = browser(world.ana)
    assert client.get("/api/v1/me/phone").json() == {"only_mine": None}
    put = client.put("/api/v1/me/phone", {"only_mine": True}, content_type="application/json")
    assert put.json() == client.get("/api/v1/me/phone").json() == {"only_mine": True}


@pytest.mark.parametrize(
    "body", [{}, {"only_mine": None}, {"only_mine": "1"}, {"only_mine": 1}, {"only_mine": True, "x": 1}]
)
def test_rest_takes_yes_or_no(world: World, body: dict[str, Any]) -> None:
    client = browser(world.ana)
    assert client.put("/api/v1/me/phone", body, content_type="application/json").status_code == 422
    assert session(world.ana).only_mine is None


@pytest.mark.parametrize("phone", ["", "x", str(UUID(int=0)), 5, None])
def test_a_phone_is_named_by_an_id(world: World, phone: object) -> None:
    client = mine(world.ana)
    answer = client.post("/api/v1/me/phone/key", {"phone": phone}, content_type="application/json")
    assert answer.status_code == 422
    assert not PhoneKey.objects.exists()


def test_a_token_is_no_phone(world: World) -> None:
    mine(world.ana)
    script = Script(world.ana)
    problem(script.get("me/phone"), 404, "not_found")
    problem(script.put("me/phone", {"only_mine": True}), 404, "not_found")
    problem(script.post("me/phone/key", {"phone": str(PHONE)}), 404, "not_found")


def test_a_device_of_somebody_else_is_not_there(world: World) -> None:
    mine(world.ben)
    for person in (world.ana, world.cy):
        with pytest.raises(Missing):
            phones.answer(person=person, session_id=session(world.ben).pk, only_mine=False)
        with pytest.raises(Missing):
            phones.open_phone(person=person, session_id=session(world.ben).pk, phone_id=PHONE)
    assert session(world.ben).only_mine is True


def test_a_key_is_not_given_before_the_answer(world: World) -> None:
    browser(world.ana)
    with pytest.raises(NotAllowed):
        phones.open_phone(person=world.ana, session_id=session(world.ana).pk, phone_id=PHONE)


def test_the_home_screen_tells_nothing(world: World, settings: Settings) -> None:
    settings.DISCREET_NAME, settings.APP_NAME = "Evening", "Harbor Clinic"
    answer = browser(world.ana).get("/manifest.webmanifest")
    shown = answer.json()
    assert answer.headers["Content-Type"] == "application/manifest+json"
    assert (shown["name"], shown["short_name"], shown["display"]) == ("Evening", "Evening", "standalone")
    assert "Harbor" not in answer.content.decode()
    assert {icon["purpose"] for icon in shown["icons"]} == {"any", "maskable"}
    for icon in shown["icons"]:
        found = finders.find(icon["src"].removeprefix("/static/"))
        assert isinstance(found, str)
        size = Path(found).read_bytes()[16:24]  # as a PNG says it of itself
        assert icon["sizes"] == f"{int.from_bytes(size[:4])}x{int.from_bytes(size[4:])}"
