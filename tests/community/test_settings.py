"""What people choose about themselves: seen on the next page, without a script, and on no page of nobody."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from community.people import services as people
from community.people.models import Person
from groups.demo.services import World
from tests.doors import browser

STYLES = Path(__file__).parents[2] / "community" / "static" / "community" / "css" / "porchlight.css"
LOOKS = {"text_size": "100", "font": "figtree", "theme": "auto", "contrast": "auto", "motion": "auto"}


def root(client: Client, path: str = "/groups/", **headers: str) -> dict[str, str]:
    """What stands on <html>."""
    page = client.get(path, headers=headers).content.decode()
    found = re.search(r"<html([^>]*)>", page)
    assert found
    return dict(re.findall(r'([\w-]+)="([^"]*)"', found[1]))


def changed(person: Person, **wanted: Any) -> Person:
    return people.change(person=person, wanted=wanted)


def test_nothing_stands_on_a_page_whose_reader_chose_nothing(world: World) -> None:
    assert root(browser(world.ana)) == {"lang": "en"}


def test_what_is_chosen_stands_on_the_next_page(world: World) -> None:
    client = browser(world.ana)
    chosen = {"text_size": "130", "font": "atkinson", "theme": "dark", "contrast": "more", "motion": "less"}
    assert "Saved." in client.post("/settings/looks/", chosen, follow=True).content.decode()
    assert root(client) == {
        "lang": "en", "data-text": "130", "data-font": "atkinson", "data-theme": "dark", "data-contrast": "more",
        "data-motion": "less",
    }  # fmt: skip


def test_what_is_chosen_for_the_rooms_stands_there_too(world: World) -> None:
    client = browser(world.ana)
    sent = {"enter": "newline", "notes_open": "on", "shows_presence": "on"}
    assert client.post("/settings/rooms/", sent).status_code == 302
    world.ana.refresh_from_db()
    assert (world.ana.shows_presence, world.ana.shows_typing, world.ana.notes_open) == (True, False, True)
    assert root(client) == {"lang": "en", "data-enter": "newline", "data-notes": "open"}


def test_who_keeps_celebrations_quiet_finds_that_on_each_page_and_where_they_chose_it(world: World) -> None:
    client = browser(world.ana)
    assert client.post("/settings/rooms/", {"enter": "auto", "celebrations_quiet": "on"}).status_code == 302
    assert root(client) == {"lang": "en", "data-celebrations": "quiet"}
    assert re.search(r'name="celebrations_quiet"[^>]* checked', client.get("/settings/rooms/").content.decode())
    client.post("/settings/rooms/", {"enter": "auto"})
    assert root(client) == {"lang": "en"}


def test_what_was_on_goes_off_when_its_box_is_empty(world: World) -> None:
    changed(world.ana, shows_typing=True, shows_presence=True, notes_open=True)
    browser(world.ana).post("/settings/rooms/", {"enter": "auto"})
    world.ana.refresh_from_db()
    assert (world.ana.shows_presence, world.ana.shows_typing, world.ana.notes_open) == (False, False, False)


@pytest.mark.parametrize("path", ["/help/?kept", "/offline/", "/healthz", "/sw.js"])
def test_a_page_of_nobody_asks_for_no_reader(
    world: World, path: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    changed(world.ana, theme="dark", language="es")
    client = browser(world.ana)
    with django_assert_num_queries(0):
        answer = client.get(path)
    assert b"data-theme" not in answer.content


def test_a_device_that_saves_data_fetches_no_font(world: World) -> None:
    changed(world.ana, font="atkinson")
    client = browser(world.ana)
    assert root(client, **{"Save-Data": "on"})["data-font"] == "system"
    assert b".woff2" not in client.get("/groups/", headers={"Save-Data": "on"}).content
    assert b"atkinson-latin" in client.get("/groups/").content


def test_pages_follow_the_device_until_a_language_is_chosen(world: World) -> None:
    client = browser(world.ana)
    assert root(client, **{"Accept-Language": "es"})["lang"] == "es"
    client.post("/settings/language/", {"language": "en", "zone": "America/Chicago"})
    assert root(client, **{"Accept-Language": "es"})["lang"] == "en"
    client.post("/settings/language/", {"language": "es", "zone": "America/Chicago"})
    assert root(client)["lang"] == "es"
    client.post("/settings/language/", {"language": "", "zone": "America/Chicago"})
    assert root(client)["lang"] == "en"
    world.ana.refresh_from_db()
    assert (world.ana.language, world.ana.zone) == ("es", "America/Chicago")  # mail goes on in what was chosen last


def test_a_name_is_changed_by_page_and_heard_in_the_rooms(world: World) -> None:
    client = browser(world.ana)
    assert client.post("/settings/name/", {"alias": "Anna"}).status_code == 302
    assert world.seat(world.ana, world.tuesday).alias == "Anna"


@pytest.mark.parametrize("alias", ["", " ", "Ben", "The Moderator", "a" * 41, "ana\u202e", "555 123 4567", "a\x00"])
def test_a_name_that_does_not_fit_is_said_beside_the_question(world: World, alias: str) -> None:
    answer = browser(world.ana).post("/settings/name/", {"alias": alias})
    assert answer.status_code == 422
    assert 'class="field-error"' in answer.content.decode()
    world.ana.refresh_from_db()
    assert world.ana.alias == "Ana"


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/settings/looks/", {}),
        ("/settings/looks/", {**LOOKS, "text_size": "101"}),
        ("/settings/looks/", {**LOOKS, "text_size": "9" * 40}),
        ("/settings/looks/", {**LOOKS, "theme": "<b>"}),
        ("/settings/looks/", {**LOOKS, "font": "\x00"}),
        ("/settings/rooms/", {"enter": "never", "shows_presence": "on"}),
        ("/settings/language/", {"language": "de", "zone": "America/New_York"}),
        ("/settings/language/", {"language": "es", "zone": "Mars/Olympus"}),
        ("/settings/language/", {"language": "es", "zone": "localtime"}),
        ("/settings/language/", {"language": "es", "zone": "../../etc/passwd"}),
    ],
)
def test_what_is_no_answer_is_refused_whole(world: World, path: str, sent: dict[str, str]) -> None:
    client = browser(world.ana)
    before = Person.objects.filter(pk=world.ana.pk).values().get()
    assert client.post(path, sent).status_code == 422
    assert Person.objects.filter(pk=world.ana.pk).values().get() == before


@pytest.mark.parametrize("part", ["", "name/", "language/", "looks/", "rooms/"])
def test_nobody_has_settings(world: World, part: str) -> None:
    for method in ("GET", "POST") if part else ("GET",):
        answer = Client().generic(method, f"/settings/{part}", "alias=Fay", "application/x-www-form-urlencoded")
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("part", ["name/", "language/", "looks/", "rooms/"])
def test_a_page_of_settings_asks_for_nothing_but_its_frame(world: World, part: str) -> None:
    client = browser(world.ana)
    assert asked(client, f"/settings/{part}") == asked(client, "/settings/devices/") - 1 <= 6


def test_the_page_of_settings_asks_once_more_whether_there_is_a_copy_to_take(world: World) -> None:
    client = browser(world.ana)
    assert asked(client, "/settings/") == asked(client, "/settings/name/") + 1


def asked(client: Client, path: str) -> int:
    """How many questions of the database a page costs."""
    with CaptureQueriesContext(connection) as found:
        assert client.get(path).status_code == 200
    return len(found)


def test_both_ways_to_the_dark_lead_to_the_same_colors() -> None:
    styles = STYLES.read_text(encoding="utf-8")
    device = re.search(r':root:where\(:not\(\[data-theme="light"\]\)\) \{(.*?)\}', styles, re.DOTALL)
    chosen = re.search(r':root:where\(\[data-theme="dark"\]\) \{\s*color-scheme: dark;(.*?)\}', styles, re.DOTALL)
    assert device
    assert chosen
    assert device[1].split() == chosen[1].split()
