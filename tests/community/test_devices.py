"""Where somebody is signed in: they see it in plain words, and end it; nobody else does."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from community.foundation import clock
from community.people import services as people
from community.people.models import Person, Session
from community.people.sessions import device_of
from groups.demo.services import World
from tests.community.test_settings import asked
from tests.doors import Script, browser, problem

PASSWORD = "a good long one"
ANDROID = "Mozilla/5.0 (Linux; Android 14; Pixel 7) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile Safari/604.1"


def signed_in(person: Person, agent: str) -> Client:
    people.set_password(person=person, password=PASSWORD)
    return on(agent, person)


def on(agent: str, person: Person) -> Client:
    client = Client(headers={"User-Agent": agent})
    client.post("/sign-in/", {"login": person.address, "password": PASSWORD})
    return client


def page(client: Client) -> str:
    return client.get("/settings/devices/").content.decode()


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        (ANDROID, "Chrome/Android"),
        (IPHONE, "Safari/iPhone"),
        (IPHONE.replace("Version/17.5", "CriOS/126.0"), "Chrome/iPhone"),
        (IPHONE.replace("Version/17.5", "FxiOS/127.0"), "Firefox/iPhone"),
        (ANDROID.replace("Chrome", "SamsungBrowser/25.0 Chrome"), "Samsung Internet/Android"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/126.0 Safari/537.36 Edg/126.0", "Edge/Windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/17.5 Safari/605.1.15", "Safari/Mac"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0", "Firefox/Linux"),
        ("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) Chrome/126.0 Safari/537.36", "Chrome/Chromebook"),
        ("curl/8", ""),
        ("<script>" * 500, ""),
        ("", ""),
    ],
)
def test_a_device_is_called_by_its_browser_and_system_alone(agent: str, said: str) -> None:
    assert device_of(agent) == said


def test_what_a_browser_says_of_itself_is_kept_nowhere_else(world: World) -> None:
    signed_in(world.ana, ANDROID + " Ana's own")
    assert "Pixel" not in repr(list(Session.objects.values()))
    assert Session.objects.of(world.ana.pk).get().device == "Chrome/Android"


def test_i_see_my_devices_and_which_one_this_is(world: World) -> None:
    phone, laptop = signed_in(world.ana, ANDROID), on(IPHONE, world.ana)
    for client, name in ((phone, "Chrome on Android"), (laptop, "Safari on iPhone")):
        said = page(client)
        assert {"Chrome on Android", "Safari on iPhone"} <= {part.split("<")[0] for part in said.split("<strong>")}
        assert said.count("This one") == 1
        assert f'aria-label="Sign out on {name}"' not in said


def test_a_device_that_was_not_used_for_days_says_since_when(world: World) -> None:
    with clock.turned(by=-timedelta(days=3)):
        signed_in(world.ana, ANDROID)
    assert "Last used" in page(on(IPHONE, world.ana))


def test_a_list_of_devices_asks_once_more_than_any_page(world: World) -> None:
    client = signed_in(world.ana, ANDROID)
    for _number in range(5):
        on(IPHONE, world.ana)
    assert asked(client, "/settings/devices/") == asked(client, "/settings/name/") + 1


def test_i_sign_one_of_my_devices_out(world: World) -> None:
    phone, laptop = signed_in(world.ana, ANDROID), on(IPHONE, world.ana)
    other = Session.objects.of(world.ana.pk).get(device="Chrome/Android")
    assert laptop.post("/settings/devices/", {"end": str(other.pk)}).status_code == 302
    assert phone.get("/groups/").status_code == 302
    assert laptop.get("/groups/").status_code == 200
    assert "Chrome on Android" not in page(laptop)


def test_i_sign_all_my_other_devices_out(world: World) -> None:
    phone, laptop = signed_in(world.ana, ANDROID), on(IPHONE, world.ana)
    assert laptop.post("/settings/devices/", {"end": "others"}).status_code == 302
    assert (phone.get("/groups/").status_code, laptop.get("/groups/").status_code) == (302, 200)
    assert laptop.post("/settings/devices/", {"end": "others"}).status_code == 302


@pytest.mark.parametrize("said", ["", "x", "'", "other", "\x00", "0" * 36])
def test_what_is_no_device_ends_nothing(world: World, said: str) -> None:
    client = browser(world.ana)
    assert client.post("/settings/devices/", {"end": said}).status_code == 404
    assert client.get("/groups/").status_code == 200


def test_nobody_ends_a_device_of_somebody_else(world: World) -> None:
    theirs = browser(world.ben)
    row = Session.objects.of(world.ben.pk).get()
    foreign = browser(world.ana).post("/settings/devices/", {"end": str(row.pk)})
    absent = browser(world.ana).post("/settings/devices/", {"end": str(uuid4())})
    assert (foreign.status_code, foreign.content) == (absent.status_code, absent.content)
    assert foreign.status_code == 404
    script = Script(world.ana)
    assert script.delete(f"me/devices/{row.pk}").content == script.delete(f"me/devices/{uuid4()}").content
    problem(script.delete(f"me/devices/{row.pk}"), 404, "not_found")
    assert theirs.get("/groups/").status_code == 200


def test_my_script_lists_my_devices_and_signs_one_out(world: World) -> None:
    phone = signed_in(world.ana, ANDROID)
    row = Session.objects.of(world.ana.pk).get()
    today = clock.today(world.ana.zone).isoformat()
    assert Script(world.ana).get("me/devices").json() == {
        "results": [
            {
                "id": str(row.pk), "device": "Chrome on Android", "current": False, "signed_in": today,
                "last_used": today,
            }
        ],
        "next": None,
        "previous": None,
    }  # fmt: skip
    assert phone.get("/api/v1/me/devices").json()["results"][0]["current"] is True
    assert Script(world.ana).delete(f"me/devices/{row.pk}").status_code == 204
    assert phone.get("/groups/").status_code == 302
    problem(Script(world.ana).delete(f"me/devices/{row.pk}"), 404, "not_found")


def test_devices_are_of_the_account_scope(world: World) -> None:
    script = Script(world.ana, ["chat:read"])
    problem(script.get("me/devices"), 403, "scope_missing")
    problem(script.delete(f"me/devices/{uuid4()}"), 403, "scope_missing")
    problem(Script(None).get("me/devices"), 401, "sign_in")
