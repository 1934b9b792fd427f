"""The language of pages before sign-in: as this device was told, by a cookie that holds nothing else."""

from typing import Any

import pytest
from django.test import Client

from community.people import services as people
from groups.demo.services import World
from tests.doors import browser

COOKIE = "language"


def speaking(client: Client, path: str = "/help/", device: str = "en") -> str:
    return str(client.get(path, headers={"accept-language": device}).headers["Content-Language"])


def spanish(world: World) -> Client:
    people.change(person=world.ana, wanted={"language": "es"})
    return browser(world.ana)


@pytest.mark.parametrize("path", ["/help/", "/offline/", "/sign-in/", "/join/"])
def test_pages_before_sign_in_speak_what_the_device_was_told(db: None, path: str) -> None:
    client = Client()
    assert speaking(client, path) == "en"
    client.get("/language/es/")
    assert speaking(client, path) == "es"
    client.get("/language/en/")
    assert speaking(client, path, device="es") == "en"


@pytest.mark.parametrize("path", ["/help/", "/sign-in/?next=/groups/", "/join/"])
def test_the_other_language_is_a_link_that_comes_back(db: None, path: str) -> None:
    client = Client()
    page = client.get(path)
    link = next(part for part in page.content.decode().split('"') if part.startswith("/language/es/"))
    assert client.get(link).headers["Location"] == path
    assert 'href="/language/en/' in client.get(path).content.decode()


@pytest.mark.parametrize("back", ["https://elsewhere.test/", "//elsewhere.test", "javascript:alert(1)", ""])
def test_it_leads_to_no_other_place(back: str) -> None:
    assert Client().get("/language/es/", {"next": back}).headers["Location"] == "/"


def test_a_language_nobody_speaks_here_is_no_page(db: None) -> None:
    said = Client().get("/language/de/")
    assert (said.status_code, dict(said.cookies)) == (404, {})


def test_help_speaks_what_somebody_chose_in_settings_and_asks_no_session(world: World) -> None:
    client = browser(world.ana)
    client.post("/settings/language/", {"language": "es", "zone": "America/Chicago"})
    assert client.cookies[COOKIE].value == "es"
    assert speaking(client) == "es"


def test_it_is_known_on_each_device_from_its_first_page(world: World) -> None:
    client = spanish(world)
    client.get("/settings/")
    assert speaking(client) == "es"


def test_the_cookie_is_closed_to_scripts_and_goes_with_the_browser(world: World) -> None:
    client = spanish(world)
    client.get("/settings/")
    kept = client.cookies[COOKIE]
    assert (kept["httponly"], kept["samesite"], kept["max-age"], kept["expires"]) == (True, "Lax", "", "")


def test_whoever_follows_the_device_again_is_heard_at_once(world: World) -> None:
    client = spanish(world)
    client.get("/settings/")
    client.post("/settings/language/", {"language": "", "zone": "America/Chicago"})
    assert speaking(client) == "en"


@pytest.mark.parametrize("way", ["/sign-out/", "/leave/"])
def test_whoever_goes_leaves_no_language_behind(world: World, way: str) -> None:
    client = spanish(world)
    client.get("/settings/")
    client.post(way)
    assert client.cookies[COOKIE].value == ""
    assert speaking(client) == "en"


def test_the_clinics_tablet_keeps_no_language(world: World) -> None:
    people.change(person=world.dana, wanted={"language": "es"})
    client = browser(world.dana)
    client.get("/settings/")
    client.post("/tablet/")
    assert client.cookies[COOKIE].value == ""
    client.get("/language/es/")
    page: Any = client.get("/sign-in/")
    assert client.cookies[COOKIE].value == ""
    assert "/language/" not in page.content.decode()


def test_a_script_is_given_no_cookie(world: World) -> None:
    assert COOKIE not in spanish(world).get("/api/v1/me").cookies
