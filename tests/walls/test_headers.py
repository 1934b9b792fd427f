"""What every answer says to the browser, whoever asks and whatever comes of it."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from community.foundation.web import PERMISSIONS
from groups.demo.services import World
from tests.doors import Script, browser, say
from tests.walls.test_strangers import BODIES, OF_NOBODY, Place, addresses

PUBLIC = {"manifest", "offline", "service_worker"}
CSP = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "default",
}


def judge(response: Any, name: str) -> None:
    said = response.headers
    policy = dict(part.strip().split(" ", 1) for part in said["Content-Security-Policy"].split(";") if part.strip())
    assert {key: policy.get(key) for key in CSP} == CSP, name
    assert "unsafe" not in said["Content-Security-Policy"], name
    assert said["X-Content-Type-Options"] == "nosniff", name
    assert said["X-Frame-Options"] == "DENY", name
    assert said["Referrer-Policy"] in {"same-origin", "no-referrer"}, name
    assert said["Permissions-Policy"] == PERMISSIONS, name
    assert said["Cross-Origin-Opener-Policy"] == "same-origin", name
    assert said["Cross-Origin-Resource-Policy"] == "same-origin", name
    assert "noindex" in said["X-Robots-Tag"], name
    assert "Server" not in said, name
    assert "X-Powered-By" not in said, name
    if name not in PUBLIC:
        assert "no-store" in said["Cache-Control"], name


def place(world: World) -> Place:
    message = say(world.ana, world.tuesday)
    return Place(world.tuesday.pk, message.pk, world.seat(world.ben, world.tuesday).member_id)


def path_of(name: str, where: Place) -> str:
    if name == "account_reset_password_from_key":
        return "/new-password/1-a/"
    return where.path(name)


@pytest.mark.parametrize("who", ["a member", "nobody"])
def test_every_address_says_it(world: World, who: str) -> None:
    where = place(world)
    for name in [*BODIES, *OF_NOBODY]:
        for method in ("get", "post"):
            client = browser(world.ben if who == "a member" else None)
            judge(getattr(client, method)(path_of(name, where)), name)


def test_what_is_not_there_and_what_is_refused_say_it(world: World) -> None:
    for path in ("/nothing/", "/api/v1/nothing", "/static/nothing.css", "/.git/config", "/admin/", "/sign-in"):
        judge(Client().get(path), path)
    judge(Script(None).get("me"), "401")
    judge(Script(world.ana).ask("PATCH", "me", "{"), "400")
    judge(Script(world.ana).ask("PATCH", "me", "x" * 70_000), "413")
    judge(Client(enforce_csrf_checks=True).post("/sign-in/"), "403")


def test_every_address_has_been_asked() -> None:
    assert {one.name for one in addresses()} == set(BODIES) | set(OF_NOBODY)


def test_pages_of_nobody_may_be_kept_and_hold_no_session(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = browser(world.ana)
    for path in ("/help/?kept", "/offline/", "/manifest.webmanifest"):
        with django_assert_num_queries(0):
            said = client.get(path)
        assert "no-store" not in said.headers["Cache-Control"]
        assert not said.cookies
        assert ("Cookie" in said.headers.get("Vary", "")) == ("webmanifest" not in path)  # it may name a language


def test_cookies_are_closed_to_scripts_and_to_other_sites(world: World) -> None:
    world.ana.set_password("a good long one")
    world.ana.save()
    client = Client()
    shown = client.get("/sign-in/")
    signed = client.post("/sign-in/", {"login": "ana@porchlight.test", "password": "a good long one"})
    assert signed.status_code == 302
    given = {**shown.cookies, **signed.cookies}
    assert set(given) == {"sessionid", "csrftoken"}
    assert all(one["httponly"] and one["samesite"] == "Lax" for one in given.values())


@pytest.mark.parametrize(("path", "said"), [("/sign-out/", None), ("/leave/", '"cache"'), ("/phone/", None)])
def test_a_page_that_has_erased_what_was_kept_lets_help_stay(world: World, path: str, said: str | None) -> None:
    for sent, expected in (({"erased": "1"}, said), ({}, f'{said}, "storage"' if said else '"storage"')):
        left = browser(world.ana).post(path, {"only_mine": "0", **sent})
        assert left.headers.get("Clear-Site-Data") == expected


def test_leaving_quickly_empties_the_browser(world: World) -> None:
    client = browser(world.ana)
    left = client.post("/leave/")
    assert left.status_code == 303
    assert left.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get("/groups/").status_code == 302
